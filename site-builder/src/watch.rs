//! Waits for files to change.

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::Duration;

/// How long files must be quiet before a change counts: editors write several times for one save.
const QUIET: Duration = Duration::from_millis(20);

/// The changes in some folders, from when this was made.
pub struct Changes {
    seen: mpsc::Receiver<()>,
    _watcher: RecommendedWatcher,
}

/// Watches folders with all that is in them.
pub fn changes(folders: &[PathBuf]) -> notify::Result<Changes> {
    let (sender, seen) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| is_change(event.kind)) {
            // The receiver ends only with the program.
            let _ = sender.send(());
        }
    })?;
    for folder in folders {
        watcher.watch(folder, RecursiveMode::Recursive)?;
    }
    Ok(Changes { seen, _watcher: watcher })
}

impl Changes {
    /// Returns when something has changed and is quiet again; false where nothing can change any more.
    pub fn wait(&self) -> bool {
        let changed = self.seen.recv().is_ok();
        while self.seen.recv_timeout(QUIET).is_ok() {}
        changed
    }
}

fn is_change(kind: EventKind) -> bool {
    matches!(kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_))
}
