//! Administrators and their accounts at a sign-in provider: connecting one, signing in with it, joining with it.

use symbolon_domain::{
    administrator::Role,
    administrator_session::RECENT_SECONDS,
    service::{administration::team::remove, caller::Authority},
    sign_in::Audience,
};

use super::office::{Clerk, Office};
use crate::{test_app::Answer, test_person::Person, test_provider::UNREACHABLE};

const ACCOUNT: &str = "/dashboard/settings/account";

impl Clerk<'_> {
    /// Presses a provider's button, and says what `state` the provider was given.
    pub(super) async fn leave(&self, page: &Answer, path: &str, next: &str) -> String {
        let fields = [("provider", "example"), ("next", next)];
        let away = self.submit(page, path, &fields).await;
        let location = away.expect(303).header("location").unwrap();
        location.split_once("state=").unwrap().1.to_owned()
    }

    /// Leaves for the provider from the account page, and says with which `state`.
    pub(super) async fn leave_to_connect(&self) -> String {
        let page = self.open(ACCOUNT).await;
        assert!(page.expect(200).text.contains("Connect Example"), "{}", page.text);
        self.leave(&page, "/dashboard/settings/account/connect", "").await
    }

    /// Connects this subject's account.
    pub(super) async fn connect(&self, subject: &str) -> Answer {
        let state = self.leave_to_connect().await;
        let back = self.person.come_back(&state, subject).await;
        let to = back.expect(303).header("location").unwrap().to_owned();
        self.open(&to).await
    }

    /// Leaves for the provider from the page for signing in.
    pub(super) async fn leave_to_sign_in(&self, next: &str) -> String {
        let page = self.open("/dashboard/sign-in").await;
        assert!(page.expect(200).text.contains("Continue with Example"));
        self.leave(&page, "/dashboard/sign-in/provider", next).await
    }

    /// Signs in with this subject's account.
    pub(super) async fn sign_in_with(&self, subject: &str) -> Answer {
        let state = self.leave_to_sign_in("").await;
        self.person.come_back(&state, subject).await
    }
}

#[actix_web::test]
async fn an_account_is_connected_and_signs_in() {
    let office = Office::open().await;
    let owner = office.owner().await;
    let page = owner.open(ACCOUNT).await;
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.contains("form-action 'self' https://provider.example"),
        "{policy}"
    );
    let told = owner.connect("ada").await;
    assert!(told.expect(200).text.contains("The account is connected"));
    assert!(
        told.text.contains("You can sign in with Example"),
        "{}",
        told.text
    );
    assert!(told.text.contains("a…@example.org"));

    let visitor = office.visitor();
    let state = visitor.leave_to_sign_in("/dashboard/developers?show=all").await;
    let back = visitor.person.come_back(&state, "ada").await;
    assert_eq!(
        back.expect(303).header("location"),
        Some("/dashboard/developers?show=all")
    );
    let overview = visitor.open("/dashboard").await;
    assert!(overview.expect(200).text.contains("Ada Lovelace"));
    let actions = office.actions().await;
    assert!(
        actions.contains(&"administrator.account_connected"),
        "{actions:?}"
    );
    assert_eq!(actions.last(), Some(&"administrator.signed_in"));
    // The way to the provider is remembered for no longer than it takes.
    let cookies = visitor.person.cookies.borrow();
    assert!(!cookies.contains_key("__Host-symbolon-departure"));
}

/// Matching is by issuer and subject, whatever the provider says of mail addresses.
#[actix_web::test]
async fn a_stranger_is_nobody_whatever_their_mail_address() {
    let office = Office::open().await;
    office.owner().await.connect("ada").await.expect(200);
    for stranger in [
        "mallory~ada@example.org",
        "ada~ada@example.org~https://other.example",
    ] {
        let visitor = office.visitor();
        let back = visitor.sign_in_with(stranger).await;
        assert!(
            back.expect(422)
                .text
                .contains("Nobody has connected this Example account."),
            "{}",
            back.text
        );
        assert_eq!(visitor.session(), None);
        visitor.get("/dashboard").await.expect(303);
    }
}

