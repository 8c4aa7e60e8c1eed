//! What everybody may know of a credential.

use std::sync::Arc;

use actix_web::{http::Method, test::TestRequest};
use serde_json::json;

use super::Stage;
use crate::{Studio, test_app::Badge, test_person::Person};

async fn json_of(stage: &Stage) -> (u16, serde_json::Value) {
    let request = TestRequest::get()
        .uri(&format!("/verify/{}", stage.ada.id))
        .insert_header(("Accept", "application/json"));
    let answer = stage.app.send(request).await;
    (answer.status, answer.json["data"].clone())
}

#[actix_web::test]
async fn nothing_is_public_before_the_claim_and_a_reset_takes_nothing_back() {
    let stage = Stage::set().await;
    assert_eq!(json_of(&stage).await, (404, json!({ "state": "not_found" })));
    assert_eq!(stage.badge().await["badge_url"], serde_json::Value::Null);
    Person::new(&stage.app)
        .connect(&stage.ada.link, "ada")
        .await
        .expect(200);
    let (status, facts) = json_of(&stage).await;
    assert_eq!((status, &facts["state"]), (200, &json!("valid")));
    assert_eq!(facts["issued_to"], "Ada Lovelace");
    assert_eq!(facts.get("recipient_email"), None);
    let url = format!("https://tokens.example.org/verify/{}", stage.ada.id);
    assert_eq!(stage.badge().await["badge_url"], url);

    stage.act("/access_token/reset").await;
    assert_eq!(json_of(&stage).await.1["state"], "valid");
    stage.template_act("pause").await;
    assert_eq!(json_of(&stage).await.1["state"], "valid");
}

#[actix_web::test]
async fn a_revocation_is_told_with_its_reason() {
    let stage = Stage::set().await;
    Person::new(&stage.app)
        .connect(&stage.ada.link, "ada")
        .await
        .expect(200);
    stage.act("/revoke").await;
    let (_, facts) = json_of(&stage).await;
    assert_eq!(facts["state"], "revoked");
    assert_eq!(facts["revocation_reason"], "Issued by <b>mistake</b>");
    let page = Person::new(&stage.app)
        .get(&format!("/verify/{}", stage.ada.id))
        .await;
    assert!(!page.expect(200).text.contains("<b>mistake"));
}

#[actix_web::test]
async fn an_expiry_is_told_from_its_very_millisecond() {
    let stage = Stage::set().await;
    let end = stage.app.now().plus_seconds(60);
    let body = json!({
        "badge_template_id": stage.template, "recipient_email": "b@example.org",
        "issued_to_first_name": "Bea", "expires_at": end.to_string(),
    });
    let answer = stage.app.post(&stage.key.path("/badges"), &stage.key, body).await;
    let badge = Badge::of(answer.expect(201));
    let stage = Stage { ada: badge, ..stage };
    Person::new(&stage.app)
        .connect(&stage.ada.link, "bea")
        .await
        .expect(200);
    stage.app.advance(59_999);
    assert_eq!(json_of(&stage).await.1["state"], "valid");
    stage.app.advance(1);
    assert_eq!(json_of(&stage).await.1["state"], "expired");
    // It opens still, marked, and binds whoever is first.
    let page = Person::new(&stage.app).open(&stage.ada.link).await;
    assert!(page.expect(200).text.contains("Expired"));
}

#[actix_web::test]
async fn the_page_and_its_files_are_what_they_say() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    ada.connect(&stage.ada.link, "ada").await.expect(200);
    let own = format!("/credentials/{}", stage.ada.id);
    for (file, kind, start) in [
        ("image.svg", "image/svg+xml", "<svg"),
        ("image.png", "image/png", "\u{fffd}PNG"),
        ("image.pdf", "application/pdf", "%PDF"),
        ("qr.svg", "image/svg+xml", "<svg"),
    ] {
        let answer = ada.get(&format!("{own}/{file}")).await;
        assert_eq!(answer.expect(200).header("content-type"), Some(kind));
        assert!(answer.text.starts_with(start), "{file}");
        let stranger = Person::new(&stage.app).get(&format!("{own}/{file}")).await;
        stranger.expect(404);
    }
    ada.get(&format!("{own}/image.gif")).await.expect(404);
    let public = Person::new(&stage.app);
    public
        .get(&format!("/verify/{}/image.svg", stage.ada.id))
        .await
        .expect(200);
    let by_name = public.get(&format!("/verify/{}.json", stage.ada.id)).await;
    assert_eq!(by_name.expect(200).json["data"]["state"], "valid");
    public.get("/verify/nobody").await.expect(404);
}

/// B21: strangers cannot have pictures drawn without end. What they may have is counted; where too many wait for a desk,
/// nobody waits in vain; the facts are told all the same.
#[actix_web::test]
async fn strangers_have_only_so_much_drawn() {
    let stage = Stage::set_with(|state| state.studio = Arc::new(Studio::full(0))).await;
    let ada = Person::new(&stage.app);
    ada.connect(&stage.ada.link, "ada").await.expect(200);
    let stranger = Person::new(&stage.app);
    let page = format!("/verify/{}", stage.ada.id);
    let picture = format!("{page}/image.svg");
    for _ in 0..60 {
        let answer = stranger.get(&picture).await;
        assert_eq!(answer.expect(503).header("retry-after"), Some("5"));
        assert!(answer.text.contains("Too much is being drawn"));
    }
    let answer = stranger.get(&picture).await;
    assert!(answer.expect(429).header("retry-after").is_some());
    stranger.get(&page).await.expect(200);
    // The holder is no stranger.
    ada.get(&format!("/credentials/{}/image.svg", stage.ada.id))
        .await
        .expect(503);
}

/// Headers are no drawing: they are there where nothing can be drawn, as often as they are asked for.
#[actix_web::test]
async fn nothing_is_drawn_for_its_headers() {
    let stage = Stage::set_with(|state| state.studio = Arc::new(Studio::full(0))).await;
    let ada = Person::new(&stage.app);
    ada.connect(&stage.ada.link, "ada").await.expect(200);
    let head = |path: &str| TestRequest::default().method(Method::HEAD).uri(path);
    for _ in 0..70 {
        let answer = ada
            .send(head(&format!("/verify/{}/image.svg", stage.ada.id)))
            .await;
        assert_eq!(answer.expect(200).header("content-type"), Some("image/svg+xml"));
    }
    let own = ada
        .send(head(&format!("/credentials/{}/image.pdf", stage.ada.id)))
        .await;
    assert_eq!(own.expect(200).header("content-type"), Some("application/pdf"));
    assert_eq!(
        own.header("content-length"),
        None,
        "a length that nobody knows yet"
    );
    Person::new(&stage.app)
        .send(head(&format!("/credentials/{}/image.pdf", stage.ada.id)))
        .await
        .expect(404);
}
