//! The truth table of the product, as pages.

use serde_json::json;

use super::Stage;
use crate::{test_person::Person, test_provider::PROVIDER};

/// In milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1_000;

#[actix_web::test]
async fn the_first_profile_claims_and_is_let_in_again() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    let page = ada.connect(&stage.ada.link, "ada").await;
    page.expect(200);
    assert!(page.text.contains("Ada Lovelace") && page.text.contains("a…@example.org"));
    assert_eq!(stage.token().await.0, "bound");

    // The link leads straight on, in this browser; in another it takes a sign-in.
    let again = ada.open(&stage.ada.link).await;
    assert!(again.text.contains("Ada Lovelace"));
    let elsewhere = Person::new(&stage.app);
    elsewhere.connect(&stage.ada.link, "ada").await.expect(200);
    let holdings = elsewhere.get("/credentials").await;
    assert!(holdings.expect(200).text.contains("Programming"));
}

/// Whoever holds the credential has no use for a reset, and asks for none by mistake.
#[actix_web::test]
async fn the_holder_does_not_ask_for_a_reset() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    ada.connect(&stage.ada.link, "ada").await.expect(200);
    ada.open(&stage.ada.link).await.expect(200);
    let csrf = Person::csrf(ada.get("/access?choose").await.expect(200));
    let asked = ada.post("/access/reset-request", &[("csrf", &csrf)]).await;
    asked.expect(303);
    let token = &stage.badge().await["access_token"];
    assert!(token["reset_requested_at"].is_null());
}

/// B08: who opened the page before the pause, and presses the button after it, is not sent to the provider.
#[actix_web::test]
async fn a_closed_link_begins_no_sign_in() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    let csrf = Person::csrf(ada.open(&stage.ada.link).await.expect(200));
    stage.template_act("pause").await;
    let pressed = ada
        .post("/access", &[("csrf", &csrf), ("provider", PROVIDER)])
        .await;
    assert!(pressed.expect(403).text.contains("paused"));
    let later = stage.app.now().plus_seconds(3_600);
    assert_eq!(stage.app.ports.sign_ins.forget(later).await.unwrap(), 0);
}

/// B05: another subject with the link is refused, and nothing changes.
#[actix_web::test]
async fn another_profile_is_refused_and_may_ask_for_a_reset() {
    let stage = Stage::set().await;
    Person::new(&stage.app)
        .connect(&stage.ada.link, "ada")
        .await
        .expect(200);
    let before = stage.token().await;
    let grace = Person::new(&stage.app);
    let page = grace.connect(&stage.ada.link, "grace").await;
    page.expect(409);
    assert!(
        page.text.contains("g…@example.org"),
        "the refused profile is named"
    );
    assert!(!page.text.contains("a…@example.org"), "the bound one is not");
    assert_eq!(stage.token().await, before);

    let csrf = Person::csrf(&page);
    let asked = grace.post("/access/reset-request", &[("csrf", &csrf)]).await;
    asked.expect(303);
    let page = grace.get("/access").await;
    assert_eq!(page.expect(409).text.matches("reset-request").count(), 0);
    assert!(stage.badge().await["access_token"]["reset_requested_at"].is_string());
    let queue = stage
        .app
        .get(
            &stage.key.path("/badges?filter=reset_requested::true"),
            &stage.key,
        )
        .await;
    assert_eq!(queue.json["metadata"]["total_count"], 1);

    stage.act("/access_token/reset").await;
    grace.connect(&stage.ada.link, "grace").await.expect(200);
    assert_eq!(stage.token().await.1["hint"], "g…@example.org");
}

/// B05: who somebody is, is their subject at an issuer, and neither of the two alone; a mail address says nothing.
#[actix_web::test]
async fn a_profile_is_its_issuer_and_subject() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    ada.connect(&stage.ada.link, "1~ada@example.org")
        .await
        .expect(200);
    for stranger in ["1~ada@example.org~https://other.example", "2~ada@example.org"] {
        let person = Person::new(&stage.app);
        person.connect(&stage.ada.link, stranger).await.expect(409);
        assert_eq!(stage.badge().await["access_token"]["state"], "bound");
    }
    let again = Person::new(&stage.app);
    let page = again.connect(&stage.ada.link, "1~countess@example.net").await;
    assert!(page.expect(200).text.contains("Programming"));
    let page = again.get(&format!("/credentials/{}", stage.ada.id)).await;
    page.expect(200);
}

/// B06: from the answer to a reset on, the former profile sees nothing, and its sessions are over.
#[actix_web::test]
async fn a_reset_ends_what_the_former_profile_sees() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    ada.connect(&stage.ada.link, "ada").await.expect(200);
    let own = format!("/credentials/{}", stage.ada.id);
    ada.get(&own).await.expect(200);
    stage.act("/access_token/reset").await;
    let after = ada.get(&own).await;
    assert_eq!(
        (after.status, after.header("location")),
        (303, Some("/credentials"))
    );
    for file in ["image.svg", "image.png", "image.pdf", "qr.svg"] {
        ada.get(&format!("{own}/{file}")).await.expect(404);
    }
}

