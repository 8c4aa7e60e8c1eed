//! What the browser noticed. It tells everything only once, so that it is collected here.

use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::{Command, failed};

/// All that was told so far.
#[derive(Debug, Default)]
pub(super) struct Journal(Mutex<Entries>);

/// What there is to know of it.
#[derive(Debug, Default, Clone)]
pub(super) struct Entries {
    pub(super) console: Vec<String>,
    pub(super) dialogs: usize,
    pub(super) requests: Vec<String>,
}

impl Journal {
    /// Everything since the beginning.
    pub(super) async fn read(&self, client: &fantoccini::Client) -> Entries {
        let mut entries = self.0.lock().await;
        for entry in told(client, "browser").await {
            let text = |field: &str| entry[field].as_str().unwrap_or_default().to_owned();
            entries
                .console
                .push(format!("{} {}", text("level"), text("message")));
        }
        for entry in told(client, "performance").await {
            let event = entry["message"].as_str().expect("an event is text");
            let event: Value = serde_json::from_str(event).expect("an event is JSON");
            entries.note(&event["message"]);
        }
        entries.clone()
    }
}

impl Entries {
    fn note(&mut self, event: &Value) {
        match event["method"].as_str() {
            Some("Page.javascriptDialogOpening") => self.dialogs += 1,
            Some("Network.requestWillBeSent") => {
                let url = event["params"]["request"]["url"].as_str();
                self.requests.push(url.expect("a request has a URL").to_owned());
            }
            _ => (),
        }
    }
}

/// What is new in one of the browser's logs.
async fn told(client: &fantoccini::Client, log: &str) -> Vec<Value> {
    let command = Command::post("se/log", json!({ "type": log }));
    let new = client.issue_cmd(command).await.unwrap_or_else(failed);
    new.as_array().expect("a log is a list").clone()
}
