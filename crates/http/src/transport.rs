//! What is refused whatever the endpoint: wrong methods, sizes, types and shapes; and what is said when the store is
//! out of reach.

use std::sync::Arc;

use actix_web::test::TestRequest;
use serde_json::json;
use symbolon_domain::{
    id::{AuthorizationTokenId, OrganizationId},
    permissions::Permissions,
};

use crate::{
    limits::{MAX_BODY, MAX_HEADERS, MAX_URI},
    out_of_reach::OutOfReach,
    test_app::{Key, TestApp, unknown_value},
};

fn create(key: &Key) -> TestRequest {
    TestRequest::post()
        .uri(&key.tokens(""))
        .insert_header(("Authorization", key.basic()))
        .insert_header(("Content-Type", "application/json"))
}

#[actix_web::test]
async fn the_shape_of_errors_is_the_same_everywhere() {
    let app = TestApp::start().await;
    let admin = app.organization("Acclaim").await;
    let many = "x".repeat(MAX_BODY + 1);
    let long = format!("/v1/{}", "x".repeat(MAX_URI));
    let requests = [
        (404, "not_found", TestRequest::get().uri("/nowhere")),
        (404, "not_found", TestRequest::get().uri("//v1/organizations")),
        (
            404,
            "not_found",
            create(&admin).uri("/v1/organizations/%2e%2e/authorization_tokens"),
        ),
        (
            405,
            "method_not_allowed",
            TestRequest::put().uri(&admin.tokens("")),
        ),
        (
            405,
            "method_not_allowed",
            TestRequest::get().uri(&admin.tokens("/rotate")),
        ),
        (
            405,
            "method_not_allowed",
            create(&admin).method(actix_web::http::Method::TRACE),
        ),
        (
            405,
            "method_not_allowed",
            create(&admin).method(actix_web::http::Method::from_bytes(b"symorg_x").unwrap()),
        ),
        (414, "uri_too_long", TestRequest::get().uri(&long)),
        (
            431,
            "headers_too_large",
            create(&admin).insert_header(("X-Filler", "x".repeat(MAX_HEADERS))),
        ),
        (413, "body_too_large", create(&admin).set_payload(many)),
        (
            415,
            "unsupported_encoding",
            create(&admin).insert_header(("Content-Encoding", "gzip")),
        ),
        (
            415,
            "unsupported_media_type",
            create(&admin)
                .insert_header(("Content-Type", "text/xml"))
                .set_payload("<a/>"),
        ),
        (400, "malformed_body", create(&admin).set_payload("{")),
        (400, "malformed_body", create(&admin).set_payload("[1]")),
        (
            400,
            "body_too_complex",
            create(&admin).set_payload(format!("{{\"a\":{}1{}}}", "[".repeat(40), "]".repeat(40))),
        ),
        (
            422,
            "invalid",
            create(&admin).set_payload(r#"{"read_enabled":"maybe"}"#),
        ),
        (
            400,
            "ambiguous_authorization",
            create(&admin).append_header(("Authorization", admin.basic())),
        ),
        (401, "unauthorized", TestRequest::get().uri(&admin.tokens(""))),
    ];
    for (number, (status, code, request)) in requests.into_iter().enumerate() {
        let answer = app.send(request).await;
        assert_eq!(
            (answer.status, answer.code()),
            (status, code),
            "request {number}: {}",
            answer.text
        );
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(answer.json["message"], answer.json["data"]["message"]);
        assert!(answer.json["message"].as_str().unwrap().len() > 10);
        assert!(answer.json.as_object().unwrap().contains_key("metadata"));
        assert!(answer.json["metadata"].is_null());
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert!(answer.header("x-request-id").is_some());
        assert_eq!(answer.header("allow").is_some(), status == 405);
    }
    assert_eq!(app.kept(admin.organization).await.len(), 1);
}

#[actix_web::test]
async fn who_may_not_is_told_so_whatever_they_send() {
    let app = TestApp::start().await;
    let admin = app.organization("Acclaim").await;
    let reader = app.sibling(&admin, Permissions::READ).await;
    let stranger = Key {
        value: unknown_value(),
        ..admin.clone()
    };
    for (content_type, body) in [
        ("text/xml", "<a/>".to_owned()),
        ("application/json", "x".repeat(MAX_BODY + 1)),
    ] {
        for (key, status) in [(&reader, 403), (&stranger, 401)] {
            let request = create(key)
                .insert_header(("Content-Type", content_type))
                .set_payload(body.clone());
            app.send(request).await.expect(status);
            let path = admin.tokens(&format!("/{}", reader.id));
            let request = create(key).method(actix_web::http::Method::PATCH).uri(&path);
            app.send(
                request
                    .insert_header(("Content-Type", content_type))
                    .set_payload(body.clone()),
            )
            .await
            .expect(status);
        }
    }
}

#[actix_web::test]
async fn a_problem_document_is_given_to_who_asks_for_one() {
    let app = TestApp::start().await;
    let admin = app.organization("Acclaim").await;
    let accept = ("Accept", "application/json, Application/Problem+JSON;q=0.9");
    let invalid = create(&admin)
        .insert_header(accept)
        .set_payload(r#"{"grace":1,"description":7}"#);
    for (status, code, request) in [
        (
            404,
            "not_found",
            TestRequest::get().uri("/nowhere").insert_header(accept),
        ),
        (
            401,
            "unauthorized",
            TestRequest::get().uri(&admin.tokens("")).insert_header(accept),
        ),
        (
            414,
            "uri_too_long",
            TestRequest::get()
                .uri(&format!("/{}", "x".repeat(MAX_URI)))
                .insert_header(accept),
        ),
        (422, "invalid", invalid),
    ] {
        let answer = app.send(request).await;
        answer.expect(status);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
        assert_eq!(answer.json["status"], status);
        assert_eq!(answer.json["type"], "about:blank");
        assert_eq!(answer.code(), code);
        assert!(answer.json["title"].is_string() && answer.json["detail"].is_string());
        assert_eq!(answer.json["errors"].is_array(), status == 422);
        assert_eq!(answer.header("www-authenticate").is_some(), status == 401);
    }
}

#[actix_web::test]
async fn nothing_of_a_request_is_echoed() {
    let app = TestApp::start().await;
    let admin = app.organization("Acclaim").await;
    let canary = "canary<script>";
    let query = "/?page=canary%3Cscript%3E";
    for request in [
        TestRequest::get().uri("/v1/canary%3Cscript%3E"),
        TestRequest::get()
            .uri(&admin.tokens(query))
            .insert_header(("Authorization", admin.basic())),
        create(&admin).set_payload(json!({"description": 1, "read_enabled": canary}).to_string()),
        create(&admin).set_payload(canary),
        create(&admin).insert_header(("Authorization", format!("Bearer {canary}"))),
    ] {
        let answer = app.send(request).await;
        assert!(answer.status >= 400);
        assert!(!answer.text.contains("canary"), "{}", answer.text);
        assert!(
            answer
                .headers
                .iter()
                .all(|(_, value)| !value.to_str().unwrap().contains("canary"))
        );
    }
}

#[actix_web::test]
async fn head_is_get() {
    let app = TestApp::start().await;
    let admin = app.organization("Acclaim").await;
    let head = TestRequest::default()
        .method(actix_web::http::Method::HEAD)
        .uri(&admin.tokens("/current"))
        .insert_header(("Authorization", admin.basic()));
    app.send(head).await.expect(200);
}

#[actix_web::test]
async fn only_shapes_of_a_token_reach_the_store() {
    // Every method of this store fails, so what is answered without it never asked it.
    let app = TestApp::start_with(|state| {
        state.ports.tokens = Arc::new(OutOfReach);
        state.readiness = Arc::new(OutOfReach);
    })
    .await;
    let organization = OrganizationId::fresh(app.now(), [1; 10]);
    let id = AuthorizationTokenId::fresh(app.now(), [1; 10]);
    let good = unknown_value();
    let with = |value: String| Key {
        organization,
        id,
        value,
    };
    for bad in [
        "",
        "x",
        "symorg_",
        &good[1..],
        &format!("{good}\n"),
        &good.to_lowercase(),
        &"x".repeat(600),
    ] {
        let key = with(bad.to_owned());
        app.get(&key.tokens("/current"), &key).await.expect(401);
    }
    let key = with(good);
    let trouble = app.get(&key.tokens("/current"), &key).await;
    trouble.expect(503);
    assert_eq!(trouble.code(), "unavailable");
    assert_eq!(trouble.header("retry-after"), Some("1"));
    assert_eq!(trouble.header("www-authenticate"), None);
    app.rotate(&key).await.expect(503);

    app.send(TestRequest::get().uri("/livez")).await.expect(200);
    let ready = app.send(TestRequest::get().uri("/readyz")).await;
    ready.expect(503);
    assert!(!ready.text.contains("secret reason"));
}

#[actix_web::test]
async fn alive_and_ready() {
    let app = TestApp::start().await;
    for path in ["/livez", "/readyz"] {
        app.send(TestRequest::get().uri(path)).await.expect(200);
        let head = TestRequest::default().method(actix_web::http::Method::HEAD);
        app.send(head.uri(path)).await.expect(200);
        let refused = app.send(TestRequest::post().uri(path)).await;
        refused.expect(405);
        assert_eq!(refused.header("allow"), Some("GET, HEAD"));
    }
}

#[actix_web::test]
async fn not_ready_once_it_is_told_to_stop() {
    let mut stopping = None;
    let app = TestApp::start_with(|state| stopping = Some(state.stopping.clone())).await;
    stopping
        .unwrap()
        .store(true, std::sync::atomic::Ordering::Relaxed);
    app.send(TestRequest::get().uri("/readyz")).await.expect(503);
    app.send(TestRequest::get().uri("/livez")).await.expect(200);
}
