//! The browser.

use symbolon_tests::{Browser, Colours, Press, Spot};
use tempfile::tempdir;

use crate::pages::{Page, Pages};

const PAGES: &[Page] = &[
    (
        "/form",
        "Set-Cookie: session=secret; HttpOnly; SameSite=Strict; Path=/\r\n",
        r#"<!doctype html><html lang="en"><title>A form</title><h1>Who are you?</h1>
        <form action="/thanks"><label>Your name <input name="name" value="nobody"></label>
        <button>Send</button> <button name="no" value="1">Cancel</button></form>
        <a href="/thanks">Skip it</a>"#,
    ),
    ("/thanks", "", "<!doctype html><title>Thanks</title>"),
    (
        "/colours",
        "",
        r#"<!doctype html><meta name="color-scheme" content="light dark"><title>Colours</title>Text"#,
    ),
    (
        "/policy",
        "Content-Security-Policy: default-src 'none'\r\n",
        "<!doctype html><title>Before</title><script>document.title = 'After'</script>",
    ),
    (
        "/script",
        "",
        "<!doctype html><title>Before</title><noscript><p id=without>Without</p></noscript>\
         <script>document.title = 'After'; console.warn('it ran')</script>",
    ),
    (
        "/dialogs",
        "",
        "<!doctype html><title>Dialogs</title><p>
        <button onclick='alert(1)'>Alert</button>
        <button onclick='document.title = confirm(2)'>Confirm</button>",
    ),
    (
        "/abroad",
        "",
        "<!doctype html><title>Abroad</title><img src='http://elsewhere.example/pixel.png' alt=''>",
    ),
];

#[tokio::test]
async fn a_form_is_filled_in_and_sent() {
    let (pages, browser) = (Pages::serve(PAGES).await, Browser::open().await);
    browser.goto(&pages.url("/form")).await;
    assert_eq!(browser.title().await, "A form");
    assert_eq!(browser.text("h1").await, "Who are you?");
    assert_eq!(browser.count(Spot::Heading("Who are you?")).await, 1);
    assert_eq!(browser.count(Spot::Heading("Who")).await, 0);
    assert_eq!(
        browser.attribute(Spot::Link("Skip it"), "href").await.unwrap(),
        "/thanks"
    );

    browser.fill(Spot::Field("Your name"), "Ada Lovelace").await;
    browser.click(Spot::Button("Send")).await;
    let url = browser
        .wait_for_url("thanks", |url| url.path() == "/thanks")
        .await;
    assert_eq!(url.query(), Some("name=Ada+Lovelace"));
    assert_eq!(browser.title().await, "Thanks");
}

#[tokio::test]
async fn the_keyboard_is_enough() {
    let (pages, browser) = (Pages::serve(PAGES).await, Browser::open().await);
    browser.goto(&pages.url("/form")).await;
    for expected in [
        "textbox Your name",
        "button Send",
        "button Cancel",
        "link Skip it",
    ] {
        browser.press(Press::Tab).await;
        assert_eq!(browser.focus().await, expected);
    }
    browser.press(Press::BackTab).await;
    assert_eq!(browser.focus().await, "button Cancel");
    browser.press(Press::Space).await;
    let url = browser
        .wait_for_url("thanks", |url| url.path() == "/thanks")
        .await;
    assert_eq!(url.query(), Some("name=nobody&no=1"));
}

#[tokio::test]
async fn cookies_are_seen_and_not_shared() {
    let pages = Pages::serve(PAGES).await;
    let browser = Browser::open().await;
    browser.goto(&pages.url("/form")).await;
    let cookies = browser.cookies().await;
    let [cookie] = cookies.as_slice() else {
        panic!("{cookies:?}")
    };
    assert_eq!((cookie.name(), cookie.value()), ("session", "secret"));
    assert_eq!(cookie.http_only(), Some(true));
    assert_eq!(browser.execute("return document.cookie").await, "");

    let another = Browser::open().await;
    another.goto(&pages.url("/thanks")).await;
    assert!(another.cookies().await.is_empty());
}

