//! A verdict as an engineer wants to read it in a terminal.

use anstyle::{AnsiColor, Style};
use diagnosis::evidence::Quote;
use diagnosis::knowledge::Knowledge;
use diagnosis::verdict::{CauseReport, FindingReport, Verdict};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Cells of the bar that shows a probability.
const BAR_CELLS: usize = 20;
/// Lines of the input that are shown.
const MOST_LINES: usize = 12;
/// Causes whose reasons and commands are shown.
const CAUSES_IN_FULL: usize = 2;

const STRONG: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
const MARKED: Style = AnsiColor::Yellow.on_default().bold();
const COMMAND: Style = AnsiColor::Cyan.on_default();

/// Renders a verdict: the sentence, the causes, the lines that led there, the commands, the question.
pub fn render(knowledge: &Knowledge, verdict: &Verdict, quotes: &BTreeMap<usize, Quote>) -> String {
    let mut out = String::new();
    let sentence = diagnosis::sentence(knowledge, verdict);
    let _ = writeln!(out, "{STRONG}{sentence}{STRONG:#}\n");
    if verdict.recognised {
        causes(&mut out, verdict);
        lines(&mut out, verdict, quotes);
        for cause in verdict.causes.iter().take(CAUSES_IN_FULL) {
            in_full(&mut out, cause);
        }
    } else {
        let _ = writeln!(out, "Paste the error log of the server that answered, response headers, or the output of `curl -v`.\n");
    }
    question(&mut out, verdict);
    out
}

fn causes(out: &mut String, verdict: &Verdict) {
    for cause in &verdict.causes {
        let filled = ((cause.probability * BAR_CELLS as f64).round() as usize).min(BAR_CELLS);
        let bar = format!("{}{}", "█".repeat(filled), "·".repeat(BAR_CELLS - filled));
        let _ = writeln!(out, "  {bar} {:>3.0} %  {}  {QUIET}{}{QUIET:#}", cause.probability * 100.0, cause.title, cause.id);
    }
    out.push('\n');
}

/// The lines of the input in which something was recognised, with the recognised part marked.
fn lines(out: &mut String, verdict: &Verdict, quotes: &BTreeMap<usize, Quote>) {
    let shown: Vec<&FindingReport> =
        verdict.findings.iter().filter(|finding| finding.line > 0 && finding.kind != "mark" && finding.kind != "fact").collect();
    if shown.is_empty() {
        return;
    }
    let _ = writeln!(out, "{STRONG}What led there{STRONG:#}");
    let mut last_line = 0;
    for finding in shown.iter().take(MOST_LINES) {
        let Some(quote) = quotes.get(&finding.line) else { continue };
        if finding.line != last_line {
            let _ = writeln!(out, "  {QUIET}{:>5}{QUIET:#} {}", finding.line, marked(quote, finding.start, finding.end));
        }
        last_line = finding.line;
        let _ = writeln!(out, "        {QUIET}{}{QUIET:#}", finding.id);
    }
    out.push('\n');
}

/// A line with the stretch from `start` to `end` marked.
fn marked(quote: &Quote, start: usize, end: usize) -> String {
    let within = |at: usize| at.saturating_sub(quote.start).min(quote.bytes.len());
    let (start, end) = (within(start), within(end));
    let part = |from: usize, to: usize| printable(quote.bytes.get(from..to).unwrap_or_default());
    let (before, marked, after) = (part(0, start), part(start, end), part(end, quote.bytes.len()));
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    format!("{}{before}{MARKED}{marked}{MARKED:#}{after}{}", cut(quote.start > 0), cut(quote.goes_on))
}

/// Text without control characters: what somebody logged must not steer the terminal.
fn printable(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().filter(|letter| !letter.is_control() || *letter == '\t').collect()
}

fn in_full(out: &mut String, cause: &CauseReport) {
    let _ = writeln!(out, "{STRONG}{} ({:.0} %){STRONG:#}", cause.title, cause.probability * 100.0);
    for reason in &cause.because {
        let sign = if reason.effect == "for" { "+" } else { "-" };
        let _ = writeln!(out, "  {sign} {}", reason.text);
    }
    if !cause.checks.is_empty() {
        let _ = writeln!(out, "\n  To confirm:");
    }
    for check in &cause.checks {
        let _ = writeln!(out, "    {COMMAND}{}{COMMAND:#}", check.command.trim_end().replace('\n', "\n    "));
        let _ = writeln!(out, "      {QUIET}{}{QUIET:#}", check.why.replace('\n', " "));
    }
    if !cause.fixes.is_empty() {
        let _ = writeln!(out, "\n  To fix:");
    }
    for fix in &cause.fixes {
        fix_lines(out, fix);
    }
    out.push('\n');
}

/// What to do on one line, then its command or configuration line by line.
fn fix_lines(out: &mut String, fix: &str) {
    let (action, blocks) = fix.split_once("\n```\n").unwrap_or((fix, ""));
    let _ = writeln!(out, "    - {}", action.replace('\n', " "));
    for line in blocks.lines().filter(|line| *line != "```") {
        let _ = writeln!(out, "      {COMMAND}{line}{COMMAND:#}");
    }
}

fn question(out: &mut String, verdict: &Verdict) {
    let Some(question) = &verdict.question else { return };
    let _ = writeln!(out, "{STRONG}What would tell more: {}{STRONG:#}", question.text);
    for option in &question.options {
        let _ = writeln!(out, "  --answer {}={}  {QUIET}{}{QUIET:#}", question.id, option.id, option.text);
    }
}
