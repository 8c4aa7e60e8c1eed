//! An administrator, who is signed in and opens page after page.

use symbolon_tests::{Form, Reply, Visitor};

use crate::{premises::Premises, stopwatch::Stopwatch};

/// Somebody with a browser and a stopwatch.
pub(crate) struct Clerk<'a> {
    pub(crate) watch: Stopwatch,
    premises: &'a Premises,
    browser: Visitor,
}

impl<'a> Clerk<'a> {
    /// Somebody who has accepted the invitation.
    pub(crate) async fn invited(premises: &'a Premises) -> Self {
        let browser = Visitor::default();
        let welcome = browser.open(&premises.invitation).await;
        let form = welcome.forms().into_iter().find(|form| form.has("password"));
        let form = form.unwrap_or_else(|| panic!("no form at {}:\n{}", welcome.url, welcome.text));
        let form = form
            .with("name", "Augusta Byron")
            .with("password", "eleven brass gears turn");
        let inside = browser.press(&form, 0).await;
        let inside = browser.follow(inside).await;
        assert!(
            inside.status == 200 && inside.url.path() == "/dashboard",
            "{} at {}:\n{}",
            inside.status,
            inside.url,
            inside.text
        );
        Self {
            watch: Stopwatch::default(),
            premises,
            browser,
        }
    }

    /// Opens a page as often as it takes to time it.
    pub(crate) async fn times(&mut self, name: &str, path: &str) -> Reply {
        let address = self.premises.address(path);
        let browser = &self.browser;
        self.watch.time(name, async || browser.get(&address).await).await
    }

    /// Sends a form that asks, and changes nothing, as often as it takes to time what it is answered.
    pub(crate) async fn times_question(&mut self, name: &str, form: &Form, button: usize) -> Reply {
        let browser = &self.browser;
        self.watch
            .time(name, async || browser.press(form, button).await)
            .await
    }

    /// Opens a page, and does not look at the watch.
    pub(crate) async fn opens(&self, path: &str) -> Reply {
        self.browser.get(&self.premises.address(path)).await
    }

    /// Sends a form that does something, and goes where that leads.
    pub(crate) async fn does(&self, form: &Form) -> Reply {
        let reply = self.browser.press(form, 0).await;
        self.browser.follow(reply).await
    }
}