/// B07: a revoked token claims nothing; what was claimed stays, and its holder enters.
#[actix_web::test]
async fn revoking_access_stops_claims_and_nothing_else() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    let page = ada.open(&stage.ada.link).await;
    let state = ada.press(&page, "/access").await;
    stage.act("/access_token/revoke").await;
    // The sign-in that was under way binds nothing either.
    ada.come_back(&state, "ada").await.expect(303);
    ada.get("/access").await.expect(410);
    assert_eq!(
        stage.token().await,
        ("revoked".to_owned(), serde_json::Value::Null)
    );

    let claimed = Stage::set().await;
    let ada = Person::new(&claimed.app);
    ada.connect(&claimed.ada.link, "ada").await.expect(200);
    claimed.act("/access_token/revoke").await;
    ada.get(&format!("/credentials/{}", claimed.ada.id))
        .await
        .expect(200);
    Person::new(&claimed.app)
        .connect(&claimed.ada.link, "ada")
        .await
        .expect(200);
}

/// B07: somebody else is told so, as whom they are signed in, and what to do; and may connect another profile.
#[actix_web::test]
async fn after_a_revocation_of_access_others_are_told_that_it_is_over() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    ada.connect(&stage.ada.link, "ada").await.expect(200);
    stage.act("/access_token/revoke").await;

    let grace = Person::new(&stage.app);
    let page = grace.connect(&stage.ada.link, "grace").await;
    let text = &page.expect(410).text;
    assert!(
        text.contains("Access was revoked")
            && text.contains("with Example")
            && text.contains("g…@example.org")
    );
    assert!(!text.contains("a…@example.org") && !text.contains("Ada Lovelace"));
    assert!(text.contains("href=\"/access?choose\"") && text.contains("mailto:ada@example.org"));
    assert!(!text.contains("reset-request"), "nobody could grant it");
    grace.open(&stage.ada.link).await.expect(410);

    // Who has not connected yet, or chooses anew, is let choose; and the bound profile is let in.
    Person::new(&stage.app).open(&stage.ada.link).await.expect(200);
    let choice = grace.get("/access?choose").await;
    let state = grace.press(choice.expect(200), "/access").await;
    grace.come_back(&state, "ada").await.expect(303);
    assert!(
        grace
            .open(&stage.ada.link)
            .await
            .expect(200)
            .text
            .contains("Ada Lovelace")
    );
}

/// B08: a paused template opens nothing, also for sign-ins under way; resumed, everything is as it was.
#[actix_web::test]
async fn a_pause_is_a_pause() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    let page = ada.open(&stage.ada.link).await;
    let state = ada.press(&page, "/access").await;
    stage.template_act("pause").await;
    ada.come_back(&state, "ada").await.expect(303);
    let paused = ada.open(&stage.ada.link).await;
    assert!(paused.expect(403).text.contains("mailto:ada@example.org"));
    assert_eq!(stage.token().await.0, "free");

    stage.template_act("resume").await;
    ada.connect(&stage.ada.link, "ada").await.expect(200);
    stage.template_act("pause").await;
    ada.get(&format!("/credentials/{}", stage.ada.id))
        .await
        .expect(403);
    stage.template_act("resume").await;
    ada.get(&format!("/credentials/{}", stage.ada.id))
        .await
        .expect(200);
}

/// B09: what was deleted cannot be told from what never was.
#[actix_web::test]
async fn a_deleted_recipient_is_unknown_everywhere() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    ada.connect(&stage.ada.link, "ada").await.expect(200);
    stage.act("").await;
    ada.open(&stage.ada.link).await.expect(404);
    ada.get(&format!("/verify/{}", stage.ada.id)).await.expect(404);
    let own = ada.get(&format!("/credentials/{}", stage.ada.id)).await;
    assert_eq!(own.header("location"), Some("/credentials"));
}

/// B11: unknown, malformed, deleted and foreign tokens get the same page, byte for byte, and the same headers.
#[actix_web::test]
async fn useless_links_cannot_be_told_apart() {
    let stage = Stage::set().await;
    stage.act("").await;
    let unknown =
        symbolon_domain::secret::AccessSecret::generate(&symbolon_vault::SystemEntropy::new()).unwrap();
    let wrong_checksum = unknown.expose().chars().rev().collect::<String>();
    let mut seen = Vec::new();
    for token in [
        stage.ada.link.trim_start_matches("/r/"),
        unknown.expose(),
        &wrong_checksum,
        "symrec_x",
        "x",
    ] {
        let person = Person::new(&stage.app);
        let link = person.get(&format!("/r/{token}")).await;
        let cookie = link.header("set-cookie").unwrap().len();
        let page = person.get("/access").await;
        let mut headers: Vec<_> = page
            .headers
            .iter()
            .filter(|(name, _)| *name != "x-request-id")
            .map(|(name, value)| format!("{name}: {value:?}"))
            .collect();
        // In whatever order a map gives them.
        headers.sort();
        seen.push((link.status, cookie, page.status, page.text, headers));
    }
    assert_eq!(seen[0].2, 404);
    for one in &seen[1..] {
        assert_eq!(one, &seen[0]);
    }
}

