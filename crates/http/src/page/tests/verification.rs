//! What everybody may know of a credential.

use actix_web::test::TestRequest;
use serde_json::json;

use super::Stage;
use crate::{test_app::Badge, test_person::Person};

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
