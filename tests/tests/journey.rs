//! What seed 002 tells: an organization lists, creates and rotates its tokens, with exactly the requests that the seed has.
#![cfg(test)]

use base64::{Engine as _, engine::general_purpose::STANDARD};
use insta::assert_json_snapshot;
use reqwest::Method;
use serde_json::{Value, json};
use symbolon_tests::{Answer, Client, Key, Site, on_both, try_send};

on_both!(
    the_answers_are_those_of_the_seed,
    an_organization_lives_with_its_tokens,
    all_forms_of_the_header_are_served,
    what_real_clients_send_is_understood,
    a_lost_rotation_is_answered_again,
    a_grace_is_an_overlap,
);

/// The keys of a token in the seed, and whether their values are texts or truth values.
const SEED_TEXTS: [&str; 6] = [
    "id",
    "token",
    "owner_id",
    "description",
    "created_at",
    "expires_at",
];
const SEED_FLAGS: [&str; 3] = ["write_enabled", "read_enabled", "delete_enabled"];
const SEED_OWNER: [&str; 3] = ["type", "id", "name"];

fn has_the_keys_of_the_seed(token: &Value) {
    for key in SEED_TEXTS {
        assert!(token[key].is_string(), "{key} in {token}");
    }
    for key in SEED_FLAGS {
        assert!(token[key].is_boolean(), "{key} in {token}");
    }
    for key in SEED_OWNER {
        assert!(token["owner"][key].is_string(), "owner.{key} in {token}");
    }
    assert_eq!(token["owner"]["type"], "Organization");
    assert_eq!(token["owner"]["id"], token["owner_id"]);
}

/// Replaces what differs from run to run by what it is, and fails where it is not that.
fn redacted(answer: &Answer) -> Value {
    let mut json = answer.json.clone();
    let tokens = match &mut json["data"] {
        Value::Array(tokens) => tokens.iter_mut().collect(),
        token => vec![token],
    };
    for token in tokens {
        let shape = |name: &str, value: &Value| {
            let text = value.as_str().unwrap_or_else(|| panic!("{name} is {value}"));
            let fits = match name {
                "token" => text.starts_with("symorg_") && text.len() == 43,
                "created_at" | "expires_at" => text.len() == 24 && text.ends_with('Z'),
                "url" => text.starts_with("http://127.0.0.1:") && text.contains("/v1/organizations/"),
                _ => text.len() == 36,
            };
            assert!(fits, "{name} is {text}");
            json!(format!("[{name}]"))
        };
        for name in ["id", "token", "owner_id", "created_at", "expires_at"] {
            token[name] = shape(name, &token[name]);
        }
        if token["rotated_from"].is_string() {
            token["rotated_from"] = shape("rotated_from", &token["rotated_from"]);
        }
        for name in ["id", "url"] {
            token["owner"][name] = shape(name, &token["owner"][name]);
        }
    }
    json
}

/// The seed's body, with its blank.
const DESCRIBED: &str = r#"{ "description": "rotating the token in 2024" }"#;

/// A POST as the seed's curl sends it.
async fn post(client: &Client, key: &Key, rest: &str, body: &'static str) -> Answer {
    let request = client
        .with(key, Method::POST, &key.tokens(rest))
        .header("Content-type", "application/json")
        .body(body);
    try_send(request).await.expect("the service answers")
}

async fn the_answers_are_those_of_the_seed(site: Site) {
    let key = site.organization("Acclaim");
    let service = site.serve();
    let client = service.client();

    let created = post(&client, &key, "", DESCRIBED).await;
    created.expect(201);
    has_the_keys_of_the_seed(&created.json["data"]);
    assert_json_snapshot!("create", redacted(&created));

    let list = client.list(&key).await;
    list.expect(200);
    for token in list.json["data"].as_array().expect("a list") {
        has_the_keys_of_the_seed(token);
    }
    let mut shown = redacted(&list);
    // When it was used last is written now and then.
    for token in shown["data"].as_array_mut().expect("a list") {
        token["last_used_at"] = json!("[last_used_at]");
    }
    assert_json_snapshot!("list", shown);

    let rotated = post(&client, &key, "/rotate", DESCRIBED).await;
    rotated.expect(200);
    has_the_keys_of_the_seed(&rotated.json["data"]);
    assert_eq!(rotated.json["data"]["rotated_from"], json!(key.id));
    assert_json_snapshot!("rotate", redacted(&rotated));
}

