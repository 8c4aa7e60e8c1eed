//! Everything that recipients meet: the service, a mail server, sign-in providers, and an issuer with its contact.

use std::net::TcpListener;

use serde_json::{Value, json};

use crate::{
    client::Key, issuer::Issuer, mail::Mail, open_id::OpenId, proxy::Proxy, service::Service, site::Site,
    smtp::SmtpServer, wait::until,
};

/// A service that mails and signs in.
#[derive(Debug)]
pub struct Stage {
    /// The service.
    pub service: Service,
    /// Where its mail goes.
    pub smtp: SmtpServer,
    /// The organization that issues.
    pub issuer: Issuer,
    /// Where browsers find the service.
    origin: String,
    /// Where the service lives. Last, for it must be gone before its site is.
    pub site: Site,
}

/// Somebody who was mailed a link.
#[derive(Debug, Clone)]
pub struct Recipient {
    /// The id of the recipient, which is also their credential's.
    pub id: String,
    /// Their mail address.
    pub mail: String,
    /// The link in their mail.
    pub link: String,
}

impl Stage {
    /// What people call the provider of [`with_open_id`](Self::with_open_id).
    pub const PROVIDER: &str = "Example ID";
    /// What the organization is called there.
    pub const ISSUER: &str = "Analytical Engines";
    /// The organization's contact.
    pub const CONTACT: &str = "registry@example.org";

    /// A stage with the provider that behaves.
    pub async fn with_open_id(site: Site) -> (Self, OpenId) {
        let open_id = OpenId::start().await;
        let stage = Self::set(site, Self::ISSUER, &[Self::example(&open_id)]).await;
        open_id.allow(&stage.callback("example")).await;
        (stage, open_id)
    }

    /// The same, where the way from the browsers to the service is in the hands of the test.
    pub async fn behind_a_proxy(site: Site) -> (Self, OpenId, Proxy) {
        let open_id = OpenId::start().await;
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let listen = free.expect("there is a free port").to_string();
        let proxy = Proxy::to(&listen);
        let origin = format!("http://{}", proxy.address());
        let serve = ["serve", "--listen", &listen, "--operations-listen", "127.0.0.1:0"];
        let arguments = [&serve[..], &["--public-url", &origin]].concat();
        let mut stage = Self::start(site, Self::ISSUER, &[Self::example(&open_id)], &arguments).await;
        stage.origin = origin;
        open_id.allow(&stage.callback("example")).await;
        (stage, open_id, proxy)
    }

    fn example(open_id: &OpenId) -> Value {
        Self::provider("example", Self::PROVIDER, open_id.issuer())
    }

    /// A provider as operators write it down.
    pub fn provider(id: &str, label: &str, issuer: &str) -> Value {
        json!({
            "id": id,
            "label": label,
            "issuer": issuer,
            "client_id": OpenId::CLIENT_ID,
            "client_secret": OpenId::CLIENT_SECRET,
        })
    }

    /// A stage with these providers, and an organization of this name.
    pub async fn set(site: Site, organization: &str, providers: &[Value]) -> Self {
        Self::start(site, organization, providers, Service::ANYWHERE).await
    }

    async fn start(site: Site, organization: &str, providers: &[Value], serve: &[&str]) -> Self {
        let contact = ["--contact", Self::CONTACT, "--url", "https://engines.example/"];
        let made = site.json(&[&["organizations", "create", organization], &contact[..]].concat());
        let smtp = SmtpServer::start().await;
        let server = format!("smtp://127.0.0.1:{}", smtp.port());
        let mail = ["--smtp", &server, "--mail-from", "tokens@example.org"];
        let mut command = site.command(&[serve, &mail].concat());
        command.env("SYMBOLON_SIGN_IN", json!(providers).to_string());
        let service = Service::start(command);
        Self {
            origin: format!("http://{}", service.address),
            issuer: Issuer::new(service.client(), Key::of(&made["authorization_token"])),
            service,
            smtp,
            site,
        }
    }

    /// The URL of a path of the service.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Where a provider sends browsers back.
    pub fn callback(&self, provider: &str) -> String {
        self.url(&format!("/sign-in/{provider}/callback"))
    }

    /// Issues a credential to Ada Lovelace, with further wishes, and waits for the mail.
    pub async fn invite(&self, template: &str, wishes: &Value) -> Recipient {
        let mut wish = json!({
            "badge_template_id": template,
            "recipient_email": "countess@example.org",
            "issued_to_first_name": "Ada",
            "issued_to_last_name": "Lovelace",
        });
        for (name, value) in wishes.as_object().into_iter().flatten() {
            wish[name] = value.clone();
        }
        let issued = self.issuer.issue(&wish).await;
        let data = &issued.expect(201).json["data"];
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let link = text(&data["accept_badge_url"]);
        self.mail_with(&link).await;
        Recipient {
            id: text(&data["id"]),
            mail: text(&data["recipient_email"]),
            link,
        }
    }

    /// Issues a badge to Ada Lovelace, and waits for the mail.
    pub async fn invite_ada(&self) -> Recipient {
        let template = self.issuer.badge_template("Programming").await;
        self.invite(&template, &Value::Null).await
    }

    /// The first mail that has this link, as soon as there is one.
    pub async fn mail_with(&self, link: &str) -> Mail {
        let has_link = |mail: &Mail| mail.links().iter().any(|found| found == link);
        let mut found = None;
        until(&format!("a mail with {link}"), async || {
            found = self.smtp.mails().await.into_iter().find(has_link);
            found.is_some()
        })
        .await;
        found.expect("it was waited for")
    }

    /// All mails to somebody, as soon as there are so many.
    pub async fn mails_to(&self, address: &str, count: usize) -> Vec<Mail> {
        let mut mails = Vec::new();
        until(&format!("{count} mails to {address}"), async || {
            mails = self.smtp.mails().await;
            mails.retain(|mail| mail.to == [address]);
            mails.len() >= count
        })
        .await;
        mails
    }
}
