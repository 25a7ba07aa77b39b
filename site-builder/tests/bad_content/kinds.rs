//! Further kinds of mistakes, each in a line: what is spoiled, where the mistake is found, what is said, and what to write.

use crate::workbench::Workbench;

const MESSAGES: &str = "systems/echo/messages/connect.yaml";
const SYSTEM: &str = "systems/echo/system.md";
const TIMEOUTS: &str = "systems/echo/timeouts.yaml";
const FORMATS: &str = "systems/echo/formats.yaml";
const CAUSE: &str = "causes/wrong-address.md";
const QUESTION: &str = "questions/process-state.yaml";
const GUIDE: &str = "guides/first-steps.md";

/// A mistake that replaces `old` by `new` in a file.
struct Kind {
    file: &'static str,
    old: &'static str,
    new: &'static str,
    /// Line and column, as far as they are certain.
    at: &'static str,
    said: &'static str,
    remedy: &'static str,
}

const fn kind(file: &'static str, (old, new): (&'static str, &'static str), at: &'static str, (said, remedy): (&'static str, &'static str)) -> Kind {
    Kind { file, old, new, at, said, remedy }
}

const KINDS: [Kind; 39] = [
    // What the parser finds.
    kind(MESSAGES, ("  summary: No answer.", "\tsummary: No answer."), "16:1", ("a tab is used for indentation", "with spaces")),
    kind(MESSAGES, ("title: upstream refused", "title: 'upstream refused"), "3:3", ("not valid YAML", "check quotes and indentation")),
    kind(MESSAGES, ("stayed silent']\n  samples", "stayed silent'\n  samples"), "18:10", ("not valid YAML", "check quotes and indentation")),
    kind(
        MESSAGES,
        ("summary: No answer.", "summary: No answer.\n  summary: None."),
        "17:3",
        ("`summary` stands here twice", "leave one of the two out"),
    ),
    kind(GUIDE, ("checked: 2026-11-21\n---", "checked: 2026-11-21"), "1:1", ("the front matter is missing, or does not end", "another line `---`")),
    kind(
        "site.yaml",
        ("source_url: https://small.example/source", "source_url: https://small.example/source\nredirects: {/../evil/: /502/}"),
        "6:13",
        ("`/../evil/` is no address of this site", "write the old address from the root of the site"),
    ),
    kind(GUIDE, ("#how-it-works", "#nothing-near"), "10:20", ("there is no heading `/systems/echo/#nothing-near`", "that page has ")),
    // Values of another type.
    kind(
        "shapes.yaml",
        ("- id: unreachable\n  name: Unreachable\n  means: No connection.\n  says: could not connect", "id: unreachable\nname: Unreachable"),
        "1:1",
        ("a list is expected here", "write `- ` before each entry"),
    ),
    kind(
        GUIDE,
        ("sources:\n  - {title: A page, url: 'https://small.example/a'}", "sources: https://small.example/a"),
        "4:10",
        ("a list is expected here", "write `- ` before each entry"),
    ),
    kind(GUIDE, ("title: First steps", "title: [First, steps]"), "2:8", ("a text is expected here", "write one value")),
    kind(
        MESSAGES,
        ("causes: {backend-not-running: usually}", "causes: [backend-not-running]"),
        "9:11",
        ("fields are expected here", "write `name: value`"),
    ),
    kind(MESSAGES, ("status: none", "weak: sometimes\n  status: none"), "19:9", ("`true` or `false` is expected here", "without quotes")),
    // Words.
    kind(SYSTEM, ("kind: proxy", "kind: prxy"), "3:7", ("`prxy` is not a word", "did you mean `proxy`?")),
    kind(SYSTEM, ("where: header", "where: headers"), "7:13", ("`headers` is not a word", "did you mean `header`?")),
    kind(TIMEOUTS, ("unit: s", "unit: sec"), "4:9", ("`sec` is not a word", "write one of `ms`, `s`")),
    kind(MESSAGES, ("backend-not-running: usually", "backend-not-running: 0.8"), "9:33", ("`0.8` is not a word", "write one of `never`, `rarely`")),
    kind(
        MESSAGES,
        ("status: none", "refine: [{when: {address: ipv7}, causes: {wrong-address: often}}]\n  status: none"),
        "19:29",
        ("`ipv7` is not a word", "`port-443-without-tls`"),
    ),
    // References.
    kind(SYSTEM, ("place: reverse-proxy", "place: middle"), "4:8", ("there is no place `middle`", "write one of `application`, `reverse-proxy`")),
    kind(MESSAGES, ("shape: unreachable", "shape: slow"), "8:10", ("there is no shape `slow`", "write one of `unreachable`")),
    kind(
        CAUSE,
        ("from: reverse-proxy", "from: proxy"),
        "7:12",
        ("there is no place `proxy`", "write one of `client`, `application`, `reverse-proxy`"),
    ),
    kind(
        MESSAGES,
        ("status: none", "follows_from: [echo-refusd]\n  status: none"),
        "19:18",
        ("there is no message `echo-refusd`", "did you mean `echo-refused`?"),
    ),
    kind(
        MESSAGES,
        ("status: none", "line: [{format: ech-log, fields: {a: b}}]\n  status: none"),
        "19:19",
        ("there is no log line format `ech-log`", "did you mean `echo-log`?"),
    ),
    kind("codes/502.md", ("checked:", "related: [504]\nchecked:"), "15:11", ("there is no code `504`", "write codes/504.md")),
    kind(
        QUESTION,
        ("effort: 1", "effort: 1\nknown_from: [durations]"),
        "3:14",
        ("there is no message, fact or system `durations`", "did you mean `duration`?"),
    ),
    kind("faq/whose-fault.md", ("on: [/502/]", "on: [/503/]"), "3:6", ("there is no page `/503/`", "did you mean `/502/`?")),
    kind(GUIDE, ("checked:", "on: [/systems/eco/]\nchecked:"), "6:6", ("there is no page `/systems/eco/`", "did you mean `/systems/echo/`?")),
    kind(
        "glossary.yaml",
        ("see: /systems/echo/", "see: /systems/ech/"),
        "5:8",
        ("there is no page `/systems/ech/`", "did you mean `/systems/echo/`?"),
    ),
    kind("site.yaml", ("source_url:", "redirects: {/old/: /502x/}\nsource_url:"), "5:20", ("there is no page `/502x/`", "did you mean `/502/`?")),
    // Numbers, addresses, days.
    kind(MESSAGES, ("status: 502", "status: '502 Bad Gateway'"), "6:11", ("`502 Bad Gateway` is no status code", "a number from 100 to 999")),
    kind(QUESTION, ("effort: 1", "effort: 9"), "2:9", ("the effort of a question can't be 9", "write 1 for a glance")),
    kind("site.yaml", ("base_url: https://small.example", "base_url: small.example"), "4:11", ("`small.example` is no address", "write it in full")),
    kind(MESSAGES, ("'https://small.example/source#L2'", "'small.example'"), "21:11", ("`small.example` is no address", "write it in full")),
    kind(
        GUIDE,
        ("sources:\n  - {title: A page, url: 'https://small.example/a'}", "sources: []"),
        "4:10",
        ("this page has no sources", "at least one"),
    ),
    // Templates of messages.
    kind(MESSAGES, ("'upstream {address} stayed silent'", "'{a} on {b}'"), "17:11", ("has 2 characters", "or mark the message `weak: true`")),
    kind(SYSTEM, ("match: 'Server: echo'", "match: 'ech'"), "7:28", ("has 3 characters", "at least six characters")),
    kind(MESSAGES, ("{address} stayed", "{address}{port} stayed"), "17:11", ("two holes stand side by side", "a hole is `{name}`")),
    kind(MESSAGES, ("{address} stayed", "{address:ip} stayed"), "17:11", ("`ip` is no kind of hole", "a hole is `{name}`")),
    kind(MESSAGES, ("  match: ['upstream {address} stayed silent']\n", ""), "14:7", ("neither `match` nor `line`", "add `match:`")),
    kind(FORMATS, ("sample: '03:12:44 echo[17]", "sample: '03:12:44 ech[17]"), "13:11", ("does not have its own format", "correct `line`")),
];

