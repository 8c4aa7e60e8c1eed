//! Files that a page offers to be kept.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use serde_json::json;

use super::{Browser, Spot};
use crate::wait::until;

impl Browser {
    /// Clicks at a link to a file, and returns what was kept: its name and its bytes, once it is whole. A file without
    /// any bytes is waited for in vain.
    pub async fn download(&self, link: impl Into<Spot<'_>>) -> (String, Vec<u8>) {
        let directory = tempfile::tempdir().expect("there is a temporary directory");
        let kept = json!({ "behavior": "allow", "downloadPath": directory.path() });
        let _ = self.devtools("Browser.setDownloadBehavior", &kept).await;
        self.click(link).await;
        let mut whole = None;
        until("the file is kept", async || {
            whole = fs::read_dir(directory.path())
                .expect("it is there")
                .map(|file| file.expect("an entry").path())
                .find(|file| is_whole(file));
            whole.is_some()
        })
        .await;
        let path = whole.expect("it was waited for");
        let name = path.file_name().and_then(OsStr::to_str);
        let bytes = fs::read(&path).expect("it can be read");
        (name.expect("a name in UTF-8").to_owned(), bytes)
    }
}

/// Whether `file` is what was asked for. What is under way has another name, and a file of no bytes keeps the final one
/// for it until then.
fn is_whole(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let under_way = name.ends_with(".crdownload") || name.starts_with('.');
    !under_way && fs::metadata(file).is_ok_and(|kept| kept.len() > 0)
}
