//! An issuer, a mail server, and a service between them that may be started, killed and started again.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::{
    client::{Client, Key},
    issuer::Issuer,
    service::Service,
    site::Site,
    smtp::SmtpServer,
    stage::Recipient,
    wait::until,
};

/// What stays while services come and go.
#[derive(Debug)]
pub struct PostOffice {
    /// Where mail goes.
    pub smtp: SmtpServer,
    /// The issuer's token.
    pub key: Key,
    /// Where the services live.
    pub site: Site,
}

impl PostOffice {
    /// What mail comes from.
    pub const SENDER: &str = "tokens@example.org";
    /// Whom answers go to.
    pub const CONTACT: &str = "ada@example.org";

    /// One with an organization.
    pub async fn open(site: Site) -> Self {
        Self {
            smtp: SmtpServer::start().await,
            key: site.organization("Analytical Engines"),
            site,
        }
    }

    /// Starts a service that has no mail server: its mail waits.
    pub fn closed(&self) -> Service {
        self.site.serve()
    }

    /// Starts a service that sends mail.
    pub fn serving(&self) -> Service {
        self.serving_with(&["--smtp", &self.smtp.url()])
    }

    /// Starts a service that sends mail by these options.
    pub fn serving_with(&self, options: &[&str]) -> Service {
        self.site
            .serve_with(&[options, &["--mail-from", Self::SENDER]].concat())
    }

    /// What the issuer does at this service.
    pub fn issuer(&self, service: &Service) -> Issuer {
        self.issuer_with(service, self.key.clone())
    }

    /// What another issuer does at this service.
    pub fn issuer_with(&self, service: &Service, key: Key) -> Issuer {
        Issuer::new(service.client(), key)
    }

    /// A request to issue, which is not sent yet, for one that may stay without an answer.
    pub fn issuing(&self, client: &Client, template: &str, mail: &str) -> RequestBuilder {
        let path = format!("/v1/organizations/{}/badges", self.key.organization);
        client
            .with(&self.key, Method::POST, &path)
            .json(&wish(template, mail))
    }
}

impl Issuer {
    /// Issues to this address.
    pub async fn invite(&self, template: &str, mail: &str) -> Recipient {
        let issued = self.issue(&wish(template, mail)).await;
        Recipient::of(&issued.expect(201).json["data"])
    }

    /// Issues to up to 1,000 addresses in one request.
    pub async fn invite_all(&self, template: &str, mails: &[String]) -> Vec<Recipient> {
        let badges: Vec<Value> = mails.iter().map(|mail| wish(template, mail)).collect();
        let answer = self
            .ask(Method::POST, "/badges/batch", &json!({ "badges": badges }))
            .await;
        let results = answer.expect(200).json["data"].clone();
        let results = results.as_array().expect("a list").clone();
        assert_eq!(results.len(), mails.len());
        results
            .iter()
            .map(|result| {
                assert_eq!(result["status"], 201, "{result}");
                Recipient::of(&result["badge"])
            })
            .collect()
    }

    /// What became of the latest mail with a recipient's link.
    pub async fn mail_state(&self, id: &str) -> String {
        let state = self.recipient(id).await["email_state"].take();
        state.as_str().expect("a state is text").to_owned()
    }

    /// Returns as soon as that is so.
    pub async fn until_mail_is(&self, state: &str, id: &str) {
        let what = format!("the mail to {id} is {state}");
        until(&what, async || self.mail_state(id).await == state).await;
    }

    /// All recipients, page by page.
    pub async fn recipients(&self) -> Vec<Value> {
        let mut all = Vec::new();
        loop {
            let page = all.len() / 100 + 1;
            let path = format!("/badges?per=100&page={page}&sort=created_at");
            let answer = self.ask(Method::GET, &path, &Value::Null).await;
            let listed = answer.expect(200).json["data"].clone();
            let listed = listed.as_array().expect("a list").clone();
            let is_last = listed.len() < 100;
            all.extend(listed);
            if is_last {
                return all;
            }
        }
    }

    /// Returns as soon as no mail waits, and says how many are in each other state.
    pub async fn until_no_mail_waits(&self) -> std::collections::BTreeMap<String, usize> {
        let mut states = std::collections::BTreeMap::new();
        until("no mail waits", async || {
            states.clear();
            for recipient in self.recipients().await {
                let state = recipient["email_state"].as_str().unwrap_or("none").to_owned();
                *states.entry(state).or_default() += 1;
            }
            !states.contains_key("pending")
        })
        .await;
        states
    }
}

impl Recipient {
    /// The recipient in an answer that has their link.
    #[track_caller]
    pub fn of(badge: &Value) -> Self {
        let text = |field: &str| {
            let value = badge[field].as_str();
            value
                .unwrap_or_else(|| panic!("no {field} in {badge}"))
                .to_owned()
        };
        Self {
            id: text("id"),
            mail: text("recipient_email"),
            link: text("accept_badge_url"),
        }
    }

    /// The access token in their link.
    pub fn token(&self) -> &str {
        token_in(&self.link)
    }

    /// Their link, as a service at this address has it.
    pub fn link_at(&self, service: &Service) -> String {
        format!("http://{}/r/{}", service.address, self.token())
    }
}

/// The access token in a link.
pub fn token_in(link: &str) -> &str {
    let (_, token) = link.rsplit_once("/r/").expect("a link has a token");
    token
}

/// A credential for Ada Lovelace at this address.
pub fn wish(template: &str, mail: &str) -> Value {
    json!({
        "badge_template_id": template,
        "recipient_email": mail,
        "issued_to_first_name": "Ada",
        "issued_to_last_name": "Lovelace",
    })
}
