//! A build that is killed at any moment or runs out of disk leaves the old site or the new one, and two builds do not mix.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that can't set up its files has to stop")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// How often a build is killed.
const TIMES: u64 = 40;

/// All files of a folder with their bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("readable"));
    entries.filter(|entry| entry.file_type().is_file()).map(|entry| (entry.path().to_owned(), std::fs::read(entry.path()).expect("read"))).collect()
}

struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    /// Two knowledge bases of another name each.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small-content");
        for name in ["one", "other"] {
            for (path, bytes) in files(&small) {
                let target = folder.path().join(name).join(path.strip_prefix(&small).expect("below"));
                std::fs::create_dir_all(target.parent().expect("a parent")).expect("a folder");
                std::fs::write(&target, String::from_utf8(bytes).expect("text").replace("name: small", &format!("name: {name}"))).expect("written");
            }
        }
        Self { folder }
    }

    fn build(&self, content: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fivexx"));
        command.current_dir(self.folder.path()).args(["build", "--without-checker", "--without-search", "--without-images", "--content", content]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn site(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        files(&self.folder.path().join("site"))
    }

    fn built(&self, content: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        assert!(self.build(content).status().expect("the command runs").success());
        self.site()
    }
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let bench = Bench::new();
    let (other, one) = (bench.built("other"), bench.built("one"));
    assert!(one != other);
    let mut moment = 7_u64;
    for round in 0..TIMES {
        // A sequence that is the same in every run: what fails can be seen again.
        moment = moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut build = bench.build(if round % 2 == 0 { "other" } else { "one" }).spawn().expect("the command starts");
        std::thread::sleep(Duration::from_micros(moment >> 46));
        let _ = build.kill();
        let _ = build.wait();
        let site = bench.site();
        assert!(site == one || site == other, "a mix after round {round}");
    }
    assert!(bench.built("one") == one, "the next build works");
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let bench = Bench::new();
    let (one, other) = (bench.built("one"), bench.built("other"));
    for _ in 0..5 {
        let builds = ["one", "other", "one", "other"].map(|content| bench.build(content).spawn().expect("the command starts"));
        let ended = builds.map(|mut build| build.wait().expect("the command ends").code());
        assert!(ended.contains(&Some(0)), "none was let through");
        let site = bench.site();
        assert!(site == one || site == other);
    }
}

/// A small file system in memory; nothing where the system does not let us mount one.
#[cfg(target_os = "linux")]
struct SmallDisk {
    folder: tempfile::TempDir,
}

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn of_kilobytes(size: usize) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size}k"), "tmpfs"]).arg(folder.path()).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then_some(Self { folder })
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.folder.path()).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_site() {
    let Some(disk) = SmallDisk::of_kilobytes(16 * 1024) else {
        println!("skipped: a full disk (mounting a tmpfs needs root)");
        return;
    };
    let bench = Bench::new();
    let out = disk.folder.path().join("site");
    let build = |content| {
        let mut command = bench.build(content);
        command.arg("--out").arg(&out).stderr(Stdio::piped()).output().expect("the command runs")
    };
    assert!(build("one").status.success(), "the first site has room");
    let one = files(&out);
    let size: usize = one.values().map(Vec::len).sum();
    let filler = disk.folder.path().join("filler");
    for room in [0, size / 16, size / 4, size / 2] {
        std::fs::write(&filler, vec![0; 1]).expect("written");
        fill(&filler, room);
        let output = build("other");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "the disk was full with room for {room} bytes");
        assert!(said.contains("the last good site is untouched"), "{said}");
        assert!(files(&out) == one, "a mix with room for {room} bytes");
        std::fs::remove_file(&filler).expect("removed");
    }
    assert!(build("other").status.success(), "the next build works");
    assert!(files(&out) != one);
}

/// Takes what is left of a disk, but for some bytes.
#[cfg(target_os = "linux")]
fn fill(filler: &Path, room: usize) {
    use std::io::Write;
    let mut file = std::fs::OpenOptions::new().append(true).open(filler).expect("opened");
    while file.write_all(&[0; 4096]).is_ok() {}
    let length = file.metadata().expect("a size").len();
    file.set_len(length.saturating_sub(room as u64)).expect("cut");
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_cannot_be_written_is_named() {
    let bench = Bench::new();
    // A file stands where a folder has to be made; that stops root as well.
    std::fs::write(bench.folder.path().join("file"), "").expect("written");
    let output = bench.build("one").args(["--out", "file/site"]).stderr(Stdio::piped()).output().expect("the command runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("can't create file"), "{said}");
}

#[test]
fn a_missing_content_folder_is_named() {
    let bench = Bench::new();
    let output = bench.build("nowhere").stderr(Stdio::piped()).output().expect("the command runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("nowhere") && said.contains("there is no folder here"), "{said}");
    assert!(!bench.folder.path().join("site").exists());
}
