//! The checker in the page.

use crate::browser::Browser;
use crate::server::Server;
use fantoccini::Locator;
use fantoccini::key::Key;
use std::time::Duration;

const REFUSED: &str = r#"2026/11/20 03:12:44 [error] 1201#1201: *8841 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.7, server: shop.example, request: "GET /cart HTTP/1.1", upstream: "http://10.0.4.12:8123/cart", host: "shop.example""#;
const SENTENCE: &str = ".checker-sentence";
const FIRST_CAUSE: &str = ".checker-cause";

/// Types evidence into the box, as a person does.
async fn type_evidence(browser: &Browser, text: &str) {
    let evidence = browser.page.find(Locator::Css(".checker-evidence")).await.expect("the box");
    evidence.send_keys(text).await.expect("typed");
}

async fn attribute(browser: &Browser, selector: &str, name: &str) -> String {
    let element = browser.page.find(Locator::Css(selector)).await.expect(selector);
    element.attr(name).await.expect("readable").unwrap_or_default()
}

async fn texts(browser: &Browser, selector: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for element in browser.page.find_all(Locator::Css(selector)).await.expect(selector) {
        texts.push(element.text().await.expect("readable"));
    }
    texts
}

/// The probabilities that are shown, by cause.
async fn ranking(browser: &Browser) -> Vec<String> {
    texts(browser, ".checker-cause-head").await
}

#[tokio::test]
async fn a_pasted_line_leads_to_the_cause_and_the_link_keeps_the_verdict() {
    let server = Server::shared();
    let browser = Browser::start().await;
    browser.open(&server.address("/502/")).await;
    type_evidence(&browser, REFUSED).await;

    let sentence = browser.text_when(SENTENCE, |text| text.contains("nginx")).await;
    assert!(sentence.starts_with("A 502 from nginx: it could not connect"), "{sentence}");
    browser.page.find(Locator::Css("[data-place=reverse-proxy]")).await.expect("the place");
    browser.page.find(Locator::Css("[data-shape=unreachable]")).await.expect("the shape");
    assert_eq!(attribute(&browser, FIRST_CAUSE, "data-cause").await, "backend-not-running");
    let marked = texts(&browser, ".checker-text mark").await;
    assert!(marked.iter().any(|text| text.starts_with("connect() failed (111: Connection refused)")), "{marked:?}");
    browser.text_when(".copyable code", |text| !text.is_empty()).await;
    let commands = texts(&browser, ".copyable code").await;
    assert!(commands.iter().any(|command| command.contains("8123")), "{commands:?}");

    let before = ranking(&browser).await;
    let question = attribute(&browser, ".checker-question", "data-question").await;
    browser.page.find(Locator::Css(".checker-options button")).await.expect("an answer").click().await.expect("clicked");
    browser.text_when(".checker-answers", |text| !text.is_empty()).await;
    let after = ranking(&browser).await;
    assert_ne!(before, after, "the answer to {question} changes nothing");

    let address = browser.page.current_url().await.expect("the address").to_string();
    assert!(address.contains("nginx-connect-refused") && address.contains(&question), "{address}");
    assert!(!address.contains("8123") && !address.contains("shop"), "the address holds pasted text: {address}");
    let sentence = browser.text_when(SENTENCE, |_| true).await;
    browser.page.goto("about:blank").await.expect("another page");
    browser.open(&address).await;
    assert_eq!(browser.text_when(SENTENCE, |text| !text.is_empty()).await, sentence);
    assert_eq!(ranking(&browser).await, after);

    assert_eq!(browser.console_errors().await, Vec::<String>::new());
    let sent = browser.requests().await;
    let foreign: Vec<_> = sent.iter().filter(|address| !address.starts_with(&server.address("/"))).collect();
    assert!(foreign.is_empty() && !sent.is_empty(), "requests to other origins: {foreign:?}");
    browser.end().await;
}

