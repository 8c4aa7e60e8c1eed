//! Commands that fantoccini does not know: those of chromium alone, and young ones.

use fantoccini::wd::WebDriverCompatibleCommand;
use reqwest::Method;
use serde_json::Value;
use url::{ParseError, Url};

/// A command to a session.
#[derive(Debug)]
pub(super) struct Command {
    path: String,
    /// None for what is only looked at.
    body: Option<Value>,
}

impl Command {
    /// One that looks at something.
    pub(super) fn get(path: String) -> Self {
        Self { path, body: None }
    }

    /// One that does something.
    pub(super) fn post(path: &str, body: Value) -> Self {
        Self {
            path: path.to_owned(),
            body: Some(body),
        }
    }
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.expect("there is a session"),
            self.path
        ))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        match &self.body {
            Some(body) => (Method::POST, Some(body.to_string())),
            None => (Method::GET, None),
        }
    }
}
