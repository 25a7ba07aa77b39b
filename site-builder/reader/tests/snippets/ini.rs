//! Files of `key = value`: units of systemd, pools of PHP-FPM, settings of anything else.

use super::program::{Program, said};
use super::snippet::Snippet;
use std::fs;

/// Whether the piece is a unit, or an override of one.
pub fn is_systemd(text: &str) -> bool {
    ["[Unit]", "[Service]", "[Socket]", "[Timer]", "[Install]"].iter().any(|section| text.contains(section))
}

/// Whether the piece belongs to PHP-FPM.
pub fn is_php_fpm(text: &str) -> bool {
    let begins = |start: &str| text.lines().any(|line| line.starts_with(start));
    ["pm = ", "pm.", "request_terminate_timeout", "request_slowlog", "process_control_timeout", "listen.", "php_admin_", "catch_workers_output"]
        .iter()
        .any(|start| begins(start))
}

/// What PHP-FPM says if it refuses the piece.
pub fn php_fpm_mistake(snippet: &Snippet, php_fpm: &Program) -> Option<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let of_the_process = ["process_control_timeout", "emergency_restart", "process.max", "daemonize"];
    let has_section = snippet.text.lines().any(|line| line.starts_with('['));
    let is_global = snippet.text.lines().any(|line| of_the_process.iter().any(|start| line.starts_with(start)));
    let mut whole = match (has_section, is_global) {
        (true, _) => snippet.text.clone(),
        (false, true) => format!("[global]\n{}", snippet.text),
        (false, false) => format!("[www]\n{}", snippet.text),
    };
    let has_pool = whole.lines().any(|line| line.starts_with('[') && line.trim() != "[global]");
    if !has_pool {
        whole.push_str("\n[www]\n");
    }
    for (key, value) in [("user", "www-data"), ("listen", "/tmp/snippet.sock"), ("pm", "static"), ("pm.max_children", "5")] {
        if !whole.lines().any(|line| line.split('=').next().is_some_and(|name| name.trim() == key)) {
            whole.push_str(&format!("\n{key} = {value}"));
        }
    }
    whole.push('\n');
    let logs = folder.path().display().to_string();
    let whole = whole.replace("/var/log/", &format!("{logs}/"));
    fs::write(folder.path().join("fpm.conf"), &whole).expect("written");
    for line in whole.lines().filter_map(|line| line.split_once(&format!("{logs}/"))) {
        if let Some((inner, _)) = line.1.rsplit_once('/') {
            fs::create_dir_all(folder.path().join(inner)).expect("a folder");
        }
    }
    let file = folder.path().join("fpm.conf").display().to_string();
    let output = php_fpm.run(folder.path(), &["-t", "-y", &file]);
    (!output.status.success()).then(|| format!("{}\nin\n{whole}", said(&output)))
}

/// What systemd says about the unit. It only warns of keys that it does not know, and that is a mistake here.
pub fn systemd_mistake(snippet: &Snippet, analyze: &Program) -> Option<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let kind =
        [("[Socket]", "socket"), ("[Timer]", "timer")].iter().find(|(section, _)| snippet.text.contains(section)).map_or("service", |(_, kind)| kind);
    let mut text: String = snippet.text.lines().map(|line| format!("{}\n", with_a_program_of_this_machine(line))).collect();
    if kind == "service" && !text.lines().any(|line| line.starts_with("ExecStart=/")) {
        text.push_str("[Service]\nExecStart=/bin/true\n");
    }
    let unit = folder.path().join(format!("snippet.{kind}"));
    fs::write(&unit, text).expect("written");
    if kind != "service" {
        fs::write(folder.path().join("snippet.service"), "[Service]\nExecStart=/bin/true\n").expect("written");
    }
    let output = analyze.run(folder.path(), &["verify", "--man=no", "--recursive-errors=no", &unit.display().to_string()]);
    let complaints: Vec<_> = said(&output).lines().filter(|line| line.contains("snippet.")).map(str::to_owned).collect();
    if complaints.is_empty() && !output.status.success() {
        return Some(said(&output));
    }
    (!complaints.is_empty()).then(|| complaints.join("\n"))
}

/// The program of a command line is on the reader's machine, not on this one.
fn with_a_program_of_this_machine(line: &str) -> String {
    let Some((key, command)) = line.split_once('=').filter(|(key, command)| key.starts_with("Exec") && !command.is_empty()) else {
        return line.to_owned();
    };
    let arguments = command.split_once(char::is_whitespace).map_or("", |(_, arguments)| arguments);
    format!("{key}=/bin/true {arguments}")
}

/// What is wrong with settings: a line that is neither a section, a comment nor a key with its value.
pub fn settings_mistake(text: &str) -> Option<String> {
    let is_setting = |line: &str| {
        let line = line.trim();
        line.is_empty()
            || line.starts_with(['#', ';'])
            || (line.starts_with('[') && line.ends_with(']'))
            || line.split_once(['=', ' ']).is_some_and(|(key, _)| !key.is_empty())
    };
    text.lines().find(|line| !is_setting(line)).map(|line| format!("`{line}` is neither a section nor a setting"))
}
