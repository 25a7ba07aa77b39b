//! `fivexx schema`

use crate::Outcome;
use clap::Args;
use reader::diagnostic::nearest;
use reader::schema::{KINDS, Kind};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// Prints the JSON Schema of a kind of content file, so that editors complete and check it.
///
/// Without a kind it lists the kinds with their files. For Markdown files the schema describes the front matter.
#[derive(Args)]
pub struct Arguments {
    /// The kind, such as `messages`.
    kind: Option<String>,
    /// Write all schemas to this folder, and print the settings with which VS Code and Helix use them.
    #[arg(long, value_name = "DIR", conflicts_with = "kind")]
    all: Option<PathBuf>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Outcome {
    match (&arguments.kind, &arguments.all) {
        (Some(name), _) => match Kind::named(name) {
            Some(kind) => anstream::println!("{:#}", kind.schema()),
            None => {
                let names: Vec<_> = KINDS.iter().map(|kind| kind.name).collect();
                let help = match nearest(name, names.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("write one of {}", names.join(", ")),
                };
                anstream::eprintln!("error: there is no kind `{name}`\n  = help: {help}");
                return Outcome::Usage;
            }
        },
        (None, Some(folder)) => match write_all(folder) {
            Ok(settings) => anstream::println!("{settings}"),
            Err(error) => {
                anstream::eprintln!("error: {error}");
                return Outcome::Wrong;
            }
        },
        (None, None) => KINDS.iter().for_each(|kind| anstream::println!("{:<12} {}", kind.name, kind.files)),
    }
    Outcome::Fine
}

/// Writes all schemas; gives the settings of editors. Only YAML files: language servers do not look into front matter.
fn write_all(folder: &Path) -> Result<String, String> {
    std::fs::create_dir_all(folder).map_err(|error| format!("can't create {}: {error}", folder.display()))?;
    let mut settings = Map::new();
    for kind in &KINDS {
        let path = folder.join(format!("{}.json", kind.name));
        std::fs::write(&path, format!("{:#}\n", kind.schema())).map_err(|error| format!("can't write {}: {error}", path.display()))?;
        if kind.files.ends_with(".yaml") {
            settings.insert(path.display().to_string(), Value::from(format!("content/{}", kind.files)));
        }
    }
    let vs_code = serde_json::json!({"yaml.schemas": settings});
    let helix: String = settings.iter().map(|(schema, files)| format!("{schema:?} = {files}\n")).collect();
    Ok(format!(
        "VS Code, with the YAML extension of Red Hat, .vscode/settings.json:\n{vs_code:#}\n\n\
         Helix, with yaml-language-server, .helix/languages.toml:\n[language-server.yaml-language-server.config.yaml.schemas]\n{helix}"
    ))
}
