//! What people write about an error: sentences, searched for cues, for status codes and for durations.
//!
//! Log lines and code are no prose: words in them mean something else.

use super::cues::{Cues, Meant};
use crate::knowledge::{Knowledge, Vocabulary};
use std::ops::Range;

/// Prose is read up to this many bytes; nobody writes more about one incident.
pub(super) const LONGEST_PROSE: usize = 1 << 16;
/// The shares of letters, digits and spaces, and of letters alone, below which a line is code or a log, in percent.
const LEAST_WORDS_PERCENT: usize = 80;
const LEAST_LETTERS_PERCENT: usize = 50;
/// A line of fewer words is a setting or a title.
const LEAST_WORDS: usize = 3;
/// A whole text that is not longer is no setting, but what somebody typed.
const LONGEST_FEW_WORDS: usize = 24;
/// A line of so many words that holds a setting tells about it.
const LEAST_WORDS_BESIDE_A_SETTING: usize = 10;
/// An indented line of fewer words that holds a number is a setting.
const LEAST_WORDS_OF_AN_INDENTED_LINE: usize = 5;
/// 500 is also a usual number of things: it is a status only this near to a word that speaks of errors.
const NEAR: usize = 3;
/// The codes whose titles alone tell; "connection timed out" is the title of 522, and a usual phrase.
const TELLING_TITLES: [u16; 4] = [500, 502, 503, 504];
/// Codes that are no usual number of things.
const UNUSUAL_NUMBERS: std::ops::RangeInclusive<u16> = 502..=526;
/// Who writes more words than these and complains of nothing writes about codes, not of a failure.
const MOST_WORDS_WITHOUT_COMPLAINT: usize = 8;
/// Who writes more words than these and names no status writes of anything, such as a manual or the comments of a program: some words
/// of any cause stand in it.
const MOST_WORDS_WITHOUT_STATUS: usize = 600;

/// A word of a sentence.
pub(super) struct Word {
    /// In lower case.
    pub text: String,
    /// Where it stands in the text.
    pub span: Range<usize>,
    /// Whether a colon follows, so that what comes next is its value.
    pub is_key: bool,
}

/// What was found in prose.
pub(super) enum Said {
    /// A cue, or a system by its name.
    Words(Meant, Range<usize>),
    /// A status code, by number or by its title.
    Status(u16, Range<usize>),
    /// How long it took until the error, in seconds.
    Seconds(u32, Range<usize>),
}

impl Said {
    /// Where it stands in the text.
    pub fn span(&self) -> &Range<usize> {
        match self {
            Self::Words(_, span) | Self::Status(_, span) | Self::Seconds(_, span) => span,
        }
    }
}

/// What a text says in prose.
pub(super) struct Prose {
    /// What was found.
    pub said: Vec<Said>,
    /// What it is about.
    pub about: About,
}

/// What prose is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum About {
    /// A failure, as far as one can tell; or there are but a few words.
    #[default]
    Failure,
    /// Many words, none of which complains of anything.
    Anything,
    /// A wish, news, or a list of changes.
    NoIncident,
}