async fn an_organization_lives_with_its_tokens(site: Site) {
    let first = site.organization("Acclaim");
    let service = site.serve();
    let client = service.client();

    let second = client
        .create(&first, &json!({"description": "Nightly import"}))
        .await;
    let second = second.expect(201).key();
    assert!(client.is_served(&first).await && client.is_served(&second).await);
    let reader = client
        .create(&first, &json!({"write_enabled": false, "delete_enabled": false}))
        .await
        .key();
    let count = async |key| client.list(key).await.json["metadata"]["total_count"].clone();
    assert_eq!(count(&first).await, 3);
    assert_eq!(count(&reader).await, 1);
    client
        .create(&reader, &json!({}))
        .await
        .refused(403, "permission_lacking");

    let successor = client.rotate(&second).await.expect(200).key();
    client.current(&second).await.refused(401, "token_revoked");
    let kept = client.current(&successor).await;
    assert_eq!(kept.expect(200).json["data"]["description"], "Nightly import");
    assert_eq!(
        kept.header("token-expires-at"),
        kept.json["data"]["expires_at"].as_str()
    );

    client.delete(&first, &successor.id).await.expect(204);
    client.list(&successor).await.refused(401, "token_revoked");
    client.delete(&first, &first.id).await.expect(204);
    client.list(&first).await.refused(401, "token_revoked");
    assert_eq!(count(&reader).await, 1);
}

async fn all_forms_of_the_header_are_served(site: Site) {
    let key = site.organization("Acclaim");
    let service = site.serve();
    let client = service.client();
    let current = async |header: String| {
        let request = client
            .request(Method::GET, &key.tokens("/current"))
            .header("Authorization", header);
        try_send(request).await.expect("the service answers").status
    };
    let value = &key.value;
    for credentials in [
        format!("{value}:"),
        value.clone(),
        format!("{value}:''"),
        format!("{value}:password"),
    ] {
        let encoded = STANDARD.encode(&credentials);
        assert_eq!(current(format!("Basic {encoded}")).await, 200);
        assert_eq!(current(format!("basic {encoded}")).await, 200);
    }
    assert_eq!(current(format!("Bearer {value}")).await, 200);
    assert_eq!(current(format!("bearer {value}")).await, 200);
    assert_eq!(current(format!("Token {value}")).await, 401);
    assert_eq!(current(value.clone()).await, 401);
}

async fn what_real_clients_send_is_understood(site: Site) {
    let key = site.organization("Acclaim");
    let service = site.serve();
    let client = service.client();
    client.get(&key, &key.tokens("/")).await.expect(200);
    // Open edX: a slash at the end, a JSON type, and nothing in the body.
    post(&client, &key, "/", "").await.expect(201);
    post(&client, &key, "", "null").await.expect(201);
    post(&client, &key, "", r#"{"description": null, "no_such_key": [1]}"#)
        .await
        .expect(201);
    let successor = post(&client, &key, "/rotate/", "").await;
    let successor = successor.expect(200).key();
    assert!(!client.is_served(&key).await);
    // Clients check a key by asking for its organization.
    let path = format!("/v1/organizations/{}", successor.organization);
    let organization = client.get(&successor, &path).await;
    assert_eq!(organization.expect(200).json["data"]["name"], "Acclaim");
    client
        .list(&Key {
            organization: successor.id.clone(),
            ..successor
        })
        .await
        .refused(404, "not_found");
}

async fn a_lost_rotation_is_answered_again(site: Site) {
    let key = site.organization("Acclaim");
    let service = site.serve();
    let client = service.client();

    let lost = client.rotate_named(&key, "nightly-1").await.expect(200).key();
    client.rotate(&key).await.refused(401, "token_revoked");
    client
        .rotate_named(&key, "nightly-2")
        .await
        .refused(401, "token_revoked");
    let again = client.rotate_named(&key, "nightly-1").await;
    assert_eq!(again.expect(200).key(), lost);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));

    // Once the successor is used, its predecessor is good for nothing.
    assert!(client.is_served(&lost).await);
    client
        .rotate_named(&key, "nightly-1")
        .await
        .refused(401, "token_revoked");

    let create = async |body: Value| {
        let request = client
            .with(&lost, Method::POST, &lost.tokens(""))
            .header("Idempotency-Key", "create-1")
            .json(&body);
        try_send(request).await.expect("the service answers")
    };
    let made = create(json!({"description": "once"})).await;
    assert_eq!(
        create(json!({"description": "once"})).await.expect(201).key(),
        made.key()
    );
    create(json!({"description": "twice"}))
        .await
        .refused(422, "idempotency_key_taken");
    assert_eq!(client.list(&lost).await.json["metadata"]["total_count"], 2);
}

async fn a_grace_is_an_overlap(site: Site) {
    let key = site.organization("Acclaim");
    let service = site.serve();
    let client = service.client();
    let request = client
        .with(&key, Method::POST, &key.tokens("/rotate"))
        .json(&json!({"grace_seconds": 3600}));
    let successor = try_send(request).await.expect("the service answers");
    let successor = successor.expect(200).key();
    assert!(client.is_served(&key).await && client.is_served(&successor).await);
    client.rotate(&key).await.refused(409, "already_rotated");
    client.delete(&successor, &key.id).await.expect(204);
    client.current(&key).await.refused(401, "token_revoked");
    assert!(client.is_served(&successor).await);
}
