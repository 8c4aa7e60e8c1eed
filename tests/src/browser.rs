//! A real browser, and what a person does with it.

mod axe;
mod command;
mod download;
mod driver;
mod family;
mod form;
mod journal;
mod press;
mod scriptless;
mod settings;
mod spot;

use std::{fs, path::Path};

use fantoccini::{cookies::Cookie, elements::Element, error::CmdError};
use serde_json::{Value, json};
use url::Url;

use crate::wait::until;
use command::Command;
use driver::Driver;
use journal::Journal;
pub use press::Press;
pub use settings::Colours;
pub use spot::Spot;

/// A headless chromium with a profile of its own, which reaches only this machine. Dropping it ends it.
#[derive(Debug)]
pub struct Browser {
    client: fantoccini::Client,
    journal: Journal,
    // Last, for what is above talks to it.
    _driver: Driver,
}

impl Browser {
    /// Opens one, with a viewport of 1280 by 900, light colours and JavaScript.
    pub async fn open() -> Self {
        let (driver, client) = Driver::start().await;
        let browser = Self {
            client,
            journal: Journal::default(),
            _driver: driver,
        };
        browser.set_viewport(1280, 900).await;
        browser.set_colours(Colours::Light).await;
        browser
    }

    /// Goes to a URL, and returns when it is loaded.
    pub async fn goto(&self, url: &str) {
        self.client.goto(url).await.unwrap_or_else(failed);
    }

    /// Clicks, as soon as there is something to click at. Where that leads to another page, the next call waits for it.
    pub async fn click(&self, spot: impl Into<Spot<'_>>) {
        self.find(spot).await.click().await.unwrap_or_else(failed);
    }

    /// Replaces what is in a field.
    pub async fn fill(&self, field: impl Into<Spot<'_>>, text: &str) {
        let field = self.find(field).await;
        field.clear().await.unwrap_or_else(failed);
        field.send_keys(text).await.unwrap_or_else(failed);
    }

    /// Presses a key where the focus is.
    pub async fn press(&self, key: Press) {
        let element = self.client.active_element().await.unwrap_or_else(failed);
        element.send_keys(&key.keys()).await.unwrap_or_else(failed);
    }

    /// What has the focus: its role and name, such as `button Sign in`.
    pub async fn focus(&self) -> String {
        let element = self.client.active_element().await.unwrap_or_else(failed);
        let role = self
            .computed(&element, "computedrole")
            .await
            .unwrap_or_else(failed);
        let label = self
            .computed(&element, "computedlabel")
            .await
            .unwrap_or_else(failed);
        format!("{role} {label}")
    }

    /// The text that a person sees there.
    pub async fn text(&self, spot: impl Into<Spot<'_>>) -> String {
        let spot = spot.into();
        let mut text = None;
        // An element goes away where another page, or a part of it, takes its place meanwhile.
        until(&format!("{spot:?} can be read"), async || {
            text = self.find(spot).await.text().await.ok();
            text.is_some()
        })
        .await;
        text.expect("it was waited for")
    }

    /// An attribute, if it has one.
    pub async fn attribute(&self, spot: impl Into<Spot<'_>>, name: &str) -> Option<String> {
        self.find(spot).await.attr(name).await.unwrap_or_else(failed)
    }

    /// How many there are, now.
    pub async fn count(&self, spot: impl Into<Spot<'_>>) -> usize {
        self.look_for(&spot.into()).await.unwrap_or_else(failed).len()
    }

    /// The title of the page.
    pub async fn title(&self) -> String {
        self.client.title().await.unwrap_or_else(failed)
    }

    /// The HTML of the page as it is now.
    pub async fn source(&self) -> String {
        self.client.source().await.unwrap_or_else(failed)
    }

    /// Where it is.
    pub async fn current_url(&self) -> Url {
        self.client.current_url().await.unwrap_or_else(failed)
    }

    /// Where it is, as soon as this is so.
    pub async fn wait_for_url(&self, what: &str, is_there: impl Fn(&Url) -> bool) -> Url {
        until(what, async || is_there(&self.current_url().await)).await;
        self.current_url().await
    }

    /// The cookies that this page has, also those that its scripts cannot read.
    pub async fn cookies(&self) -> Vec<Cookie<'static>> {
        self.client.get_all_cookies().await.unwrap_or_else(failed)
    }

    /// Writes a PNG of what is visible, and returns it.
    pub async fn screenshot(&self, path: impl AsRef<Path>) -> Vec<u8> {
        let png = self.client.screenshot().await.unwrap_or_else(failed);
        let path = path.as_ref();
        fs::write(path, &png).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        png
    }

    /// Runs a script's body in the page, whatever the page's policy says, and returns what it returns.
    pub async fn execute(&self, script: &str) -> Value {
        self.client
            .execute(script, Vec::new())
            .await
            .unwrap_or_else(failed)
    }

    /// Sends a command of the Chrome `DevTools` protocol.
    pub async fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        let command = Command::post("goog/cdp/execute", body);
        self.client.issue_cmd(command).await.unwrap_or_else(failed)
    }

    /// What the page's scripts and the browser itself said on the console since the beginning.
    pub async fn console(&self) -> Vec<String> {
        self.journal.read(&self.client).await.console
    }

    /// What a Content-Security-Policy has forbidden since the beginning.
    pub async fn policy_violations(&self) -> Vec<String> {
        let is_violation = |line: &String| line.contains("Content Security Policy");
        self.console().await.into_iter().filter(is_violation).collect()
    }

    /// How many dialogs have opened since the beginning: `alert`, `confirm`, `prompt`. Each is accepted by the next
    /// call; where a script opens one after the other, that call fails.
    pub async fn dialogs(&self) -> usize {
        self.journal.read(&self.client).await.dialogs
    }

    /// The URLs of everything that was asked for since the beginning, in its order.
    pub async fn requests(&self) -> Vec<String> {
        self.journal.read(&self.client).await.requests
    }

    /// The only one there is, as soon as there is one.
    async fn find(&self, spot: impl Into<Spot<'_>>) -> Element {
        let spot = spot.into();
        let mut found = Vec::new();
        until(&format!("there is {spot:?}"), async || {
            // An element may go away while we look at it.
            found = self.look_for(&spot).await.unwrap_or_default();
            !found.is_empty()
        })
        .await;
        assert_eq!(found.len(), 1, "there are several {spot:?}");
        found.remove(0)
    }

    async fn look_for(&self, spot: &Spot<'_>) -> Result<Vec<Element>, CmdError> {
        let mut elements = self.client.find_all(spot.locator()).await?;
        if let Some(name) = spot.name() {
            let mut named = Vec::new();
            for element in elements {
                if self.computed(&element, "computedlabel").await? == name {
                    named.push(element);
                }
            }
            elements = named;
        }
        Ok(elements)
    }

    /// What an aid for the blind would be told.
    async fn computed(&self, element: &Element, what: &str) -> Result<String, CmdError> {
        let command = Command::get(format!("element/{}/{what}", element.element_id()));
        let value = self.client.issue_cmd(command).await?;
        Ok(value.as_str().unwrap_or_default().trim().to_owned())
    }
}

/// Ends the test.
#[expect(clippy::needless_pass_by_value, reason = "that is how it is called")]
fn failed<T>(error: CmdError) -> T {
    panic!("the browser: {error}")
}
