//! One-time links that are used up, and what is no link.

use symbolon_domain::{
    administrator::Role, page::PageRequest, secret::AdministratorLinkSecret, service::administration::set_up,
};
use symbolon_vault::SystemEntropy;

use super::office::{Office, PASSWORD};
use crate::{
    test_app::{Answer, TestApp},
    test_person::Person,
};

const OVER: &str = "This link was used, or is over";
const USED: &str = "This link was used already";
const SET_UP: &str = "This service is set up already";

/// The path of a link that looks like ours and was never given out.
fn made_up() -> String {
    let secret = AdministratorLinkSecret::generate(&SystemEntropy::new()).unwrap();
    format!("/dashboard/link/{}", secret.expose())
}

/// Whoever has a link that was used is told so, with what to do. Nobody finds out by trying which links there have been.
#[actix_web::test]
async fn a_used_link_says_so_and_tells_guessers_nothing() {
    let office = Office::open().await;
    let guess = office.visitor().open(&made_up()).await;
    let (_, accepted) = office.invite("grace@example.org", Role::Viewer).await;
    let grace = office.visitor();
    let page = grace.open(&accepted).await;
    let fields = [("name", "Grace Hopper"), ("password", PASSWORD)];
    grace
        .submit(&page, "/dashboard/welcome", &fields)
        .await
        .expect(303);
    let (id, replaced) = office.invite("alan@example.org", Role::Viewer).await;
    let again = format!("/dashboard/settings/administrators/{id}/invite-again");
    office.owner().await.post(&again, &[]).await.expect(303);
    for link in [accepted, replaced] {
        let answer = office.visitor().open(&link).await;
        assert!(answer.expect(404).text.contains(OVER), "{}", answer.text);
        for way in ["/dashboard/sign-in", "/dashboard/forgotten"] {
            assert!(answer.text.contains(&format!("href=\"{way}\"")), "{way}");
        }
        assert_eq!(answer.text, guess.text, "as with one that never was");
        assert_eq!(guess.status, 404);
    }
    let cut = made_up();
    let broken = office.visitor().open(&cut[..cut.len() - 1]).await;
    assert!(
        broken.expect(404).text.contains("has lost a part"),
        "{}",
        broken.text
    );
}

/// Whoever has the page open while its link is used learns what it was for.
#[actix_web::test]
async fn a_form_that_comes_too_late_says_what_became_of_its_link() {
    let office = Office::open().await;
    let visitor = office.visitor();
    let page = visitor.open("/dashboard/forgotten").await;
    visitor
        .submit(&page, "/dashboard/forgotten", &[("mail", "ada@example.org")])
        .await
        .expect(200);
    let password = office.mailed_link().await;
    let (_, invitation) = office.invite("grace@example.org", Role::Viewer).await;
    let joining = [("name", "Grace Hopper"), ("password", PASSWORD)];
    let choosing = [("password", PASSWORD)];
    for (link, fields, way) in [
        (invitation, joining.as_slice(), "/dashboard/sign-in"),
        (password, choosing.as_slice(), "/dashboard/forgotten"),
    ] {
        let (first, second) = (office.visitor(), office.visitor());
        let pages = [first.open(&link).await, second.open(&link).await];
        first
            .submit(&pages[0], "/dashboard/welcome", fields)
            .await
            .expect(303);
        let late = second.submit(&pages[1], "/dashboard/welcome", fields).await;
        assert!(late.expect(410).text.contains(USED), "{}", late.text);
        assert!(
            late.text
                .contains(&format!("class=\"button primary\" href=\"{way}\"")),
            "{}",
            late.text
        );
    }
}

/// The path of a link for the set-up.
async fn set_up_link(app: &TestApp) -> String {
    let secret = set_up::offer(&app.ports).await.unwrap().unwrap();
    format!("/dashboard/link/{}", secret.expose())
}

/// Sends the form of the set-up, under this name.
async fn found(person: &Person<'_>, page: &Answer, name: &str) -> Answer {
    let csrf = Person::csrf(page.expect(200));
    let (organization, mail) = (format!("{name} and partners"), format!("{name}@example.org"));
    let fields = [
        ("csrf", csrf.as_str()),
        ("organization", organization.as_str()),
        ("contact", mail.as_str()),
        ("url", ""),
        ("name", name),
        ("mail", mail.as_str()),
        ("password", PASSWORD),
    ];
    person.post("/dashboard/welcome", &fields).await
}

/// C15: two have the form of the set-up open, by one link or by two; one sets the service up, and the other is told to have
/// been slower, whether it is by an hour or by nothing.
#[actix_web::test]
async fn of_two_open_set_ups_one_is_done() {
    for (is_one_link, at_once) in [(true, false), (false, false), (true, true), (false, true)] {
        let app = TestApp::start().await;
        let first_link = set_up_link(&app).await;
        let second_link = if is_one_link {
            first_link.clone()
        } else {
            set_up_link(&app).await
        };
        let (ada, eve) = (Person::new(&app), Person::new(&app));
        let pages = [ada.open(&first_link).await, eve.open(&second_link).await];
        let answers = if at_once {
            let both = tokio::join!(found(&ada, &pages[0], "ada"), found(&eve, &pages[1], "eve"));
            [both.0, both.1]
        } else {
            [
                found(&ada, &pages[0], "ada").await,
                found(&eve, &pages[1], "eve").await,
            ]
        };
        let (done, late) = match answers {
            [first, second] if first.status == 303 => (first, second),
            [first, second] => (second, first),
        };
        let case = format!("one link: {is_one_link}, at once: {at_once}");
        assert_eq!(
            done.expect(303).header("location"),
            Some("/dashboard?done=set-up"),
            "{case}"
        );
        assert_eq!(late.status, 409, "{case}: {}", late.text);
        for told in [SET_UP, "Somebody was faster", "tell the operator at once"] {
            assert!(late.text.contains(told), "{case}: {told}");
        }
        assert!(late.header("set-cookie").is_none(), "{case}");
        let organizations = app
            .ports
            .organizations
            .list(PageRequest::new(1, 10))
            .await
            .unwrap();
        assert_eq!(organizations.items.len(), 1, "{case}");
    }
}

/// Nobody is said to have been faster where nobody was.
#[actix_web::test]
async fn a_set_up_link_that_is_forgotten_is_over_and_not_used() {
    let app = TestApp::start().await;
    let ada = Person::new(&app);
    let page = ada.open(&set_up_link(&app).await).await;
    app.advance(59 * 60_000);
    let an_hour_later = app.now().plus_seconds(60);
    let forgotten = app.ports.administrators.forget_links(an_hour_later).await;
    assert_eq!(forgotten.unwrap(), 1);
    let late = found(&ada, &page, "ada").await;
    assert!(late.expect(404).text.contains(OVER), "{}", late.text);
}
