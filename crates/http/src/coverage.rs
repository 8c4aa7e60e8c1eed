//! Every endpoint, tried by everybody who must not get in: the status is as written, and nothing changes.
//!
//! The endpoints are those of [`ENDPOINTS`](crate::api::ENDPOINTS); one that is added there is tried here.

use actix_web::{http::Method, test::TestRequest};
use serde_json::json;
use symbolon_domain::{
    access_token::Dossier,
    activity::ActivityEntry,
    authorization_token::AuthorizationToken,
    page::PageRequest,
    permissions::{Permission, Permissions},
    port::recipients::{RecipientFilter, RecipientOrder},
    service::create_token::LifeRequest,
    template::Template,
};

use crate::{
    api::{ENDPOINTS, Endpoint},
    test_app::{Answer, Badge, Key, TestApp, unknown_value},
    test_person::Person,
};

const DAY: i64 = 86_400_000;

/// What an endpoint says to one kind of caller.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Outcome {
    Refused(u16, &'static str),
    Served,
}

const UNAUTHORIZED: Outcome = Outcome::Refused(401, "unauthorized");
const REVOKED: Outcome = Outcome::Refused(401, "token_revoked");
const LACKING: Outcome = Outcome::Refused(403, "permission_lacking");
const NOT_FOUND: Outcome = Outcome::Refused(404, "not_found");

/// The organization whose paths are tried, and everybody who tries.
struct Scene {
    app: TestApp,
    victim: Key,
    callers: Vec<(&'static str, Option<Key>)>,
    /// A template on which the badge is issued.
    template: String,
    /// Another without badges, which may be deleted.
    unused: String,
    /// A badge that was claimed.
    badge: Badge,
}

/// Everything that is kept.
type Kept = (
    Vec<AuthorizationToken>,
    Vec<Template>,
    Vec<Dossier>,
    Vec<ActivityEntry>,
);

impl Scene {
    async fn set() -> Self {
        let app = TestApp::start().await;
        let victim = app.organization("Acclaim").await;
        let owner = app.owner(&victim).await;
        let expired = app.token(&owner, Permissions::ALL, LifeRequest::Days(1)).await;
        let rotated = app.sibling(&victim, Permissions::ALL).await;
        app.rotate(&rotated).await.expect(200);
        let revoked = app.sibling(&victim, Permissions::ALL).await;
        app.delete(&victim.tokens(&format!("/{}", revoked.id)), &victim)
            .await
            .expect(204);
        let foreign = app.organization("Foreign").await;
        let cancelled = app.organization("Cancelled").await;
        app.cancel(cancelled.organization).await;
        let only = |permission| app.sibling(&victim, Permissions::NONE.with(permission));
        let callers = vec![
            ("nobody", None),
            (
                "unknown",
                Some(Key {
                    value: unknown_value(),
                    ..victim.clone()
                }),
            ),
            (
                "malformed",
                Some(Key {
                    value: "HTdauSjqXyes5LbxLO5GZw".to_owned(),
                    ..victim.clone()
                }),
            ),
            ("expired", Some(expired)),
            ("rotated", Some(rotated)),
            ("revoked", Some(revoked)),
            ("foreign", Some(foreign)),
            ("cancelled", Some(cancelled)),
            ("reader", Some(only(Permission::Read).await)),
            ("writer", Some(only(Permission::Write).await)),
            ("deleter", Some(only(Permission::Delete).await)),
        ];
        app.advance(DAY);
        let template = app.template(&victim, "Engines").await;
        let unused = app.template(&victim, "Unused").await;
        let badge = app.badge(&victim, &template, "ada@example.org").await;
        Person::new(&app).connect(&badge.link, "ada").await.expect(200);
        Self {
            app,
            victim,
            callers,
            template,
            unused,
            badge,
        }
    }

    /// A body that the endpoint takes from those who may send it.
    fn body(&self, endpoint: &Endpoint) -> serde_json::Value {
        match (endpoint.method, endpoint.path.rsplit('/').next().unwrap()) {
            ("POST", "badge_templates") => json!({ "name": "Another" }),
            ("POST", "badges") => json!({
                "badge_template_id": self.template,
                "recipient_email": "grace@example.org",
                "issued_to_first_name": "Grace",
            }),
            ("POST", "batch") => json!({ "badges": [] }),
            _ => json!({}),
        }
    }

    async fn send(&self, endpoint: &Endpoint, key: Option<&Key>, slash: &str) -> Answer {
        let path = endpoint
            .path
            .replace("{organization_id}", &self.victim.organization.to_string())
            .replace("{token_id}", &self.victim.id.to_string())
            .replace("{template_id}", &self.unused)
            .replace("{badge_id}", &self.badge.id);
        let mut request = TestRequest::default()
            .method(Method::from_bytes(endpoint.method.as_bytes()).unwrap())
            .uri(&format!("{path}{slash}"));
        if endpoint.method != "GET" {
            request = request.set_json(self.body(endpoint));
        }
        if let Some(key) = key {
            request = request.insert_header(("Authorization", key.basic()));
        }
        self.app.send(request).await
    }