#[tokio::test]
async fn after_a_paste_on_a_phone_the_verdict_is_in_sight() {
    let server = Server::shared();
    let browser = Browser::start().await;
    browser.narrow(740).await;
    browser.open(&server.address("/")).await;
    let paste = "const box = document.querySelector('.checker-evidence'); box.focus(); box.value = arguments[0]; \
                 box.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));";
    browser.page.execute(paste, vec![REFUSED.into()]).await.expect("pasted");
    browser.text_when(".checker-shown[aria-busy=false] .checker-sentence", |text| text.contains("nginx")).await;
    let is_seen = "const { top } = document.querySelector('.checker-sentence').getBoundingClientRect(); return top >= 0 && top < innerHeight / 2;";
    for _ in 0..100 {
        if browser.page.execute(is_seen, Vec::new()).await.expect("measured") == true {
            browser.end().await;
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the verdict is out of sight");
}

#[tokio::test]
async fn pasted_markup_is_shown_as_text() {
    let server = Server::shared();
    let browser = Browser::start().await;
    browser.open(&server.address("/check/")).await;
    type_evidence(&browser, &format!("<img src=x onerror=alert(1)> {REFUSED} <img src=x onerror=alert(1)>")).await;
    let shown = browser.text_when(".checker-text", |text| text.contains("onerror")).await;
    assert!(shown.contains("<img src=x onerror=alert(1)>"), "{shown}");
    assert!(browser.page.find(Locator::Css(".checker img")).await.is_err(), "an element came out of pasted text");
    assert!(browser.page.get_alert_text().await.is_err(), "a script ran out of pasted text");
    browser.end().await;
}

#[tokio::test]
async fn the_keyboard_alone_is_enough() {
    let server = Server::shared();
    let browser = Browser::start().await;
    browser.open(&server.address("/check/")).await;
    type_evidence(&browser, REFUSED).await;
    browser.text_when(SENTENCE, |text| text.contains("nginx")).await;
    for _ in 0..40 {
        let active = browser.page.active_element().await.expect("the focus");
        if active.attr("data-key").await.expect("readable").is_some_and(|key| key.starts_with("answer:")) {
            break;
        }
        active.send_keys(&char::from(Key::Tab).to_string()).await.expect("tabbed");
    }
    browser.page.active_element().await.expect("the focus").send_keys(&char::from(Key::Enter).to_string()).await.expect("pressed");
    browser.text_when(".checker-answers", |text| !text.is_empty()).await;
    browser.end().await;
}

#[tokio::test]
async fn text_about_something_else_gets_no_verdict() {
    let server = Server::shared();
    let browser = Browser::start().await;
    browser.open(&server.address("/check/")).await;
    type_evidence(&browser, "503 5.5.1 Error: send HELO/EHLO first").await;
    browser.text_when(SENTENCE, |text| text.starts_with("Nothing in this text looks like a gateway error")).await;
    assert!(browser.page.find(Locator::Css(FIRST_CAUSE)).await.is_err());
    browser.end().await;
}

#[tokio::test]
async fn the_checker_is_loaded_only_when_it_is_used() {
    let server = Server::shared();
    let browser = Browser::start().await;
    browser.open(&server.address("/504/")).await;
    browser.text_when("h1", |text| text.contains("504")).await;
    let before = browser.requests().await;
    assert!(!before.iter().any(|address| address.contains("/assets/checker-")), "{before:?}");
    type_evidence(&browser, "x").await;
    browser.text_when(SENTENCE, |text| !text.is_empty()).await;
    let after = browser.requests().await;
    assert!(after.iter().any(|address| address.contains("/assets/checker-")), "{after:?}");
    browser.end().await;
}

#[tokio::test]
async fn steps_can_be_undone_and_answers_changed() {
    let server = Server::shared();
    let browser = Browser::start().await;
    browser.open(&server.address("/502/")).await;
    browser.click(".checker-start").await;
    browser.text_when("legend", |text| !text.is_empty()).await;
    browser.click(".checker-options button").await;
    let first = browser.text_when(".checker-answers b", |text| !text.is_empty()).await;
    browser.click(".checker-answers [data-action=ask]").await;
    browser.text_when("legend", |text| text.contains("Another answer")).await;
    browser.click(".checker-options button:nth-of-type(2)").await;
    browser.text_when(".checker-answers b", |text| !text.is_empty() && text != first).await;
    browser.click("[data-action=undo]").await;
    browser.text_when(".checker-answers b", |text| text == first).await;
    browser.click("[data-action=start-over]").await;
    browser.text_when("legend", |text| text.contains("A question to begin with")).await;
    browser.end().await;
}

#[tokio::test]
async fn a_large_text_is_read_as_a_file_and_only_its_lines_that_count_are_shown() {
    let server = Server::shared();
    let browser = Browser::start().await;
    browser.open(&server.address("/check/")).await;
    let paste = "const text = 'all is well\\n'.repeat(60000) + arguments[0] + '\\n' + 'all is well\\n'.repeat(1000); \
                 const data = new DataTransfer(); data.setData('text/plain', text); \
                 document.querySelector('.checker-evidence').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, data: text, dataType: 'text/plain', bubbles: true, cancelable: true }));";
    browser.page.execute(paste, vec![REFUSED.into()]).await.expect("pasted");
    browser.text_when(".checker-file", |text| text.contains("61,001 lines")).await;
    let shown = browser.text_when(".checker-text", |text| text.contains("Connection refused")).await;
    assert!(shown.contains("… 59,998 lines") && shown.lines().count() < 10, "{shown}");
    browser.end().await;
}

#[tokio::test]
async fn an_address_becomes_a_command_that_no_shell_misreads() {
    let server = Server::shared();
    let browser = Browser::start().await;
    browser.open(&server.address("/check/")).await;
    browser.click(".checker-address").await;
    browser.text_when(".checker-address-form label", |text| !text.is_empty()).await;
    browser.page.find(Locator::Css("#checked-address")).await.expect("the field").send_keys("shop.example/?a='$(id)'").await.expect("typed");
    browser.text_when(".checker-address-form pre code", |text| text.ends_with("'https://shop.example/?a=%27$(id)%27'")).await;
    browser.end().await;
}

#[tokio::test]
async fn without_scripts_the_questions_lead_to_causes() {
    let server = Server::shared();
    let browser = Browser::start_without_scripts().await;
    browser.open(&server.address("/check/")).await;
    browser.text_when(".checker-static", |text| text.contains("The same questions")).await;
    browser.click("#questions ~ .folds > details > summary").await;
    let cause = browser.page.find(Locator::Css("#questions ~ .folds > details[open] .likely a")).await.expect("a cause");
    assert!(cause.attr("href").await.expect("readable").is_some_and(|address| address.contains("/causes/")));
    browser.end().await;
}