/// Reads what people wrote: all lines that look like prose, but for what `is_program` says that a program wrote.
pub(super) fn read(text: &[u8], knowledge: &Knowledge, cues: &Cues, is_program: &dyn Fn(&Range<usize>) -> bool) -> Prose {
    let vocabulary = &knowledge.vocabulary;
    let mut said = Vec::new();
    let sentences = sentences(text, is_program);
    let mut words = sentences.iter().flatten();
    let is_of_another_protocol = sentences.iter().any(|sentence| speaks_another_protocol(vocabulary, sentence));
    let names_trouble = |word: &Word| contains(&vocabulary.of_other_troubles, &word.text);
    let is_of_another_trouble = is_of_another_protocol || words.clone().any(names_trouble) || shows_other_trouble(vocabulary, text);
    let names_web = words.any(|word| vocabulary.of_the_web.contains(&word.text));
    if is_changelog(text, vocabulary) || sentences.iter().any(|sentence| is_no_incident(vocabulary, sentence)) {
        return Prose { said, about: About::NoIncident };
    }
    let is_few_words = is_few_words(text);
    for sentence in &sentences {
        // A heading or a list of versions names systems, and tells nothing.
        let tells = is_few_words || is_sentence(vocabulary, sentence);
        let counts = |meant: Meant| match meant {
            Meant::System(_) => true,
            Meant::Cue(_) => tells && !(is_of_another_trouble && tells_alone(knowledge, meant)),
        };
        let meant = cues.in_sentence(sentence).into_iter().filter(|(meant, _)| counts(*meant));
        said.extend(meant.map(|(meant, span)| Said::Words(meant, span)));
        said.extend(tells.then(|| durations(sentence)).into_iter().flatten());
    }
    let complains = said.iter().any(|said| matches!(said, Said::Words(Meant::Cue(_), _)));
    let is_long = sentences.iter().map(Vec::len).sum::<usize>() > MOST_WORDS_WITHOUT_COMPLAINT;
    // `502 after the deploy` names nothing of the web, and can mean nothing else.
    let begins_with_status =
        || sentences.iter().flatten().next().is_some_and(|first| numbers(&first.text).any(|number| UNUSUAL_NUMBERS.contains(&number)));
    let is_of_the_web = !is_of_another_protocol && (names_web || complains || !is_long && begins_with_status());
    for sentence in sentences.iter().filter(|sentence| is_few_words || is_sentence(vocabulary, sentence)) {
        said.extend(statuses(sentence, knowledge, is_of_the_web));
    }
    said.extend(title_lines(text, knowledge, is_program));
    if sentences.iter().map(Vec::len).sum::<usize>() > MOST_WORDS_WITHOUT_STATUS && !said.iter().any(|said| matches!(said, Said::Status(..))) {
        said.retain(|said| matches!(said, Said::Words(Meant::System(_), _)));
    }
    let is_foreign = sentences.iter().flatten().any(is_of_another_script);
    if complains || is_foreign || !is_long {
        return Prose { said, about: About::Failure };
    }
    said.retain(|said| !matches!(said, Said::Status(..)));
    Prose { said, about: About::Anything }
}

/// Splits the prose of a text into sentences of words. A line break alone ends no sentence; an empty line does.
fn sentences(text: &[u8], is_program: &dyn Fn(&Range<usize>) -> bool) -> Vec<Vec<Word>> {
    let (mut sentences, mut sentence) = (Vec::new(), Vec::new());
    let is_few_words = is_few_words(text);
    let mut at = 0;
    for line in text[..text.len().min(LONGEST_PROSE)].split_inclusive(|&byte| byte == b'\n') {
        let start = at;
        at += line.len();
        if !is_few_words && !is_prose(line) {
            end_sentence(&mut sentence, &mut sentences);
            continue;
        }
        words_of_line(line, start, is_program, &mut sentence, &mut sentences);
    }
    end_sentence(&mut sentence, &mut sentences);
    sentences
}

fn end_sentence(sentence: &mut Vec<Word>, sentences: &mut Vec<Vec<Word>>) {
    if !sentence.is_empty() {
        sentences.push(std::mem::take(sentence));
    }
}

fn words_of_line(line: &[u8], start: usize, is_program: &dyn Fn(&Range<usize>) -> bool, sentence: &mut Vec<Word>, sentences: &mut Vec<Vec<Word>>) {
    let is_of_word = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80 || matches!(byte, b'\'' | b'-' | b'_' | b'.' | b'/' | b':');
    let mut from = 0;
    while from < line.len() {
        let Some(begin) = line[from..].iter().position(|&byte| is_of_word(byte)).map(|length| from + length) else { break };
        let end = line[begin..].iter().position(|&byte| !is_of_word(byte)).map_or(line.len(), |length| begin + length);
        let begin = begin + line[begin..end].iter().take_while(|byte| **byte == b'\'').count();
        let raw = &line[begin..end];
        // `#502` is the number of a ticket.
        let is_ticket = begin.checked_sub(1).is_some_and(|before| line[before] == b'#') && raw.first().is_some_and(u8::is_ascii_digit);
        let kept = raw.iter().rposition(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80).map_or(0, |last| last + 1);
        let span = start + begin..start + begin + kept;
        if kept > 0 && !is_ticket && !is_program(&span) {
            let is_key = raw[kept..].first() == Some(&b':');
            let mut text = String::from_utf8_lossy(&raw[..kept]).to_lowercase();
            // The application's log is a log of the application.
            let bare = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).map_or(text.len(), str::len);
            text.truncate(bare);
            sentence.push(Word { text, span, is_key });
        }
        // `(is it the proxy?)` goes on.
        let is_marked = line[end..].first().is_some_and(|byte| matches!(byte, b'!' | b'?')) && line.get(end + 1) != Some(&b')');
        let ends_sentence = raw[kept..].contains(&b'.') || is_marked;
        if ends_sentence {
            end_sentence(sentence, sentences);
        }
        from = end;
    }
}

