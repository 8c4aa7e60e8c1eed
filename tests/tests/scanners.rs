//! B01, B02: what machines do with a mail before its recipient reads it, up to pressing every button, binds nothing.
#![cfg(test)]

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::Value;
use symbolon_tests::{Mail, OpenId, Person, Recipient, Reply, Site, Stage, Visitor, on_both};
use url::Url;

on_both!(
    a_scanner_that_presses_everything_binds_nothing,
    a_scanner_that_runs_scripts_binds_nothing,
);

/// Asserts that nothing has become of the link, and that a person claims as if nobody had been there.
async fn is_as_good_as_new(stage: &Stage, open_id: &OpenId, ada: &Recipient) {
    let access = stage.issuer.access(&ada.id).await;
    assert_eq!(access, ("free".to_owned(), Value::Null));
    let recipient = stage.issuer.recipient(&ada.id).await;
    assert_eq!(
        (&recipient["state"], &recipient["first_claimed_at"]),
        (&"pending".into(), &Value::Null)
    );
    assert_eq!(stage.issuer.reset_requests().await, [""; 0]);

    let person = Person::new().await;
    person.claim(&ada.link, "Ada Lovelace").await;
    person.sees("Programming").await;
    assert_eq!(stage.issuer.access(&ada.id).await.1["hint"], "a…@example.org");
    // The mail that tells of the claim is the first one since.
    let mails = stage.mails_to(&ada.mail, 2).await;
    assert_eq!(mails[1].subject(), "Your badge “Programming” has been claimed");
    assert_eq!(stage.smtp.mails().await.len(), 2);
    person.was_safe(&[&stage.url(""), open_id.issuer()]).await;
}

/// A scanner, and what it has done.
#[derive(Debug, Default)]
struct Scanner {
    visitor: Visitor,
    seen: BTreeSet<String>,
    pressed: usize,
    /// How often a press led to the provider.
    at_provider: usize,
}

impl Scanner {
    /// Tries every URL of a mail in every way.
    async fn scan(&mut self, mail: &Mail, service: &str) {
        let mut urls = mail.links();
        urls.extend(mail.html_links());
        assert!(urls.len() >= 3, "{urls:?}");
        for url in urls.iter().filter(|url| url.starts_with(service)) {
            let head = self.visitor.send(Method::HEAD, url, &[]).await;
            assert_eq!(head.text, "");
            let page = self.visitor.open(url).await;
            assert_eq!(page.status, 200, "{}", page.text);
            self.look_around(page, service).await;
            let posted = self.visitor.send(Method::POST, url, &[]).await;
            assert_eq!(posted.status, 405);
            for method in [Method::PUT, Method::DELETE, Method::OPTIONS] {
                self.visitor.send(method, url, &[]).await;
            }
        }
    }

    /// Presses every button of a page and follows every link, and does the same with the pages that come.
    async fn look_around(&mut self, page: Reply, service: &str) {
        let mut pages = vec![page];
        while let Some(page) = pages.pop() {
            for form in page.forms() {
                for button in 0..form.buttons() {
                    self.pressed += 1;
                    let sent = self.visitor.press(&form, button).await;
                    let leads_away = sent
                        .location()
                        .is_some_and(|url| !url.as_str().starts_with(service));
                    self.at_provider += usize::from(leads_away);
                    let page = self.visitor.follow(sent).await;
                    self.queue(page, service, &mut pages);
                }
            }
            for link in page.own_links() {
                if self.seen.insert(link.clone()) {
                    let page = self.visitor.open(&link).await;
                    self.queue(page, service, &mut pages);
                }
            }
        }
    }

    /// Pages of others are looked at, but nobody signs in there.
    fn queue(&mut self, page: Reply, service: &str, pages: &mut Vec<Reply>) {
        if page.url.as_str().starts_with(service) && self.seen.insert(format!("page {}", page.url)) {
            pages.push(page);
        }
    }
}

async fn a_scanner_that_presses_everything_binds_nothing(site: Site) {
    let (stage, open_id) = Stage::with_open_id(site).await;
    let ada = stage.invite_ada().await;
    let mail = stage.mail_with(&ada.link).await;
    // Some keep their cookies from visit to visit, some do not. All of them together begin fewer sign-ins than one address
    // may in a minute, for the person comes from there too.
    let mut keeper = Scanner::default();
    for _ in 0..2 {
        keeper.seen.clear();
        keeper.scan(&mail, &stage.url("")).await;
        let mut fresh = Scanner::default();
        fresh.scan(&mail, &stage.url("")).await;
        assert!(fresh.at_provider > 0, "{fresh:?}");
        assert_eq!(fresh.visitor.cookie("127.0.0.1", "symbolon-session"), None);
    }
    assert!(keeper.pressed > 9 && keeper.at_provider >= 4, "{keeper:?}");
    assert_eq!(keeper.visitor.cookie("127.0.0.1", "symbolon-session"), None);
    is_as_good_as_new(&stage, &open_id, &ada).await;
}

async fn a_scanner_that_runs_scripts_binds_nothing(site: Site) {
    let (stage, open_id) = Stage::with_open_id(site).await;
    let ada = stage.invite_ada().await;
    let mail = stage.mail_with(&ada.link).await;
    let scanner = Person::new().await;
    for link in mail.html_links() {
        scanner.goto(&link).await;
        scanner.sees("Your badge is ready, Ada").await;
        // It scrolls and clicks wherever there is something to click at, then at the button.
        let click =
            "for (const button of document.querySelectorAll('a[href^=\"#\"], summary')) button.click();
            window.scrollTo(0, document.body.scrollHeight)";
        scanner.execute(click).await;
        scanner.click(Person::CONNECT).await;
        let is_provider = |url: &Url| url.as_str().starts_with(open_id.issuer());
        scanner.wait_for_url("the provider", is_provider).await;
        assert_eq!(scanner.text("h1").await, "Choose an account");
        // A script that fetches what it finds brings it no further.
        scanner.goto(&link).await;
        let fetch = "return fetch(location.href, { method: 'POST' }).then(() => 'sent', () => 'refused')";
        assert_eq!(
            scanner.execute(fetch).await,
            "refused",
            "the policy has no connect-src"
        );
    }
    assert!(!scanner.has_session().await);
    is_as_good_as_new(&stage, &open_id, &ada).await;
}
