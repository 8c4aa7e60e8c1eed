//! What a sign-in was begun for is all that its return does, and only in the browser that began it.

use symbolon_domain::administrator::Role;

use super::office::{Clerk, Office, PASSWORD};
use crate::test_app::{Badge, Key};

/// Lets one browser come to a recipient's link as well.
async fn badge(office: &Office) -> (Key, Badge) {
    let key = office.key.clone();
    let template = office.app.template(&key, "Weaving").await;
    let badge = office.app.badge(&key, &template, "joseph@example.org").await;
    (key, badge)
}

fn has(clerk: &Clerk<'_>, cookie: &str) -> bool {
    clerk.person.cookies.borrow().contains_key(cookie)
}

async fn is_claimed(office: &Office, key: &Key, badge: &Badge) -> bool {
    let shown = office.app.get(&badge.path(key, ""), key).await;
    shown.expect(200).json["data"]["access_token"]["state"] != "free"
}

/// A recipient's sign-in opens no dashboard, whoever comes back from it.
#[actix_web::test]
async fn a_recipients_sign_in_signs_no_administrator_in() {
    let office = Office::open().await;
    office.owner().await.connect("ada").await.expect(200);
    let (_, badge) = badge(&office).await;
    let visitor = office.visitor();
    let page = visitor.open(&badge.link).await;
    let with_link = visitor.person.press(&page, "/access").await;
    let page = visitor.open("/credentials").await;
    let without = visitor.person.press(&page, "/sign-in").await;
    for state in [with_link, without] {
        let back = visitor.person.come_back(&state, "ada").await;
        let to = back.expect(303).header("location").unwrap();
        assert!(to.starts_with("/credentials"), "{to}");
        assert!(!has(&visitor, "__Host-symbolon-dashboard"));
        visitor.get("/dashboard").await.expect(303);
    }
}

/// An administrator's sign-in claims nothing, and makes no session of recipients, whatever link the browser has opened.
#[actix_web::test]
async fn an_administrators_sign_in_claims_nothing() {
    let office = Office::open().await;
    let (key, badge) = badge(&office).await;
    let owner = office.owner().await;
    owner.open(&badge.link).await.expect(200);
    owner.connect("ada").await.expect(200);
    assert!(!has(&owner, "__Host-symbolon-session"));
    let visitor = office.visitor();
    visitor.open(&badge.link).await.expect(200);
    visitor.sign_in_with("ada").await.expect(303);
    visitor.get("/dashboard").await.expect(200);
    assert!(!has(&visitor, "__Host-symbolon-session"));
    assert!(!is_claimed(&office, &key, &badge).await);
    visitor.person.connect(&badge.link, "joseph").await.expect(200);
    assert!(is_claimed(&office, &key, &badge).await);
}

/// What was begun to connect an account signs nobody in, and connects nothing to anybody else.
#[actix_web::test]
async fn a_connection_is_made_by_who_began_it_or_not_at_all() {
    let office = Office::open().await;
    let (grace, _) = office.colleague("grace@example.org", Role::Owner).await;
    let owner = office.owner().await;
    let (first, second) = (owner.leave_to_connect().await, owner.leave_to_connect().await);
    owner.post("/dashboard/sign-out", &[]).await.expect(303);
    let back = owner.person.come_back(&first, "ada").await;
    assert!(back.expect(400).text.contains("This sign-in is over"));
    // The way forward leads back to where they left.
    assert!(
        back.text.contains("href=\"/dashboard/settings/account\""),
        "{}",
        back.text
    );
    assert_eq!(owner.session(), None);
    owner.sign_in("grace@example.org", PASSWORD).await.expect(303);
    owner.person.come_back(&second, "ada").await.expect(400);
    let kept = office
        .app
        .ports
        .administrators
        .find(office.organization.id, grace)
        .await;
    assert_eq!(kept.unwrap().unwrap().proofs.connection, None);
    office.visitor().sign_in_with("ada").await.expect(422);
}