/// Whether a text is but a few words, such as `502 error`, as one types them into a search.
fn is_few_words(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    let is_word = |word: &[u8]| !word.is_empty() && word.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    text.len() <= LONGEST_FEW_WORDS && text.split(|byte| *byte == b' ').all(is_word)
}

/// Whether a line reads like prose: mostly letters, digits and spaces, more than one word, and not in columns.
pub(super) fn is_prose(line: &[u8]) -> bool {
    let is_indented = line.first().is_some_and(u8::is_ascii_whitespace);
    let line = line.trim_ascii();
    let percent = |is_such: fn(&u8) -> bool| line.iter().filter(|byte| is_such(byte)).count() * 100 / line.len().max(1);
    // A comment of a program or of a settings file.
    let is_comment = [b"//".as_slice(), b"/*", b";", b"--"].iter().any(|lead| line.starts_with(lead)) || is_indented && line.starts_with(b"* ");
    let is_command = line.starts_with(b"$ ") || line.starts_with(b"# ") && line.len() < 40 || line.starts_with(b"> ");
    // Asterisks and backquotes are Markdown's.
    let of_words = percent(|byte| byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || *byte >= 0x80 || matches!(byte, b'*' | b'`'));
    let of_letters = percent(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80);
    let words = line.split(|byte| *byte == b' ').filter(|word| !word.is_empty()).count();
    let is_assignment = words < LEAST_WORDS_BESIDE_A_SETTING && line.windows(3).any(|window| window == b" = ");
    // `  timeout client 50s`, inside a section of a configuration.
    let is_setting = is_indented
        && words < LEAST_WORDS_OF_AN_INDENTED_LINE
        && line.first().is_some_and(u8::is_ascii_lowercase)
        && line.iter().any(u8::is_ascii_digit);
    let is_table = line.windows(3).any(|window| window == b"   ");
    let is_of_page = line.starts_with(b"<") || memchr::memmem::find(line, b"</").is_some();
    let is_of_program = is_of_page || is_stack_frame(line) || is_routine(line);
    !is_of_program
        && !is_comment
        && !is_command
        && !is_assignment
        && !is_setting
        && !is_table
        && words >= LEAST_WORDS
        && of_words >= LEAST_WORDS_PERCENT
        && of_letters >= LEAST_LETTERS_PERCENT
}

/// A line of a stack trace of Python, Java or JavaScript.
fn is_stack_frame(line: &[u8]) -> bool {
    // Behind the last frame Node.js opens the error's own fields.
    let frame = line.strip_suffix(b" {").unwrap_or(line);
    line.starts_with(b"File \"") || line.starts_with(b"at ") && frame.ends_with(b")")
}

/// A log line that says by its level that nothing is wrong: `2026-11-20T03:12:44Z DBG …`.
fn is_routine(line: &[u8]) -> bool {
    const LEVELS: [&[u8]; 8] = [b"DBG", b"DEBUG", b"INF", b"INFO", b"TRC", b"TRACE", b"debug", b"info"];
    const FIRST_WORDS: usize = 4;
    let is_date = line.iter().take(12).filter(|byte| byte.is_ascii_digit()).count() >= 6;
    let bare = |word: &[u8]| {
        let word = word.strip_prefix(b"[").unwrap_or(word);
        LEVELS.contains(&word.strip_suffix(b"]").unwrap_or(word))
    };
    is_date && line.split(|byte| *byte == b' ').filter(|word| !word.is_empty()).take(FIRST_WORDS).any(bare)
}

/// Whether it is a cue that tells of a failed request by itself.
fn tells_alone(knowledge: &Knowledge, meant: Meant) -> bool {
    matches!(meant, Meant::Cue(index) if knowledge.cues[index.position()].alone)
}

/// Whether words make a sentence, or the beginning of one.
fn is_sentence(vocabulary: &Vocabulary, sentence: &[Word]) -> bool {
    sentence.iter().any(|word| contains(&vocabulary.of_sentences, &word.text) || is_of_another_script(word))
}

