//! The pages themselves.

use crate::browser::Browser;
use crate::server::Server;
use fantoccini::Locator;
use fantoccini::key::Key;

/// One page of each kind.
const KINDS: [&str; 24] = [
    "/",
    "/codes/",
    "/502/",
    "/504/",
    "/502-vs-504/",
    "/systems/",
    "/systems/nginx/",
    "/systems/nginx/messages/",
    "/systems/nginx/timeouts/",
    "/timeouts/",
    "/timeouts/by-duration/",
    "/causes/",
    "/causes/keepalive-race/",
    "/messages/",
    "/messages/nginx-connect-refused/",
    "/guides/",
    "/guides/the-first-ten-minutes-of-a-502/",
    "/faq/",
    "/check/",
    "/search/",
    "/tags/",
    "/tags/connection/",
    "/404.html",
    "/no-such-page/",
];

#[tokio::test]
async fn every_kind_of_page_is_clean() {
    let server = Server::shared();
    let browser = Browser::start().await;
    for page in KINDS {
        browser.open(&server.address(page)).await;
        assert!(browser.page.find(Locator::Css("main h1")).await.is_ok(), "{page} has no heading");
        let inline = browser
            .page
            .find_all(Locator::Css("script:not([src]):not([type='application/ld+json']), style, [style], [onclick]"))
            .await
            .expect("searched");
        assert!(inline.is_empty(), "{page} has inline script or style");
        let mut errors = browser.console_errors().await;
        if page == "/no-such-page/" {
            errors.retain(|error| !error.contains("404"));
        }
        assert_eq!(errors, Vec::<String>::new(), "{page}");
    }
    browser.end().await;
}

#[tokio::test]
async fn no_page_scrolls_sideways_on_a_phone() {
    let server = Server::shared();
    let browser = Browser::start().await;
    browser.narrow(800).await;
    for page in KINDS {
        browser.open(&server.address(page)).await;
        let width = browser.page.execute("return [document.documentElement.scrollWidth, window.innerWidth]", Vec::new()).await.expect("measured");
        assert!(width[0].as_u64() <= width[1].as_u64(), "{page} is wider than the window: {width}");
    }
    browser.end().await;
}

#[tokio::test]
async fn code_pages_draw_the_path_with_the_failing_hop() {
    let server = Server::shared();
    let browser = Browser::start().await;
    for page in ["/502/", "/504/"] {
        browser.open(&server.address(page)).await;
        let stations = browser.page.find_all(Locator::Css(".path svg.path-wide .station")).await.expect("the drawing");
        assert_eq!(stations.len(), 6, "{page}");
        assert!(browser.page.find(Locator::Css(".path svg .mark")).await.is_ok(), "{page} marks no hop");
    }
    browser.end().await;
}

#[tokio::test]
async fn the_search_answers_while_typing_and_by_keyboard_alone() {
    let server = Server::shared();
    let browser = Browser::start().await;
    browser.open(&server.address("/faq/")).await;
    browser.press("/").await;
    browser.text_when("dialog[open] label", |text| text == "Search").await;
    browser.press("502").await;
    browser.text_when(".search-results a", |text| text.contains("502 Bad Gateway")).await;
    browser.press(&char::from(Key::Down).to_string()).await;
    let first = browser.page.execute("return document.activeElement.getAttribute('href')", Vec::new()).await.expect("the focus");
    assert_eq!(first, "/502/");
    browser.press(&char::from(Key::Escape).to_string()).await;
    assert!(browser.page.find(Locator::Css("dialog[open]")).await.is_err(), "Esc does not close the search");
    assert_eq!(browser.console_errors().await, Vec::<String>::new());
    browser.end().await;
}

#[tokio::test]
async fn a_log_line_in_the_search_gets_its_diagnosis() {
    let server = Server::shared();
    let browser = Browser::start().await;
    browser.open(&server.address("/faq/")).await;
    browser.press("/").await;
    browser.text_when("dialog[open] label", |text| text == "Search").await;
    browser.press("connect() failed (111: Connection refused) while connecting to upstream").await;
    browser.text_when(".search-diagnosis", |text| text.contains("nginx")).await;
    browser.click(".search-diagnosis").await;
    browser.text_when(".checker-sentence", |text| text.contains("nginx")).await;
    browser.end().await;
}

#[tokio::test]
async fn the_theme_that_was_chosen_is_remembered() {
    let server = Server::shared();
    let browser = Browser::start().await;
    browser.open(&server.address("/")).await;
    browser.click(".theme").await;
    let theme = browser.page.execute("return document.documentElement.dataset.theme", Vec::new()).await.expect("read");
    browser.open(&server.address("/502/")).await;
    let kept = browser.page.execute("return document.documentElement.dataset.theme", Vec::new()).await.expect("read");
    assert!(theme.is_string() && theme == kept, "{theme} became {kept}");
    browser.end().await;
}

#[tokio::test]
async fn the_timeouts_are_filtered_by_words_and_ordered_by_duration() {
    let server = Server::shared();
    let browser = Browser::start().await;
    browser.open(&server.address("/timeouts/")).await;
    browser.page.find(Locator::Css("#filter-words")).await.expect("the filter").send_keys("HAProxy timeout").await.expect("typed");
    let shown = "return [...document.querySelectorAll('#timeouts tr[id]:not([hidden])')].map((row) => row.closest('tbody').rows[0].textContent)";
    let systems = browser.page.execute(shown, Vec::new()).await.expect("the rows");
    let systems: Vec<&str> = systems.as_array().expect("a list").iter().filter_map(|system| system.as_str()).collect();
    assert!(systems.len() > 3 && systems.iter().all(|system| *system == "HAProxy"), "{systems:?}");
    let order = "const order = document.getElementById('filter-order'); order.value = 'longest first'; order.dispatchEvent(new Event('change'));
        return [...document.querySelectorAll('#timeouts tr[id]')].map((row) => Number(row.dataset.ms ?? -1))";
    let durations = browser.page.execute(order, Vec::new()).await.expect("the durations");
    let durations: Vec<f64> = durations.as_array().expect("a list").iter().filter_map(|duration| duration.as_f64()).collect();
    assert!(durations.len() > 100 && durations.is_sorted_by(|a, b| a >= b), "{durations:?}");
    browser.end().await;
}
