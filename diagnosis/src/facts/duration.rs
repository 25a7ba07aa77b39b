//! How long a request took, against the timeouts that are known.

use super::{Derived, DerivedFact};
use crate::id::SystemIndex;
use crate::knowledge::Knowledge;
use std::collections::BTreeMap;

/// How much later than its timeout a request may end, in milliseconds: the machine has to notice and to answer.
const SLACK_MILLISECONDS: u32 = 1_500;
/// Timeouts below this, in milliseconds, are too common as durations of healthy requests.
const SHORTEST_TELLING_MILLISECONDS: u32 = 5_000;

/// The fields of log lines that hold how long a request took, with the milliseconds of their unit; the upstream's time tells more than the whole.
const FIELDS: [(&str, f64); 6] =
    [("upstream_time", 1000.0), ("request_time", 1000.0), ("duration_ms", 1.0), ("total_ms", 1.0), ("service_ms", 1.0), ("duration", 1000.0)];

/// The default timeout of `system` that a request's duration fits, if there is one.
pub(super) fn default_timeout(knowledge: &Knowledge, system: SystemIndex, captures: &BTreeMap<String, String>) -> Option<Derived> {
    let took = FIELDS.iter().find_map(|(name, unit)| Some(captures.get(*name)?.parse::<f64>().ok()? * unit)).and_then(milliseconds)?;
    let fits = |limit: u32| limit >= SHORTEST_TELLING_MILLISECONDS && (limit..=limit + SLACK_MILLISECONDS).contains(&took);
    let timeout = knowledge.timeouts.iter().find(|timeout| timeout.system == system && fits(timeout.milliseconds))?;
    let captures = BTreeMap::from([
        ("seconds".to_owned(), in_seconds(took)),
        ("setting".to_owned(), timeout.setting.clone()),
        ("default".to_owned(), in_seconds(timeout.milliseconds)),
    ]);
    Some(Derived { fact: DerivedFact::TookDefaultTimeout, captures })
}

/// Whether a duration that somebody wrote is a known default timeout of any system.
pub(super) fn spoken(knowledge: &Knowledge, seconds: u32) -> Option<Derived> {
    let milliseconds = seconds.checked_mul(1_000).filter(|milliseconds| *milliseconds >= SHORTEST_TELLING_MILLISECONDS)?;
    knowledge
        .timeouts
        .iter()
        .any(|timeout| timeout.milliseconds == milliseconds)
        .then(|| Derived { fact: DerivedFact::SaidDefaultTimeout, captures: BTreeMap::from([("seconds".to_owned(), seconds.to_string())]) })
}

/// Milliseconds written in seconds; formatting a float would cost the page's module 6 KB.
fn in_seconds(milliseconds: u32) -> String {
    let (whole, rest) = (milliseconds / 1000, milliseconds % 1000);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:03}").trim_end_matches('0').to_owned() }
}

/// Whole milliseconds; `None` for what is no duration of up to a day.
fn milliseconds(milliseconds: f64) -> Option<u32> {
    const DAY: f64 = 86_400_000.0;
    (0.0..DAY).contains(&milliseconds).then_some(milliseconds as u32)
}
