//! Knowledge as bytes: what the binary carries and the page loads.

use crate::knowledge::Knowledge;

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
        let stored = bytes.strip_prefix(&FORM).ok_or(UnreadableKnowledge::OtherVersion)?;
        postcard::from_bytes(stored).map_err(UnreadableKnowledge::Damaged)
    }

    /// The compact form that the binary embeds and the page loads.
    pub fn to_bytes(&self) -> Result<Vec<u8>, UnreadableKnowledge> {
        let stored = postcard::to_stdvec(self).map_err(UnreadableKnowledge::Damaged)?;
        Ok([&FORM, stored.as_slice()].concat())
    }
}
