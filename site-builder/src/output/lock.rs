//! One build at a time writes to a folder.

use super::{OutputError, doing};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// A lock that the system takes back when its holder ends, however that is.
#[derive(Debug)]
pub struct Lock(#[allow(dead_code, reason = "the lock is held as long as the file is open")] File);

/// Takes the lock of an output folder.
pub fn take(folder: &Path) -> Result<Lock, OutputError> {
    let path = sibling(folder, "lock");
    let file = doing("write", &path, OpenOptions::new().create(true).truncate(false).write(true).open(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => Err(OutputError::Locked(folder.to_owned())),
        Err(TryLockError::Error(error)) => doing("lock", &path, Err(error)),
    }
}

/// `site` becomes `.site.fivexx-new`: on the same file system, so that renaming is one step, under a name that nothing else has.
pub fn sibling(folder: &Path, what: &str) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!(".{name}.fivexx-{what}"))
}
