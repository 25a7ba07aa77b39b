//! Installs servers: Debian packages with apt, packages of PyPI and npm into `target/lab`.

use crate::laboratory::Laboratory;
use anyhow::{Context, Result};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

/// While this file exits with 101, Debian packages do not start their services when they are installed.
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// Installs what is missing. A package that can't be had is no failure: its server is reported as skipped.
pub fn install(laboratory: &Laboratory) -> Result<()> {
    fs::create_dir_all(&laboratory.tools)?;
    let wanted = |packages: fn(&crate::server::Install) -> &Vec<String>| -> Vec<String> {
        laboratory.missing.keys().filter_map(|name| laboratory.servers.get(name)).flat_map(|server| packages(&server.install).clone()).collect()
    };
    let (debian, pypi, npm) = (wanted(|install| &install.apt), wanted(|install| &install.pypi), wanted(|install| &install.npm));
    if !debian.is_empty() && may_use_apt() {
        without_services(|| {
            try_run("apt-get", &["update", "-q"], &laboratory.tools);
            for package in &debian {
                try_run("apt-get", &["install", "-y", "-q", "--no-install-recommends", package], &laboratory.tools);
            }
        })?;
    }
    if !pypi.is_empty() {
        let environment = laboratory.tools.join("venv");
        if !environment.exists() && !try_run("python3", &["-m", "venv", "venv"], &laboratory.tools) && may_use_apt() {
            // Debian's python3 comes without it.
            try_run("apt-get", &["install", "-y", "-q", "--no-install-recommends", "python3-venv"], &laboratory.tools);
            try_run("python3", &["-m", "venv", "--clear", "venv"], &laboratory.tools);
        }
        let pip = environment.join("bin/pip").to_string_lossy().into_owned();
        for package in &pypi {
            try_run(&pip, &["install", "-q", package], &laboratory.tools);
        }
    }
    if !npm.is_empty() {
        let folder = laboratory.tools.join("node");
        fs::create_dir_all(&folder)?;
        let packages: Vec<&str> = ["install", "--no-audit", "--no-fund"].into_iter().chain(npm.iter().map(String::as_str)).collect();
        try_run("npm", &packages, &folder);
    }
    Ok(())
}

fn may_use_apt() -> bool {
    rustix::process::getuid().is_root() && Path::new("/usr/bin/apt-get").exists()
}

/// Keeps services from being started by the installation of their package.
fn without_services(install: impl FnOnce()) -> Result<()> {
    let ours = !Path::new(POLICY).exists();
    if ours {
        fs::write(POLICY, "#!/bin/sh\nexit 101\n").with_context(|| format!("{POLICY} can't be written"))?;
        fs::set_permissions(POLICY, fs::Permissions::from_mode(0o755))?;
    }
    install();
    if ours {
        fs::remove_file(POLICY)?;
    }
    Ok(())
}

/// Runs a command, and says whether it succeeded.
fn try_run(program: &str, arguments: &[&str], folder: &Path) -> bool {
    println!("{program} {}", arguments.join(" "));
    let status = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status();
    let succeeded = status.is_ok_and(|status| status.success());
    if !succeeded {
        println!("{program} {} failed", arguments.join(" "));
    }
    succeeded
}
