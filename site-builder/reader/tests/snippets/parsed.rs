//! What can be read without another program.

use serde_json::Value;

/// Why it is no YAML.
pub fn yaml_mistake(text: &str) -> Option<String> {
    text.split("\n---\n").find_map(|document| serde_yaml::from_str::<Value>(document).err()).map(|error| error.to_string())
}

/// Why it is no JSON.
pub fn json_mistake(text: &str) -> Option<String> {
    serde_json::from_str::<Value>(text).err().map(|error| error.to_string())
}

const INSTRUCTIONS: &[&str] = &[
    "FROM",
    "RUN",
    "CMD",
    "LABEL",
    "EXPOSE",
    "ENV",
    "ADD",
    "COPY",
    "ENTRYPOINT",
    "VOLUME",
    "USER",
    "WORKDIR",
    "ARG",
    "STOPSIGNAL",
    "HEALTHCHECK",
    "SHELL",
    "ONBUILD",
];

/// A line of a Dockerfile that begins with no instruction, or an array that is no JSON.
pub fn dockerfile_mistake(text: &str) -> Option<String> {
    let joined = text.replace("\\\n", " ");
    joined.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).find_map(|line| {
        let (instruction, rest) = line.split_once(' ').unwrap_or((line, ""));
        if !INSTRUCTIONS.contains(&instruction) {
            return Some(format!("`{instruction}` is no instruction"));
        }
        let array = rest
            .find('[')
            .map(|at| &rest[at..])
            .filter(|array| rest.trim_start().starts_with('[') || rest.contains("CMD [") || array.len() == rest.len());
        array.and_then(json_mistake)
    })
}

#[test]
fn a_broken_array_in_a_dockerfile_is_found() {
    assert_eq!(dockerfile_mistake("FROM debian\nCMD [\"a\", \"b\"]"), None);
    assert!(dockerfile_mistake("FROM debian\nCMD [\"a\", 'b']").is_some());
}
