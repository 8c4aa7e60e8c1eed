//! Badges as programs meet them.

use actix_web::test::TestRequest;
use insta::assert_json_snapshot;
use serde_json::{Value, json};
use symbolon_domain::permissions::Permissions;

use crate::{
    test_app::{Answer, Badge, Key, TestApp},
    test_person::Person,
};

async fn scene() -> (TestApp, Key, String) {
    let app = TestApp::start().await;
    let key = app.organization("Analytical Engines").await;
    let template = app.template(&key, "Programming").await;
    (app, key, template)
}

fn wish(template: &str, mail: &str) -> Value {
    json!({ "badge_template_id": template, "recipient_email": mail, "issued_to_first_name": "Ada" })
}

async fn issue(app: &TestApp, key: &Key, body: Value) -> Answer {
    app.post(&key.path("/badges"), key, body).await
}

#[actix_web::test]
async fn an_issued_badge_has_the_shape_that_is_promised() {
    let (app, key, template) = scene().await;
    let body = json!({
        "badge_template_id": template, "recipient_email": "Ada@Example.org", "locale": "de-AT",
        "issued_to_first_name": "Ada", "issued_to_last_name": "Lovelace", "issuer_earner_id": "E-1",
        "issued_at": "2026-04-01 09:41:00 -0500", "expires_at": "2027-04-01", "unknown": { "ignored": true },
    });
    let answer = issue(&app, &key, body).await;
    answer.expect(201);
    assert_json_snapshot!(answer.json, {
        ".data.id" => "[id]",
        ".data.badge_template.id" => "[template]",
        ".data.access_token.id" => "[token]",
        ".data.accept_badge_url" => insta::dynamic_redaction(|value, _| {
            assert!(value.as_str().unwrap().starts_with("https://tokens.example.org/r/symrec_"));
            "[link]"
        }),
    });
    assert_eq!(
        app.actions(key.organization).await.last(),
        Some(&"credential.issued")
    );
}

#[actix_web::test]
async fn a_form_says_the_same_as_json() {
    let (app, key, template) = scene().await;
    let request = TestRequest::post()
        .uri(&key.path("/badges"))
        .insert_header(("Authorization", key.basic()))
        .insert_header(("Content-Type", "application/x-www-form-urlencoded"))
        .set_payload(format!(
            "badge_template_id={template}&recipient_email=a%2Bb%40example.org&issued_to_first_name=Ada+K.&expires_at=false"
        ));
    let answer = app.send(request).await;
    assert_eq!(
        answer.expect(201).json["data"]["recipient_email"],
        "a+b@example.org"
    );
    assert_eq!(answer.json["data"]["issued_to"], "Ada K.");
    assert_eq!(answer.json["data"]["expires_at"], Value::Null);
}

#[actix_web::test]
async fn the_template_says_how_long_unless_the_issue_does() {
    let app = TestApp::start().await;
    let key = app.organization("Analytical Engines").await;
    let body = json!({ "name": "Yearly", "valid_for_days": 365 });
    let made = app.post(&key.path("/badge_templates"), &key, body).await;
    let template = made.expect(201).json["data"]["id"].as_str().unwrap().to_owned();
    for (mail, expires_at, expected) in [
        ("a@example.org", Value::Null, json!("2027-04-01T00:00:00.000Z")),
        ("b@example.org", json!(false), Value::Null),
        (
            "c@example.org",
            json!("2026-05-01"),
            json!("2026-05-01T00:00:00.000Z"),
        ),
    ] {
        let mut body = wish(&template, mail);
        body["issued_at"] = json!("2026-04-01");
        body["expires_at"] = expires_at;
        let answer = issue(&app, &key, body).await;
        assert_eq!(answer.expect(201).json["data"]["expires_at"], expected, "{mail}");
    }
}

#[actix_web::test]
async fn the_same_address_again_is_refused_until_the_first_is_revoked() {
    let (app, key, template) = scene().await;
    let first = Badge::of(
        issue(&app, &key, wish(&template, "ada@example.org"))
            .await
            .expect(201),
    );
    let again = issue(&app, &key, wish(&template, "ada@EXAMPLE.org")).await;
    assert_eq!((again.expect(422).code(), again.status), ("already_issued", 422));
    // The local part is compared exactly.
    issue(&app, &key, wish(&template, "Ada@example.org"))
        .await
        .expect(201);
    app.put(&first.path(&key, "/revoke"), &key, json!({}))
        .await
        .expect(200);
    issue(&app, &key, wish(&template, "ada@example.org"))
        .await
        .expect(201);
}

