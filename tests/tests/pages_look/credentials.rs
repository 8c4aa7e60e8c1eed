//! Credentials as their holders see them, and as everybody does.

use serde_json::json;
use symbolon_tests::{Kind, Person, Recipient, Site, Spot, Stage};

use crate::Looker;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn credentials() {
    let (stage, open_id) = Stage::with_open_id(Site::new(Kind::Sqlite)).await;
    let looker = Looker::new().await;
    let badge = json!({
        "name": "Programming the Analytical Engine",
        "kind": "badge",
        "description": "For a correct program for the Analytical Engine, with a table of its operations.",
    });
    let badge = stage.issuer.template(&badge).await;
    let certificate = json!({ "name": "Tabulating Bernoulli numbers", "kind": "certificate" });
    let certificate = stage.issuer.template(&certificate).await;
    let invite = async |template: &str, name: &str, mut wishes: serde_json::Value| {
        wishes["recipient_email"] = format!("{name}@example.org").into();
        stage.invite(template, &wishes).await
    };
    let own = |recipient: &Recipient| stage.url(&format!("/credentials/{}", recipient.id));
    let verify = |recipient: &Recipient| stage.url(&format!("/verify/{}", recipient.id));

    // The first connection, to see that nothing is held yet.
    looker.goto(&stage.url("/credentials")).await;
    looker.connect_as("Ada Lovelace").await;
    looker.sees("My credentials").await;
    looker.look("holdings-empty").await;

    // The provider remembers her from now on.
    let mut held = Vec::new();
    for (name, template, locale) in [
        ("badge", &badge, "en"),
        ("certificate", &certificate, "en"),
        ("badge-german", &badge, "de"),
        ("certificate-german", &certificate, "de"),
    ] {
        let recipient = invite(template, name, json!({ "locale": locale })).await;
        looker.goto(&recipient.link).await;
        looker.click(Person::CONNECT).await;
        let _ = looker.text(".notice").await;
        assert_eq!(looker.attribute("html", "lang").await.as_deref(), Some(locale));
        looker.look(&format!("credential-{name}-claimed")).await;
        looker.goto(&own(&recipient)).await;
        looker.look(&format!("credential-{name}")).await;
        held.push(recipient);
    }
    looker
        .look_at(&verify(&held[0]), "This badge is valid", "verify-valid-badge")
        .await;
    looker
        .look_at(
            &verify(&held[1]),
            "This certificate is valid",
            "verify-valid-certificate",
        )
        .await;

    let past = json!({ "issued_at": "2023-01-15T00:00:00Z", "expires_at": "2024-01-15T00:00:00Z" });
    let expired = invite(&certificate, "expired", past).await;
    looker.goto(&expired.link).await;
    looker.click(Person::CONNECT).await;
    looker.sees("Tabulating Bernoulli numbers").await;
    looker.look("credential-expired").await;
    looker
        .look_at(
            &verify(&expired),
            "This certificate has expired",
            "verify-expired",
        )
        .await;

    let reason = "The program did not halt when it was examined once more.";
    stage.issuer.revoke_credential(&held[0].id, reason).await;
    looker.goto(&own(&held[0])).await;
    looker.look("credential-revoked").await;
    looker
        .look_at(&verify(&held[0]), "This badge was revoked", "verify-revoked")
        .await;
    assert!(looker.reads().await.contains(reason));

    let unclaimed = invite(&badge, "unclaimed", json!({})).await;
    looker
        .look_at(&verify(&unclaimed), "No such credential", "verify-not-found")
        .await;
    stage.issuer.pause(&certificate).await;
    looker
        .look_at(&stage.url("/credentials"), "My credentials", "holdings")
        .await;
    assert_eq!(looker.count(".card").await, 5);
    looker
        .look_at(&own(&expired), "Paused by the issuer", "credential-paused")
        .await;

    let organization = &stage.issuer.key.organization;
    let _ = stage.site.run(&["organizations", "cancel", organization]).done();
    let closed = "This issuer has closed its account";
    looker
        .look_at(&verify(&held[1]), closed, "verify-issuer-closed")
        .await;
    looker
        .look_at(&own(&held[1]), closed, "credential-issuer-closed")
        .await;
    let list = stage.url("/credentials");
    looker
        .look_at(&list, "My credentials", "holdings-issuer-closed")
        .await;
    assert!(looker.reads().await.contains("The issuer has closed its account"));
    looker.click(Spot::Button("Sign out")).await;
    looker.sees("You have signed out").await;
    looker.look("signed-out").await;
    looker.finish(22, &[&stage.url(""), open_id.issuer()]).await;
}
