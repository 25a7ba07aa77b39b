//! Content that is read again and again while somebody writes: what did not change is not parsed or checked anew.

use crate::source::{self, Found, Layer};
use crate::timings::Timings;
use crate::{Known, KnownKnowledge, KnownSamples, Part, Reading, parallel, put_together};
use diagnosis::knowledge::Knowledge;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::Arc;

/// What is remembered of the last reading.
#[derive(Debug, Default)]
pub struct Memory {
    files: HashMap<String, Remembered>,
    /// What programs carry, by its name: it never changes.
    carried: HashMap<String, Part>,
    /// The knowledge, with what it was made of.
    knowledge: Option<(Prints, Arc<Knowledge>)>,
    /// A number that changes with the files that decide what is recognised, from when all samples were recognised as they should be.
    recognised: Option<u64>,
}

/// Numbers that change with what something is made of, such as the whole knowledge or parts of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Prints {
    knowledge: u64,
    signatures: u64,
    resemblance: u64,
    recognition: u64,
}

/// The same, while files are gone through.
#[derive(Default)]
struct Hashers {
    knowledge: DefaultHasher,
    signatures: DefaultHasher,
    resemblance: DefaultHasher,
    recognition: DefaultHasher,
}

impl Hashers {
    fn add(&mut self, file: &Remembered) {
        let within = file.found.within.as_str();
        if !is_knowledge(within) {
            return;
        }
        file.print.hash(&mut self.knowledge);
        if is_for_recognition(within) {
            file.print.hash(&mut self.recognition);
            file.print.hash(&mut self.signatures);
        } else {
            // Signatures hold the positions of causes.
            within.hash(&mut self.signatures);
        }
        if is_for_resemblance(within) {
            file.print.hash(&mut self.resemblance);
        }
    }

    fn prints(&self) -> Prints {
        Prints {
            knowledge: self.knowledge.finish(),
            signatures: self.signatures.finish(),
            resemblance: self.resemblance.finish(),
            recognition: self.recognition.finish(),
        }
    }
}

/// Which samples are checked when something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Samples {
    /// All of them.
    All,
    /// Those of the files that changed. The rest, in which something else may be recognised now, [`crate::Content::check_samples`] checks.
    OfChangedFiles,
}

/// A file as it was.
#[derive(Clone, Debug)]
struct Remembered {
    found: Found,
    part: Part,
    /// Whether its samples were recognised as they should be since it was read.
    is_recognised: bool,
    /// Changes with what knowledge is made of.
    print: u64,
}

impl Remembered {
    fn of(found: &Found, part: Part) -> Self {
        let mut print = DefaultHasher::new();
        found.within.hash(&mut print);
        for file in &part.files {
            let front_matter = file.text.split_once("\n---").map(|(front, _)| front).filter(|_| is_only_read_below_front_matter(&found.within));
            front_matter.unwrap_or(&file.text).hash(&mut print);
        }
        Self { found: found.clone(), part, is_recognised: false, print: print.finish() }
    }
}

