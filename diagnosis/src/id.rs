//! Identifiers: names that authors write, and indices into a checked knowledge base.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Declares a newtype around a name that content, tests and every output share.
macro_rules! names {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes over a name as written; whether it exists is the knowledge base's to say.
            pub fn new(name: impl Into<String>) -> Self {
                Self(name.into())
            }

            /// The name as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }
    )*};
}

names! {
    /// A root cause: what has to change for the error to stop.
    CauseId;
    /// A message, flag or page that a program prints.
    SignatureId;
    /// A program, platform or CDN.
    SystemId;
    /// A station of the request's path.
    PlaceId;
    /// What the component that gave up saw of the one behind it.
    ShapeId;
    /// A question of the checker.
    QuestionId;
    /// An answer to a question.
    OptionId;
    /// A fact derived from evidence.
    FactId;
    /// Words that people write.
    CueId;
    /// A log line format.
    FormatId;
    /// A value that commands reuse, such as `upstream_port`.
    CaptureName;
}

/// Declares an index into one list of [`crate::knowledge::Knowledge`]; made only by whoever checked that the entry exists.
macro_rules! indices {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(u16);

        impl $name {
            /// The index of the entry at `position`; `None` if the list is longer than an index can name.
            pub fn new(position: usize) -> Option<Self> {
                u16::try_from(position).ok().map(Self)
            }

            /// The position in the list.
            pub fn position(self) -> usize {
                usize::from(self.0)
            }
        }
    )*};
}

indices! {
    /// Position in `Knowledge::causes`.
    CauseIndex;
    /// Position in `Knowledge::signatures`.
    SignatureIndex;
    /// Position in `Knowledge::systems`.
    SystemIndex;
    /// Position in `Knowledge::places`.
    PlaceIndex;
    /// Position in `Knowledge::shapes`.
    ShapeIndex;
    /// Position in `Knowledge::facts`.
    FactIndex;
    /// Position in `Knowledge::cues`.
    CueIndex;
    /// Position in `Knowledge::formats`.
    FormatIndex;
    /// Position in `Resemblance::terms`.
    TermIndex;
}
