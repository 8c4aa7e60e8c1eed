//! The whole application over the store in memory, with a clock that tests set, and one method per act of a user.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use actix_web::{
    body::to_bytes,
    dev::Service as _,
    http::header::HeaderMap,
    test::{self, TestRequest},
    web::Data,
};
use base64::Engine as _;
use symbolon_domain::{
    activity::{ActivityEntry, Attribution},
    authorization_token::{AuthorizationToken, TokenFilter, TokenStates},
    id::{AuthorizationTokenId, OrganizationId},
    organization::{Organization, RevealPolicy},
    page::PageRequest,
    permissions::Permissions,
    port::{Ports, clock::Clock, outbox::Attempt},
    secret::TokenSecret,
    service::{
        caller::Authority,
        change_organization::{Change, ChangeOrganization},
        create_organization::CreateOrganization,
        create_token::{CreateToken, LifeRequest, MadeToken},
    },
    text::{Description, MailAddress, OrganizationName},
    time::Timestamp,
};
use symbolon_identity::{Argon2Passwords, PasswordCost, Totp};
use symbolon_storage_memory::MemoryStore;
use symbolon_vault::{KeyRing, RingVault, SystemEntropy};

use crate::{PublicUrl, State, metrics::Metrics, server::application, test_provider::TestProvider};

/// 2027-01-15T08:00:00Z.
const START: i64 = 1_800_000_000_000;

/// A clock that tests set.
pub(crate) struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// A token that a test holds.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) organization: OrganizationId,
    pub(crate) id: AuthorizationTokenId,
    pub(crate) value: String,
}

impl Key {
    /// The token in the form that curl sends.
    pub(crate) fn basic(&self) -> String {
        format!(
            "Basic {}",
            base64::prelude::BASE64_STANDARD.encode(format!("{}:", self.value))
        )
    }

    /// The path of the organization's tokens, with something after it.
    pub(crate) fn tokens(&self, rest: &str) -> String {
        format!(
            "/v1/organizations/{}/authorization_tokens{rest}",
            self.organization
        )
    }

    /// The path of something of the organization's.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/v1/organizations/{}{rest}", self.organization)
    }

    /// The key that an answer hands over.
    pub(crate) fn of(&self, answer: &Answer) -> Self {
        let data = &answer.json["data"];
        Self {
            organization: self.organization,
            id: AuthorizationTokenId::parse(data["id"].as_str().unwrap()).unwrap(),
            value: data["token"].as_str().unwrap().to_owned(),
        }
    }
}

/// A badge that a test has issued.
#[derive(Debug, Clone)]
pub(crate) struct Badge {
    pub(crate) id: String,
    /// The path of its link.
    pub(crate) link: String,
}

impl Badge {
    /// The badge that an answer hands over.
    pub(crate) fn of(answer: &Answer) -> Self {
        let data = &answer.json["data"];
        let link = data["accept_badge_url"].as_str().unwrap();
        Self {
            id: data["id"].as_str().unwrap().to_owned(),
            link: link
                .strip_prefix("https://tokens.example.org")
                .unwrap()
                .to_owned(),
        }
    }

    /// The path of the badge in the API.
    pub(crate) fn path(&self, key: &Key, rest: &str) -> String {
        key.path(&format!("/badges/{}{rest}", self.id))
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) json: serde_json::Value,
    /// Whether the body came to its end.
    pub(crate) is_whole: bool,
}

