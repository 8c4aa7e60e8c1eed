//! Two administrators at one recipient: one act counts, and both see a page that says how it is.

use symbolon_tests::{Office, Person, Site, Spot, on_both};

use crate::{scene::Scene, was_safe};

on_both!(two_act_on_one_recipient, two_approve_one_request);

const COLLEAGUE: &str = "Charles Babbage";

async fn with_a_colleague(site: Site) -> (Scene, Person) {
    let scene = Scene::set(site).await;
    let role = "Administrator: works with templates, recipients and tokens";
    let mail = "charles@example.org";
    let colleague = scene.colleague(&scene.owner, COLLEAGUE, mail, role).await;
    (scene, colleague)
}

async fn two_act_on_one_recipient(site: Site) {
    let (scene, colleague) = with_a_colleague(site).await;
    let ada = scene.claimed_by("Ada Lovelace").await;
    ada.sees(Scene::TEMPLATE).await;
    let page = scene.url(&format!("/dashboard/recipients/{}", scene.ada));

    // Both are asked whether to reset, and both say yes.
    for person in [&scene.owner, &colleague] {
        person.goto(&page).await;
        person.click(Spot::Link("Reset…")).await;
        let _ = person.text("dialog").await;
    }
    scene.owner.click(Spot::Button("Reset")).await;
    colleague.click(Spot::Button("Reset")).await;
    let done = "The access was reset. The same link works again";
    scene.owner.reads_that(done).await;
    colleague
        .reads_that("Nothing was done: the recipient was changed meanwhile.")
        .await;
    let happened = colleague.text(".timeline").await;
    assert_eq!(happened.matches("Reset\n").count(), 1, "{happened}");
    assert!(happened.contains(Office::OWNER), "{happened}");

    // One deletes whom the other is about to revoke.
    scene.owner.goto(&page).await;
    colleague.goto(&page).await;
    colleague.click(Spot::Link("Revoke credential…")).await;
    let _ = colleague.text("dialog").await;
    scene.act("Delete recipient").await;
    scene.owner.reads_that("The recipient was deleted").await;
    colleague.click(Spot::Button("Revoke credential")).await;
    colleague.sees("There is no such page").await;
    assert_eq!(colleague.status().await, 404);
    for person in [&scene.owner, &colleague] {
        was_safe(person, &scene).await;
    }
}

async fn two_approve_one_request(site: Site) {
    let (scene, colleague) = with_a_colleague(site).await;
    let holder = scene.claimed_by("Grace Hopper").await;
    holder.sees(Scene::TEMPLATE).await;
    let ada = scene.claimed_by("Ada Lovelace").await;
    ada.click(Spot::Button("Ask the issuer for a reset")).await;
    ada.reads_that("You have asked for a reset.").await;

    let queue = scene.url("/dashboard/reset-requests");
    for person in [&scene.owner, &colleague] {
        person.goto(&queue).await;
        assert_eq!(person.count("button[value=approve]").await, 1);
    }
    scene.owner.click("button[value=approve]").await;
    scene.owner.reads_that("The access was reset.").await;
    // Ada claims; the colleague's approval comes late, and takes nothing from her.
    ada.goto(&scene.link).await;
    ada.click(Person::CONNECT).await;
    ada.sees(Scene::TEMPLATE).await;
    colleague.click("button[value=approve]").await;
    colleague
        .reads_that("Nothing was done: this reset request does not wait any more.")
        .await;
    ada.goto(&scene.url(&format!("/credentials/{}", scene.ada))).await;
    ada.sees(Scene::TEMPLATE).await;
}
