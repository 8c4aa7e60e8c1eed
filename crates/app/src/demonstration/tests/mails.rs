//! The mail catcher's pages: what they show, and that no mail can be more on them than a text.

use std::{net::SocketAddr, sync::Arc};

use symbolon_domain::{
    organization::{Organization, RevealPolicy},
    port::{Ports, clock::Clock},
    recipient::Locale,
    service::{
        caller::Authority,
        create_organization::CreateOrganization,
        create_template::CreateTemplate,
        deliver_mail::{DeliverMail, Delivery},
        issue_credentials::{CredentialWish, ExpiryWish, IssueCredentials},
    },
    template::TemplateKind,
    text::{MailAddress, OrganizationName, PersonName, TemplateName},
};
use symbolon_http::PublicUrl;
use symbolon_mail::{Catcher, Letterhead};
use symbolon_storage_memory::MemoryStore;
use symbolon_vault::{KeyRing, RingVault, SystemEntropy};

use super::{
    super::{serve_mails, server::Server},
    listener,
    visit::{ask, get},
};
use crate::clock::SystemClock;

const SERVICE: &str = "http://127.0.0.1:8080";

struct Bench {
    ports: Ports,
    catcher: Catcher,
    server: Server,
    address: SocketAddr,
}

impl Bench {
    fn start() -> Self {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let entropy = Arc::new(SystemEntropy::new());
        let ring = KeyRing::generate(entropy.as_ref(), clock.now()).unwrap();
        let vault = Arc::new(RingVault::new(&ring));
        let ports = Ports::over(Arc::new(MemoryStore::new()), clock.clone(), entropy, vault);
        let service = PublicUrl::parse(SERVICE).unwrap();
        let sender = MailAddress::parse("symbolon@example.org").unwrap();
        let catcher = Catcher::new(Letterhead::new(sender, &service.at("")), clock.clone());
        let (listener, address) = listener();
        Self {
            ports,
            server: serve_mails(listener, catcher.clone(), clock, service).unwrap(),
            catcher,
            address,
        }
    }

    /// Lets a certificate of this title be mailed to Ada, and returns the path of the mail.
    async fn mail(&self, title: &str) -> String {
        let organization = self.organization().await;
        let create = CreateTemplate {
            authority: Authority::Operator(&organization),
            kind: TemplateKind::Certificate,
            name: TemplateName::parse(title).unwrap(),
            description: None,
            validity: None,
        };
        let template = create.run(&self.ports).await.unwrap().unwrap();
        let wish = CredentialWish {
            template: template.id,
            mail: MailAddress::parse("ada@example.org").unwrap(),
            first_name: PersonName::parse("Ada <b>").unwrap(),
            last_name: None,
            issued_at: None,
            expiry: ExpiryWish::Template,
            locale: Locale::English,
            external_id: None,
            is_test: false,
            suppress_mail: false,
        };
        let issue = IssueCredentials {
            authority: Authority::Operator(&organization),
            wishes: vec![wish],
            request: None,
        };
        issue.run(&self.ports).await.unwrap();
        let deliver = DeliverMail {
            mailer: &self.catcher,
        };
        assert_eq!(deliver.run(&self.ports).await.unwrap(), Delivery::Sent);
        format!("/mails/{}", self.catcher.list()[0].mail.mail)
    }

    async fn organization(&self) -> Organization {
        let create = CreateOrganization {
            name: OrganizationName::parse("Analytical Engines").unwrap(),
            contact: MailAddress::parse("office@example.org").unwrap(),
            url: None,
            reveal_policy: RevealPolicy::Always,
        };
        create.run(&self.ports).await.unwrap()
    }
}

#[tokio::test]
async fn mails_are_listed_newest_first() {
    let bench = Bench::start();
    let none = get(bench.address, "/").await;
    assert!(none.body.contains("No mail has arrived yet"));
    let first = bench.mail("Engines").await;
    let second = bench.mail("Looms").await;
    let list = get(bench.address, "/").await.body;
    let place = |text: &str| list.find(text).unwrap_or_else(|| panic!("{text} in {list}"));
    assert!(place(&second) < place(&first));
    assert!(place("http-equiv=\"refresh\" content=\"5\"") > 0);
    assert!(list.contains("Mail catcher of the demonstration"));
    let newest = get(bench.address, "/newest.txt").await.body;
    assert!(newest.contains("To: Ada <b> <ada@example.org>"), "{newest}");
    assert!(newest.contains("Looms") && newest.contains(&format!("{SERVICE}/r/symrec_")));
    let hers = get(bench.address, "/newest.txt?to=ada@example.org").await.body;
    assert_eq!(hers, newest);
    bench.server.stop().await;
}

#[tokio::test]
async fn a_mail_on_its_way_is_waited_for() {
    let bench = Bench::start();
    let (newest, _) = tokio::join!(
        get(bench.address, "/newest.txt?to=ada@example.org"),
        bench.mail("Engines")
    );
    assert!(newest.body.contains("Engines"), "{}", newest.body);
}

#[tokio::test]
async fn a_mail_has_its_link_and_a_frame_of_its_own() {
    let bench = Bench::start();
    let path = bench.mail("Engines").await;
    let page = get(bench.address, &path).await;
    assert!(
        page.body.contains(&format!("href=\"{SERVICE}/r/symrec_")),
        "{}",
        page.body
    );
    assert!(page.body.contains(&format!("src=\"{path}/body\"")));
    assert!(
        page.body
            .contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\"")
    );
    let policy = page.header("content-security-policy");
    assert!(policy.contains("frame-src 'self'") && policy.contains("default-src 'none'"));

    let body = get(bench.address, &format!("{path}/body")).await;
    let policy = body.header("content-security-policy");
    assert!(
        policy.contains("sandbox allow-popups") && !policy.contains("script"),
        "{policy}"
    );
    assert!(policy.contains("frame-ancestors 'self'"));
    assert!(body.body.contains("target=\"_blank\""));
}

#[tokio::test]
async fn hostile_mails_are_texts() {
    let bench = Bench::start();
    let path = bench
        .mail("</title><script>alert(1)</script>\"'&<img src=x>")
        .await;
    for page in ["/", path.as_str(), &format!("{path}/body")] {
        let html = get(bench.address, page).await.body;
        assert!(
            !html.contains("<script") && !html.contains("<img"),
            "{page}: {html}"
        );
        assert!(!html.contains("Ada <b>"), "{page}: {html}");
    }
}

#[tokio::test]
async fn what_is_no_mail_is_not_found() {
    let bench = Bench::start();
    for path in [
        "/mails/x",
        "/mails/01936d2a-0000-7000-8000-000000000001",
        "/mails/x/body",
    ] {
        let answer = get(bench.address, path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.body.contains("No such mail"));
    }
}

#[tokio::test]
async fn pages_from_elsewhere_read_no_mail() {
    let bench = Bench::start();
    bench.mail("Engines").await;
    let port = bench.address.port();
    for host in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        String::new(),
    ] {
        let answer = ask(bench.address, &host, "GET", "/newest.txt", "").await;
        assert!([400, 421].contains(&answer.status), "{host:?}: {}", answer.status);
        assert!(!answer.body.contains("symrec_"));
    }
    let named = ask(
        bench.address,
        &format!("localhost:{port}"),
        "GET",
        "/newest.txt",
        "",
    )
    .await;
    assert_eq!(named.status, 200);
}
