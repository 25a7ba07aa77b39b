//! The state of a diagnosis as a URL fragment, so that it can be linked: ids, and of the words of the text those that the
//! knowledge base weighs, in its own form and order; nothing else of the text.
//!
//! ```text
//! f=nginx-connect-refused~upstream:ipv6-loopback,status:502*3,mark:nginx,fact:took-default-timeout&w=idle,restart&a=how-long:at-once
//! ```
//!
//! | item of `f`, findings in the order of the text | means |
//! |---|---|
//! | `<message>` | the message was seen |
//! | `<message>~<capture>:<kind>` | it was, and the value of that capture is of that kind, which refines its causes |
//! | `mark:<system>` | the system shows itself |
//! | `status:<code>`, `status:<code>*<times>` | that status was seen, once or so many times |
//! | `fact:<fact>` | the fact follows from the text |
//! | `cue:<cue>` | somebody wrote it |
//!
//! `w` lists words that speak for causes. `a` lists answers as `<question>:<option>`, in the order in which they were given. Ids that no longer exist are passed over;
//! the form itself is a promise, like every address of the site.

use crate::answers::Answers;
use crate::evidence::{Evidence, Finding, What};
use crate::id::{CueIndex, FactIndex, OptionId, QuestionId, SignatureIndex, SystemIndex};
use crate::knowledge::{AddressKind, Knowledge, Refinement};
use crate::resemblance;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// The fragment, without `#`, from which [`from_fragment`] reads the same state; empty where there is nothing to tell.
pub fn to_fragment(knowledge: &Knowledge, evidence: &Evidence, answers: &Answers) -> String {
    let findings: Vec<_> = evidence.findings.iter().map(|finding| written(knowledge, evidence, finding.what)).collect();
    let words: Vec<_> =
        evidence.terms.iter().filter_map(|term| knowledge.resemblance.terms.get(term.position())).map(|term| term.word.clone()).collect();
    let answers: Vec<_> = answers.iter().map(|(question, option)| format!("{question}:{option}")).collect();
    let list = |name: &str, items: &[String]| (!items.is_empty()).then(|| format!("{name}={}", items.join(",")));
    let lists: Vec<_> = [list("f", &findings), list("w", &words), list("a", &answers)].into_iter().flatten().collect();
    lists.join("&")
}

/// Reads a fragment, with or without `#`; whatever the knowledge base does not have is passed over.
pub fn from_fragment(knowledge: &Knowledge, fragment: &str) -> (Evidence, Answers) {
    let fragment = unescaped(fragment.trim_start_matches('#'));
    let mut evidence = Evidence::default();
    let mut answers = Answers::default();
    let terms = knowledge.resemblance.by_stem();
    for (name, items) in fragment.split('&').filter_map(|list| list.split_once('=')) {
        for item in items.split(',') {
            match name {
                "f" => take_finding(knowledge, item, &mut evidence),
                "w" => evidence.terms.extend(terms.get(resemblance::stem(item))),
                "a" => take_answer(knowledge, item, &mut answers),
                _ => {}
            }
        }
    }
    evidence.terms.sort_unstable();
    evidence.terms.dedup();
    (evidence, answers)
}

/// Whether a page's fragment is one of ours, and no anchor.
pub fn is_fragment(fragment: &str) -> bool {
    let fragment = fragment.trim_start_matches('#');
    ["f=", "w=", "a="].iter().any(|list| fragment.starts_with(list))
}

fn written(knowledge: &Knowledge, evidence: &Evidence, what: What) -> String {
    match what {
        What::Signature(index, refinement) => {
            let signature = &knowledge.signatures[index.position()];
            match refinement.and_then(|position| signature.refinements.get(usize::from(position))) {
                Some(refinement) => format!("{}~{}", signature.id, refinement_name(refinement)),
                None => signature.id.to_string(),
            }
        }
        What::Mark(system) => format!("mark:{}", knowledge.systems[system.position()].id),
        What::Fact(fact) => format!("fact:{}", knowledge.facts[fact.position()].id),
        What::Cue(cue) => format!("cue:{}", knowledge.cues[cue.position()].id),
        What::Mention(system) => format!("mention:{}", knowledge.systems[system.position()].id),
        What::Status(status) => match evidence.statuses.get(&status) {
            Some(&times) if times > 1 => format!("status:{status}*{times}"),
            _ => format!("status:{status}"),
        },
    }
}