#[actix_web::test]
async fn a_replaced_link_points_to_the_newer_mail() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    ada.connect(&stage.ada.link, "ada").await.expect(200);
    let path = stage.ada.path(&stage.key, "/access_token/replace");
    let answer = stage.app.post(&path, &stage.key, json!({})).await;
    let url = answer.expect(201).json["data"]["url"]
        .as_str()
        .unwrap()
        .to_owned();
    Person::new(&stage.app).open(&stage.ada.link).await.expect(410);
    ada.get(&format!("/credentials/{}", stage.ada.id))
        .await
        .expect(303);
    let link = url.strip_prefix("https://tokens.example.org").unwrap();
    Person::new(&stage.app).connect(link, "grace").await.expect(200);
}

/// The page of a replaced link says when the newer one was sent, and never that a mail was which was not.
#[actix_web::test]
async fn a_replaced_link_tells_of_mail_that_was_sent() {
    let stage = Stage::set().await;
    let old = async || Person::new(&stage.app).open(&stage.ada.link).await;
    stage.send_mail().await;
    stage.app.advance(DAY);
    let path = stage.ada.path(&stage.key, "/access_token/replace");
    let answer = stage.app.post(&path, &stage.key, json!({})).await;
    answer.expect(201);
    stage.app.advance(DAY);
    let waiting = old().await;
    let text = &waiting.expect(410).text;
    assert!(text.contains("on its way") && text.contains("mailto:ada@example.org"));
    assert!(!text.contains("<time"), "no mail with the new link was sent");

    stage.send_mail().await;
    assert!(old().await.expect(410).text.contains("datetime=\"2027-01-17T"));
    stage.app.advance(DAY);
    stage.act("/email").await;
    assert!(old().await.expect(410).text.contains("datetime=\"2027-01-17T"));
    stage.send_mail().await;
    assert!(old().await.expect(410).text.contains("datetime=\"2027-01-18T"));

    // A mail without the link, such as that of a claim, is not the one to look for.
    let url = answer.json["data"]["url"].as_str().unwrap();
    let link = url.strip_prefix("https://tokens.example.org").unwrap();
    Person::new(&stage.app).connect(link, "ada").await.expect(200);
    stage.app.advance(DAY);
    stage.send_mail().await;
    assert!(old().await.expect(410).text.contains("datetime=\"2027-01-18T"));
}

/// Each credential in the list says itself what keeps it closed.
#[actix_web::test]
async fn the_list_tells_a_pause_from_a_closed_account() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    ada.connect(&stage.ada.link, "ada").await.expect(200);
    let (paused, closed) = ("Paused by the issuer", "The issuer has closed its account");
    for (now, not) in [(paused, closed), (closed, paused)] {
        if now == paused {
            stage.template_act("pause").await;
        } else {
            stage.app.cancel(stage.key.organization).await;
        }
        let list = ada.get("/credentials").await;
        let text = &list.expect(200).text;
        assert!(text.contains(now) && !text.contains(not), "{text}");
    }
}

#[actix_web::test]
async fn a_revoked_credential_is_shown_as_such() {
    let stage = Stage::set().await;
    stage.act("/revoke").await;
    let page = Person::new(&stage.app).open(&stage.ada.link).await;
    let text = &page.expect(410).text;
    assert!(
        text.contains("Issued by") && !text.contains("<b>mistake"),
        "the reason, escaped"
    );

    let claimed = Stage::set().await;
    let ada = Person::new(&claimed.app);
    ada.connect(&claimed.ada.link, "ada").await.expect(200);
    claimed.act("/revoke").await;
    let own = ada.get(&format!("/credentials/{}", claimed.ada.id)).await;
    assert!(own.expect(200).text.contains("Issued by"));
}

#[actix_web::test]
async fn an_issuer_that_closed_its_account_says_so() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    ada.connect(&stage.ada.link, "ada").await.expect(200);
    stage.app.cancel(stage.key.organization).await;
    Person::new(&stage.app).open(&stage.ada.link).await.expect(410);
    ada.get(&format!("/credentials/{}", stage.ada.id))
        .await
        .expect(410);
    ada.get(&format!("/verify/{}", stage.ada.id)).await.expect(410);
}