/// What was begun to prove again who sits in one session proves nothing for another.
#[actix_web::test]
async fn a_proof_is_good_for_its_session_alone() {
    let office = Office::open().await;
    let owner = office.owner().await;
    owner.connect("ada").await.expect(200);
    office.app.provider.say_when(Some(office.app.now()));
    let page = owner.open("/dashboard/confirm").await;
    let state = owner.leave(&page, "/dashboard/confirm/provider", "").await;
    owner.post("/dashboard/sign-out", &[]).await.expect(303);
    owner.person.come_back(&state, "ada").await.expect(400);
    assert_eq!(owner.session(), None);
    let page = owner.open("/dashboard/sign-in").await;
    let fields = [("mail", "ada@example.org"), ("password", PASSWORD)];
    owner
        .submit(&page, "/dashboard/sign-in", &fields)
        .await
        .expect(303);
    let page = owner.open("/dashboard/confirm").await;
    let state = owner.leave(&page, "/dashboard/confirm/provider", "").await;
    let page = owner.open("/dashboard/confirm").await;
    owner
        .submit(&page, "/dashboard/confirm", &[("password", PASSWORD)])
        .await
        .expect(303);
    let session = owner.session();
    owner.person.come_back(&state, "ada").await.expect(400);
    assert_eq!(owner.session(), session);
}

/// B13, B14: an administrator's `state` is good in its own browser only, and trying it elsewhere does not use it up.
#[actix_web::test]
async fn another_browser_does_not_come_back_as_an_administrator() {
    let office = Office::open().await;
    office.owner().await.connect("ada").await.expect(200);
    let (ada, other) = (office.visitor(), office.visitor());
    let state = ada.leave_to_sign_in("").await;
    other.person.come_back(&state, "ada").await.expect(400);
    other.leave_to_sign_in("").await;
    other.person.come_back(&state, "ada").await.expect(400);
    assert_eq!(other.session(), None);
    ada.person.come_back(&state, "ada").await.expect(303);
    ada.get("/dashboard").await.expect(200);
}

/// B17: coming back works once, and for ten minutes.
#[actix_web::test]
async fn an_administrator_comes_back_once_and_in_time() {
    let office = Office::open().await;
    office.owner().await.connect("ada").await.expect(200);
    let ada = office.visitor();
    let state = ada.leave_to_sign_in("").await;
    ada.person.come_back(&state, "ada").await.expect(303);
    let session = ada.session();
    ada.person.come_back(&state, "ada").await.expect(400);
    assert_eq!(ada.session(), session);
    let late = office.visitor();
    let state = late.leave_to_sign_in("").await;
    office.app.advance(10 * 60 * 1_000);
    late.person.come_back(&state, "ada").await.expect(400);
    assert_eq!(late.session(), None);
}

/// Whoever declines, or whose provider fails, is where they left, with a way forward.
#[actix_web::test]
async fn who_is_not_vouched_for_is_back_where_they_left() {
    let office = Office::open().await;
    let owner = office.owner().await;
    owner.connect("ada").await.expect(200);
    let declined = |state: &str| format!("/sign-in/example/callback?state={state}&error=access_denied");
    let visitor = office.visitor();
    let state = visitor.leave_to_sign_in("/dashboard/templates").await;
    let back = visitor.get(&declined(&state)).await;
    assert!(back.expect(422).text.contains("Example did not say who you are."));
    assert!(back.text.contains("name=\"next\" value=\"/dashboard/templates\""));
    visitor
        .submit(
            &back,
            "/dashboard/sign-in",
            &[
                ("mail", "ada@example.org"),
                ("password", PASSWORD),
                ("next", "/dashboard/templates"),
            ],
        )
        .await
        .expect(303);

    let state = owner.leave_to_connect_again().await;
    let back = owner.get(&declined(&state)).await;
    assert_eq!(
        back.expect(303).header("location"),
        Some("/dashboard/settings/account?done=account-not-connected")
    );
    let page = owner.open("/dashboard/confirm").await;
    let state = owner.leave(&page, "/dashboard/confirm/provider", "").await;
    let back = owner.get(&declined(&state)).await;
    assert!(back.expect(422).text.contains("Example did not say who you are."));
    assert!(back.text.contains("Confirm that it is you"));
}

impl Clerk<'_> {
    /// Leaves to connect an account where one is connected, which the page does not offer.
    async fn leave_to_connect_again(&self) -> String {
        let page = self.open("/dashboard/settings/account").await;
        self.leave(&page, "/dashboard/settings/account/connect", "").await
    }
}

/// A recipient who begins in the browser of an administrator who did not come back goes on as a recipient.
#[actix_web::test]
async fn a_departure_is_forgotten_by_the_next() {
    let office = Office::open().await;
    let visitor = office.visitor();
    visitor.leave_to_sign_in("").await;
    assert!(has(&visitor, "__Host-symbolon-departure"));
    let page = visitor.open("/credentials").await;
    visitor.person.press(&page, "/sign-in").await;
    assert!(!has(&visitor, "__Host-symbolon-departure"));
    let unknown = visitor.get("/sign-in/example/callback?state=x&code=ada").await;
    assert!(unknown.expect(400).text.contains("href=\"/credentials\""));
}