/// A refinement by what it asks for, so that a link survives a change of their order.
fn refinement_name(refinement: &Refinement) -> String {
    format!("{}:{}", refinement.capture, Word(refinement.is))
}

/// A kind of address, by the word that authors write.
struct Word(AddressKind);

impl fmt::Display for Word {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.serialize(out)
    }
}

fn take_finding(knowledge: &Knowledge, item: &str, evidence: &mut Evidence) {
    let Some((what, times)) = read_finding(knowledge, item) else { return };
    if evidence.findings.iter().any(|known| known.what == what) {
        return;
    }
    if let What::Status(status) = what {
        evidence.statuses.insert(status, times);
    }
    evidence.findings.push(Finding { what, at: None, captures: BTreeMap::new(), times });
}

fn take_answer(knowledge: &Knowledge, item: &str, answers: &mut Answers) {
    if let Some((question, option)) = item.split_once(':') {
        // An answer that no longer exists is passed over, like every unknown id.
        let _ = answers.give(knowledge, QuestionId::new(question), OptionId::new(option));
    }
}

/// What an item says was found, and how many times.
fn read_finding(knowledge: &Knowledge, item: &str) -> Option<(What, usize)> {
    let what = if let Some(id) = item.strip_prefix("mark:") {
        let position = knowledge.systems.iter().position(|system| system.id.as_str() == id)?;
        What::Mark(SystemIndex::new(position)?)
    } else if let Some(id) = item.strip_prefix("mention:") {
        let position = knowledge.systems.iter().position(|system| system.id.as_str() == id)?;
        What::Mention(SystemIndex::new(position)?)
    } else if let Some(id) = item.strip_prefix("fact:") {
        let position = knowledge.facts.iter().position(|fact| fact.id.as_str() == id)?;
        What::Fact(FactIndex::new(position)?)
    } else if let Some(id) = item.strip_prefix("cue:") {
        let position = knowledge.cues.iter().position(|cue| cue.id.as_str() == id)?;
        What::Cue(CueIndex::new(position)?)
    } else if let Some(status) = item.strip_prefix("status:") {
        return read_status(knowledge, status);
    } else {
        read_message(knowledge, item)?
    };
    Some((what, 1))
}

fn read_status(knowledge: &Knowledge, text: &str) -> Option<(What, usize)> {
    let (status, times) = text.split_once('*').unwrap_or((text, "1"));
    let status = status.parse().ok()?;
    let is_known = knowledge.codes.iter().any(|code| code.status == status);
    is_known.then_some((What::Status(status), times.parse().ok()?))
}

fn read_message(knowledge: &Knowledge, text: &str) -> Option<What> {
    let (id, refined) = text.split_once('~').unwrap_or((text, ""));
    let position = knowledge.signatures.iter().position(|signature| signature.id.as_str() == id)?;
    let refinements = &knowledge.signatures[position].refinements;
    let refinement = refinements.iter().position(|refinement| refinement_name(refinement) == refined);
    Some(What::Signature(SignatureIndex::new(position)?, refinement.and_then(|position| u8::try_from(position).ok())))
}