impl Answer {
    pub(crate) fn expect(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    pub(crate) fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

type Answering = Pin<Box<dyn Future<Output = Answer>>>;

pub(crate) struct TestApp {
    pub(crate) ports: Ports,
    pub(crate) state: State,
    pub(crate) provider: Arc<TestProvider>,
    clock: Arc<TestClock>,
    answer: Box<dyn Fn(TestRequest) -> Answering>,
}

impl TestApp {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// The application, over ports that a test changes first.
    pub(crate) async fn start_with(change: impl FnOnce(&mut State)) -> Self {
        let store = MemoryStore::new();
        let clock = Arc::new(TestClock(AtomicI64::new(START)));
        let entropy = Arc::new(SystemEntropy::new());
        let ring = KeyRing::generate(entropy.as_ref(), clock.now()).unwrap();
        let vault = Arc::new(RingVault::new(&ring));
        let ports = Ports::over(Arc::new(store.clone()), clock.clone(), entropy, vault);
        let provider = Arc::new(TestProvider::default());
        let mut state = State {
            ports: ports.clone(),
            readiness: Arc::new(store.clone()),
            public_url: PublicUrl::parse("https://tokens.example.org").unwrap(),
            sign_in: provider.clone(),
            passwords: Arc::new(Argon2Passwords::with_cost(cheap()).unwrap()),
            codes: Arc::new(Totp),
            sends_mail: true,
            rates: Arc::default(),
            studio: Arc::default(),
            trusted_proxies: Vec::new(),
            stopping: Arc::default(),
        };
        change(&mut state);
        let application = application(Data::new(state.clone()), &Metrics::new().unwrap());
        let service = std::rc::Rc::new(test::init_service(application).await);
        let answer = move |request: TestRequest| -> Answering {
            let service = service.clone();
            Box::pin(async move {
                let response = service.call(request.to_request()).await.unwrap();
                let (status, headers) = (response.status().as_u16(), response.headers().clone());
                let body = to_bytes(response.into_body()).await;
                let is_whole = body.is_ok();
                let body = body.unwrap_or_default();
                let text = String::from_utf8_lossy(&body).into_owned();
                let json = serde_json::from_str(&text).unwrap_or_default();
                Answer {
                    status,
                    headers,
                    text,
                    json,
                    is_whole,
                }
            })
        };
        Self {
            ports,
            state,
            provider,
            clock,
            answer: Box::new(answer),
        }
    }

    /// Has all mail that is due sent.
    pub(crate) async fn empty_outbox(&self) {
        let (outbox, now) = (&self.ports.outbox, self.now());
        while let Some((mail, _)) = outbox.take_due(now, now.plus_seconds(30)).await.unwrap() {
            let sent = Attempt::Sent { at: now };
            outbox.settle(mail.id, &sent).await.unwrap();
        }
    }

    pub(crate) fn advance(&self, millis: i64) {
        self.clock.0.fetch_add(millis, Ordering::SeqCst);
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Makes an organization, and a first token with all permissions.
    pub(crate) async fn organization(&self, name: &str) -> Key {
        let organization = self.bare_organization(name, RevealPolicy::Always).await;
        self.token(&organization, Permissions::ALL, LifeRequest::Default)
            .await
    }

    pub(crate) async fn bare_organization(&self, name: &str, reveal_policy: RevealPolicy) -> Organization {
        let request = CreateOrganization {
            name: OrganizationName::parse(name).unwrap(),
            contact: MailAddress::parse("ada@example.org").unwrap(),
            url: None,
            reveal_policy,
        };
        request.run(&self.ports).await.unwrap()
    }

    pub(crate) async fn token(
        &self,
        organization: &Organization,
        permissions: Permissions,
        life: LifeRequest,
    ) -> Key {
        let MadeToken { made, secret, .. } = CreateToken {
            authority: Authority::Operator(organization),
            description: Some(Description::parse("A token for tests").unwrap()),
            permissions: Some(permissions),
            life,
            request: None,
        }
        .run(&self.ports)
        .await
        .unwrap();
        Key {
            organization: organization.id,
            id: made.token.id,
            value: secret.expose().to_owned(),
        }
    }

    pub(crate) async fn cancel(&self, id: OrganizationId) {
        ChangeOrganization {
            id,
            change: Change::Cancel,
            by: Attribution::operator(),
        }
        .run(&self.ports)
        .await
        .unwrap();
    }

    pub(crate) async fn owner(&self, key: &Key) -> Organization {
        self.ports
            .organizations
            .find(key.organization)
            .await
            .unwrap()
            .unwrap()
    }

    /// Makes another token of the same organization, with fewer permissions.
    pub(crate) async fn sibling(&self, key: &Key, permissions: Permissions) -> Key {
        self.token(&self.owner(key).await, permissions, LifeRequest::Default)
            .await
    }

    pub(crate) async fn send(&self, request: TestRequest) -> Answer {
        (self.answer)(request).await
    }

    pub(crate) async fn get(&self, path: &str, key: &Key) -> Answer {
        self.send(
            TestRequest::get()
                .uri(path)
                .insert_header(("Authorization", key.basic())),
        )
        .await
    }

    pub(crate) async fn post(&self, path: &str, key: &Key, body: serde_json::Value) -> Answer {
        self.send(with_body(TestRequest::post(), path, key, &body)).await
    }

    pub(crate) async fn patch(&self, path: &str, key: &Key, body: serde_json::Value) -> Answer {
        self.send(with_body(TestRequest::patch(), path, key, &body)).await
    }

    pub(crate) async fn put(&self, path: &str, key: &Key, body: serde_json::Value) -> Answer {
        self.send(with_body(TestRequest::put(), path, key, &body)).await
    }

    pub(crate) async fn delete(&self, path: &str, key: &Key) -> Answer {
        self.send(
            TestRequest::delete()
                .uri(path)
                .insert_header(("Authorization", key.basic())),
        )
        .await
    }

    /// Makes a template, and says its id.
    pub(crate) async fn template(&self, key: &Key, name: &str) -> String {
        let body = serde_json::json!({ "name": name, "kind": "certificate" });
        let answer = self.post(&key.path("/badge_templates"), key, body).await;
        answer.expect(201);
        answer.json["data"]["id"].as_str().unwrap().to_owned()
    }

    /// Issues a badge to somebody of this address.
    pub(crate) async fn badge(&self, key: &Key, template: &str, mail: &str) -> Badge {
        let body = serde_json::json!({
            "badge_template_id": template, "recipient_email": mail,
            "issued_to_first_name": "Ada", "issued_to_last_name": "Lovelace",
        });
        let answer = self.post(&key.path("/badges"), key, body).await;
        Badge::of(answer.expect(201))
    }

    pub(crate) async fn rotate(&self, key: &Key) -> Answer {
        self.post(&key.tokens("/rotate"), key, serde_json::json!({}))
            .await
    }

    /// A POST that names itself.
    pub(crate) async fn post_named(
        &self,
        path: &str,
        key: &Key,
        name: &str,
        body: serde_json::Value,
    ) -> Answer {
        let request = with_body(TestRequest::post(), path, key, &body);
        self.send(request.insert_header(("Idempotency-Key", name))).await
    }

    /// Whether a request with this token is served.
    pub(crate) async fn is_served(&self, key: &Key) -> bool {
        self.get(&key.tokens("/current"), key).await.status == 200
    }

    /// Every token of the organization as it is kept, but for its last use.
    pub(crate) async fn kept(&self, organization: OrganizationId) -> Vec<AuthorizationToken> {
        let filter = TokenFilter {
            visible_to: Permissions::ALL,
            states: TokenStates::All,
        };
        let page = PageRequest::new(1, 100);
        let tokens = self
            .ports
            .tokens
            .list(organization, filter, page, self.now())
            .await
            .unwrap()
            .items;
        tokens
            .into_iter()
            .map(|token| AuthorizationToken {
                last_used_at: None,
                ..token
            })
            .collect()
    }

    /// The organization's activity log.
    pub(crate) async fn activity(&self, organization: OrganizationId) -> Vec<ActivityEntry> {
        self.ports
            .activity
            .list(organization, PageRequest::new(1, 100))
            .await
            .unwrap()
            .items
    }

    /// The names of what was done, in order.
    pub(crate) async fn actions(&self, organization: OrganizationId) -> Vec<&'static str> {
        self.activity(organization)
            .await
            .iter()
            .map(|entry| entry.action.name())
            .collect()
    }
}

/// Hashes that cost little: what is slow about passwords is tested where they are hashed.
fn cheap() -> PasswordCost {
    PasswordCost::new(64, 1).unwrap()
}

/// A well-formed value that nobody has.
pub(crate) fn unknown_value() -> String {
    TokenSecret::generate(&SystemEntropy::new())
        .unwrap()
        .expose()
        .to_owned()
}

fn with_body(request: TestRequest, path: &str, key: &Key, body: &serde_json::Value) -> TestRequest {
    request
        .uri(path)
        .insert_header(("Authorization", key.basic()))
        .insert_header(("Content-Type", "application/json"))
        .set_payload(body.to_string())
}
