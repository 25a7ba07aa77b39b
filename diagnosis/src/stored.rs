//! Knowledge as bytes: whole, as the binary carries it, and in [`Parts`], as the page loads it.

use crate::id::{CauseId, SignatureId, SystemId};
use crate::knowledge::{Advice, Knowledge, MessageWords};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// Why stored knowledge could not be read back.
#[derive(Debug)]
pub enum UnreadableKnowledge {
    /// It was written by a program whose knowledge has another form.
    OtherVersion,
    /// The bytes are damaged, or the knowledge can't be written.
    Damaged(postcard::Error),
}

impl std::fmt::Display for UnreadableKnowledge {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OtherVersion => {
                write!(out, "the knowledge was written by another version of fivexx; build the command and the site from the same source")
            }
            Self::Damaged(error) => write!(out, "the knowledge is damaged: {error}"),
        }
    }
}

impl std::error::Error for UnreadableKnowledge {}

/// Stands before the knowledge: it changes with the source that defines the form, so that a stale program is noticed.
const FORM: [u8; 8] = fingerprint(include_bytes!("knowledge.rs")).to_le_bytes();

/// FNV-1a, at compile time.
const fn fingerprint(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

impl Knowledge {
    /// Reads what [`Knowledge::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, UnreadableKnowledge> {
        read(bytes)
    }

    /// The compact form that the binary embeds.
    pub fn to_bytes(&self) -> Result<Vec<u8>, UnreadableKnowledge> {
        write(self)
    }

    /// The same in parts, for the page.
    pub fn to_parts(&self) -> Result<Parts, UnreadableKnowledge> {
        let mut ranking = self.clone();
        let mut advice = BTreeMap::new();
        for cause in &mut ranking.causes {
            advice.insert(cause.id.clone(), write(&std::mem::take(&mut cause.advice))?);
        }
        let mut words = BTreeMap::<SystemId, Vec<(SignatureId, MessageWords)>>::new();
        for signature in &mut ranking.signatures {
            let system = &self.systems[signature.system.position()].id;
            words.entry(system.clone()).or_default().push((signature.id.clone(), std::mem::take(&mut signature.words)));
        }
        let words = words.into_iter().map(|(system, words)| Ok((system, write(&words)?))).collect::<Result<_, UnreadableKnowledge>>()?;
        Ok(Parts { ranking: write(&ranking)?, advice, words })
    }
}

/// Knowledge in parts, so that a page loads what ranks first, and what a verdict shows when it shows it.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// A [`Knowledge`] without advice and without the words of messages.
    pub ranking: Vec<u8>,
    /// The [`Advice`] of each cause.
    pub advice: BTreeMap<CauseId, Vec<u8>>,
    /// The [`MessageWords`] of each system's messages.
    pub words: BTreeMap<SystemId, Vec<u8>>,
}

impl Advice {
    /// Reads one of [`Parts::advice`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, UnreadableKnowledge> {
        read(bytes)
    }
}

impl MessageWords {
    /// Reads one of [`Parts::words`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Vec<(SignatureId, Self)>, UnreadableKnowledge> {
        read(bytes)
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, UnreadableKnowledge> {
    let stored = bytes.strip_prefix(&FORM).ok_or(UnreadableKnowledge::OtherVersion)?;
    postcard::from_bytes(stored).map_err(UnreadableKnowledge::Damaged)
}

fn write<T: Serialize>(value: &T) -> Result<Vec<u8>, UnreadableKnowledge> {
    let stored = postcard::to_stdvec(value).map_err(UnreadableKnowledge::Damaged)?;
    Ok([&FORM, stored.as_slice()].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Cause;

    #[test]
    fn parts_hold_what_the_whole_does() -> Result<(), UnreadableKnowledge> {
        let advice = Advice { summary: "Nothing listens.".to_owned(), ..Advice::default() };
        let cause = Cause {
            id: CauseId::new("stopped"),
            title: "Stopped".to_owned(),
            codes: Vec::new(),
            shapes: Vec::new(),
            places: Vec::new(),
            advice: advice.clone(),
        };
        let parts = Knowledge { causes: vec![cause], ..Knowledge::default() }.to_parts()?;
        let ranking = Knowledge::from_bytes(&parts.ranking)?;
        assert_eq!((ranking.causes[0].title.as_str(), &ranking.causes[0].advice), ("Stopped", &Advice::default()));
        assert_eq!(Advice::from_bytes(&parts.advice[&CauseId::new("stopped")])?, advice);
        Ok(())
    }

    #[test]
    fn bytes_of_another_form_are_refused() {
        assert!(matches!(Advice::from_bytes(b"otherform"), Err(UnreadableKnowledge::OtherVersion)));
    }
}