impl Memory {
    /// Reads content in layers, and parses only what changed.
    pub fn read(&mut self, layers: &[Layer<'_>], samples: Samples, timings: &Timings) -> Reading {
        let mut hashers = Hashers::default();
        let parts = timings.of("read files that changed", || layers.iter().map(|layer| self.layer(*layer, &mut hashers)).collect());
        let prints = hashers.prints();
        let known = Known { knowledge: self.known_knowledge(prints), samples: self.known_samples(samples, prints.recognition) };
        let reading = put_together(layers, parts, known, timings);
        if let Ok(content) = &reading.outcome {
            self.knowledge = Some((prints, Arc::clone(&content.knowledge)));
            self.files.values_mut().for_each(|file| file.is_recognised = true);
            if samples == Samples::All || self.recognised.is_none() {
                self.recognised = Some(prints.recognition);
            }
        }
        reading
    }

    fn known_knowledge(&self, prints: Prints) -> Option<KnownKnowledge> {
        let (before, knowledge) = self.knowledge.as_ref()?;
        Some(KnownKnowledge {
            knowledge: Arc::clone(knowledge),
            is_whole: before.knowledge == prints.knowledge,
            has_signatures: before.signatures == prints.signatures,
            has_resemblance: before.resemblance == prints.resemblance,
        })
    }

    fn known_samples(&self, wanted: Samples, recognition: u64) -> KnownSamples {
        match self.recognised {
            Some(recognised) if recognised == recognition => KnownSamples::AllBut(HashSet::new()),
            Some(_) if wanted == Samples::OfChangedFiles => {
                let changed = self.files.values().filter(|file| !file.is_recognised);
                KnownSamples::AllBut(changed.map(|file| file.found.path.clone()).collect())
            }
            _ => KnownSamples::None,
        }
    }

    fn layer(&mut self, layer: Layer<'_>, hashers: &mut Hashers) -> Part {
        let folder = match layer {
            Layer::Folder(folder) => folder,
            Layer::Carried { name, .. } => return self.carried.entry(name.to_owned()).or_insert_with(|| Part::read(layer)).clone(),
        };
        let (found, unreadable) = source::find(folder);
        let is_new = |found: &&Found| self.files.get(&found.path).is_none_or(|known| known.found != **found);
        let new: Vec<&Found> = found.iter().filter(is_new).collect();
        let read = parallel::each(new.len(), |at| Remembered::of(new[at], Part::of_file(folder, new[at])));
        self.files.extend(read.into_iter().map(|file| (file.found.path.clone(), file)));
        self.forget_removed(folder, &found);
        let mut whole = Part::default();
        for found in &found {
            let Some(known) = self.files.get(&found.path) else { continue };
            whole.append(known.part.clone());
            hashers.add(known);
        }
        whole.mistakes.extend(unreadable);
        whole.check_ids();
        whole
    }

    /// A file that comes back may be another one of the same time and length.
    fn forget_removed(&mut self, folder: &Path, found: &[Found]) {
        let there: HashSet<&Path> = found.iter().map(|found| found.file.as_path()).collect();
        self.files.retain(|_, file| !file.found.file.starts_with(folder) || there.contains(file.found.file.as_path()));
    }
}

/// Whether knowledge is made of a file, by where it stands; the rest is there to be read.
fn is_knowledge(within: &str) -> bool {
    let for_readers = ["guides/", "faq/", "docs/", "comparisons/", "lab/", "glossary.yaml", "site.yaml"];
    !for_readers.iter().any(|place| within.starts_with(place))
}

/// Whether only people read what stands below the front matter of a file; how a cause is written about, the knowledge counts too.
fn is_only_read_below_front_matter(within: &str) -> bool {
    within.ends_with(".md") && !within.starts_with("causes/")
}

/// Whether a file may decide what is recognised in a sample: causes and questions only rank what was recognised.
fn is_for_recognition(within: &str) -> bool {
    is_knowledge(within) && !within.starts_with("causes/") && !within.starts_with("questions/")
}

/// Whether the words that speak for causes are counted in a file.
fn is_for_resemblance(within: &str) -> bool {
    ["causes/", "questions/", "cues/", "words.yaml"].iter().any(|place| within.starts_with(place)) || within.contains("/messages/")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small knowledge base that is read again and again.
    struct Desk {
        folder: tempfile::TempDir,
        memory: Memory,
        samples: Samples,
    }

    impl Desk {
        fn new(samples: Samples) -> std::io::Result<Self> {
            let folder = tempfile::tempdir()?;
            let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/small-content");
            for entry in walkdir::WalkDir::new(&small) {
                let entry = entry?;
                let target = folder.path().join(entry.path().strip_prefix(&small).map_err(std::io::Error::other)?);
                if entry.file_type().is_dir() { std::fs::create_dir_all(target)? } else { std::fs::copy(entry.path(), target).map(drop)? }
            }
            Ok(Self { folder, memory: Memory::default(), samples })
        }

        fn read(&mut self) -> Result<crate::Content, String> {
            let reading = self.memory.read(&[Layer::Folder(self.folder.path())], self.samples, &Timings::default());
            reading.outcome.map_err(|mistakes| mistakes.iter().map(|mistake| mistake.problem.message()).collect::<Vec<_>>().join("\n"))
        }

        fn guides(&mut self) -> Option<usize> {
            self.read().ok().map(|content| content.draft.guides.len())
        }

        fn edit(&self, file: &str, from: &str, to: &str) -> std::io::Result<()> {
            let path = self.folder.path().join(file);
            let text = std::fs::read_to_string(&path)?;
            assert!(text.contains(from), "{file} does not say {from}");
            std::fs::write(path, text.replacen(from, to, 1))
        }
    }

    #[test]
    fn what_changed_is_read_and_what_is_wrong_is_told_until_it_is_right() -> Result<(), Box<dyn std::error::Error>> {
        let mut desk = Desk::new(Samples::All)?;
        assert_eq!(desk.guides(), Some(1));
        let guide = desk.folder.path().join("guides/second.md");
        std::fs::write(&guide, "---\ntitle: Second\n")?;
        assert_eq!(desk.guides(), None);
        std::fs::copy(desk.folder.path().join("guides/first-steps.md"), &guide)?;
        assert_eq!(desk.guides(), Some(2));
        std::fs::remove_file(&guide)?;
        assert_eq!(desk.guides(), Some(1));
        // A cause is part of the knowledge: what refers to it is checked again.
        std::fs::remove_file(desk.folder.path().join("causes/wrong-address.md"))?;
        assert_eq!(desk.guides(), None);
        Ok(())
    }

    #[test]
    fn knowledge_stays_until_something_changes_that_it_is_made_of() -> Result<(), Box<dyn std::error::Error>> {
        let mut desk = Desk::new(Samples::All)?;
        let mut before = desk.read()?.shared_knowledge();
        for (file, from, to, is_part) in [
            ("codes/502.md", "\n---\n", "\n---\nMore.\n\n", false),
            ("site.yaml", "name: small", "name: other", false),
            ("causes/backend-not-running.md", "It stopped.", "The process has stopped.", true),
            ("causes/backend-not-running.md", "summary: Nothing listens.", "summary: Nothing at all listens.", true),
            ("systems/echo/messages/connect.yaml", "summary: Nothing listens.", "summary: Nobody listens.", true),
        ] {
            desk.edit(file, from, to)?;
            let after = desk.read()?.shared_knowledge();
            assert_eq!(!Arc::ptr_eq(&before, &after), is_part, "{file}");
            before = after;
        }
        Ok(())
    }

    #[test]
    fn samples_of_what_changed_are_checked_at_once_and_the_rest_on_request() -> Result<(), Box<dyn std::error::Error>> {
        let mut desk = Desk::new(Samples::OfChangedFiles)?;
        desk.read()?;
        let own = "systems/echo/messages/connect.yaml";
        desk.edit(own, "samples: ['upstream 10.0.0.1:80 stayed silent']", "samples: ['upstream was quiet']")?;
        let said = desk.read().err().ok_or("the sample is recognised")?;
        assert!(said.contains("echo-silent"), "{said}");
        // Another change does not hide it.
        desk.edit("guides/first-steps.md", "\n---\n", "\n---\nMore.\n\n")?;
        assert!(desk.read().is_err());
        desk.edit(own, "samples: ['upstream was quiet']", "samples: ['upstream 10.0.0.1:80 stayed silent']")?;
        desk.read()?;
        // A message of another file takes a sample of this one.
        let thief = "- id: echo-thief\n  title: thief\n  summary: Takes.\n  match: ['upstream 10.0.0.1:80 stayed silent']\n  \
                     samples: ['upstream 10.0.0.1:80 stayed silent']\n  status: none\n  wire: Nothing.\n  \
                     source: {url: 'https://small.example/source#L3', seen_in: '1.0'}\n  versions: all\n";
        std::fs::write(desk.folder.path().join("systems/echo/messages/thief.yaml"), thief)?;
        assert!(desk.read()?.check_samples().is_err(), "the theft goes unseen");
        Ok(())
    }
}
