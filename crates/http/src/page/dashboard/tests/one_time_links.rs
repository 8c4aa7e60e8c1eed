//! One-time links that are used up, and what is no link.

use symbolon_domain::{administrator::Role, secret::AdministratorLinkSecret};
use symbolon_vault::SystemEntropy;

use super::office::{Office, PASSWORD};

const OVER: &str = "This link was used, or is over";
const USED: &str = "This link was used already";

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