#[test]
fn each_kind_is_told_with_its_place_and_what_to_write() {
    for kind in &KINDS {
        let bench = Workbench::new().replace(kind.file, kind.old, kind.new);
        bench.refused(&format!("{}:{}", kind.file, kind.at), kind.said, kind.remedy);
    }
}

#[test]
fn message_without_a_sample() {
    let bench = Workbench::new().replace(MESSAGES, "  samples: ['upstream 10.0.0.1:80 stayed silent']", "  samples: []");
    bench.refused("systems/echo/messages/connect.yaml:14:7", "a message needs a sample line", "add `samples:`");
}

#[test]
fn id_with_capital_letters() {
    let bench = Workbench::new().replace(MESSAGES, "id: echo-silent", "id: Echo_Silent");
    bench.refused("systems/echo/messages/connect.yaml:14:7", "`Echo_Silent` can't be an id", "lower case letters");
}

#[test]
fn file_name_with_capital_letters() {
    let bench = Workbench::new();
    std::fs::rename(bench.path("faq/whose-fault.md"), bench.path("faq/WhoseFault.md")).expect("renamed");
    bench.refused("faq/WhoseFault.md", "`WhoseFault` can't be an id", "lower case letters");
}

#[test]
fn empty_file() {
    Workbench::new().write("site.yaml", "").refused("site.yaml:1:1", "this file is empty", "write its fields");
}

#[test]
fn file_in_a_folder_that_holds_nothing() {
    let bench = Workbench::new();
    std::fs::create_dir_all(bench.path("cause")).expect("a folder");
    bench.write("cause/x.md", "---\n---\n").refused("cause/x.md", "no kind of content lives here", "`fivexx schema` lists every kind of file");
}

#[test]
fn system_whose_own_file_is_missing() {
    let bench = Workbench::new();
    std::fs::create_dir_all(bench.path("systems/ecco")).expect("a folder");
    std::fs::rename(bench.path("systems/echo/timeouts.yaml"), bench.path("systems/ecco/timeouts.yaml")).expect("moved");
    bench.refused("systems/ecco/timeouts.yaml", "there is no system `ecco`", "did you mean `echo`?");
}

#[test]
fn code_that_is_no_number() {
    let bench = Workbench::new();
    std::fs::copy(bench.path("codes/502.md"), bench.path("codes/teapot.md")).expect("copied");
    bench.refused("codes/teapot.md", "`teapot` is no status code", "a code's file is named `502.md`");
}

#[test]
fn fact_that_the_engine_does_not_derive() {
    let bench = Workbench::new();
    std::fs::create_dir_all(bench.path("facts")).expect("a folder");
    let fact = "title: t\ncauses: {wrong-address: often}\n";
    bench.write("facts/took-default-timeot.yaml", fact).refused(
        "facts/took-default-timeot.yaml",
        "there is no derived fact `took-default-timeot`",
        "did you mean `took-default-timeout`?",
    );
}
