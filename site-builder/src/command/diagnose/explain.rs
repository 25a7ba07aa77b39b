//! How the ranking came about, for those who write content.

use diagnosis::explain::{ExplainedArgument, ExplainedCause, Explanation};
use diagnosis::verdict::FindingReport;
use std::fmt::Write;

/// Causes whose sums are shown.
const MOST_CAUSES: usize = 6;
/// Questions that are shown.
const MOST_QUESTIONS: usize = 5;

/// Renders all steps: findings, what each says, the sums, the questions.
pub fn render(findings: &[FindingReport], explanation: &Explanation) -> String {
    let mut out = String::from("How it came about\n\n1. Findings\n");
    for finding in findings {
        let captures: String = finding.captures.iter().map(|(name, value)| format!(" {name}={value}")).collect();
        let _ = writeln!(out, "   line {:>4}  {:<9}  {}{captures}", finding.line, finding.kind, finding.id);
    }
    let code = explanation.code.map_or_else(|| "none".to_owned(), |code| code.to_string());
    let _ = writeln!(out, "\n2. Status: {code}. Recognised: {}.", if explanation.recognised { "yes" } else { "no, so no cause is named" });
    arguments(&mut out, explanation);
    causes(&mut out, explanation);
    questions(&mut out, explanation);
    out
}

/// What each finding and answer says, as shares of the first causes.
fn arguments(out: &mut String, explanation: &Explanation) {
    let _ = writeln!(out, "\n3. What each says: P(cause | finding), P(answer | cause)");
    if explanation.arguments.is_empty() {
        let _ = writeln!(out, "   nothing names a cause");
    }
    for (position, argument) in explanation.arguments.iter().enumerate() {
        let _ = writeln!(out, "   {}  (weight {:.2})  {}", argument.id, argument.weight, argument.text);
        let mut named: Vec<_> = explanation.causes.iter().filter(|cause| is_named(explanation, argument, cause, position)).collect();
        named.sort_by(|a, b| b.shares[position].total_cmp(&a.shares[position]));
        for cause in named.iter().take(MOST_CAUSES) {
            let _ = writeln!(out, "      {:<40} {:.4}", cause.id, cause.shares[position]);
        }
        let others = explanation.causes.len() - named.len().min(MOST_CAUSES);
        if others > 0 {
            let _ = writeln!(out, "      {others} others, at least {:.4} each", least_share(explanation, position));
        }
    }
}

/// Whether an argument says more of a cause than of those that it does not name.
fn is_named(explanation: &Explanation, argument: &ExplainedArgument, cause: &ExplainedCause, position: usize) -> bool {
    argument.is_answer || cause.shares[position] > least_share(explanation, position)
}

fn least_share(explanation: &Explanation, position: usize) -> f64 {
    explanation.causes.iter().map(|cause| cause.shares[position]).fold(f64::INFINITY, f64::min)
}

fn causes(out: &mut String, explanation: &Explanation) {
    let _ = writeln!(
        out,
        "\n4. Sums: {:.2} × ({:.1} × ln prior + Σ weight × ln share), and what they come to",
        explanation.sharpness, explanation.prior_weight
    );
    for cause in explanation.causes.iter().take(MOST_CAUSES) {
        let terms: String =
            explanation.arguments.iter().zip(&cause.shares).map(|(argument, share)| format!(" + {:.2} × ln {share:.4}", argument.weight)).collect();
        let _ = writeln!(
            out,
            "   {:<40} {:.2} × ({:.1} × ln {:.4}{terms}) = {:.2}  ->  {:.1} %",
            cause.id,
            explanation.sharpness,
            explanation.prior_weight,
            cause.prior,
            cause.sum,
            cause.probability * 100.0
        );
    }
}

fn questions(out: &mut String, explanation: &Explanation) {
    let _ = writeln!(out, "\n5. Open questions: bits that an answer tells, its effort, what it is worth");
    for question in explanation.questions.iter().take(MOST_QUESTIONS) {
        let _ = writeln!(out, "   {:<40} {:.3} bits  effort {}  worth {:.3}", question.id, question.gain, question.effort, question.worth);
    }
}
