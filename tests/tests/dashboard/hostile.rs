//! What other sites and other people's cookies can do to the dashboard: nothing.

use std::fs;

use symbolon_tests::{Office, Person, Site, Spot, on_both, until};

use crate::scene::Scene;

on_both!(
    a_form_on_another_site_does_nothing,
    no_page_of_the_dashboard_can_be_framed,
    a_cookie_from_before_signing_in_is_worth_nothing,
);

/// What the cookie of a session at the dashboard is called over plain HTTP.
const SESSION: &str = "symbolon-dashboard";

/// B20: the browser keeps its session to itself, and is led to sign in.
async fn a_form_on_another_site_does_nothing(site: Site) {
    let scene = Scene::set(site).await;
    // The browser keeps the cookie to itself; when it is led to sign in, it shows it again: so the page that asks is
    // what is seen at most, and nothing is done without another click.
    let page = format!("/dashboard/recipients/{}", scene.ada);
    let acts = [
        (format!("{page}/delete"), "Delete Ada Lovelace?"),
        (format!("{page}/revoke-access"), "Revoke access for Ada Lovelace?"),
        (
            format!("/dashboard/templates/{}/pause", scene.template),
            "Pause the template “First aid”?",
        ),
        (
            "/dashboard/sign-out".to_owned(),
            "This form is too old, or came from elsewhere",
        ),
    ];
    let directory = tempfile::tempdir().unwrap();
    let trap = directory.path().join("trap.html");
    for (act, heading) in &acts {
        // One that knows even the shape of the form, with a value of its own.
        let form = format!(
            "<title>A trap</title><form method=\"post\" action=\"{}\"><input name=\"csrf\" value=\"{}\">\
             <button>Win a prize</button></form>",
            scene.url(act),
            "A".repeat(43),
        );
        fs::write(&trap, form).unwrap();
        scene.owner.goto(&format!("file://{}", trap.display())).await;
        scene.owner.click(Spot::Button("Win a prize")).await;
        scene.owner.sees(heading).await;
    }
    // Nothing happened: Ada is there, and her link works.
    scene.select_ada().await;
    scene.owner.reads_that("Not opened").await;
    let ada = scene.claimed_by("Ada Lovelace").await;
    ada.sees(Scene::TEMPLATE).await;
}

/// B19.
async fn no_page_of_the_dashboard_can_be_framed(site: Site) {
    let scene = Scene::set(site).await;
    let paths = [
        "/dashboard".to_owned(),
        "/dashboard/recipients".to_owned(),
        format!("/dashboard/recipients/{}", scene.ada),
        format!("/dashboard/recipients/{}/delete", scene.ada),
        "/dashboard/import".to_owned(),
        "/dashboard/developers".to_owned(),
        "/dashboard/settings/account".to_owned(),
        "/dashboard/sign-in".to_owned(),
    ];
    let directory = tempfile::tempdir().unwrap();
    let trap = directory.path().join("trap.html");
    for path in &paths {
        let frame = format!(
            "<title>A trap</title><iframe src=\"{}\"></iframe>",
            scene.url(path)
        );
        fs::write(&trap, frame).unwrap();
        let before = refusals(&scene.owner).await;
        scene.owner.goto(&format!("file://{}", trap.display())).await;
        until(&format!("the browser refuses to frame {path}"), async || {
            refusals(&scene.owner).await > before
        })
        .await;
    }
}

/// How many frames the browser has refused since the beginning.
async fn refusals(person: &Person) -> usize {
    let said = person.console().await;
    let refused = said.iter().filter(|line| line.contains("frame-ancestors 'none'"));
    refused.count()
}

/// B18: whoever plants a cookie before somebody signs in does not share their session afterwards.
async fn a_cookie_from_before_signing_in_is_worth_nothing(site: Site) {
    let office = Office::open(site).await;
    let owner = office.owner().await;
    let first = owner.cookie(SESSION).await.expect("there is a session");
    owner.click(Spot::Button("Sign out")).await;
    owner.sees("Sign in").await;

    // The planted cookie: made up, or of a session that was.
    for planted in ["A".repeat(43), first] {
        plant(&owner, &planted).await;
        office.sign_in(&owner, Office::OWNER_MAIL).await;
        let session = owner.cookie(SESSION).await.expect("there is a session");
        assert_ne!(session, planted);
        let thief = Person::new().await;
        thief.goto(&office.url("/dashboard/sign-in")).await;
        plant(&thief, &planted).await;
        thief.goto(&office.url("/dashboard")).await;
        thief.sees("Sign in").await;
        owner.click(Spot::Button("Sign out")).await;
        owner.sees("Sign in").await;
    }
}

/// Sets the cookie of a session, as whoever controls a neighbouring site or the network could.
async fn plant(person: &Person, value: &str) {
    let url = person.current_url().await;
    let cookie =
        serde_json::json!({ "name": SESSION, "value": value, "url": url.as_str(), "httpOnly": true });
    let set = person.devtools("Network.setCookie", &cookie).await;
    assert_eq!(set["success"], true, "{set}");
    assert_eq!(person.cookie(SESSION).await.as_deref(), Some(value));
}