#[actix_web::test]
async fn an_account_is_connected_to_one_administrator() {
    let office = Office::open().await;
    office.owner().await.connect("ada").await.expect(200);
    let (id, grace) = office.colleague("grace@example.org", Role::Viewer).await;
    let told = grace.connect("ada").await;
    assert!(told.expect(200).text.contains("Nothing was connected"));
    let kept = office
        .app
        .ports
        .administrators
        .find(office.organization.id, id)
        .await;
    assert_eq!(kept.unwrap().unwrap().proofs.connection, None);
    let told = grace.connect("grace").await;
    assert!(told.expect(200).text.contains("The account is connected"));
}

/// Whoever is removed, and everybody of a cancelled organization, is nobody.
#[actix_web::test]
async fn who_is_gone_does_not_come_back_by_a_provider() {
    let office = Office::open().await;
    let (id, grace) = office.colleague("grace@example.org", Role::Administrator).await;
    grace.connect("grace").await.expect(200);
    office.visitor().sign_in_with("grace").await.expect(303);
    let operator = Authority::Operator(&office.organization);
    remove(&office.app.ports, operator, id).await.unwrap();
    office.visitor().sign_in_with("grace").await.expect(422);

    office.owner().await.connect("ada").await.expect(200);
    let visitor = office.visitor();
    let state = visitor.leave_to_sign_in("").await;
    office.app.cancel(office.organization.id).await;
    visitor.person.come_back(&state, "ada").await.expect(422);
    assert_eq!(visitor.session(), None);
}

/// B18: a session that was planted before signing in with a provider is dead afterwards.
#[actix_web::test]
async fn signing_in_with_a_provider_begins_another_session() {
    let office = Office::open().await;
    let planted = office.owner().await;
    planted.connect("ada").await.expect(200);
    let value = planted.session().unwrap();
    let victim = office.visitor();
    let state = victim.leave_to_sign_in("").await;
    victim
        .person
        .cookies
        .borrow_mut()
        .insert("__Host-symbolon-dashboard".into(), value.clone());
    victim.person.come_back(&state, "ada").await.expect(303);
    assert_ne!(victim.session(), Some(value));
    victim.get("/dashboard").await.expect(200);
    planted.get("/dashboard").await.expect(303);
}

#[actix_web::test]
async fn who_is_invited_joins_with_an_account() {
    let office = Office::open().await;
    let (id, link) = office.invite("grace@example.org", Role::Viewer).await;
    let grace = office.visitor();
    let page = grace.open(&link).await;
    assert!(page.expect(200).text.contains("Continue with Example"));
    let state = grace.leave(&page, "/dashboard/welcome/provider", "").await;
    let back = grace.person.come_back(&state, "grace").await;
    assert_eq!(
        back.expect(303).header("location"),
        Some("/dashboard/settings/account?done=joined")
    );
    let account = grace.open("/dashboard/settings/account?done=joined").await;
    assert!(account.expect(200).text.contains("You have joined"));
    let kept = office
        .app
        .ports
        .administrators
        .find(office.organization.id, id)
        .await;
    let kept = kept.unwrap().unwrap();
    assert!(kept.joined_at.is_some() && kept.proofs.password.is_none());
    assert!(office.actions().await.contains(&"administrator.joined"));
    // The link is used up, and the account alone lets in.
    office.visitor().open(&link).await.expect(404);
    office.visitor().sign_in_with("grace").await.expect(303);
    // It is the only way in, and stays so until there is another.
    grace
        .act("/dashboard/settings/account/disconnect", &[])
        .await
        .expect(200);
    office.visitor().sign_in_with("grace").await.expect(303);
}

