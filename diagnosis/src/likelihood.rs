//! The words in which authors write likelihoods, and what each means in numbers: here and nowhere else.

use serde::{Deserialize, Serialize};

/// How often something is so. Authors write the word; the engine reads the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Likelihood {
    /// Practically never: speaks strongly against.
    Never,
    /// A few in a hundred.
    Rarely,
    /// One in seven.
    Sometimes,
    /// Two in five.
    Often,
    /// Two in three.
    Usually,
    /// Practically always.
    Always,
}

impl Likelihood {
    /// All words, from least to most.
    pub const ALL: [Self; 6] = [Self::Never, Self::Rarely, Self::Sometimes, Self::Often, Self::Usually, Self::Always];

    /// The share of cases, between 0 and 1.
    pub fn share(self) -> f64 {
        match self {
            Self::Never => 0.003,
            Self::Rarely => 0.03,
            Self::Sometimes => 0.15,
            Self::Often => 0.4,
            Self::Usually => 0.7,
            Self::Always => 0.97,
        }
    }

    /// The word that authors write.
    pub fn word(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Rarely => "rarely",
            Self::Sometimes => "sometimes",
            Self::Often => "often",
            Self::Usually => "usually",
            Self::Always => "always",
        }
    }
}
