//! Nothing in the dashboard needs JavaScript.

use symbolon_tests::{Kind, Office, Person, Site, Spot, until};

use crate::{people::file, scene::Scene, was_safe};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_main_acts_need_no_script() {
    let office = Office::open(Site::new(Kind::Sqlite)).await;
    let owner = Person::new().await;
    owner.disable_javascript().await;
    owner.goto(&office.set_up_link()).await;
    office.set_up(&owner).await;
    owner.sees(Office::ORGANIZATION).await;
    owner.click(Spot::Button("Sign out")).await;
    owner.sees("Sign in").await;
    office.sign_in(&owner, Office::OWNER_MAIL).await;

    let template = office.template(&owner, "certificate", Scene::TEMPLATE).await;
    let ada = ["Ada", "Lovelace", Scene::MAIL];
    let (_, link) = office.recipient(&owner, &template, ada).await;
    let holder = Person::new().await;
    holder.claim(&link, "Grace Hopper").await;
    holder.sees(Scene::TEMPLATE).await;
    owner.goto(&office.url("/dashboard/recipients")).await;
    owner.fill("#q", "lovel").await;
    owner.click(Spot::Button("Show")).await;
    owner.click(Spot::Link("Ada Lovelace")).await;
    owner.sees("Ada Lovelace").await;
    owner.click(Spot::Button("Show token and link")).await;
    assert_eq!(owner.text("#link").await, link);
    // The question is a page, and no dialog.
    owner.click(Spot::Link("Reset…")).await;
    owner.sees("Reset the access of Ada Lovelace?").await;
    owner.click(Spot::Button("Reset")).await;
    owner.reads_that("The access was reset.").await;

    importing(&office, &owner, &template).await;
    in_bulk(&office, &owner).await;

    owner.click(Spot::Link("Developers")).await;
    owner.click(Spot::Link("Create token")).await;
    owner.click(Spot::Button("Create token")).await;
    owner.sees("Your new authorization token").await;
    assert!(owner.text("#value").await.starts_with("symorg_"));
    was_safe(&owner, &office).await;
}

/// The page of the import asks for itself again, until it is done.
async fn importing(office: &Office, owner: &Person, template: &str) {
    let people = office.file("people.csv", &file(1..=200, &[";;nobody;;;;"]));
    let form = format!("/dashboard/import?template={template}");
    owner.goto(&office.url(&form)).await;
    owner.hand_over("#file", &people).await;
    owner.click(Spot::Button("Go on to the columns")).await;
    owner.sees("What the columns mean").await;
    owner.click(Spot::Button("Check the rows")).await;
    owner.sees("Check before importing").await;
    owner.click("#no_mail").await;
    owner.click(Spot::Button("Import 200 rows")).await;
    owner.sees("Import").await;
    until("the import is done", async || {
        owner.reads().await.contains("Done")
    })
    .await;
    owner.reads_that("201 of 201 rows").await;
    assert_eq!(
        owner.count("meta[http-equiv=refresh]").await,
        0,
        "what is over is not asked for again"
    );
}

async fn in_bulk(office: &Office, owner: &Person) {
    owner.goto(&office.url("/dashboard/recipients?q=person000")).await;
    owner.reads_that("9 recipients").await;
    owner.click("#pick-1").await;
    owner.click("#pick-2").await;
    owner.choose("#act", "Delete recipients").await;
    owner.click("button[value=chosen]").await;
    owner.sees("Delete 2 recipients?").await;
    owner.fill("#confirm", "2").await;
    owner.click(".question form button").await;
    until("they are deleted", async || owner.reads().await.contains("Done")).await;
    owner.goto(&office.url("/dashboard/recipients?q=person000")).await;
    owner.reads_that("7 recipients").await;
}
