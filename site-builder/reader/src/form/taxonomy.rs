//! `site.yaml`, `places.yaml`, `shapes.yaml`, `captures.yaml`, `words.yaml`.

use crate::at::At;
use crate::schema::LikelihoodWord;
use diagnosis::knowledge::Vocabulary;
use diagnosis::likelihood::Likelihood;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The site as a whole.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteForm {
    /// Its name.
    pub name: String,
    /// What it is, in a few words.
    pub tagline: String,
    /// What it is, in a sentence.
    pub description: String,
    /// Its address, without a slash at the end.
    pub base_url: At<String>,
    /// Where its source is.
    pub source_url: String,
    /// Where pages that were renamed are now: old address to new one.
    #[serde(default)]
    pub redirects: BTreeMap<String, String>,
    /// Colours of one's own, in place of the built-in ones.
    #[serde(default)]
    pub colours: ColoursForm,
    /// A drawing beside the name and on the browser's tab, as the text of an SVG.
    pub logo: Option<At<String>>,
}

/// The colours that can be chosen; those of places and shapes are fixed, since they mean something.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColoursForm {
    /// Behind the text.
    pub paper: Option<ShadesForm>,
    /// Behind code and boxes.
    pub ground: Option<ShadesForm>,
    /// The text.
    pub ink: Option<ShadesForm>,
    /// Notes and labels.
    pub soft: Option<ShadesForm>,
    /// Hairlines.
    pub rule: Option<ShadesForm>,
    /// The edges of fields and buttons.
    pub edge: Option<ShadesForm>,
    /// Links and what can be pressed.
    pub link: Option<ShadesForm>,
    /// Behind what was recognised in a text.
    pub mark: Option<ShadesForm>,
}

impl ColoursForm {
    /// The chosen colours, by the names that style sheets give them.
    pub fn chosen(&self) -> impl Iterator<Item = (&'static str, &ShadesForm)> {
        let named = [
            ("paper", &self.paper),
            ("ground", &self.ground),
            ("ink", &self.ink),
            ("soft", &self.soft),
            ("rule", &self.rule),
            ("edge", &self.edge),
            ("link", &self.link),
            ("mark", &self.mark),
        ];
        named.into_iter().filter_map(|(name, shades)| Some((name, shades.as_ref()?)))
    }
}

/// A colour in the light and in the dark form of the site.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShadesForm {
    /// On a light ground, as `#0b4a8c`.
    pub light: At<String>,
    /// On a dark ground, as `#93bff5`.
    pub dark: At<String>,
}

/// A station of the path.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceForm {
    /// Its id.
    pub id: At<String>,
    /// Its name.
    pub name: String,
    /// What stands there.
    pub means: String,
    /// The station it takes the place of in drawings.
    pub instead_of: Option<At<String>>,
    /// Whether error responses are made there.
    #[serde(default = "yes")]
    pub answers: bool,
    /// How often it is the one that answers, where nothing more is known.
    #[serde(default = "sometimes")]
    #[schemars(with = "LikelihoodWord")]
    pub usual: Likelihood,
}

fn sometimes() -> Likelihood {
    Likelihood::Sometimes
}

fn yes() -> bool {
    true
}

/// What the component that gave up saw.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShapeForm {
    /// Its id.
    pub id: At<String>,
    /// Its name.
    pub name: String,
    /// What was seen.
    pub means: String,
    /// What happened, as a sentence that begins with the component's name.
    pub says: String,
}

/// A value that commands reuse.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaptureForm {
    /// Its name, as used in holes.
    pub id: At<String>,
    /// What it is.
    pub means: String,
    /// What stands in a command until the evidence gives the value.
    pub placeholder: String,
}

/// Words of prose.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WordsForm {
    /// Words that tell what a text is about.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Vec<String>>")]
    pub vocabulary: Vocabulary,
    /// Words that mean the same, by the name under which cues call them.
    #[serde(default)]
    pub classes: BTreeMap<String, Vec<String>>,
}