/// Whether a word is written in another script than the cues are: who writes so can't be understood, but is heard.
fn is_of_another_script(word: &Word) -> bool {
    const FIRST_BEYOND_LATIN: char = '\u{370}';
    const PUNCTUATION: std::ops::RangeInclusive<char> = '\u{2000}'..='\u{2bff}';
    word.text.chars().any(|letter| letter >= FIRST_BEYOND_LATIN && !PUNCTUATION.contains(&letter))
}

/// Whether a sentence begins like news, a wish or a question about settings: then the whole text reports no incident.
fn is_no_incident(vocabulary: &Vocabulary, sentence: &[Word]) -> bool {
    vocabulary.of_no_incident.iter().any(|phrase| (0..sentence.len().min(2)).any(|from| begins_with(&sentence[from..], phrase)))
}

/// Whether a text holds the message of another trouble, in what a program wrote too.
fn shows_other_trouble(vocabulary: &Vocabulary, text: &[u8]) -> bool {
    let shown = text[..text.len().min(LONGEST_PROSE)].to_ascii_lowercase();
    let mut messages = vocabulary.of_other_troubles.iter().filter(|trouble| trouble.contains(' '));
    messages.any(|message| memchr::memmem::find(&shown, message.as_bytes()).is_some())
}

/// Whether a sentence names another protocol, as part of a word, or holds a reply of one.
fn speaks_another_protocol(vocabulary: &Vocabulary, sentence: &[Word]) -> bool {
    let is_said = |phrase: &str| match phrase.contains(' ') {
        true => (0..sentence.len()).any(|from| begins_with(&sentence[from..], phrase)),
        false => sentence.iter().any(|word| word.text.contains(phrase)),
    };
    vocabulary.of_other_protocols.iter().any(|phrase| is_said(phrase))
}

fn begins_with(words: &[Word], phrase: &str) -> bool {
    phrase.split(' ').enumerate().all(|(position, expected)| words.get(position).is_some_and(|word| word.text == expected))
}

/// Whether a text has a heading of a list of changes, by name or by a version: `# Changelog`, `## [1.9.2] - 2026-03-01`.
fn is_changelog(text: &[u8], vocabulary: &Vocabulary) -> bool {
    let is_version = |word: &str| {
        let numbers: Vec<_> = word.trim_start_matches(['[', 'v']).trim_end_matches([']', ':']).split('.').collect();
        (2..=4).contains(&numbers.len()) && numbers.iter().all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    text[..text.len().min(LONGEST_PROSE)].split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"#")).any(|line| {
        let heading = String::from_utf8_lossy(line).to_lowercase();
        let first = heading.trim_start_matches('#').split_whitespace().next().unwrap_or_default();
        heading.starts_with("## ") && is_version(first) || contains(&vocabulary.of_no_incident, first)
    })
}

/// Status codes by number, where the text is about the web, and by their titles.
fn statuses(sentence: &[Word], knowledge: &Knowledge, is_of_the_web: bool) -> Vec<Said> {
    let known = |status: u16| status >= 500 && knowledge.codes.iter().any(|code| code.status == status);
    let titled = |position: usize| {
        let code = knowledge.codes.iter().find(|code| TELLING_TITLES.contains(&code.status) && is_title(&sentence[position..], &code.reason));
        code.map(|code| code.status)
    };
    let mut said = Vec::new();
    for (position, word) in sentence.iter().enumerate() {
        let numbers =
            numbers(&word.text).filter(|&status| is_of_the_web && known(status) && is_status(&knowledge.vocabulary, sentence, position, status));
        said.extend(numbers.chain(titled(position)).map(|status| Said::Status(status, word.span.clone())));
    }
    said
}

/// Lines that are a code's title and nothing else, as on a page that was copied without its number: `Bad Gateway`, `HTTP Error Bad Gateway`.
fn title_lines(text: &[u8], knowledge: &Knowledge, is_program: &dyn Fn(&Range<usize>) -> bool) -> Vec<Said> {
    const LEADS: [&str; 3] = ["HTTP Error", "HTTP", "Error"];
    let telling = || knowledge.codes.iter().filter(|code| TELLING_TITLES.contains(&code.status));
    let mut said = Vec::new();
    let mut at = 0;
    for line in text[..text.len().min(LONGEST_PROSE)].split_inclusive(|&byte| byte == b'\n') {
        let span = at..at + line.trim_ascii_end().len();
        at += line.len();
        let Ok(line) = std::str::from_utf8(line.trim_ascii()) else { continue };
        let bare = LEADS.iter().find_map(|lead| line.strip_prefix(lead)).unwrap_or(line).trim_matches([':', ' ', '!', '.', '-']);
        // nginx and Apache write `Gateway Time-out`.
        let bare = bare.replace('-', "");
        let code = telling().find(|code| bare.eq_ignore_ascii_case(&code.reason));
        said.extend(code.filter(|_| !is_program(&span)).map(|code| Said::Status(code.status, span)));
    }
    said
}

