//! A person with a browser of their own, who opens links, connects, and looks at what comes.

use std::{ops::Deref, time::Instant};

use serde_json::Value;

use crate::{
    browser::{Browser, Spot},
    wait::{AGAIN, DEADLINE, until},
};

/// A person.
#[derive(Debug)]
pub struct Person(Browser);

impl Person {
    /// The button of the first provider, in whatever language.
    pub const CONNECT: &str = "button[name=provider]";

    /// Somebody who was never here before.
    pub async fn new() -> Self {
        Self(Browser::open().await)
    }

    /// Returns as soon as the page with this heading is there.
    pub async fn sees(&self, heading: &str) {
        let start = Instant::now();
        loop {
            let title = self.title().await;
            if title == format!("{heading} – Symbolon") {
                return;
            }
            let url = self.current_url().await;
            assert!(
                start.elapsed() < DEADLINE,
                "instead of {heading:?}: {title:?} at {url}"
            );
            tokio::time::sleep(AGAIN).await;
        }
    }

    /// Everything that can be read on the page.
    pub async fn reads(&self) -> String {
        self.text("body").await
    }

    /// Returns as soon as the page says this.
    pub async fn reads_that(&self, told: &str) {
        let start = Instant::now();
        loop {
            let read = self.reads().await;
            if read.contains(told) {
                return;
            }
            assert!(start.elapsed() < DEADLINE, "{told:?} is not in:\n{read}");
            tokio::time::sleep(AGAIN).await;
        }
    }

    /// The same of a page that has to be asked for again, for what it says comes later than an answer.
    pub async fn comes_to_read(&self, told: &str) {
        until(&format!("{told:?} can be read"), async || {
            let there = self.reads().await.contains(told);
            if !there {
                self.goto(self.current_url().await.as_str()).await;
            }
            there
        })
        .await;
    }

    /// The status of the page. Needs JavaScript.
    pub async fn status(&self) -> Value {
        self.execute("return performance.getEntriesByType('navigation')[0].responseStatus")
            .await
    }

    /// Presses the button, and then an account at the provider's.
    pub async fn connect_as(&self, account: &str) {
        self.click(Self::CONNECT).await;
        self.click(Spot::Button(account)).await;
    }

    /// Opens a link, and connects as somebody.
    pub async fn claim(&self, link: &str, account: &str) {
        self.goto(link).await;
        self.connect_as(account).await;
    }

    /// The value of a cookie that this page has.
    pub async fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.cookies().await;
        let found = cookies.iter().find(|cookie| cookie.name() == name);
        found.map(|cookie| cookie.value().to_owned())
    }

    /// Whether the page's site has begun a session with this browser.
    pub async fn has_session(&self) -> bool {
        self.cookie("symbolon-session").await.is_some()
    }

    /// Asserts that nothing on any page was forbidden by its policy, that no script opened a dialog, and that nothing
    /// was loaded from elsewhere than these origins.
    pub async fn was_safe(&self, origins: &[&str]) {
        assert_eq!(self.policy_violations().await, [""; 0]);
        assert_eq!(self.dialogs().await, 0);
        let requests = self.requests().await;
        assert!(!requests.is_empty(), "requests are noticed");
        let foreign = requests.iter().find(|url| {
            let is_ours = |origin: &&str| {
                url.strip_prefix(*origin)
                    .is_some_and(|rest| rest.starts_with('/'))
            };
            !origins.iter().any(is_ours) && !url.starts_with("data:") && !url.starts_with("chrome")
        });
        assert_eq!(foreign, None);
    }
}

impl Deref for Person {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.0
    }
}
