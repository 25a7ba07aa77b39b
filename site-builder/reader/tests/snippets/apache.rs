//! Apache: the piece stands in a virtual host, or beside it if Apache wants it there, or in a directory.

use super::nginx::certificate;
use super::program::{Program, said};
use super::snippet::Snippet;
use std::fs;
use std::path::Path;

const MODULES: &[&str] = &[
    "mpm_event",
    "authz_core",
    "authz_host",
    "authn_core",
    "unixd",
    "alias",
    "dir",
    "mime",
    "env",
    "setenvif",
    "headers",
    "expires",
    "rewrite",
    "reqtimeout",
    "unique_id",
    "remoteip",
    "socache_shmcb",
    "slotmem_shm",
    "watchdog",
    "ratelimit",
    "status",
    "proxy",
    "proxy_http",
    "proxy_fcgi",
    "proxy_uwsgi",
    "proxy_ajp",
    "proxy_wstunnel",
    "proxy_balancer",
    "lbmethod_byrequests",
    "proxy_hcheck",
    "ssl",
    "http2",
    "proxy_http2",
    "cgid",
    "log_debug",
    "filter",
    "deflate",
];

/// What Apache says if it refuses the piece in every place.
pub fn mistake(snippet: &Snippet, apache: &Program) -> Option<String> {
    let places: [fn(&str) -> String; 3] = [
        |text| format!("<VirtualHost *:8097>\nServerName shop.example\n{text}\n</VirtualHost>\n"),
        |text| format!("{text}\n"),
        |text| format!("<Directory /srv/shop>\nAllowOverride All\n{text}\n</Directory>\n"),
    ];
    let attempts: Vec<_> = places.iter().map(|place| refusal(&place(&snippet.text), apache)).collect();
    attempts.iter().all(Option::is_some).then(|| attempts.into_iter().flatten().collect::<Vec<_>>().join("\n"))
}

fn refusal(text: &str, apache: &Program) -> Option<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut whole =
        String::from("ServerRoot \"/etc/apache2\"\nServerName localhost\nDefaultRuntimeDir \"/tmp\"\nPidFile /tmp/snippet.pid\nListen 8097\n");
    for module in MODULES {
        let file = Path::new("/usr/lib/apache2/modules").join(format!("mod_{module}.so"));
        if file.exists() {
            whole.push_str(&format!("LoadModule {module}_module {}\n", file.display()));
        }
    }
    whole.push_str(&format!("ErrorLog {}\n", folder.path().join("error.log").display()));
    whole.push_str(&with_files(text, folder.path()));
    fs::write(folder.path().join("apache.conf"), &whole).expect("written");
    let file = folder.path().join("apache.conf").display().to_string();
    let output = apache.run(folder.path(), &["-t", "-f", &file]);
    (!output.status.success()).then(|| said(&output))
}

/// Certificates and logs of the reader's machine become ones of this machine.
fn with_files(text: &str, folder: &Path) -> String {
    let (certificate, key) = certificate(folder);
    let lines = text.lines().map(|line| {
        let mut words = line.split_whitespace();
        let (name, value) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        match name {
            "SSLCertificateKeyFile" => line.replace(value, &key),
            "SSLCertificateFile" | "SSLProxyCACertificateFile" | "SSLCACertificateFile" => line.replace(value, &certificate),
            "ErrorLog" | "CustomLog" => line.replace(value, &folder.join("log").display().to_string()),
            _ => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}
