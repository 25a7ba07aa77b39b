//! The Markdown of a file: a part of its text, which is kept once.

use serde::{Serialize, Serializer};
use std::ops::Deref;
use std::sync::Arc;

/// The text behind the front matter.
#[derive(Clone, Debug, Default)]
pub struct Body {
    file: Arc<str>,
    from: usize,
}

impl Body {
    /// The text of a file from a byte on; nothing where no letter begins there.
    pub(crate) fn new(file: &Arc<str>, from: usize) -> Self {
        Self { file: Arc::clone(file), from }
    }
}

impl Deref for Body {
    type Target = str;

    fn deref(&self) -> &str {
        self.file.get(self.from..).unwrap_or_default()
    }
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}
