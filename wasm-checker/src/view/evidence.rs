//! What was recognised: the user's own text with the recognised stretches marked, and what each of them says.

use super::View;
use crate::action::Action;
use crate::case::Standing;
use crate::dom::{Drawn, append};
use crate::highlight::{Row, Stretch, rows};
use diagnosis::command;
use diagnosis::evidence::{Finding, What};
use diagnosis::knowledge::FactMeaning;
use web_sys::Element;

/// A finding in words.
struct Words {
    kind: &'static str,
    title: String,
    /// The page about it, if there is one.
    address: Option<String>,
    meaning: String,
}

impl View<'_> {
    /// The recognised evidence; nothing while only the page itself says what it is about.
    pub(super) fn evidence(&self) -> Drawn<Option<Element>> {
        let findings = &self.reading.evidence.findings;
        if findings.is_empty() || self.reading.standing == Standing::NothingGiven {
            return Ok(None);
        }
        let list = self.dom.element("ul", "checker-findings")?;
        for (position, finding) in findings.iter().enumerate() {
            append(&list, &self.finding(position, finding)?)?;
        }
        let text = self.marked_text(findings)?;
        let pieces: Vec<_> = text.into_iter().chain([list]).collect();
        self.part("checker-recognised", "What was recognised", &pieces).map(Some)
    }

    /// The text again, as text whatever it holds.
    fn marked_text(&self, findings: &[Finding]) -> Drawn<Option<Element>> {
        let rows = rows(self.case.text(), findings);
        if rows.is_empty() {
            return Ok(None);
        }
        let block = self.dom.element("pre", "checker-text")?;
        for row in rows {
            match row {
                Row::Line(stretches) => self.append_line(&block, &stretches, findings)?,
                Row::Omitted(1) => append(&block, &self.dom.text("span", "checker-omitted", "… 1 line\n")?)?,
                Row::Omitted(lines) => append(&block, &self.dom.text("span", "checker-omitted", &format!("… {lines} lines\n"))?)?,
            }
        }
        Ok(Some(block))
    }

    fn append_line(&self, block: &Element, stretches: &[Stretch<'_>], findings: &[Finding]) -> Drawn<()> {
        for stretch in stretches {
            match *stretch {
                Stretch::Plain(text) => block.append_with_str_1(text)?,
                Stretch::Omitted => append(block, &self.dom.text("span", "checker-omitted", " … ")?)?,
                Stretch::Recognised { text, finding } => append(block, &self.mark(text, finding, findings)?)?,
            }
        }
        block.append_with_str_1("\n")
    }

    fn mark(&self, text: &str, position: usize, findings: &[Finding]) -> Drawn {
        let mark = self.dom.text("mark", "checker-mark", text)?;
        if let Some(finding) = findings.get(position) {
            let words = self.words(finding);
            mark.set_attribute("title", &words.title)?;
            mark.set_attribute("data-kind", words.kind)?;
        }
        mark.set_attribute("role", "button")?;
        mark.set_attribute("tabindex", "0")?;
        Action::Show { id: element_id(position) }.attach(&mark)?;
        Ok(mark)
    }

    fn finding(&self, position: usize, finding: &Finding) -> Drawn {
        let words = self.words(finding);
        let title = match &words.address {
            Some(address) => self.dom.link("", address, &words.title)?,
            None => self.dom.text("span", "", &words.title)?,
        };
        title.set_attribute("data-key", &format!("finding:{position}"))?;
        let entry = self.dom.group("li", "", [&title])?;
        if finding.times > 1 {
            entry.append_with_str_1(&format!(" ({} times)", finding.times))?;
        }
        if !words.meaning.is_empty() {
            append(&entry, &self.dom.prose("p", "", &words.meaning)?)?;
        }
        entry.set_attribute("id", &element_id(position))?;
        entry.set_attribute("tabindex", "-1")?;
        entry.set_attribute("data-kind", words.kind)?;
        Ok(entry)
    }

    fn words(&self, finding: &Finding) -> Words {
        let knowledge = self.case.knowledge;
        match finding.what {
            What::Signature(index, _) => {
                let signature = &knowledge.signatures[index.position()];
                let title = format!("{}: {}", knowledge.systems[signature.system.position()].name, signature.title);
                Words { kind: "signature", title, address: Some(format!("/messages/{}/", signature.id)), meaning: signature.summary.clone() }
            }
            What::Mark(system) => {
                let system = &knowledge.systems[system.position()];
                let title = format!("{} wrote or sent this", system.name);
                Words { kind: "mark", title, address: Some(format!("/systems/{}/", system.id)), meaning: String::new() }
            }
            What::Mention(system) => {
                let system = &knowledge.systems[system.position()];
                Words {
                    kind: "mention",
                    title: format!("{} is named", system.name),
                    address: Some(format!("/systems/{}/", system.id)),
                    meaning: String::new(),
                }
            }
            What::Status(status) => {
                let code = knowledge.codes.iter().find(|code| code.status == status);
                let title = code.map_or_else(|| format!("Status {status}"), |code| format!("Status {status} {}", code.reason));
                Words { kind: "status", title, address: code.map(|_| format!("/{status}/")), meaning: String::new() }
            }
            What::Fact(index) => {
                let title = filled(&knowledge.facts[index.position()], finding);
                Words { kind: "fact", title, address: None, meaning: String::new() }
            }
            What::Cue(index) => Words { kind: "cue", title: knowledge.cues[index.position()].says.clone(), address: None, meaning: String::new() },
        }
    }
}

fn element_id(position: usize) -> String {
    format!("checker-finding-{position}")
}

/// What a fact says, with the values it is about; a link does not tell them.
fn filled(fact: &FactMeaning, finding: &Finding) -> String {
    let mut text = String::new();
    let mut copied = 0;
    for (span, name) in command::holes(&fact.title) {
        text.push_str(&fact.title[copied..span.start]);
        text.push_str(finding.captures.get(name).map_or("…", String::as_str));
        copied = span.end;
    }
    text + &fact.title[copied..]
}
