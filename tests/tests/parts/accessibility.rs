//! The judge of accessibility.

use symbolon_tests::{Browser, Colours};

use crate::pages::{Page, Pages};

/// The strictest policy: the judge must not need any leave of the page.
const STRICT: &str = "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n";

const PAGES: &[Page] = &[
    (
        "/clean",
        STRICT,
        r#"<!doctype html><html lang="en"><title>Clean</title><main><h1>Clean</h1>
        <label>Your name <input name="name" autocomplete="name"></label></main>"#,
    ),
    (
        "/planted",
        STRICT,
        r#"<!doctype html><html lang="en"><title>Planted</title><main><h1>Planted</h1>
        <input name="name"><img src="data:,"></main>"#,
    ),
    (
        "/pale-in-the-dark",
        STRICT,
        r#"<!doctype html><html lang="en"><style>p { color: #595959 } body { background: white }
        @media (prefers-color-scheme: dark) { body { background: #111 } h1 { color: white } }</style><title>Pale</title><main><h1>Pale</h1><p>Pale</p></main>"#,
    ),
];

async fn judged(path: &str) -> Vec<String> {
    let (pages, browser) = (Pages::serve(PAGES).await, Browser::open().await);
    browser.goto(&pages.url(path)).await;
    browser.axe().await
}

#[tokio::test]
async fn a_clean_page_is_acquitted() {
    assert_eq!(judged("/clean").await, [""; 0]);
}

#[tokio::test]
async fn planted_flaws_are_found() {
    let found = judged("/planted").await;
    assert_eq!(found.len(), 2, "{found:#?}");
    for start in ["image-alt (critical): ", "label (critical): "] {
        assert!(found.iter().any(|line| line.starts_with(start)), "{found:#?}");
    }
    assert!(
        found.iter().any(|line| line.contains("<input name=\"name\">")),
        "{found:#?}"
    );
}

#[tokio::test]
async fn colours_are_judged_as_they_are_set() {
    let (pages, browser) = (Pages::serve(PAGES).await, Browser::open().await);
    browser.goto(&pages.url("/pale-in-the-dark")).await;
    assert_eq!(browser.axe().await, [""; 0]);
    browser.set_colours(Colours::Dark).await;
    let found = browser.axe().await;
    assert!(
        matches!(found.as_slice(), [line] if line.starts_with("color-contrast (serious): ")),
        "{found:#?}"
    );
}
