//! A copy of the small knowledge base that a test may spoil.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A copy of the small knowledge base that a test may spoil.
pub struct Workbench {
    pub folder: TempDir,
}

impl Workbench {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small-content");
        for entry in walkdir::WalkDir::new(&source).into_iter().map(|entry| entry.expect("readable")) {
            let target = folder.path().join("content").join(entry.path().strip_prefix(&source).expect("below the source"));
            if entry.file_type().is_dir() {
                std::fs::create_dir_all(&target).expect("a folder");
            } else {
                std::fs::copy(entry.path(), &target).expect("a copy");
            }
        }
        Self { folder }
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join("content").join(file)
    }

    /// Replaces `old`, which has to be there, with `new`.
    pub fn replace(self, file: &str, old: &str, new: &str) -> Self {
        let text = std::fs::read_to_string(self.path(file)).expect("the file");
        assert!(text.contains(old), "{file} has no `{old}`");
        self.write(file, &text.replacen(old, new, 1))
    }

    pub fn write(self, file: &str, text: &str) -> Self {
        std::fs::write(self.path(file), text).expect("written");
        self
    }

    pub fn run(&self, command: &str, further: &[&str]) -> Output {
        let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates");
        let mut run = Command::new(env!("CARGO_BIN_EXE_fivexx"));
        run.current_dir(self.folder.path()).arg(command).args(["--templates".as_ref(), templates.as_os_str()]).args(further);
        run.output().expect("the command runs")
    }

    /// Checks the content and expects one mistake: at `place`, saying `what`, advising `remedy`.
    pub fn refused(&self, place: &str, what: &str, remedy: &str) {
        let output = self.run("check", &[]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(&format!("content/{place}")), "the place {place} is missing in:\n{said}");
        assert!(said.contains(what), "`{what}` is missing in:\n{said}");
        assert!(said.contains(remedy), "`{remedy}` is missing in:\n{said}");
        assert!(said.contains("1 mistake\n"), "more than one mistake in:\n{said}");
    }
}
