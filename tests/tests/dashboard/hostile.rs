//! What other sites and other people's cookies can do to the dashboard: nothing.

use std::fs;

use symbolon_tests::{Office, Person, Site, Spot, on_both, until};

use crate::scene::Scene;

on_both!(
    a_form_on_another_site_does_nothing,
    no_page_of_the_dashboard_can_be_framed,
    a_cookie_from_before_signing_in_is_worth_nothing,
    what_another_organization_has_is_out_of_reach,
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

const NEIGHBOURS: &str = "Difference Engines";
const NOWHERE: &str = "There is no such page";

/// A16: whoever works for one organization goes to the addresses of another's, and writes its ids into their own forms.
async fn what_another_organization_has_is_out_of_reach(site: Site) {
    let scene = Scene::set(site).await;
    let (neighbour, administrator) = neighbour(&scene.office).await;
    let looms = scene.office.template(&neighbour, "certificate", "Looms").await;
    let joseph = ["Joseph", "Jacquard", "joseph@example.org"];
    let (joseph, link) = scene.office.recipient(&neighbour, &looms, joseph).await;
    let draft = drafted(&scene.office, &neighbour, &looms).await;
    let job = imported(&scene.office, &neighbour, &looms).await;
    neighbour.goto(&scene.url("/dashboard/developers/new")).await;
    neighbour.click(Spot::Button("Create token")).await;
    neighbour.sees("Your new authorization token").await;
    let token = neighbour.current_url().await;
    let token = token.path().split('/').nth(3).expect("its id").to_owned();

    let owner = &scene.owner;
    for path in [
        format!("recipients/{joseph}"),
        format!("recipients/{joseph}/preview"),
        format!("recipients/{joseph}/delete"),
        format!("recipients/{joseph}/replace"),
        format!("templates/{looms}"),
        format!("templates/{looms}/edit"),
        format!("templates/{looms}/pause"),
        format!("import/{draft}/columns"),
        format!("import/{draft}/check"),
        format!("jobs/{job}"),
        format!("jobs/{job}/cancel"),
        format!("jobs/{job}/report.csv"),
        format!("developers/{token}"),
        format!("developers/{token}/rotate"),
        format!("developers/{token}/revoke"),
        format!("settings/administrators/{administrator}/remove"),
    ] {
        let address = scene.url(&format!("/dashboard/{path}"));
        owner.goto(&address).await;
        owner.sees(NOWHERE).await;
        assert_eq!(owner.status().await, 404, "{path}");
        // Those whose it is are shown it, or told that it is over.
        if !path.ends_with("/report.csv") {
            neighbour.goto(&address).await;
            assert_ne!(neighbour.status().await, 404, "{path}");
        }
    }

    // Every form that names somebody or something, with their ids in the place of one's own.
    scene.select_ada().await;
    let ada = format!("/dashboard/recipients/{}", scene.ada);
    for act in ["reveal", "delete", "revoke-access", "replace"] {
        let submit = format!(
            "const form = document.querySelector(`form[action*='{ada}/']`); \
             form.action = '/dashboard/recipients/{joseph}/{act}'; form.submit()"
        );
        owner.goto(&scene.url(&ada)).await;
        owner.execute(&submit).await;
        owner.sees(NOWHERE).await;
        assert!(!owner.source().await.contains("symrec_"), "{act}");
    }
    for (page, more) in [
        (
            "/dashboard/recipients/new",
            [("First name", "Marie"), ("Mail address", "marie@example.org")].as_slice(),
        ),
        ("/dashboard/import", &[]),
    ] {
        owner.goto(&scene.url(page)).await;
        owner.fill_in(more).await;
        let choose = format!(
            "const list = document.querySelector('#template'); list.form.noValidate = true; \
             list.options[list.selectedIndex].value = '{looms}'"
        );
        owner.execute(&choose).await;
        owner.click("form.form button.primary").await;
        owner.reads_that("Choose one of these.").await;
        assert!(!owner.reads().await.contains("Looms"));
    }
    for act in ["Delete recipients", "Revoke access", "Send the link again"] {
        owner.goto(&scene.url("/dashboard/recipients")).await;
        owner
            .execute(&format!("document.querySelector('#pick-1').value = '{joseph}'"))
            .await;
        owner.click("#pick-1").await;
        owner.choose("#act", act).await;
        owner.click("button[value=chosen]").await;
        owner.sees("Nothing to do").await;
        assert!(!owner.reads().await.contains("Jacquard"), "{act}");
    }

    // Nothing happened to what they have.
    neighbour
        .goto(&scene.url(&format!("/dashboard/recipients/{joseph}")))
        .await;
    neighbour.sees("Joseph Jacquard").await;
    neighbour.reads_that("Not opened").await;
    neighbour
        .goto(&scene.url(&format!("/dashboard/templates/{looms}")))
        .await;
    neighbour.reads_that("Active").await;
    neighbour.goto(&scene.url("/dashboard/activity")).await;
    assert!(!neighbour.reads().await.contains(Office::OWNER));
    let rightful = Person::new().await;
    rightful.claim(&link, "Ada Lovelace").await;
    rightful.sees("Looms").await;
}

/// The owner of another organization of the same service, and their id.
async fn neighbour(office: &Office) -> (Person, String) {
    let theirs = office.site.organization(NEIGHBOURS).organization;
    let invite = [
        "administrators",
        "invite",
        "basile@example.org",
        "--role",
        "owner",
        "--organization",
    ];
    let made = office.site.json(&[&invite[..], &[&theirs]].concat());
    // The command does not know where the service listens.
    let link = made["link"].as_str().and_then(|link| link.rsplit_once('/'));
    let (_, secret) = link.expect("there is a link");
    let neighbour = Person::new().await;
    neighbour
        .goto(&office.url(&format!("/dashboard/link/{secret}")))
        .await;
    neighbour
        .fill_in(&[("Your name", "Basile Bouchon"), ("Password", Office::PASSWORD)])
        .await;
    neighbour.click(Spot::Button("Accept and sign in")).await;
    neighbour.sees(NEIGHBOURS).await;
    (
        neighbour,
        made["administrator"]["id"]
            .as_str()
            .expect("an id is text")
            .to_owned(),
    )
}

/// Gives the wizard a file; the id of the draft.
async fn drafted(office: &Office, somebody: &Person, template: &str) -> String {
    let file = office.file(
        "weavers.csv",
        b"first name;mail\r\nMarie;weaver@example.org\r\nNobody;\r\n",
    );
    let form = format!("/dashboard/import?template={template}");
    somebody.goto(&office.url(&form)).await;
    somebody.hand_over("#file", &file).await;
    somebody.click(Spot::Button("Go on to the columns")).await;
    somebody.sees("What the columns mean").await;
    let url = somebody.current_url().await;
    url.path().split('/').nth(3).expect("its id").to_owned()
}

/// The same, to the end; the id of the job.
async fn imported(office: &Office, somebody: &Person, template: &str) -> String {
    let id = drafted(office, somebody, template).await;
    somebody.click(Spot::Button("Check the rows")).await;
    somebody.sees("Check before importing").await;
    somebody.click("form button.primary").await;
    somebody.sees("Import").await;
    somebody.reads_that("Done").await;
    id
}
