//! Likelihoods in words, by id.

use crate::at::At;
use diagnosis::likelihood::Likelihood;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use std::marker::PhantomData;

/// A likelihood for each of some ids, in the order of the file.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Words<Id = String>(Vec<Word<Id>>);

/// One id with its likelihood.
#[derive(Clone, Debug, Serialize)]
pub struct Word<Id> {
    /// The id.
    pub id: At<Id>,
    /// How often.
    pub likelihood: Likelihood,
}

impl<Id> Default for Words<Id> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<Id> Words<Id> {
    /// The words, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Word<Id>> {
        self.0.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de, Id: Deserialize<'de>> Deserialize<'de> for Words<Id> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfMap<Id>(PhantomData<Id>);
        impl<'de, Id: Deserialize<'de>> Visitor<'de> for OfMap<Id> {
            type Value = Words<Id>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "ids with likelihoods, such as `{{keepalive-race: often}}`")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut words = Vec::new();
                while let Some((id, likelihood)) = map.next_entry()? {
                    words.push(Word { id, likelihood });
                }
                Ok(Words(words))
            }
        }
        deserializer.deserialize_map(OfMap(PhantomData))
    }
}
