//! The verdict for others: for the incident channel, as a page of a runbook, for programs.

use crate::case::{Case, Given};
use crate::highlight::{self, Row, Stretch};
use crate::shown::{because, percentage, sentence};
use crate::words::Words;
use diagnosis::verdict::{AdviceReport, CauseReport, Verdict};

/// Causes that a report names.
const MOST_CAUSES: usize = 5;
/// Causes whose commands the incident channel gets.
const CAUSES_IN_FULL: usize = 2;
/// Lines of evidence that a report quotes.
const MOST_LINES: usize = 6;

/// The verdict as `fivexx diagnose --format json` prints it, with the advice that was loaded.
pub(crate) fn verdict(case: &Case, words: &Words) -> Verdict {
    let reading = case.reading();
    let mut verdict = reading.verdict;
    for cause in &mut verdict.causes {
        cause.because = because(case, words, cause);
        if let Some(advice) = words.advice(&cause.id) {
            let advice = diagnosis::advise(case.knowledge, &reading.evidence, advice);
            (cause.checks, cause.fixes) = (advice.checks, advice.fixes);
        }
    }
    verdict
}

/// For the incident channel: short, with the evidence, the next commands and a link.
pub(crate) fn markdown(case: &Case, words: &Words, page: &str, site: &str) -> String {
    let reading = case.reading();
    let mut out = format!("**{}**\n", sentence(case, &reading));
    let lines = evidence_lines(case);
    if !lines.is_empty() {
        out += &format!("\n```\n{}\n```\n", lines.join("\n"));
    }
    for (rank, cause) in reading.verdict.causes.iter().take(MOST_CAUSES).enumerate() {
        out += &format!("\n{}. [{}]({site}{}), {}\n", rank + 1, cause.title, cause.url, percentage(cause.probability));
        if rank < CAUSES_IN_FULL {
            for reason in because(case, words, cause) {
                out += &format!("   - {} {}\n", if reason.effect == "for" { "for:" } else { "against:" }, reason.text);
            }
            if let Some(check) = advice(case, words, cause).and_then(|advice| advice.checks.into_iter().next()) {
                out += &format!("   - confirm: `{}`\n", check.command.trim_end());
            }
        }
    }
    if let Some(question) = &reading.verdict.question {
        out += &format!("\nWhat would tell more: {}\n", question.text);
    }
    let fragment = case.fragment(&reading);
    out + &format!("\n{page}{}{fragment}\n", if fragment.is_empty() { "" } else { "#" })
}

/// A page for a runbook: the symptom, then each cause with what confirms, ends and prevents it.
pub(crate) fn runbook(case: &Case, words: &Words, site: &str) -> String {
    let reading = case.reading();
    let mut out = format!("# {}\n\n## Symptom\n", title(&reading.verdict));
    out += &format!("\n{}\n", sentence(case, &reading));
    let lines = evidence_lines(case);
    if !lines.is_empty() {
        out += &format!("\n```\n{}\n```\n", lines.join("\n"));
    }
    for cause in reading.verdict.causes.iter().take(MOST_CAUSES) {
        out += &format!("\n## If: {} ({})\n\nAll about it: {site}{}\n", cause.title, percentage(cause.probability), cause.url);
        if let Some(advice) = advice(case, words, cause) {
            out += &runbook_part(&advice);
        }
    }
    out
}

fn runbook_part(advice: &AdviceReport) -> String {
    let mut out = String::from("\n### Confirm\n");
    for check in &advice.checks {
        out += &format!("\n```sh\n{}\n```\n{}\n", check.command.trim_end(), check.why);
    }
    out += "\n### Fix\n\n";
    for fix in &advice.fixes {
        out += &format!("- {}\n", fix.trim_end().replace('\n', "\n  "));
    }
    if !advice.prevention.is_empty() {
        out += "\n### Prevent\n\n";
        for step in &advice.prevention {
            out += &format!("- {}\n", step.trim());
        }
    }
    out
}

fn title(verdict: &Verdict) -> String {
    let code = verdict.code.map_or_else(|| "Gateway error".to_owned(), |code| code.to_string());
    match verdict.systems.first() {
        Some(system) => format!("{code} with {system}"),
        None => code,
    }
}

fn advice(case: &Case, words: &Words, cause: &CauseReport) -> Option<AdviceReport> {
    Some(diagnosis::advise(case.knowledge, &case.reading().evidence, words.advice(&cause.id)?))
}

/// The lines in which something was recognised, the first ones.
fn evidence_lines(case: &Case) -> Vec<String> {
    let reading = case.reading();
    let rows = match case.given() {
        Given::Text { text, .. } => highlight::rows(text, &reading.evidence.findings),
        Given::File(file) => highlight::rows_of_kept(&file.kept, file.lines, &reading.evidence.findings),
        Given::Nothing | Given::Link(_) => Vec::new(),
    };
    let text = |stretches: &[Stretch<'_>]| {
        let piece = |stretch: &Stretch<'_>| match *stretch {
            Stretch::Plain(text) | Stretch::Recognised { text, .. } => text.to_owned(),
            Stretch::Omitted => " … ".to_owned(),
        };
        stretches.iter().map(piece).collect::<String>().replace("```", "'''")
    };
    let recognised = rows.iter().filter_map(|row| match row {
        Row::Line { stretches, .. } if stretches.iter().any(|stretch| matches!(stretch, Stretch::Recognised { .. })) => Some(text(stretches)),
        Row::Line { .. } | Row::Omitted(_) => None,
    });
    recognised.take(MOST_LINES).collect()
}
