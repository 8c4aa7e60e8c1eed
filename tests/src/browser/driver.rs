//! The programs behind a browser: chromedriver, and the chromium that it starts.

use std::path::Path;

use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use super::family;
use crate::{
    environment::{self, command},
    process::Process,
};

/// How chromium is started, besides where its profile is.
const FLAGS: &[&str] = &[
    "--headless=new",
    // It sees only pages of the tests; its sandbox needs rights that containers do not have, and refuses root.
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    // Through a pipe it notices that chromedriver is gone, and goes too.
    "--remote-debugging-pipe",
    // It talks to nobody but the test: not to its maker, and to no host that a page names.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--no-first-run",
    "--no-default-browser-check",
    "--lang=en-US",
];

/// How often chromedriver is started until it stays. It takes a free port of IPv4, and ends where that of the same number
/// is taken in IPv6.
const CHROMEDRIVERS: usize = 5;

/// Both programs, and the directory in which they live. Dropping it ends them.
#[derive(Debug)]
pub(super) struct Driver {
    chromedriver: Process,
    // Last, so that it is removed when nobody lives in it any more.
    directory: TempDir,
}

impl Driver {
    /// Starts both.
    pub(super) async fn start() -> (Self, fantoccini::Client) {
        let directory = tempfile::Builder::new()
            .prefix("symbolon-browser-")
            .tempdir()
            .expect("there is a temporary directory");
        let (chromedriver, url) = chromedriver(directory.path()).await;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(directory.path()))
            .connect(&url)
            .await
            .unwrap_or_else(|error| panic!("chromium does not start: {error}"));
        let driver = Self {
            chromedriver,
            directory,
        };
        (driver, client)
    }
}

/// Starts chromedriver, which lives in this directory. Returns its URL too.
async fn chromedriver(directory: &Path) -> (Process, String) {
    for _ in 0..CHROMEDRIVERS {
        let mut program = command(environment::chromedriver());
        program
            .arg("--port=0")
            .env("HOME", directory)
            .env("TMPDIR", directory)
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_CACHE_HOME");
        let process = Process::start(program);
        let stdout = process.stdout.clone();
        let said = tokio::task::spawn_blocking(move || stdout.look_for("started successfully on port"))
            .await
            .expect("chromedriver says something");
        if let Some(said) = said {
            let (_, port) = said.rsplit_once(' ').expect("the port is the last word");
            let url = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
            return (process, url);
        }
    }
    panic!("chromedriver ends as soon as it starts, {CHROMEDRIVERS} times");
}

fn capabilities(directory: &Path) -> Map<String, Value> {
    let profile = format!("--user-data-dir={}", directory.join("profile").display());
    let flags: Vec<&str> = FLAGS.iter().copied().chain([&*profile]).collect();
    let capabilities = json!({
        "browserName": "chrome",
        "unhandledPromptBehavior": "accept",
        "goog:chromeOptions": { "binary": environment::chromium(), "args": flags },
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
    });
    capabilities.as_object().expect("an object").clone()
}

impl Drop for Driver {
    fn drop(&mut self) {
        // One that is left would write to the directory once more.
        family::end(self.chromedriver.id(), self.directory.path());
        self.chromedriver.kill();
    }
}

#[cfg(test)]
mod tests {
    use super::{super::family::has_members, Driver};
    use crate::wait::until;

    #[tokio::test]
    async fn nothing_is_left_of_a_browser() {
        let (driver, client) = Driver::start().await;
        let directory = driver.directory.path().to_owned();
        assert!(has_members(&directory));
        drop((client, driver));
        assert!(!directory.exists());
        assert!(!has_members(&directory));
    }

    #[tokio::test]
    async fn chromium_goes_with_chromedriver() {
        let (mut driver, _client) = Driver::start().await;
        let directory = driver.directory.path().to_owned();
        // As when somebody kills all processes of a test at once.
        driver.chromedriver.kill();
        until("chromium is gone", async || !has_members(&directory)).await;
    }
}