    /// Everything that is kept, but for what is recorded about the tokens that were tried.
    async fn kept(&self) -> Kept {
        let tokens = self
            .app
            .kept(self.victim.organization)
            .await
            .into_iter()
            .map(|token| AuthorizationToken {
                reuse_count: 0,
                announce_at: None,
                expiry_seen_at: None,
                ..token
            });
        let mut log = self.app.activity(self.victim.organization).await;
        log.retain(|entry| entry.action.name() != "token.reuse_detected");
        let (organization, page) = (self.victim.organization, PageRequest::new(1, 100));
        let ports = &self.app.ports;
        let templates = ports.templates.list(organization, page).await.unwrap().items;
        let (filter, order) = (RecipientFilter::default(), RecipientOrder::default());
        let recipients = ports.recipients.list(organization, &filter, order, page).await;
        (tokens.collect(), templates, recipients.unwrap().items, log)
    }
}

fn expected(endpoint: &Endpoint, caller: &str) -> Outcome {
    let holds = |permission: Permission| {
        if endpoint.permission.is_none_or(|needed| needed == permission) {
            Outcome::Served
        } else {
            LACKING
        }
    };
    match caller {
        "nobody" | "unknown" | "malformed" | "cancelled" => UNAUTHORIZED,
        "expired" => Outcome::Refused(401, "token_expired"),
        "rotated" | "revoked" => REVOKED,
        // The list of organizations has no organization in its path: everybody sees their own.
        "foreign" if !endpoint.path.contains("{organization_id}") => Outcome::Served,
        "foreign" => NOT_FOUND,
        // What one-permission tokens may ask for, they still may not see a token that can do more.
        "reader" | "writer" | "deleter"
            if endpoint.path.ends_with("{token_id}") && holds(permission_of(caller)) == Outcome::Served =>
        {
            NOT_FOUND
        }
        _ => holds(permission_of(caller)),
    }
}

fn permission_of(caller: &str) -> Permission {
    match caller {
        "reader" => Permission::Read,
        "writer" => Permission::Write,
        "deleter" => Permission::Delete,
        other => panic!("{other} holds no single permission"),
    }
}

#[actix_web::test]
async fn every_endpoint_refuses_everybody_it_must_and_changes_nothing() {
    for endpoint in ENDPOINTS {
        let scene = Scene::set().await;
        for (name, key) in &scene.callers {
            let what = format!("{} {} by {name}", endpoint.method, endpoint.path);
            let outcome = expected(endpoint, name);
            let before = scene.kept().await;
            for slash in ["", "/"] {
                if outcome == Outcome::Served && slash == "/" {
                    continue;
                }
                let answer = scene.send(endpoint, key.as_ref(), slash).await;
                match outcome {
                    Outcome::Refused(status, code) => {
                        assert_eq!((answer.status, answer.code()), (status, code), "{what}");
                        assert_eq!(scene.kept().await, before, "{what} changed something");
                        assert_eq!(
                            answer.header("www-authenticate").is_some(),
                            status == 401,
                            "{what}"
                        );
                    }
                    Outcome::Served => {
                        assert!((200..300).contains(&answer.status), "{what}: {}", answer.text);
                    }
                }
            }
        }
    }
}

#[actix_web::test]
async fn every_answer_has_the_headers_of_the_policy() {
    let scene = Scene::set().await;
    let mut answers = Vec::new();
    for endpoint in ENDPOINTS {
        answers.push(scene.send(endpoint, None, "").await);
        answers.push(scene.send(endpoint, Some(&scene.victim), "").await);
    }
    for path in ["/nowhere", "/livez", "/readyz", "/v1", "/v1/organizations/x/y/z"] {
        answers.push(scene.app.send(TestRequest::get().uri(path)).await);
    }
    answers.push(scene.app.send(TestRequest::put().uri("/v1/organizations")).await);
    for answer in answers {
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            (
                "content-security-policy",
                "default-src 'none'; frame-ancestors 'none'",
            ),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{name}");
        }
        assert!(answer.header("permissions-policy").is_some());
        assert_eq!(answer.header("x-request-id").map(str::len), Some(36));
        assert_eq!(answer.header("server"), None);
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
}

#[actix_web::test]
async fn every_authenticated_answer_tells_when_the_token_ends() {
    let scene = Scene::set().await;
    for endpoint in ENDPOINTS {
        for (name, key) in &scene.callers {
            let outcome = expected(endpoint, name);
            let answer = scene.send(endpoint, key.as_ref(), "").await;
            let authenticated = !matches!(outcome, Outcome::Refused(401, _)) && answer.status != 401;
            assert_eq!(
                answer.header("token-expires-at").is_some(),
                authenticated,
                "{} {} by {name}: {}",
                endpoint.method,
                endpoint.path,
                answer.status
            );
        }
    }
}
