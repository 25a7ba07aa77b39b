//! What is loaded only when it is shown: advice by cause, the words of messages by system.

use diagnosis::id::SignatureId;
use diagnosis::knowledge::{Advice, MessageWords};
use diagnosis::stored::UnreadableKnowledge;
use std::collections::BTreeMap;

/// What was loaded so far.
#[derive(Default)]
pub(crate) struct Words {
    advice: BTreeMap<String, Advice>,
    messages: BTreeMap<SignatureId, MessageWords>,
}

impl Words {
    /// Takes a cause's advice.
    pub fn take_advice(&mut self, cause: &str, bytes: &[u8]) -> Result<(), UnreadableKnowledge> {
        self.advice.insert(cause.to_owned(), Advice::from_bytes(bytes)?);
        Ok(())
    }

    /// Takes the words of a system's messages.
    pub fn take_messages(&mut self, bytes: &[u8]) -> Result<(), UnreadableKnowledge> {
        self.messages.extend(MessageWords::from_bytes(bytes)?);
        Ok(())
    }

    /// The advice on a cause, once it was loaded.
    pub fn advice(&self, cause: &str) -> Option<&Advice> {
        self.advice.get(cause)
    }

    /// A message's words, once they were loaded.
    pub fn message(&self, id: &SignatureId) -> Option<&MessageWords> {
        self.messages.get(id)
    }
}
