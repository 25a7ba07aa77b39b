//! Varnish: a piece without a backend gets one, and the whole is compiled.

use super::program::{Program, said};
use super::snippet::Snippet;
use std::fs;

/// What Varnish says if it refuses the piece.
pub fn mistake(snippet: &Snippet, varnish: &Program) -> Option<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The compiler runs as another user.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("set");
    }
    let version = if snippet.text.contains("vcl 4") { "" } else { "vcl 4.1;\n" };
    let backend = if snippet.text.contains("backend ") { "" } else { "\nbackend default { .host = \"127.0.0.1\"; .port = \"9\"; }\n" };
    fs::write(folder.path().join("snippet.vcl"), format!("{version}{}{backend}", snippet.text)).expect("written");
    let file = folder.path().join("snippet.vcl").display().to_string();
    let work = folder.path().join("work").display().to_string();
    let output = varnish.run(folder.path(), &["-C", "-f", &file, "-n", &work]);
    (!output.status.success()).then(|| said(&output))
}