/// The numbers in `502`, `502s`, `http-502`, `http/502`, `502/504`; of a sub-status such as `503.2` its status.
fn numbers(word: &str) -> impl Iterator<Item = u16> + '_ {
    word.split('/').filter_map(|part| {
        let part = part.trim_start_matches("http").trim_end_matches("er").trim_end_matches('s').trim_matches(['-', ':', '.', '\'', '_']);
        let is_sub_status = |behind: &str| (1..=2).contains(&behind.len()) && behind.bytes().all(|byte| byte.is_ascii_digit());
        let status = part.split_once('.').map_or(part, |(status, behind)| if is_sub_status(behind) { status } else { part });
        status.parse().ok()
    })
}

fn is_status(vocabulary: &Vocabulary, sentence: &[Word], position: usize, code: u16) -> bool {
    let beside = &sentence[position.saturating_sub(1)..sentence.len().min(position + 2)];
    let near = &sentence[position.saturating_sub(NEAR)..sentence.len().min(position + NEAR + 1)];
    let is_usual_number = code == 500 && sentence.len() > 1 && !sentence[position].text.ends_with("er");
    let is_in_a_setting = sentence.get(position + 1).is_some_and(|next| next.text.starts_with('/') || is_enhanced_code(&next.text));
    let is_of_a_key = position.checked_sub(1).is_some_and(|before| is_key_of_something_else(vocabulary, &sentence[before]));
    // Behind an address it is a port: `(192.0.2.7, 502)`.
    let is_port = position.checked_sub(1).is_some_and(|before| sentence[before].text.parse::<std::net::Ipv4Addr>().is_ok());
    !is_in_a_setting
        && !is_of_a_key
        && !is_port
        && !beside.iter().any(|word| vocabulary.beside_other_numbers.contains(&word.text))
        && (!is_usual_number || near.iter().any(|word| vocabulary.of_errors.contains(&word.text)))
}

/// Whether a word is the name of a header whose value follows, as in `Content-Length: 504`, and that header holds no status.
fn is_key_of_something_else(vocabulary: &Vocabulary, word: &Word) -> bool {
    let is_header = word.is_key && word.text.contains('-');
    is_header && !word.text.split('-').any(|part| contains(&vocabulary.of_errors, part) || contains(&vocabulary.of_the_web, part))
}

fn contains(words: &[String], word: &str) -> bool {
    words.iter().any(|known| known == word)
}

