//! What an account at a provider proves, and what it does not: a second factor, a recent proof.

use symbolon_domain::{administrator::Role, administrator_session::RECENT_SECONDS};

use super::{
    office::{Clerk, Office},
    signing_in::enrolment,
};
use crate::test_app::Answer;

/// A page that asks for a recent proof.
const GUARDED: &str = "/dashboard/settings/account/second-factor";

impl Clerk<'_> {
    /// Presses the provider's button where it is asked who sits there, and comes back as this subject.
    async fn prove_with(&self, subject: &str) -> Answer {
        let page = self.open("/dashboard/confirm").await;
        assert!(page.expect(200).text.contains("Continue with Example"));
        let fields = [("provider", "example"), ("next", GUARDED)];
        let away = self.submit(&page, "/dashboard/confirm/provider", &fields).await;
        let location = away.expect(303).header("location").unwrap();
        // The provider is asked for something new.
        assert!(location.contains("max_age=0&"), "{location}");
        let state = location.split_once("state=").unwrap().1.to_owned();
        self.person.come_back(&state, subject).await
    }

    async fn is_asked_again(&self) -> bool {
        self.get(GUARDED).await.status == 303
    }
}

#[actix_web::test]
async fn who_authenticates_anew_has_proved_it() {
    let office = Office::open().await;
    let owner = office.owner().await;
    owner.connect("ada").await.expect(200);
    office.app.advance(RECENT_SECONDS * 1_000);
    assert!(owner.is_asked_again().await);
    let former = owner.session();
    office.app.provider.say_when(Some(office.app.now()));
    let back = owner.prove_with("ada").await;
    assert_eq!(back.expect(303).header("location"), Some(GUARDED));
    assert_ne!(owner.session(), former);
    assert!(!owner.is_asked_again().await);
}

/// A browser that the provider knows is let through there without a question. That proves nothing about who sits here.
#[actix_web::test]
async fn what_proves_nothing_new_is_refused_in_words() {
    let office = Office::open().await;
    let owner = office.owner().await;
    owner.connect("ada").await.expect(200);
    office.app.advance(RECENT_SECONDS * 1_000);
    let session = owner.session();
    let now = office.app.now();
    for (subject, said, sentence) in [
        ("ada", None, "Example does not say when you signed in there"),
        (
            "ada",
            Some(now.plus_seconds(-61)),
            "Example did not ask who you are",
        ),
        (
            "grace",
            Some(now),
            "That is not the Example account that you have connected.",
        ),
    ] {
        office.app.provider.say_when(said);
        let back = owner.prove_with(subject).await;
        assert!(back.expect(422).text.contains(sentence), "{}", back.text);
        assert!(back.text.contains("a password"), "the other way is named");
        assert_eq!(owner.session(), session);
        assert!(owner.is_asked_again().await);
    }
    // The clocks of both may be a minute apart.
    office.app.provider.say_when(Some(now.plus_seconds(-60)));
    owner.prove_with("ada").await.expect(303);
    assert!(!owner.is_asked_again().await);
}

/// Signing out and in again is no way around it: a sign-in proves what the provider says that it proves.
#[actix_web::test]
async fn signing_in_with_a_provider_is_as_recent_as_it_says() {
    let office = Office::open().await;
    office.owner().await.connect("ada").await.expect(200);
    let now = office.app.now();
    for (said, is_asked) in [
        (None, true),
        (Some(now.plus_seconds(-RECENT_SECONDS)), true),
        (Some(now.plus_seconds(1 - RECENT_SECONDS)), false),
        (Some(now), false),
    ] {
        office.app.provider.say_when(said);
        let visitor = office.visitor();
        visitor.sign_in_with("ada").await.expect(303);
        visitor.get("/dashboard").await.expect(200);
        assert_eq!(visitor.is_asked_again().await, is_asked, "{said:?}");
    }
    // A clock that is ahead makes no proof last longer.
    office.app.provider.say_when(Some(now.plus_seconds(3_600)));
    let visitor = office.visitor();
    visitor.sign_in_with("ada").await.expect(303);
    office.app.advance(RECENT_SECONDS * 1_000);
    assert!(visitor.is_asked_again().await);
}

/// An account at a provider is one proof, and a second factor is another.
#[actix_web::test]
async fn the_second_factor_is_asked_for_after_a_provider_too() {
    let office = Office::open().await;
    let owner = office.owner().await;
    owner.connect("ada").await.expect(200);
    let page = owner.open(GUARDED).await;
    let (secret, note) = enrolment(&page);
    let code = office.code(&secret);
    let fields = [("note", note.as_str()), ("code", code.as_str())];
    owner.submit(&page, GUARDED, &fields).await.expect(200);

    let half = office.visitor();
    let state = half.leave_to_sign_in("/dashboard/templates").await;
    let back = half.person.come_back(&state, "ada").await;
    let asked = "/dashboard/second-factor?next=%2Fdashboard%2Ftemplates";
    assert_eq!(back.expect(303).header("location"), Some(asked));
    assert_eq!(
        half.get("/dashboard/templates")
            .await
            .expect(303)
            .header("location"),
        Some(asked)
    );
    office.app.advance(30_000);
    let page = half.open(asked).await;
    let code = office.code(&secret);
    let fields = [("code", code.as_str()), ("next", "/dashboard/templates")];
    half.submit(&page, "/dashboard/second-factor", &fields)
        .await
        .expect(303);
    half.get("/dashboard/templates").await.expect(200);

    // So it is where who is signed in proves it again.
    office.app.provider.say_when(Some(office.app.now()));
    let back = half.prove_with("ada").await;
    let to = back.expect(303).header("location").unwrap();
    assert!(to.starts_with("/dashboard/second-factor"), "{to}");
    half.get("/dashboard").await.expect(303);
}

/// Whoever has no password is told of the ways there are.
#[actix_web::test]
async fn who_has_no_password_is_not_asked_for_one() {
    let office = Office::open().await;
    let (_, link) = office.invite("grace@example.org", Role::Administrator).await;
    let grace = office.visitor();
    let page = grace.open(&link).await;
    let state = grace.leave(&page, "/dashboard/welcome/provider", "").await;
    grace.person.come_back(&state, "grace").await.expect(303);
    // The mail that they were invited by is a proof of this moment.
    assert!(!grace.is_asked_again().await);
    let page = grace.open("/dashboard/confirm").await;
    assert!(!page.expect(200).text.contains("name=\"password\""));
    assert!(page.text.contains("Choose a password by mail"));
    assert!(page.text.contains("Continue with Example"));
    let owner = office.owner().await;
    let page = owner.open("/dashboard/confirm").await;
    assert!(page.text.contains("name=\"password\""));
    // Somebody who has connected nothing is offered no provider.
    assert!(!page.text.contains("Continue with Example"));
}
