//! The way back from a provider, gone wrongly.

use symbolon_domain::sign_in::Audience;

use super::Stage;
use crate::{
    test_person::Person,
    test_provider::{INVALID, PROVIDER, UNREACHABLE},
};

fn callback(query: &str) -> String {
    format!("/sign-in/{PROVIDER}/callback?{query}")
}

async fn nobody_signed_in(stage: &Stage, person: &Person<'_>) {
    assert_eq!(stage.token().await.0, "free");
    assert!(!person.cookies.borrow().contains_key("__Host-symbolon-session"));
}

/// B13: a state that is missing, unknown, or another browser's is refused; the last does not burn it.
#[actix_web::test]
async fn a_state_is_good_in_its_own_browser_only() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    let page = ada.open(&stage.ada.link).await;
    let state = ada.press(&page, "/access").await;
    let other_state = ada.press(&page, "/access").await;
    assert_ne!(state, other_state);

    let thief = Person::new(&stage.app);
    for query in [
        String::new(),
        "code=ada".to_owned(),
        "state=&code=ada".to_owned(),
        format!("state={}x&code=ada", &state[..state.len() - 1]),
        format!("state={state}"),
        format!("state={state}&code=ada&state={state}"),
    ] {
        ada.get(&callback(&query)).await.expect(400);
    }
    thief.come_back(&state, "mallory").await.expect(400);
    thief.open(&stage.ada.link).await.expect(200);
    thief.come_back(&state, "mallory").await.expect(400);
    nobody_signed_in(&stage, &thief).await;

    let back = ada.come_back(&state, "ada").await;
    back.expect(303);
    assert_eq!(stage.token().await.0, "bound");
}

/// B14: an attacker's code and state in a victim's browser sign nobody in.
#[actix_web::test]
async fn somebody_elses_sign_in_cannot_be_planted() {
    let stage = Stage::set().await;
    let mallory = Person::new(&stage.app);
    let page = mallory.open(&stage.ada.link).await;
    let state = mallory.press(&page, "/access").await;
    let victim = Person::new(&stage.app);
    let page = victim.open(&stage.ada.link).await;
    victim.press(&page, "/access").await;
    victim.come_back(&state, "mallory").await.expect(400);
    nobody_signed_in(&stage, &victim).await;
}

/// B17: a callback works once.
#[actix_web::test]
async fn a_callback_works_once() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    let page = ada.open(&stage.ada.link).await;
    let state = ada.press(&page, "/access").await;
    ada.come_back(&state, "ada").await.expect(303);
    let first = ada.cookies.borrow()["__Host-symbolon-session"].clone();
    ada.come_back(&state, "ada").await.expect(400);
    assert_eq!(ada.cookies.borrow()["__Host-symbolon-session"], first);
}

/// A sign-in is given up after ten minutes.
#[actix_web::test]
async fn a_late_callback_is_refused() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    let page = ada.open(&stage.ada.link).await;
    let state = ada.press(&page, "/access").await;
    stage.app.advance(10 * 60 * 1_000);
    ada.come_back(&state, "ada").await.expect(400);
    ada.get("/access").await.expect(400);
    nobody_signed_in(&stage, &ada).await;
}

/// B15: what a provider sends that proves nothing signs nobody in, and another provider's callback is none.
#[actix_web::test]
async fn what_proves_nothing_signs_nobody_in() {
    let stage = Stage::set().await;
    for (code, status) in [(INVALID, 400), (UNREACHABLE, 503)] {
        let ada = Person::new(&stage.app);
        let page = ada.open(&stage.ada.link).await;
        let state = ada.press(&page, "/access").await;
        ada.come_back(&state, code).await.expect(status);
        nobody_signed_in(&stage, &ada).await;
    }
    let ada = Person::new(&stage.app);
    let page = ada.open(&stage.ada.link).await;
    let state = ada.press(&page, "/access").await;
    let elsewhere = format!("/sign-in/other/callback?state={state}&code=ada");
    ada.get(&elsewhere).await.expect(400);
    ada.get("/sign-in/No%20Provider/callback?state=x&code=y")
        .await
        .expect(404);
    nobody_signed_in(&stage, &ada).await;
}

/// B16: a provider's words about an error are never shown; a person who declined may try again.
#[actix_web::test]
async fn a_provider_cannot_speak_through_us() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    let page = ada.open(&stage.ada.link).await;
    let state = ada.press(&page, "/access").await;
    let words = "error=access_denied&error_description=%3Cscript%3Ealert(1)%3C%2Fscript%3E%0D%0A%1B[31mgone";
    let declined = ada.get(&callback(&format!("state={state}&{words}"))).await;
    assert_eq!(declined.status, 200);
    for word in ["script>alert", "gone", "access_denied"] {
        assert!(!declined.text.contains(word), "{word}");
    }
    assert!(declined.text.contains("href=\"/access\""));
    nobody_signed_in(&stage, &ada).await;
    ada.connect(&stage.ada.link, "ada").await.expect(200);
}

/// B18: a session cookie that was planted before is worth nothing after the sign-in.
#[actix_web::test]
async fn a_planted_session_is_dead_after_sign_in() {
    let stage = Stage::set().await;
    let mallory = Person::new(&stage.app);
    mallory.connect(&stage.ada.link, "mallory").await.expect(200);
    let planted = mallory.cookies.borrow()["__Host-symbolon-session"].clone();
    stage.act("/access_token/reset").await;

    let second = stage
        .app
        .badge(&stage.key, &stage.template, "other@example.org")
        .await;
    mallory.connect(&second.link, "mallory").await.expect(200);
    let planted_again = mallory.cookies.borrow()["__Host-symbolon-session"].clone();
    assert_ne!(planted, planted_again);
    let ada = Person::new(&stage.app);
    ada.cookies
        .borrow_mut()
        .insert("__Host-symbolon-session".to_owned(), planted_again.clone());
    ada.connect(&stage.ada.link, "ada").await.expect(200);
    assert_ne!(ada.cookies.borrow()["__Host-symbolon-session"], planted_again);
    // The planted session is over; who planted it is signed out.
    let after = mallory.get("/credentials").await;
    assert!(!after.text.contains("m…@example.org"));
}

/// What an operator has closed to recipients claims nothing, also where they are on their way.
#[actix_web::test]
async fn a_provider_that_is_not_for_recipients_claims_nothing() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    let page = ada.open(&stage.ada.link).await;
    let state = ada.press(&page, "/access").await;
    stage.app.provider.close_to(Audience::Recipients);
    ada.come_back(&state, "ada").await.expect(404);
    nobody_signed_in(&stage, &ada).await;
    let fields = [("csrf", &*Person::csrf(&page)), ("provider", PROVIDER)];
    ada.post("/access", &fields).await.expect(404);
    let page = ada.open(&stage.ada.link).await;
    assert!(page.expect(503).text.contains("There is no provider"));
}
