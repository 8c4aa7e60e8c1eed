//! Setting up, joining, signing in and out.

use symbolon_domain::{administrator::Role, second_factor::TotpSecret, secret::Secret as _};

use super::office::{Office, PASSWORD};
use crate::test_app::TestApp;

/// C15: one administrator, and afterwards the link leads nowhere.
#[actix_web::test]
async fn the_service_is_set_up_once() {
    let office = Office::open().await;
    assert_eq!(office.set_up_link().await, None);
    let members = office
        .app
        .ports
        .administrators
        .list(office.organization.id)
        .await
        .unwrap();
    let [ada] = members.as_slice() else {
        panic!("{members:?}");
    };
    assert_eq!((ada.role, ada.called()), (Role::Owner, "Ada Lovelace"));
    assert!(office.actions().await.contains(&"administrator.set_up"));
    let unknown = format!("/dashboard/link/{}", crate::test_app::unknown_value());
    office.visitor().open(&unknown).await.expect(404);
}

#[actix_web::test]
async fn a_fresh_service_makes_its_organization_with_the_first_owner() {
    let app = TestApp::start().await;
    let secret = symbolon_domain::service::administration::set_up::offer(&app.ports).await;
    let link = format!("/dashboard/link/{}", secret.unwrap().unwrap().expose());
    let person = crate::test_person::Person::new(&app);
    let answer = person.get(&link).await;
    // The address is clean before anything is shown.
    assert_eq!(answer.expect(303).header("location"), Some("/dashboard/welcome"));
    let page = person.get("/dashboard/welcome").await;
    assert!(page.expect(200).text.contains("name=\"organization\""));
    assert!(!page.text.contains("symlnk_"));
    let csrf = crate::test_person::Person::csrf(&page);
    let mut fields = vec![
        ("csrf", csrf.as_str()),
        ("organization", "Example Academy"),
        ("contact", "office@example.org"),
        ("url", ""),
        ("name", "Ada"),
        ("mail", "ada@example.org"),
        ("password", "short"),
    ];
    let again = person.post("/dashboard/welcome", &fields).await;
    assert!(
        again.expect(422).text.contains("12 characters are the least"),
        "{}",
        again.text
    );
    assert!(again.text.contains("value=\"Example Academy\""));
    *fields.last_mut().unwrap() = ("password", PASSWORD);
    let done = person.post("/dashboard/welcome", &fields).await;
    assert_eq!(
        done.expect(303).header("location"),
        Some("/dashboard?done=set-up")
    );
    assert!(
        person
            .open("/dashboard?done=set-up")
            .await
            .expect(200)
            .text
            .contains("Example Academy")
    );
    person.open(&link).await.expect(404);
}

#[actix_web::test]
async fn who_is_invited_joins_once() {
    let office = Office::open().await;
    let (id, link) = office.invite("grace@example.org", Role::Viewer).await;
    let grace = office.visitor();
    let page = grace.open(&link).await;
    assert!(page.expect(200).text.contains("Analytical Engines"));
    let fields = [("name", "Grace Hopper"), ("password", PASSWORD)];
    let joined = grace.submit(&page, "/dashboard/welcome", &fields).await;
    joined.expect(303);
    assert!(
        grace
            .open("/dashboard")
            .await
            .expect(200)
            .text
            .contains("Grace Hopper")
    );
    office.visitor().open(&link).await.expect(404);
    let kept = office
        .app
        .ports
        .administrators
        .find(office.organization.id, id)
        .await;
    assert!(kept.unwrap().unwrap().joined_at.is_some());
}

#[actix_web::test]
async fn only_the_right_password_lets_in() {
    let office = Office::open().await;
    let visitor = office.visitor();
    let page = visitor.open("/dashboard/developers").await;
    assert!(
        page.expect(200)
            .text
            .contains("name=\"next\" value=\"/dashboard/developers\"")
    );
    let wrong = visitor.sign_in("ada@example.org", "wrong").await;
    assert!(
        wrong
            .expect(422)
            .text
            .contains("The mail address or the password is wrong.")
    );
    let too_soon = visitor.sign_in("ada@example.org", PASSWORD).await;
    assert!(too_soon.expect(429).text.contains("Try again in a second."));
    office.app.advance(1_000);
    visitor.sign_in("ADA@example.org", PASSWORD).await.expect(303);
    visitor.get("/dashboard/developers").await.expect(200);
    // Nobody learns whom there is.
    office.app.advance(60_000);
    let nobody = visitor.sign_in("nobody@example.org", PASSWORD).await;
    assert!(
        nobody
            .expect(422)
            .text
            .contains("The mail address or the password is wrong.")
    );
}

/// B18: a session that was planted before signing in is dead afterwards, and another begins.
#[actix_web::test]
async fn signing_in_begins_another_session() {
    let office = Office::open().await;
    let clerk = office.owner().await;
    let planted = clerk.session().unwrap();
    clerk.post("/dashboard/sign-out", &[]).await.expect(303);
    assert_eq!(clerk.session(), None);
    let victim = office.visitor();
    victim
        .person
        .cookies
        .borrow_mut()
        .insert("__Host-symbolon-dashboard".into(), planted.clone());
    victim.sign_in("ada@example.org", PASSWORD).await.expect(303);
    assert_ne!(victim.session(), Some(planted.clone()));
    let attacker = office.visitor();
    attacker
        .person
        .cookies
        .borrow_mut()
        .insert("__Host-symbolon-dashboard".into(), planted);
    attacker.get("/dashboard").await.expect(303);
}

