//! Files that a page offers to be kept.

use std::fs;

use serde_json::json;

use super::{Browser, Spot};
use crate::wait::until;

impl Browser {
    /// Clicks at a link to a file, and returns what was kept: its name and its bytes, once it is whole.
    pub async fn download(&self, link: impl Into<Spot<'_>>) -> (String, Vec<u8>) {
        let directory = tempfile::tempdir().expect("there is a temporary directory");
        let kept = json!({ "behavior": "allow", "downloadPath": directory.path() });
        let _ = self.devtools("Browser.setDownloadBehavior", &kept).await;
        self.click(link).await;
        let mut whole = None;
        until("the file is kept", async || {
            let files = fs::read_dir(directory.path()).expect("it is there");
            let names = files.map(|file| file.expect("an entry").file_name());
            let mut names = names.map(|name| name.into_string().expect("a name in UTF-8"));
            // What is not whole yet has another name.
            whole = names.find(|name| !name.ends_with(".crdownload") && !name.starts_with('.'));
            whole.is_some()
        })
        .await;
        let name = whole.expect("it was waited for");
        let bytes = fs::read(directory.path().join(&name)).expect("it can be read");
        (name, bytes)
    }
}
