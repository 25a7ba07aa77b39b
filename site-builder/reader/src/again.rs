//! Content that is read again and again while somebody writes: what did not change is not parsed or checked anew.

use crate::source::{self, Found, Layer};
use crate::timings::Timings;
use crate::{Known, Part, Reading, parallel, put_together};
use diagnosis::knowledge::Knowledge;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// What is remembered of the last reading.
#[derive(Debug, Default)]
pub struct Memory {
    files: HashMap<String, Remembered>,
    /// The knowledge, with a number that changes with the files that it is made of.
    knowledge: Option<(u64, Arc<Knowledge>)>,
    /// Of the files with which samples were recognised as they should be.
    recognised: Option<u64>,
}

/// A file as it was.
#[derive(Clone, Debug)]
struct Remembered {
    found: Found,
    part: Part,
    /// Changes with what knowledge is made of: prose below front matter is only read by people.
    print: u64,
}

impl Remembered {
    fn of(found: &Found, part: Part) -> Self {
        let mut print = DefaultHasher::new();
        found.within.hash(&mut print);
        for file in &part.files {
            let front_matter = file.text.split_once("\n---").map(|(front, _)| front).filter(|_| found.within.ends_with(".md"));
            front_matter.unwrap_or(&file.text).hash(&mut print);
        }
        Self { found: found.clone(), part, print: print.finish() }
    }
}

impl Memory {
    /// Reads content in layers, and parses only what changed.
    pub fn read(&mut self, layers: &[Layer<'_>], timings: &Timings) -> Reading {
        let (mut of_knowledge, mut of_samples) = (DefaultHasher::new(), DefaultHasher::new());
        let parts =
            timings.of("read files that changed", || layers.iter().map(|layer| self.layer(*layer, &mut of_knowledge, &mut of_samples)).collect());
        let (print, samples) = (of_knowledge.finish(), of_samples.finish());
        let known = self.knowledge.as_ref().filter(|(known, _)| *known == print).map(|(_, knowledge)| Arc::clone(knowledge));
        let reading = put_together(layers, parts, Known { knowledge: known, samples: self.recognised == Some(samples) }, timings);
        if let Ok(content) = &reading.outcome {
            self.knowledge = Some((print, Arc::clone(&content.knowledge)));
            self.recognised = Some(samples);
        }
        reading
    }

    fn layer(&mut self, layer: Layer<'_>, of_knowledge: &mut DefaultHasher, of_samples: &mut DefaultHasher) -> Part {
        let Layer::Folder(folder) = layer else { return Part::read(layer) };
        let (found, unreadable) = source::find(folder);
        let is_new = |found: &&Found| self.files.get(&found.path).is_none_or(|known| known.found != **found);
        let new: Vec<&Found> = found.iter().filter(is_new).collect();
        let read = parallel::each(new.len(), |at| Remembered::of(new[at], Part::of_file(folder, new[at])));
        self.files.extend(read.into_iter().map(|file| (file.found.path.clone(), file)));
        let mut whole = Part::default();
        for found in &found {
            let Some(known) = self.files.get(&found.path) else { continue };
            whole.append(known.part.clone());
            if is_knowledge(&found.within) {
                known.print.hash(of_knowledge);
            }
            if is_for_recognition(&found.within) {
                known.print.hash(of_samples);
            }
        }
        whole.mistakes.extend(unreadable);
        whole.check_ids();
        whole
    }
}

/// Whether knowledge is made of a file, by where it stands; the rest is there to be read.
fn is_knowledge(within: &str) -> bool {
    let for_readers = ["guides/", "faq/", "docs/", "comparisons/", "lab/", "glossary.yaml"];
    !for_readers.iter().any(|place| within.starts_with(place))
}

/// Whether a file may decide what is recognised in a sample: causes and questions only rank what was recognised.
fn is_for_recognition(within: &str) -> bool {
    is_knowledge(within) && !within.starts_with("causes/") && !within.starts_with("questions/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn what_changed_is_read_and_what_is_wrong_is_told_until_it_is_right() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/small-content");
        for entry in walkdir::WalkDir::new(&small) {
            let entry = entry?;
            let target = folder.path().join(entry.path().strip_prefix(&small)?);
            if entry.file_type().is_dir() { std::fs::create_dir_all(target)? } else { std::fs::copy(entry.path(), target).map(drop)? }
        }
        let mut memory = Memory::default();
        let titles =
            |memory: &mut Memory| memory.read(&[Layer::Folder(folder.path())], &Timings::default()).outcome.map(|content| content.draft.guides.len());
        assert_eq!(titles(&mut memory).ok(), Some(1));
        let guide = folder.path().join("guides/second.md");
        std::fs::write(&guide, "---\ntitle: Second\n")?;
        assert!(titles(&mut memory).is_err());
        std::fs::copy(folder.path().join("guides/first-steps.md"), &guide)?;
        assert_eq!(titles(&mut memory).ok(), Some(2));
        std::fs::remove_file(&guide)?;
        assert_eq!(titles(&mut memory).ok(), Some(1));
        // Prose is no part of the knowledge, which then stays the same one.
        let knowledge =
            |memory: &mut Memory| memory.read(&[Layer::Folder(folder.path())], &Timings::default()).outcome.map(|content| content.shared_knowledge());
        let before = knowledge(&mut memory).map_err(|_| "mistakes")?;
        let cause = folder.path().join("causes/backend-not-running.md");
        let text = std::fs::read_to_string(&cause)?;
        std::fs::write(&cause, text.replace("It stopped.", "It has stopped."))?;
        assert!(Arc::ptr_eq(&before, &knowledge(&mut memory).map_err(|_| "mistakes")?));
        std::fs::write(&cause, text.replace("summary: Nothing listens.", "summary: Nothing at all listens."))?;
        assert!(!Arc::ptr_eq(&before, &knowledge(&mut memory).map_err(|_| "mistakes")?));
        // A cause is part of the knowledge: what refers to it is checked again.
        std::fs::remove_file(folder.path().join("causes/wrong-address.md"))?;
        assert!(titles(&mut memory).is_err());
        Ok(())
    }
}