/// `5.5.4`, as mail servers write behind their codes.
fn is_enhanced_code(word: &str) -> bool {
    word.split('.').count() == 3 && word.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether the words begin with a reason phrase of several words, such as "bad gateway".
fn is_title(words: &[Word], reason: &str) -> bool {
    let expected: Vec<&str> = reason.split(' ').collect();
    expected.len() > 1 && words.len() >= expected.len() && expected.iter().zip(words).all(|(expected, word)| word.text.eq_ignore_ascii_case(expected))
}

/// Durations until the error: `after 60 seconds`, `takes 30s`, `exactly one minute`.
fn durations(sentence: &[Word]) -> Vec<Said> {
    const LEAD: [&str; 18] = [
        "once",
        "after",
        "exactly",
        "about",
        "around",
        "takes",
        "took",
        "roughly",
        "approximately",
        "in",
        "than",
        "over",
        "at",
        "every",
        "always",
        "the",
        "within",
        "a",
    ];
    let mut said = Vec::new();
    for (position, word) in sentence.iter().enumerate() {
        let is_led = sentence[position.saturating_sub(2)..position].iter().any(|near| LEAD.contains(&near.text.as_str()));
        let next = sentence.get(position + 1).map_or("", |next| next.text.as_str());
        let seconds = seconds(&word.text, next).filter(|_| is_led);
        said.extend(seconds.map(|seconds| Said::Seconds(seconds, word.span.clone())));
    }
    said
}

/// `60s`, `60 seconds`, `1 minute`, `a minute` in seconds.
fn seconds(word: &str, next: &str) -> Option<u32> {
    let split = word.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(word.len());
    let (number, unit) = word.split_at(split);
    let unit = if number.is_empty() || unit.is_empty() || unit == "-" { next } else { unit.trim_start_matches('-') };
    let factor = match unit {
        "s" | "sec" | "secs" | "second" | "seconds" => 1,
        "min" | "mins" | "minute" | "minutes" => 60,
        _ => return None,
    };
    let count = match word {
        "a" | "one" => 1,
        "two" => 2,
        _ => number.parse::<u32>().ok()?,
    };
    count.checked_mul(factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(text: &str) -> Vec<Vec<String>> {
        sentences(text.as_bytes(), &|_| false).into_iter().map(|sentence| sentence.into_iter().map(|word| word.text).collect()).collect()
    }

    #[test]
    fn sentences_run_over_line_breaks_and_end_with_stops() {
        assert_eq!(
            spoken("It works when\nI curl it. It fails through nginx!"),
            [vec!["it", "works", "when", "i", "curl", "it"], vec!["it", "fails", "through", "nginx"]]
        );
    }

    #[test]
    fn a_question_in_brackets_ends_no_sentence() {
        assert_eq!(spoken("Something between (our proxy?) returns a 504").len(), 1);
    }

    #[test]
    fn a_few_words_are_prose_where_they_are_the_whole_text() {
        assert_eq!(spoken("502 error"), [vec!["502", "error"]]);
        assert_eq!(spoken("502 error\nwhat a day, it fails").len(), 1);
    }

    #[test]
    fn code_is_no_prose() {
        assert_eq!(spoken("BAD_GATEWAY = (502, 'Bad Gateway',").len(), 0);
        assert_eq!(spoken("custom-http-errors: 502,503,504").len(), 0);
        assert_eq!(spoken("\n  \n").len(), 0);
        assert_eq!(spoken("Complete requests:      60\nFailed requests:        0").len(), 0);
    }

    #[test]
    fn routine_log_lines_and_stack_traces_are_no_prose() {
        assert_eq!(spoken("2026-11-20T03:12:44Z DBG service is set to down after it fails").len(), 0);
        assert_eq!(spoken("2026-11-20 03:12:44 [INFO] the worker gives up on the request").len(), 0);
        assert_eq!(spoken("  File \"/srv/app/main.py\", line 24, in report").len(), 0);
        assert_eq!(spoken("2026-11-20T03:12:44Z ERR the pool of connections is exhausted").len(), 1);
    }

    #[test]
    fn numbers_of_tickets_and_settings_in_a_section_are_left_out() {
        assert_eq!(spoken("Can you look at #502 and #503?"), [vec!["can", "you", "look", "at", "and"]]);
        assert_eq!(spoken("defaults\n    timeout client 50s\n    errorfile 502 /etc/haproxy/502.http").len(), 0);
    }

    #[test]
    fn lists_of_changes_report_no_incident() {
        let vocabulary = Vocabulary { of_no_incident: vec!["changelog".to_owned(), "it would be nice".to_owned()], ..Vocabulary::default() };
        assert!(is_changelog(b"# Changelog\n- Retry on 503 from the upstream", &vocabulary));
        assert!(is_changelog(b"## [1.9.2] - 2026-03-01\n- Retry on 503 from the upstream", &vocabulary));
        assert!(!is_changelog(b"## 502 from the upstream\nIt fails since 1.9.2", &vocabulary));
        let wish = sentences(b"It would be nice if the proxy returned JSON for 502", &|_| false);
        assert!(is_no_incident(&vocabulary, &wish[0]));
    }

    #[test]
    fn numbers_are_read_out_of_words() {
        let read = |word: &str| numbers(word).collect::<Vec<_>>();
        assert_eq!(read("http-502"), [502]);
        assert_eq!(read("502/504s"), [502, 504]);
        assert_eq!(read("503.2"), [503]);
        assert_eq!(read("502.1234"), [0; 0]);
    }

    #[test]
    fn a_sentence_about_a_setting_is_prose() {
        assert_eq!(spoken("After I set timeout = 0 on the route the stream still ends after five minutes").len(), 1);
    }

    #[test]
    fn durations_are_read_in_seconds() {
        assert_eq!(seconds("60s", ""), Some(60));
        assert_eq!(seconds("60", "seconds"), Some(60));
        assert_eq!(seconds("2", "minutes"), Some(120));
        assert_eq!(seconds("a", "minute"), Some(60));
        assert_eq!(seconds("60", "requests"), None);
    }
}
