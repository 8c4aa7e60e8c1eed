//! Where a mailed link leads, in every state that it can be in.

use serde_json::json;
use symbolon_tests::{Kind, Person, Site, Spot, Stage, Visitor, until};

use crate::Looker;

const IN_USE: &str = "This access token is already in use by another account";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn links() {
    let (stage, open_id) = Stage::with_open_id(Site::new(Kind::Sqlite)).await;
    let (looker, holder) = (Looker::new().await, Person::new().await);
    let badge = stage
        .issuer
        .badge_template("Programming the Analytical Engine")
        .await;
    let certificate = json!({ "name": "Tabulating Bernoulli numbers", "kind": "certificate" });
    let certificate = stage.issuer.template(&certificate).await;
    let invite = async |template: &str, name: &str, wishes: serde_json::Value| {
        let mut wishes = wishes;
        wishes["recipient_email"] = format!("{name}@example.org").into();
        stage.invite(template, &wishes).await
    };

    let free = invite(&badge, "free", json!({})).await;
    looker
        .look_at(&free.link, "Your badge is ready, Ada", "access-free")
        .await;
    let german = invite(&certificate, "german", json!({ "locale": "de" })).await;
    looker.goto(&german.link).await;
    assert_eq!(looker.attribute("html", "lang").await.as_deref(), Some("de"));
    looker.look("access-free-german").await;
    let past = json!({ "issued_at": "2023-01-15T00:00:00Z", "expires_at": "2024-01-15T00:00:00Z" });
    let expired = invite(&certificate, "expired", past).await;
    looker
        .look_at(
            &expired.link,
            "Your certificate is ready, Ada",
            "access-free-expired",
        )
        .await;

    let claimed = invite(&badge, "claimed", json!({})).await;
    holder.claim(&claimed.link, "Ada Lovelace").await;
    holder.sees("Programming the Analytical Engine").await;
    looker
        .look_at(&claimed.link, "Open your badge, Ada", "access-claimed")
        .await;
    looker.connect_as("Grace Hopper").await;
    looker.sees(IN_USE).await;
    looker.look("access-in-use").await;
    looker.click(Spot::Button("Ask the issuer for a reset")).await;
    let _ = looker.text(".notice").await;
    looker.look("access-in-use-asked").await;
    looker.click(Spot::Button("Sign out")).await;
    looker.sees("You have signed out").await;

    let revoked = invite(&badge, "revoked", json!({})).await;
    let withdrawn = invite(&badge, "withdrawn", json!({})).await;
    let replaced = invite(&badge, "replaced", json!({})).await;
    let deleted = invite(&badge, "deleted", json!({})).await;
    let reason = "Issued to the wrong person by mistake.";
    stage.issuer.revoke_access(&claimed.id).await;
    stage.issuer.revoke_access(&revoked.id).await;
    stage.issuer.revoke_credential(&withdrawn.id, reason).await;
    stage.issuer.replace_access(&replaced.id).await;
    stage.issuer.delete(&deleted.id).await;
    let newer = "A newer mail has your link";
    until("the newer mail is sent", async || {
        let page = Visitor::default().open(&replaced.link).await;
        page.text.contains(newer)
    })
    .await;
    let unknown = stage.url("/r/nothing");
    for (link, heading, name) in [
        (&claimed.link, "Open your badge, Ada", "access-revoked-claimed"),
        (
            &revoked.link,
            "This link is no longer usable",
            "access-revoked-unclaimed",
        ),
        (
            &withdrawn.link,
            "This badge was revoked",
            "access-credential-revoked",
        ),
        (&replaced.link, newer, "access-replaced"),
        (&deleted.link, "This link opens nothing", "access-deleted"),
        (&unknown, "This link opens nothing", "access-unknown"),
    ] {
        looker.look_at(link, heading, name).await;
    }

    shut_out(&looker, &claimed.link).await;

    stage.issuer.pause(&badge).await;
    // Its mail waits with the template.
    stage.issuer.replace_access(&replaced.id).await;
    let soon = "A new link takes the place of this one";
    looker.look_at(&replaced.link, soon, "access-replaced-soon").await;
    looker
        .look_at(&free.link, "Paused by the issuer", "access-paused")
        .await;
    let own = stage.url(&format!("/credentials/{}", claimed.id));
    holder.goto(&own).await;
    holder.sees("Paused by the issuer").await;

    let organization = &stage.issuer.key.organization;
    let _ = stage.site.run(&["organizations", "cancel", organization]).done();
    looker
        .look_at(
            &free.link,
            "This issuer has closed its account",
            "access-cancelled",
        )
        .await;
    looker.finish(16, &[&stage.url(""), open_id.issuer()]).await;
}

/// Grace, whom the provider still knows, at a link that somebody else has claimed and to which access was revoked.
async fn shut_out(looker: &Looker, link: &str) {
    looker.goto(link).await;
    looker.click(Person::CONNECT).await;
    looker.sees("Access was revoked").await;
    assert_eq!(looker.status().await, 410);
    looker.look("access-shut-out").await;
    looker.click(Spot::Link("Connect another profile")).await;
    looker.sees("Open your badge, Ada").await;
    looker.click(Spot::Button("Sign out")).await;
    looker.sees("You have signed out").await;
}