#[actix_web::test]
async fn a_session_ends_when_idle_and_in_any_case() {
    let office = Office::open().await;
    let clerk = office.owner().await;
    let minute = 60_000;
    office.app.advance(29 * minute);
    clerk.get("/dashboard").await.expect(200);
    office.app.advance(29 * minute);
    clerk.get("/dashboard").await.expect(200);
    office.app.advance(30 * minute);
    let ended = clerk.open("/dashboard/templates").await;
    assert!(ended.text.contains("Your session has ended."), "{}", ended.text);
    let clerk = office.owner().await;
    for _ in 0..(12 * 60 / 20 - 1) {
        office.app.advance(20 * minute);
        clerk.get("/dashboard").await.expect(200);
    }
    office.app.advance(20 * minute);
    clerk.get("/dashboard").await.expect(303);
}

#[actix_web::test]
async fn a_forgotten_password_is_chosen_anew_by_mail() {
    let office = Office::open().await;
    let elsewhere = office.owner().await;
    let visitor = office.visitor();
    let page = visitor.open("/dashboard/forgotten").await;
    for mail in ["ada@example.org", "nobody@example.org"] {
        let sent = visitor
            .submit(&page, "/dashboard/forgotten", &[("mail", mail)])
            .await;
        assert!(sent.expect(200).text.contains("Look into your mail"));
    }
    let link = office.mailed_link().await;
    let page = visitor.open(&link).await;
    let fields = [("password", "seven lanterns at sea")];
    visitor
        .submit(page.expect(200), "/dashboard/welcome", &fields)
        .await
        .expect(303);
    visitor.get("/dashboard").await.expect(200);
    // Who was signed in elsewhere is not any more, and the old password is worth nothing.
    elsewhere.get("/dashboard").await.expect(303);
    office
        .visitor()
        .sign_in("ada@example.org", PASSWORD)
        .await
        .expect(422);
    office.visitor().open(&link).await.expect(404);
}

#[actix_web::test]
async fn a_second_factor_is_asked_for_and_recovery_codes_stand_in_once() {
    let office = Office::open().await;
    let owner = office.owner().await;
    let page = owner.open("/dashboard/settings/account/second-factor").await;
    page.expect(200);
    let (secret, note) = enrolment(&page);
    let code = office.code(&secret);
    let fields = [("note", note.as_str()), ("code", code.as_str())];
    let codes = owner
        .submit(&page, "/dashboard/settings/account/second-factor", &fields)
        .await;
    let recovery = recovery_code(&codes.expect(200).text);
    let half = office.visitor();
    let next = half.sign_in("ada@example.org", PASSWORD).await;
    assert_eq!(
        next.expect(303).header("location"),
        Some("/dashboard/second-factor")
    );
    // Half a sign-in opens nothing, and leads to the other half.
    let elsewhere = half.get("/dashboard/templates").await;
    assert_eq!(
        elsewhere.expect(303).header("location"),
        Some("/dashboard/second-factor?next=%2Fdashboard%2Ftemplates")
    );
    let page = half.open("/dashboard/second-factor").await;
    let give = async |code: &str| {
        half.submit(&page, "/dashboard/second-factor", &[("code", code)])
            .await
    };
    // The code that was used to set it up is not taken again.
    give(&code).await.expect(422);
    office.app.advance(1_000);
    give(&recovery).await.expect(303);
    half.get("/dashboard").await.expect(200);
    let other = office.visitor();
    other.sign_in("ada@example.org", PASSWORD).await.expect(303);
    let page = other.open("/dashboard/second-factor").await;
    let again = [("code", recovery.as_str())];
    other
        .submit(&page, "/dashboard/second-factor", &again)
        .await
        .expect(422);
    office.app.advance(31_000);
    let fresh = office.code(&secret);
    other
        .submit(&page, "/dashboard/second-factor", &[("code", fresh.as_str())])
        .await
        .expect(303);
    assert!(
        office
            .actions()
            .await
            .contains(&"administrator.recovery_code_used")
    );
}

impl Office {
    /// The path of the link in the notice that waits.
    pub(super) async fn mailed_link(&self) -> String {
        let (ports, now) = (&self.app.ports, self.app.now());
        let dossier = ports
            .notices
            .take_due(now, now.plus_seconds(30))
            .await
            .unwrap()
            .unwrap();
        let link = dossier.link.unwrap();
        let binding = link.seal_binding(dossier.organization.id);
        let opened = ports.vault.open(&link.sealed.unwrap(), &binding).unwrap();
        let secret: symbolon_domain::secret::AdministratorLinkSecret = opened.read().unwrap();
        format!("/dashboard/link/{}", secret.expose())
    }

    pub(super) fn code(&self, secret: &TotpSecret) -> String {
        let now = self.app.now();
        let codes = &self.app.state.codes;
        let of_now = now.as_millis() / 30_000;
        // There is no way to ask for a code: the app knows it. A million are few enough to try.
        (0..1_000_000)
            .map(|code| format!("{code:06}"))
            .find(|code| codes.step_of(secret, code, now) == Some(of_now))
            .unwrap()
    }
}

/// The secret that a page shows, and the note that its form brings back.
pub(super) fn enrolment(page: &crate::test_app::Answer) -> (TotpSecret, String) {
    let note = page.text.split("name=\"note\" value=\"").nth(1).unwrap();
    let note = note.split('"').next().unwrap().to_owned();
    let shown = page
        .text
        .split(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == ' '))
        .map(|run| run.replace(' ', ""))
        .find_map(|run| TotpSecret::read(&run).ok());
    (shown.expect("the secret stands on the page"), note)
}

fn recovery_code(html: &str) -> String {
    let is_code = |word: &&str| word.len() == 11 && word.as_bytes()[5] == b'-';
    html.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .find(|word| is_code(word) && symbolon_domain::second_factor::RecoveryCode::typed(word).is_ok())
        .unwrap()
        .to_owned()
}
