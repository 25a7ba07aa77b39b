//! `questions/<id>.yaml`

use super::Words;
use crate::at::At;
use crate::schema::LikelihoodWord;
use diagnosis::likelihood::Likelihood;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A question of the checker.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionForm {
    /// The question.
    pub text: String,
    /// How to find the answer.
    #[serde(default)]
    pub help: String,
    /// 1 a glance, 2 a command, 3 another machine or person.
    pub effort: At<u8>,
    /// What makes it needless.
    #[serde(default)]
    pub known_from: Vec<At<String>>,
    /// Its answers.
    pub options: At<Vec<OptionForm>>,
}

/// An answer.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionForm {
    /// Its id.
    pub id: At<String>,
    /// Its text.
    pub text: String,
    /// When that is the cause, how often is this the answer?
    #[serde(default)]
    pub causes: Words,
    /// The same for causes that are not listed.
    #[schemars(with = "Option<LikelihoodWord>")]
    pub otherwise: Option<Likelihood>,
    /// The status code that the answer names.
    pub code: Option<At<u16>>,
    /// What it says about the place.
    #[serde(default)]
    pub places: Words,
    /// What it says about the shape.
    #[serde(default)]
    pub shapes: Words,
}