/// The text with `%3A` and its like read back: mail and chat programs escape what they need not.
fn unescaped(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let escaped = piece.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(u8::is_ascii);
        match escaped {
            Some(byte) => {
                plain.push(char::from(byte));
                plain.push_str(&piece[2..]);
            }
            None => {
                plain.push('%');
                plain.push_str(piece);
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conclude;
    use crate::evidence::Recogniser;
    use crate::id::{CaptureName, CauseId, CauseIndex, FactId, PlaceId, PlaceIndex, ShapeId, ShapeIndex, SignatureId, SystemId};
    use crate::knowledge::{Advice, Answer, Cause, Code, FactMeaning, Machine, MessageWords, Place, Question, Shape, Signature, System, Weighted};
    use crate::likelihood::Likelihood;
    use crate::likelihood::Likelihood::{Often, Rarely, Sometimes, Usually};
    use crate::resemblance::{Resemblance, Term};
    use crate::template::Template;
    use crate::verdict::Verdict;

    type Failure = Box<dyn std::error::Error>;

    fn causes(words: &[(usize, Likelihood)]) -> Weighted<CauseIndex> {
        words.iter().filter_map(|&(position, likelihood)| Some((CauseIndex::new(position)?, likelihood))).collect()
    }

    fn cause(id: &str) -> Cause {
        Cause {
            id: CauseId::new(id),
            title: id.to_owned(),
            codes: vec![(502, Often), (504, Sometimes)],
            shapes: ShapeIndex::new(0).map(|shape| (shape, Usually)).into_iter().collect(),
            places: Vec::new(),
            advice: Advice::default(),
        }
    }

    fn answer(id: &str, words: &[(usize, Likelihood)]) -> Answer {
        let (places, shapes) = (Vec::new(), Vec::new());
        Answer { id: OptionId::new(id), text: String::new(), causes: causes(words), otherwise: Sometimes, code: None, places, shapes }
    }

    fn code(status: u16, reason: &str) -> Code {
        Code { status, reason: reason.to_owned(), places: Vec::new(), shapes: Vec::new() }
    }

    fn signature(system: SystemIndex) -> Result<Signature, Failure> {
        let refined = |is, words: &[(usize, Likelihood)]| Refinement { capture: CaptureName::new("upstream"), is, causes: causes(words) };
        Ok(Signature {
            id: SignatureId::new("proxy-refused"),
            system,
            words: MessageWords::default(),
            templates: vec![Template::parse("connection refused by \"{upstream}\"")?],
            quoted: Vec::new(),
            log_lines: Vec::new(),
            weak: false,
            corroborates: false,
            tells_no_reason: false,
            statuses: vec![502],
            place: PlaceIndex::new(1),
            shape: ShapeIndex::new(0),
            causes: causes(&[(0, Often), (1, Sometimes)]),
            refinements: vec![refined(AddressKind::UnixSocket, &[(2, Usually)]), refined(AddressKind::Ipv6Loopback, &[(1, Usually), (0, Rarely)])],
            follows_from: Vec::new(),
            in_gateway: None,
        })
    }

    fn knowledge() -> Result<Knowledge, Failure> {
        let place = |id: &str| Place { id: PlaceId::new(id), name: id.to_owned(), answers: true, usual: Often, instead_of: None };
        let shape = |id: &str| Shape { id: ShapeId::new(id), name: id.to_owned(), means: String::new(), says: String::new() };
        let proxy = PlaceIndex::new(1).zip(SystemIndex::new(0)).ok_or("an index")?;
        let marks = vec![Template::parse("Server: proxy")?];
        let options = vec![answer("at-once", &[(0, Usually)]), answer("later", &[(1, Usually)])];
        let id = FactId::new("upstream-is-ipv6-loopback");
        let speaks_for = CauseIndex::new(0).map(|cause| (cause, 48));
        Ok(Knowledge {
            places: vec![place("edge"), place("proxy")],
            shapes: vec![shape("unreachable"), shape("reset")],
            codes: vec![code(502, "Bad Gateway"), code(504, "Gateway Timeout")],
            systems: vec![System {
                id: SystemId::new("proxy"),
                name: "Proxy".to_owned(),
                place: proxy.0,
                answers: true,
                built_on: None,
                machine: Machine::Linux,
                marks,
                called: Vec::new(),
            }],
            causes: vec![cause("stopped"), cause("bound-elsewhere"), cause("no-permission")],
            signatures: vec![signature(proxy.1)?],
            facts: vec![FactMeaning {
                id,
                title: String::new(),
                places: Vec::new(),
                shapes: Vec::new(),
                causes: causes(&[(1, Often)]),
                explained_by: Vec::new(),
            }],
            questions: vec![Question {
                id: QuestionId::new("how-long"),
                text: String::new(),
                help: String::new(),
                effort: 1,
                known_from: Vec::new(),
                options,
            }],
            resemblance: Resemblance { terms: vec![Term { word: "refused".to_owned(), speaks_for: speaks_for.into_iter().collect() }] },
            ..Knowledge::default()
        })
    }

    const TEXT: &str =
        "HTTP/1.1 504 \nServer: proxy\nHTTP/1.1 502 \nHTTP/1.1 502 \nconnection refused by \"http://[::1]:3000/secret\"\n\nWe were refused at noon\n";

    /// A verdict but for where its findings stand and what was read from them, which a link does not tell.
    fn weighed(verdict: Verdict) -> Verdict {
        Verdict { findings: Vec::new(), ..verdict }
    }

    #[test]
    fn a_link_gives_the_verdict_of_the_text() -> Result<(), Failure> {
        let knowledge = knowledge()?;
        let evidence = Recogniser::new(&knowledge)?.examine(TEXT.as_bytes());
        let mut answers = Answers::default();
        answers.give(&knowledge, QuestionId::new("how-long"), OptionId::new("at-once"))?;
        let fragment = to_fragment(&knowledge, &evidence, &answers);
        assert_eq!(
            fragment,
            "f=status:504,mark:proxy,status:502*2,proxy-refused~upstream:ipv6-loopback,fact:upstream-is-ipv6-loopback&w=refused&a=how-long:at-once"
        );
        let (linked, linked_answers) = from_fragment(&knowledge, &format!("#{fragment}"));
        assert_eq!(linked.statuses, evidence.statuses);
        assert_eq!(linked_answers, answers);
        assert_eq!(weighed(conclude(&knowledge, &linked, &linked_answers)), weighed(conclude(&knowledge, &evidence, &answers)));
        assert_eq!(to_fragment(&knowledge, &linked, &linked_answers), fragment);
        Ok(())
    }

    #[test]
    fn escaped_signs_are_read_back() -> Result<(), Failure> {
        let knowledge = knowledge()?;
        let plain = from_fragment(&knowledge, "f=mark:proxy,proxy-refused~upstream:unix-socket&a=how-long:later");
        let escaped = from_fragment(&knowledge, "f%3Dmark%3Aproxy%2Cproxy-refused%7Eupstream%3aunix-socket%26a=how-long%3Alater");
        assert_eq!(plain.0.findings.len(), 2);
        assert_eq!(plain, escaped);
        Ok(())
    }

    #[test]
    fn what_is_unknown_is_passed_over() -> Result<(), Failure> {
        let knowledge = knowledge()?;
        let (evidence, answers) = from_fragment(
            &knowledge,
            "f=gone,mark:gone,fact:gone,status:599,status:5x,status:502*99999999999999999999,,%,%zz,%é,proxy-refused~upstream:gone,proxy-refused&a=gone:x,how-long:gone,how-long&z=1",
        );
        let found: Vec<_> = evidence.findings.iter().map(|finding| finding.what).collect();
        assert_eq!(found, SignatureIndex::new(0).map(|index| What::Signature(index, None)).into_iter().collect::<Vec<_>>());
        assert!(evidence.statuses.is_empty() && answers.is_empty());
        assert_eq!(from_fragment(&knowledge, ""), (Evidence::default(), Answers::default()));
        Ok(())
    }

    #[test]
    fn an_anchor_is_no_diagnosis() {
        assert!(is_fragment("#f=mark:proxy") && is_fragment("a=how-long:later"));
        assert!(!is_fragment("#first-steps") && !is_fragment(""));
    }
}