/// With somebody else's account nobody joins, and the invitation stays good.
#[actix_web::test]
async fn nobody_joins_with_an_account_that_is_taken() {
    let office = Office::open().await;
    office.owner().await.connect("ada").await.expect(200);
    let (_, link) = office.invite("grace@example.org", Role::Owner).await;
    let grace = office.visitor();
    let page = grace.open(&link).await;
    for (code, sentence) in [
        ("ada", "Another administrator signs in with this Example account."),
        (UNREACHABLE, "Example did not say who you are."),
    ] {
        let state = grace.leave(&page, "/dashboard/welcome/provider", "").await;
        let back = grace.person.come_back(&state, code).await;
        assert!(back.expect(422).text.contains(sentence), "{}", back.text);
        assert!(back.text.contains("Accept and sign in"));
        assert_eq!(grace.session(), None);
    }
    let state = grace.leave(&page, "/dashboard/welcome/provider", "").await;
    grace.person.come_back(&state, "grace").await.expect(303);
}

/// An invitation that was begun is that one's: another that the browser has opened since is not accepted in its place.
#[actix_web::test]
async fn another_invitation_is_not_accepted_in_the_place_of_one() {
    let office = Office::open().await;
    let (_, link) = office.invite("grace@example.org", Role::Viewer).await;
    let (alan, other) = office.invite("alan@example.org", Role::Owner).await;
    let browser = office.visitor();
    let page = browser.open(&link).await;
    let state = browser.leave(&page, "/dashboard/welcome/provider", "").await;
    browser.open(&other).await.expect(200);
    let back = browser.person.come_back(&state, "grace").await;
    assert!(back.expect(200).text.contains("alan@example.org"));
    assert_eq!(browser.session(), None);
    let kept = office
        .app
        .ports
        .administrators
        .find(office.organization.id, alan)
        .await;
    assert_eq!(kept.unwrap().unwrap().joined_at, None);
}

/// An operator who has not said so has not opened the dashboard to a provider, and who takes it back has closed it.
#[actix_web::test]
async fn a_provider_that_is_not_for_administrators_lets_none_in() {
    let office = Office::open().await;
    office.owner().await.connect("ada").await.expect(200);
    let visitor = office.visitor();
    let page = visitor.open("/dashboard/sign-in").await;
    let state = visitor.leave_to_sign_in("").await;
    office.app.provider.close_to(Audience::Administrators);
    let back = visitor.person.come_back(&state, "ada").await;
    assert!(back.expect(422).text.contains("Example did not say who you are."));
    assert_eq!(visitor.session(), None);
    let fields = [("provider", "example")];
    visitor
        .submit(&page, "/dashboard/sign-in/provider", &fields)
        .await
        .expect(404);
    let page = visitor.open("/dashboard/sign-in").await;
    assert!(!page.text.contains("Continue with"), "{}", page.text);
    let policy = page.header("content-security-policy").unwrap();
    assert!(!policy.contains("provider.example"), "{policy}");
    let account = office.owner().await.open(ACCOUNT).await;
    assert!(account.text.contains("You can sign in with Example"));
    let settings = office.owner().await.open("/dashboard/settings").await;
    assert!(
        settings.text.contains("<dd>their password</dd>"),
        "{}",
        settings.text
    );
    assert!(settings.text.contains("<dd>Example</dd>"), "{}", settings.text);
}

#[actix_web::test]
async fn the_settings_say_which_provider_is_for_whom() {
    let office = Office::open().await;
    office.app.provider.close_to(Audience::Recipients);
    let settings = office.owner().await.open("/dashboard/settings").await;
    assert!(
        settings.text.contains("<dd>no provider</dd>"),
        "{}",
        settings.text
    );
    assert!(settings.text.contains("<dd>their password, or Example</dd>"));
    // Nobody claims with it then.
    let person = Person::new(&office.app);
    let page = person.open("/credentials").await;
    assert!(page.expect(503).text.contains("There is no provider"));
}

/// An account is connected on a recent proof, also where it grew old on the way.
#[actix_web::test]
async fn an_old_proof_connects_nothing() {
    let office = Office::open().await;
    let owner = office.owner().await;
    office.app.advance(RECENT_SECONDS * 1_000 - 1);
    let state = owner.leave_to_connect().await;
    office.app.advance(1);
    let back = owner.person.come_back(&state, "ada").await;
    let to = back.expect(303).header("location").unwrap();
    assert!(to.starts_with("/dashboard/confirm"), "{to}");
    office.visitor().sign_in_with("ada").await.expect(422);
}