#[tokio::test]
async fn screenshots_have_the_colours_and_the_size_that_were_set() {
    let (pages, browser) = (Pages::serve(PAGES).await, Browser::open().await);
    let directory = tempdir().unwrap();
    let path = directory.path().join("light.png");
    browser.goto(&pages.url("/colours")).await;
    let is_dark = "return matchMedia('(prefers-color-scheme: dark)').matches";
    assert_eq!(browser.execute(is_dark).await, false);
    let light_png = browser.screenshot(&path).await;
    assert_eq!(std::fs::read(&path).unwrap(), light_png);
    assert_eq!(size(&light_png), (1280, 900));

    browser.set_colours(Colours::Dark).await;
    assert_eq!(browser.execute(is_dark).await, true);
    let dark_png = browser.screenshot(directory.path().join("dark.png")).await;
    assert_ne!(light_png, dark_png);
    // It is the colours that made the difference: nothing else differs between two screenshots.
    assert_eq!(
        browser.screenshot(directory.path().join("again.png")).await,
        dark_png
    );

    browser.set_viewport(390, 844).await;
    let on_telephone = browser.screenshot(directory.path().join("telephone.png")).await;
    assert_eq!(size(&on_telephone), (390, 844));
}

/// Width and height of a PNG.
fn size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG"));
    let number = |start: usize| u32::from_be_bytes(png[start..start + 4].try_into().unwrap());
    (number(16), number(20))
}

#[tokio::test]
async fn what_a_policy_forbids_is_noticed() {
    let (pages, browser) = (Pages::serve(PAGES).await, Browser::open().await);
    browser.goto(&pages.url("/script")).await;
    assert_eq!(browser.title().await, "After");
    let console = browser.console().await;
    assert!(
        console.iter().any(|line| line.contains("it ran")),
        "the console is read: {console:?}"
    );
    assert_eq!(browser.policy_violations().await, [""; 0]);

    browser.goto(&pages.url("/policy")).await;
    assert_eq!(browser.title().await, "Before");
    let violations = browser.policy_violations().await;
    assert!(
        violations.iter().any(|line| line.contains("script")),
        "{violations:?}"
    );
    // Told once, known for good.
    assert_eq!(browser.policy_violations().await, violations);
    // The policy is the page's, not the test's.
    assert_eq!(browser.execute("return 6 * 7").await, 42);
}

#[tokio::test]
async fn pages_are_seen_without_javascript() {
    let (pages, browser) = (Pages::serve(PAGES).await, Browser::open().await);
    browser.goto(&pages.url("/script")).await;
    assert_eq!(browser.count("#without").await, 0);
    browser.disable_javascript().await;
    browser.goto(&pages.url("/script")).await;
    assert_eq!(browser.title().await, "Before");
    assert_eq!(browser.text("#without").await, "Without");
    // Forms and links work, also to another site.
    browser
        .goto(&pages.url("/form").replace("127.0.0.1", "localhost"))
        .await;
    browser.fill(Spot::Field("Your name"), "Ada").await;
    browser.click(Spot::Button("Send")).await;
    let url = browser
        .wait_for_url("thanks", |url| url.path() == "/thanks")
        .await;
    assert_eq!(url.query(), Some("name=Ada"));
}

#[tokio::test]
async fn dialogs_are_counted_and_do_no_harm() {
    let (pages, browser) = (Pages::serve(PAGES).await, Browser::open().await);
    browser.goto(&pages.url("/dialogs")).await;
    assert_eq!(browser.dialogs().await, 0);
    browser.click(Spot::Button("Alert")).await;
    assert_eq!(browser.title().await, "Dialogs");
    assert_eq!(browser.dialogs().await, 1);
    browser.click(Spot::Button("Confirm")).await;
    assert_eq!(browser.title().await, "true");
    assert_eq!(browser.dialogs().await, 2);
}

#[tokio::test]
async fn requests_are_seen_and_stay_on_this_machine() {
    let (pages, browser) = (Pages::serve(PAGES).await, Browser::open().await);
    browser.goto(&pages.url("/abroad")).await;
    let requests = browser.requests().await;
    assert!(requests.contains(&pages.url("/abroad")), "{requests:?}");
    assert!(
        requests.contains(&"http://elsewhere.example/pixel.png".to_owned()),
        "{requests:?}"
    );
    let console = browser.console().await;
    assert!(
        console.iter().any(|line| line.contains("ERR_NAME_NOT_RESOLVED")),
        "{console:?}"
    );
}
