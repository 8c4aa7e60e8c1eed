//! Everything that administrators meet: a service with mail and sign-in, and its dashboard in their browsers.

use std::{net::TcpListener, path::PathBuf};

use serde_json::{Value, json};

use crate::{
    browser::Spot, client::Key, issuer::Issuer, mail::Mail, open_id::OpenId, person::Person,
    service::Service, site::Site, smtp::SmtpServer, stage::Stage, wait::until,
};

/// A service that nobody administers at first. It can be ended and started again at the same address.
#[derive(Debug)]
pub struct Office {
    /// The service.
    pub service: Service,
    /// Where its mail goes.
    pub smtp: SmtpServer,
    /// Where recipients sign in.
    pub open_id: OpenId,
    listen: String,
    provider: Value,
    /// Where the service lives. Last, for it must be gone before its site is.
    pub site: Site,
}

impl Office {
    /// What the organization is called that is set up here.
    pub const ORGANIZATION: &str = "Analytical Engines";
    /// Its contact.
    pub const CONTACT: &str = "registry@example.org";
    /// Who sets it up: the name.
    pub const OWNER: &str = "Augusta Byron";
    /// Who sets it up: the mail address.
    pub const OWNER_MAIL: &str = "augusta@example.org";
    /// The password of everybody who works here.
    pub const PASSWORD: &str = "eleven brass gears turn";

    /// Starts everything.
    pub async fn open(site: Site) -> Self {
        Self::open_to(site, false).await
    }

    /// The same, where administrators may sign in at the provider too.
    pub async fn for_accounts(site: Site) -> Self {
        Self::open_to(site, true).await
    }