#[actix_web::test]
async fn all_that_is_wrong_is_told_at_once() {
    let (app, key, template) = scene().await;
    let body = json!({
        "badge_template_id": "x", "recipient_email": "ada\r\nBcc: eve@example.org", "issued_to_first_name": "A\u{202e}",
        "issued_at": "soon", "test": 5,
    });
    let answer = issue(&app, &key, body).await;
    let fields: Vec<_> = answer.expect(422).json["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect();
    assert_eq!(
        fields,
        [
            "badge_template_id",
            "recipient_email",
            "issued_to_first_name",
            "issued_at",
            "test"
        ]
    );
    let mut before = wish(&template, "ada@example.org");
    before["issued_at"] = json!("2026-04-01");
    before["expires_at"] = json!("2026-04-01");
    issue(&app, &key, before).await.expect(422);
    let foreign = app.template(&app.organization("Other").await, "Theirs").await;
    issue(&app, &key, wish(&foreign, "ada@example.org"))
        .await
        .expect(422);
    let list = app.get(&key.path("/badges"), &key).await;
    assert_eq!(list.json["metadata"]["total_count"], 0);
}

#[actix_web::test]
async fn a_named_request_is_carried_out_once() {
    let (app, key, template) = scene().await;
    let path = key.path("/badges");
    let body = wish(&template, "ada@example.org");
    let first = app.post_named(&path, &key, "issue-1", body.clone()).await;
    let again = app.post_named(&path, &key, "issue-1", body).await;
    assert_eq!(again.expect(201).json, first.json);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    let other = app
        .post_named(&path, &key, "issue-1", wish(&template, "b@example.org"))
        .await;
    assert_eq!(other.expect(422).code(), "idempotency_key_taken");
}

#[actix_web::test]
async fn a_batch_has_a_result_per_item_in_order() {
    let (app, key, template) = scene().await;
    let body = json!({ "badges": [
        wish(&template, "a@example.org"), wish(&template, "a@example.org"), wish(&template, "no address"), 5,
        wish(&template, "b@example.org"),
    ]});
    let answer = app.post(&key.path("/badges/batch"), &key, body.clone()).await;
    let statuses: Vec<_> = answer.expect(200).json["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["status"].as_u64().unwrap())
        .collect();
    assert_eq!(statuses, [201, 422, 422, 400, 201]);
    assert_eq!(
        answer.json["metadata"],
        json!({ "count": 5, "issued_count": 2, "refused_count": 3 })
    );
    let thousand_and_one: Vec<_> = (0..1_001).map(|_| json!({})).collect();
    let body = json!({ "badges": thousand_and_one });
    app.post(&key.path("/badges/batch"), &key, body).await.expect(422);
    app.post(&key.path("/badges/batch"), &key, json!({}))
        .await
        .expect(422);
}

#[actix_web::test]
async fn lists_are_filtered_sorted_and_without_links() {
    let (app, key, template) = scene().await;
    let other = app.template(&key, "Another").await;
    let ada = app.badge(&key, &template, "ada@example.org").await;
    app.badge(&key, &template, "grace@example.org").await;
    let third = app.badge(&key, &other, "alan@example.org").await;
    Person::new(&app).connect(&ada.link, "ada").await.expect(200);
    app.put(&third.path(&key, "/revoke"), &key, json!({}))
        .await
        .expect(200);
    let found = async |query: &str| {
        let answer = app.get(&key.path(&format!("/badges?{query}")), &key).await;
        answer.expect(200);
        assert!(!answer.text.contains("symrec_"));
        let mails: Vec<_> = answer.json["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|badge| {
                badge["recipient_email"]
                    .as_str()
                    .unwrap()
                    .replace("@example.org", "")
            })
            .collect();
        mails.join(" ")
    };
    for (query, expected) in [
        ("sort=recipient_email", "ada alan grace"),
        ("sort=-recipient_email", "grace alan ada"),
        ("filter=state::pending", "grace"),
        ("filter=state::accepted", "ada"),
        ("filter=state::revoked", "alan"),
        ("filter=query::GRA", "grace"),
        ("filter=query::%25", ""),
        ("filter=recipient_email::ada@example.org", "ada"),
        (&format!("filter=badge_template_id::{other}"), "alan"),
        (
            &format!("filter=state::accepted%7Cbadge_template_id::{other}"),
            "",
        ),
        ("sort=recipient_email&page=2&per=2", "grace"),
        ("page=9", ""),
    ] {
        assert_eq!(found(query).await, expected, "{query}");
    }
    for bad in [
        "filter=state::gone",
        "filter=x::y",
        "sort=token",
        "filter=recipient_email::x",
        "page=0",
    ] {
        app.get(&key.path(&format!("/badges?{bad}")), &key)
            .await
            .expect(422);
    }
    let first = app
        .get(
            &key.path("/badges?filter=state::pending&sort=recipient_email&per=1"),
            &key,
        )
        .await;
    assert_eq!(first.json["metadata"]["next_page_url"], Value::Null);
    let paged = app
        .get(&key.path("/badges?sort=recipient_email&per=1"), &key)
        .await;
    let next = paged.json["metadata"]["next_page_url"].as_str().unwrap();
    assert!(
        next.contains("sort=recipient_email") && next.ends_with("page=2&per=1"),
        "{next}"
    );
}

#[actix_web::test]
async fn the_link_is_for_those_who_may_write_and_recorded() {
    let (app, key, template) = scene().await;
    let ada = app.badge(&key, &template, "ada@example.org").await;
    let reader = app.sibling(&key, Permissions::READ).await;
    let shown = app.get(&ada.path(&key, ""), &reader).await;
    assert_eq!(shown.expect(200).json["data"]["accept_badge_url"], Value::Null);
    assert_eq!(app.actions(key.organization).await.last(), Some(&"token.created"));
    app.get(&ada.path(&key, "/access_token"), &reader)
        .await
        .expect(403);

    let revealed = app.get(&ada.path(&key, "/access_token"), &key).await;
    let data = &revealed.expect(200).json["data"];
    assert_eq!(
        data["url"].as_str().unwrap(),
        format!("https://tokens.example.org{}", ada.link)
    );
    assert_eq!(
        app.actions(key.organization).await.last(),
        Some(&"access.revealed")
    );
    app.post(&ada.path(&key, "/access_token/revoke"), &key, json!({}))
        .await
        .expect(200);
    let gone = app.get(&ada.path(&key, "/access_token"), &key).await;
    assert_eq!(gone.expect(409).code(), "access_revoked");
}

#[actix_web::test]
async fn what_the_state_does_not_allow_says_why() {
    let (app, key, template) = scene().await;
    let ada = app.badge(&key, &template, "ada@example.org").await;
    let post = async |rest: &str| app.post(&ada.path(&key, rest), &key, json!({})).await;
    assert_eq!(post("/access_token/reset").await.expect(409).code(), "not_bound");
    post("/access_token/revoke").await.expect(200);
    assert_eq!(
        post("/access_token/revoke").await.expect(409).code(),
        "access_revoked"
    );
    assert_eq!(
        post("/access_token/reset").await.expect(409).code(),
        "access_revoked"
    );
    assert_eq!(post("/email").await.expect(409).code(), "link_useless");
    post("/access_token/replace").await.expect(201);
    app.put(&ada.path(&key, "/revoke"), &key, json!({ "reason": "Twice" }))
        .await
        .expect(200);
    let again = app
        .put(&ada.path(&key, "/revoke"), &key, json!({ "reason": "Thrice" }))
        .await;
    assert_eq!(again.expect(200).json["data"]["revocation_reason"], "Twice");
    assert_eq!(
        post("/access_token/replace").await.expect(409).code(),
        "credential_revoked"
    );
    assert_eq!(post("/replace").await.expect(409).code(), "credential_revoked");
    app.delete(&ada.path(&key, ""), &key).await.expect(204);
    app.delete(&ada.path(&key, ""), &key).await.expect(404);
    post("/access_token/reset").await.expect(404);
}

#[actix_web::test]
async fn the_same_link_is_mailed_again_but_not_too_often() {
    let (app, key, template) = scene().await;
    let ada = app.badge(&key, &template, "ada@example.org").await;
    let path = ada.path(&key, "/email");
    let again = async || {
        app.empty_outbox().await;
        app.post(&path, &key, json!({})).await
    };
    again().await.expect(202);
    // The mail waits: it is no other one that is asked for.
    app.post(&path, &key, json!({})).await.expect(202);
    let soon = again().await;
    assert_eq!(soon.expect(429).code(), "mailed_not_long_ago");
    assert_eq!(soon.header("retry-after"), Some("300"));
    for _ in 0..2 {
        app.advance(5 * 60 * 1_000);
        again().await.expect(202);
    }
    app.advance(5 * 60 * 1_000);
    again().await.expect(429);
    app.advance(45 * 60 * 1_000);
    again().await.expect(202);
}

/// A form sends an empty field as a blank text; what is needed is still needed.
#[actix_web::test]
async fn what_a_form_leaves_empty_is_not_given() {
    let (app, key, template) = scene().await;
    let body = json!({
        "badge_template_id": template, "recipient_email": "ada@example.org", "issued_to_first_name": "Ada",
        "issued_to_last_name": "", "issuer_earner_id": " ", "issued_at": "", "expires_at": "", "locale": "",
    });
    let badge = issue(&app, &key, body).await;
    let data = &badge.expect(201).json["data"];
    assert_eq!(data["issued_to"], "Ada");
    assert_eq!(data["issuer_earner_id"], Value::Null);
    let mut nameless = wish(&template, "grace@example.org");
    nameless["issued_to_first_name"] = json!("");
    assert_eq!(issue(&app, &key, nameless).await.status, 422);
}

/// A program that lost the answer learns the id of the new badge by asking again.
#[actix_web::test]
async fn a_replacement_with_a_name_is_answered_again() {
    let (app, key, template) = scene().await;
    let ada = app.badge(&key, &template, "ada@example.org").await;
    let replace = async |badge: &Badge, name: &str, reason: &str| {
        let path = badge.path(&key, "/replace");
        app.post_named(&path, &key, name, json!({ "reason": reason }))
            .await
    };
    let first = replace(&ada, "one", "A misprint").await;
    let new = Badge::of(first.expect(201));
    assert_eq!(first.header("idempotency-replayed"), None);
    let again = replace(&ada, "one", "A misprint").await;
    assert_eq!(Badge::of(again.expect(201)).id, new.id);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    let other = replace(&ada, "one", "Another reason").await;
    assert_eq!(other.expect(422).code(), "idempotency_key_taken");
    let other = replace(&new, "one", "A misprint").await;
    assert_eq!(other.expect(422).code(), "idempotency_key_taken");
    replace(&ada, "two", "A misprint").await.expect(409);
    let badges = app.get(&key.path("/badges"), &key).await;
    assert_eq!(badges.json["metadata"]["total_count"], 2);
}

#[actix_web::test]
async fn a_replacement_revokes_the_old_and_mails_the_new() {
    let (app, key, template) = scene().await;
    let ada = app.badge(&key, &template, "ada@example.org").await;
    let body = json!({ "reason": "A misprint", "expires_at": "2030-01-01" });
    let answer = app.post(&ada.path(&key, "/replace"), &key, body).await;
    let new = Badge::of(answer.expect(201));
    assert_ne!(new.id, ada.id);
    assert_eq!(answer.json["data"]["recipient_email"], "ada@example.org");
    let old = app.get(&ada.path(&key, ""), &key).await;
    assert_eq!(old.json["data"]["state"], "revoked");
    assert_eq!(old.json["data"]["revocation_reason"], "A misprint");
}

#[actix_web::test]
async fn templates_are_kept_edited_paused_and_deleted() {
    let (app, key, template) = scene().await;
    let path = key.path(&format!("/badge_templates/{template}"));
    let body = json!({ "name": "Engines", "description": "What they are.", "valid_for_days": 30 });
    let edited = app.put(&path, &key, body).await;
    assert_eq!(edited.expect(200).json["data"]["valid_for_days"], 30);
    let cleared = app
        .put(&path, &key, json!({ "description": "", "valid_for_days": 0 }))
        .await;
    assert_eq!(cleared.expect(200).json["data"]["description"], Value::Null);
    assert_eq!(cleared.json["data"]["valid_for_days"], Value::Null);
    assert_eq!(cleared.json["data"]["name"], "Engines");
    for (act, state) in [("pause", "paused"), ("pause", "paused"), ("resume", "active")] {
        let answer = app.post(&format!("{path}/{act}"), &key, json!({})).await;
        assert_eq!(answer.expect(200).json["data"]["state"], state);
    }
    let ada = app.badge(&key, &template, "ada@example.org").await;
    assert_eq!(app.delete(&path, &key).await.expect(409).code(), "has_recipients");
    app.delete(&ada.path(&key, ""), &key).await.expect(204);
    app.delete(&path, &key).await.expect(204);
    app.get(&path, &key).await.expect(404);
    for bad in [
        json!({}),
        json!({ "name": " " }),
        json!({ "name": "x", "kind": "diploma" }),
    ] {
        app.post(&key.path("/badge_templates"), &key, bad)
            .await
            .expect(422);
    }
}