    async fn open_to(site: Site, administrators: bool) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let listen = free.expect("there is a free port").to_string();
        let (smtp, open_id) = (SmtpServer::start().await, OpenId::start().await);
        open_id
            .allow(&format!("http://{listen}/sign-in/example/callback"))
            .await;
        let mut provider = Stage::provider("example", Stage::PROVIDER, open_id.issuer());
        provider["administrators"] = json!(administrators);
        Self {
            service: started(&site, &listen, &smtp, &provider),
            smtp,
            open_id,
            listen,
            provider,
            site,
        }
    }

    /// The URL of a path of the service.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.listen)
    }

    /// `kill -9`, and another start at the same address.
    pub fn kill_and_start(&mut self) {
        self.service.kill();
        self.service = started(&self.site, &self.listen, &self.smtp, &self.provider);
    }

    /// The link that `serve` prints while nobody administers the service.
    pub fn set_up_link(&self) -> String {
        let line = self.service.stderr.wait_for("/dashboard/link/");
        line.trim().to_owned()
    }

    /// Somebody who sets up the organization in a browser of their own, and is its owner.
    pub async fn owner(&self) -> Person {
        let owner = Person::new().await;
        owner.goto(&self.set_up_link()).await;
        owner.sees("Welcome to Symbolon").await;
        self.set_up(&owner).await;
        owner.sees(Self::ORGANIZATION).await;
        owner
    }

    /// Fills in the form of the set-up, and sends it.
    pub async fn set_up(&self, owner: &Person) {
        owner
            .fill_in(&[
                ("Name of the organization", Self::ORGANIZATION),
                ("Contact", Self::CONTACT),
                ("Your name", Self::OWNER),
                ("Your mail address", Self::OWNER_MAIL),
                ("Password", Self::PASSWORD),
            ])
            .await;
        owner.click(Spot::Button("Set up and sign in")).await;
    }

    /// Somebody whom an owner invites, in a browser of their own, signed in.
    pub async fn colleague(&self, owner: &Person, name: &str, mail: &str, role: &str) -> Person {
        owner.goto(&self.url("/dashboard/settings/administrators")).await;
        owner.fill(Spot::Field("Mail address"), mail).await;
        owner.choose("#role", role).await;
        owner.click(Spot::Button("Invite")).await;
        let invitation = self.link_to(mail, "/dashboard/link/").await;
        let colleague = Person::new().await;
        colleague.goto(&invitation).await;
        colleague
            .fill_in(&[("Your name", name), ("Password", Self::PASSWORD)])
            .await;
        colleague.click(Spot::Button("Accept and sign in")).await;
        colleague.sees(Self::ORGANIZATION).await;
        colleague
    }

    /// Signs in with a password.
    pub async fn sign_in(&self, person: &Person, mail: &str) {
        person.goto(&self.url("/dashboard/sign-in")).await;
        person
            .fill_in(&[("Mail address", mail), ("Password", Self::PASSWORD)])
            .await;
        person.click(Spot::Button("Sign in")).await;
        person.sees(Self::ORGANIZATION).await;
    }

    /// Makes a template in the dashboard, and returns its id.
    pub async fn template(&self, administrator: &Person, kind: &str, name: &str) -> String {
        administrator.goto(&self.url("/dashboard/templates/new")).await;
        administrator.click(&*format!("#kind-{kind}")).await;
        administrator.fill(Spot::Field("Name"), name).await;
        administrator.click(Spot::Button("Create template")).await;
        administrator.sees(name).await;
        self.last_of(administrator).await
    }

    /// Adds a recipient in the dashboard, and returns their id and the link in their mail.
    pub async fn recipient(
        &self,
        administrator: &Person,
        template: &str,
        who: [&str; 3],
    ) -> (String, String) {
        let [first_name, last_name, mail] = who;
        let form = format!("/dashboard/recipients/new?template={template}");
        administrator.goto(&self.url(&form)).await;
        administrator
            .fill_in(&[
                ("First name", first_name),
                ("Last name (optional)", last_name),
                ("Mail address", mail),
            ])
            .await;
        administrator.click(Spot::Button("Add recipient")).await;
        administrator.sees(&format!("{first_name} {last_name}")).await;
        let id = self.last_of(administrator).await;
        (id, self.link_to(mail, "/r/").await)
    }

    /// The last part of the path of the page that somebody sees.
    async fn last_of(&self, person: &Person) -> String {
        let url = person.current_url().await;
        let last = url.path().rsplit('/').next();
        last.expect("a path has parts").to_owned()
    }

    /// The link of this kind in the latest mail to somebody that has one, as soon as there is one.
    pub async fn link_to(&self, mail: &str, path: &str) -> String {
        let start = self.url(path);
        let mut found = None;
        until(&format!("a mail to {mail} with {path}"), async || {
            if self.letters_to(mail).await > 0 {
                let mails = self.mails_to(mail).await;
                let mut links = mails.iter().flat_map(Mail::links);
                found = links.rfind(|link| link.starts_with(&start));
            }
            found.is_some()
        })
        .await;
        found.expect("it was waited for")
    }

    /// How many mails somebody has got so far: light, where there are many.
    pub async fn letters_to(&self, mail: &str) -> usize {
        let slips = self.smtp.slips().await;
        slips.iter().filter(|slip| slip.to == [mail]).count()
    }

    /// The mails to somebody so far.
    pub async fn mails_to(&self, mail: &str) -> Vec<Mail> {
        let mut mails = self.smtp.mails().await;
        mails.retain(|sent| sent.to == [mail]);
        mails
    }

    /// The organization as its programs see it, with a token that the operator makes.
    pub fn issuer(&self) -> Issuer {
        let organizations = self.site.json(&["organizations", "list"]);
        let id = organizations[0]["id"].as_str().expect("it is set up");
        let token = self
            .site
            .json(&["tokens", "create", "--organization", id, "--description", "Tests"]);
        Issuer::new(self.service.client(), Key::of(&token))
    }

    /// A file in the directory of the site.
    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.site.directory().join(name);
        std::fs::write(&path, bytes).expect("it can be written");
        path
    }
}

fn started(site: &Site, listen: &str, smtp: &SmtpServer, provider: &Value) -> Service {
    let public = format!("http://{listen}");
    let mut command = site.command(&[
        "serve",
        "--listen",
        listen,
        "--operations-listen",
        "127.0.0.1:0",
        "--public-url",
        &public,
        "--smtp",
        &smtp.url(),
        "--mail-from",
        "tokens@example.org",
    ]);
    command.env("SYMBOLON_SIGN_IN", json!([provider]).to_string());
    Service::start(command)
}
