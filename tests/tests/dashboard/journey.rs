//! From the first start to the export, in one go: what an organization does in its first hour.

use symbolon_tests::{Office, Person, Site, Spot, on_both, until};

use crate::{
    people::{Somebody, file},
    was_safe,
};

on_both!(an_organization_awards_certificates_to_a_thousand_people);

const TEMPLATE: &str = "Occupational Safety";

/// What is wrong with the last rows of the file, each in its own way.
const BAD: [&str; 4] = [
    "Nobody;Nowhere;;en;;;no address",
    "Alan;Turing;alan at example;en;;;no address either",
    "Grace;Hopper;grace@example.org;en;1/2/2099;;two meanings",
    "Jürgen;Zweimal;person0005@EXAMPLE.ORG;en;;;twice",
];

async fn an_organization_awards_certificates_to_a_thousand_people(site: Site) {
    let office = Office::open(site).await;
    let owner = Person::new().await;
    setting_up(&office, &owner).await;
    making_a_template(&owner).await;
    importing(&office, &owner).await;

    let holder = Person::new().await;
    let chosen = Somebody(3);
    claiming(&office, &owner, &holder, &chosen).await;
    let second = Person::new().await;
    resetting(&office, &owner, [&holder, &second], &chosen).await;
    revoking(&office, &owner, &second, &chosen).await;
    deleting(&office, &owner).await;
    exporting(&office, &owner).await;

    // Every good row was mailed, once.
    for enough in (100..=996).step_by(128) {
        until(&format!("{enough} are mailed"), async || {
            office.smtp.slips().await.len() >= enough
        })
        .await;
    }
    let letters = async |number| office.letters_to(&Somebody(number).mail()).await;
    for number in [1, 2, 250, 995] {
        assert_eq!(letters(number).await, 1, "mails to {number}");
    }
    for person in [&owner, &holder, &second] {
        was_safe(person, &office).await;
    }
}

async fn setting_up(office: &Office, owner: &Person) {
    let link = office.set_up_link();
    owner.goto(&link).await;
    owner.sees("Welcome to Symbolon").await;
    let promise = "You will be its first administrator and the owner of an organization";
    owner.reads_that(promise).await;
    office.set_up(owner).await;
    owner.sees(Office::ORGANIZATION).await;
    for told in [
        "Your organization is set up, and you are its owner.",
        Office::ORGANIZATION,
        "What to do next",
        "Augusta Byron, owner",
    ] {
        owner.reads_that(told).await;
    }
    let late = Person::new().await;
    late.goto(&link).await;
    late.sees("This link was used, or is over").await;
}

async fn making_a_template(owner: &Person) {
    owner.click(Spot::Link("Create template")).await;
    owner.sees("Create a template").await;
    owner.click("#kind-certificate").await;
    owner.fill(Spot::Field("Name"), TEMPLATE).await;
    owner.click(Spot::Button("Create template")).await;
    owner.sees(TEMPLATE).await;
    owner.reads_that("The template was created.").await;
}

async fn importing(office: &Office, owner: &Person) {
    let people = office.file("Leute.csv", &file(1..=996, &BAD));
    owner.click(Spot::Link("Import from a file")).await;
    owner.sees("Import recipients").await;
    owner.hand_over("#file", &people).await;
    owner.click(Spot::Button("Go on to the columns")).await;
    owner.sees("What the columns mean").await;
    owner
        .reads_that("Leute.csv: 1,000 rows for “Occupational Safety”.")
        .await;
    let chosen =
        "return [...document.querySelectorAll('select')].map(list => list.selectedOptions[0].text).join()";
    assert_eq!(
        owner.execute(chosen).await,
        "First name,Last name,Mail address,Language,Valid until,External id,Leave out"
    );

    owner.click(Spot::Button("Check the rows")).await;
    owner.sees("Check before importing").await;
    for told in [
        "996 rows",
        "4 rows",
        "Nothing has been added yet.",
        "Mail address is missing.",
        "The same mail address is on line 6.",
        "Zoë Müller-0001",
        "English",
    ] {
        owner.reads_that(told).await;
    }

    owner.click(Spot::Button("Import 996 rows")).await;
    owner.sees("Import").await;
    owner.reads_that("You can leave this page: it goes on.").await;
    // The page follows by itself.
    until("the import is done", async || {
        owner.reads().await.contains("Done")
    })
    .await;
    owner.reads_that("1,000 of 1,000 rows").await;
    until("it cannot be stopped any more", async || {
        owner.count(Spot::Link("Stop…")).await == 0
    })
    .await;
    owner.reads_that("4 not done").await;

    let (name, rejects) = owner.download(Spot::Link("Rows that were not imported")).await;
    let rejects = String::from_utf8(rejects).unwrap();
    assert_eq!(
        name.rsplit_once('.').map(|(_, ending)| ending),
        Some("csv"),
        "{name}"
    );
    assert_eq!(rejects.lines().count(), 5, "{rejects}");
    for row in ["Nobody;Nowhere", "alan at example", "1/2/2099", "Zweimal"] {
        assert!(rejects.contains(row), "{row} in {rejects}");
    }
    owner.click(Spot::Link("See recipients")).await;
    owner.sees("Recipients").await;
    owner.reads_that("996 recipients").await;
}

async fn claiming(office: &Office, owner: &Person, holder: &Person, chosen: &Somebody) {
    let link = office.link_to(&chosen.mail(), "/r/").await;
    holder.claim(&link, "Ada Lovelace").await;
    holder.sees(TEMPLATE).await;

    owner.fill("#q", &chosen.mail()).await;
    owner.click(Spot::Button("Show")).await;
    until("one is found", async || owner.count("tbody tr").await == 1).await;
    let row = owner.text("tbody tr").await;
    for told in [
        &*chosen.name(),
        &chosen.mail(),
        "Sent",
        "Claimed",
        "Example ID (a…@example.org)",
    ] {
        assert!(row.contains(told), "{told} in {row}");
    }
    owner.click(Spot::Link(&chosen.name())).await;
    owner.sees(&chosen.name()).await;
    owner.reads_that("Claimed with Example ID (a…@example.org)").await;
}

async fn resetting(office: &Office, owner: &Person, [first, second]: [&Person; 2], chosen: &Somebody) {
    owner.click(Spot::Link("Reset…")).await;
    let question = owner.text("dialog").await;
    let name = chosen.name();
    for told in [
        &*format!("Reset the access of {name}?"),
        "The Example ID account (a…@example.org), who has claimed it, no longer sees the certificate.",
    ] {
        assert!(question.contains(told), "{told} in {question}");
    }
    owner.click(Spot::Button("Reset")).await;
    owner
        .reads_that("The access was reset. The same link works again")
        .await;
    owner.reads_that("Reset, not claimed").await;

    let link = office.link_to(&chosen.mail(), "/r/").await;
    second.claim(&link, "Grace Hopper").await;
    second.sees(TEMPLATE).await;
    first.goto(&link).await;
    first.click(Person::CONNECT).await;
    first
        .sees("This access token is already in use by another account")
        .await;
}

async fn revoking(office: &Office, owner: &Person, second: &Person, chosen: &Somebody) {
    // Access, of somebody who has not claimed.
    let other = Somebody(4);
    find(office, owner, &other).await;
    owner.click(Spot::Link("Revoke access…")).await;
    let question = owner.text("dialog").await;
    assert!(
        question.contains("The certificate has not been claimed."),
        "{question}"
    );
    owner.click(Spot::Button("Revoke access")).await;
    owner
        .reads_that("Access was revoked. The link can no longer claim.")
        .await;
    let link = office.link_to(&other.mail(), "/r/").await;
    let late = Person::new().await;
    late.goto(&link).await;
    late.sees("This link is no longer usable").await;

    // The credential, of somebody who has.
    find(office, owner, chosen).await;
    owner.click(Spot::Link("Revoke credential…")).await;
    owner
        .fill(Spot::Field("Reason (optional)"), "The exam was repeated.")
        .await;
    owner.click(Spot::Button("Revoke credential")).await;
    owner
        .reads_that("The credential was revoked. Whoever verifies it reads so")
        .await;
    owner.reads_that("The exam was repeated.").await;
    let id = owner
        .current_url()
        .await
        .path()
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    late.goto(&office.url(&format!("/verify/{id}"))).await;
    late.reads_that("The exam was repeated.").await;
    second.goto(&office.url(&format!("/credentials/{id}"))).await;
    second.reads_that("Revoked").await;
}

async fn deleting(office: &Office, owner: &Person) {
    let other = Somebody(6);
    find(office, owner, &other).await;
    let link = office.link_to(&other.mail(), "/r/").await;
    owner.click(Spot::Link("Delete recipient…")).await;
    owner.click(Spot::Button("Delete recipient")).await;
    owner.sees("Recipients").await;
    owner
        .reads_that("The recipient was deleted, with their credential and all personal data.")
        .await;
    owner.reads_that("995 recipients").await;
    let late = Person::new().await;
    late.goto(&link).await;
    late.sees("This link opens nothing").await;
}

/// Goes to somebody's page by the search.
async fn find(office: &Office, owner: &Person, somebody: &Somebody) {
    let search = format!("/dashboard/recipients?q={}", somebody.mail());
    owner.goto(&office.url(&search)).await;
    owner.click(Spot::Link(&somebody.name())).await;
    owner.sees(&somebody.name()).await;
}

/// The list as a file, for whoever has proved not long ago who they are.
async fn exporting(office: &Office, owner: &Person) {
    owner.goto(&office.url("/dashboard/recipients")).await;
    let (name, bytes) = owner.download("a[href*='recipients.csv']").await;
    let csv = String::from_utf8(bytes).unwrap();
    assert_eq!(
        name.rsplit_once('.').map(|(_, ending)| ending),
        Some("csv"),
        "{name}"
    );
    assert!(csv.starts_with('\u{feff}'), "Excel reads it as UTF-8");
    let told = |somebody: &Somebody| csv.lines().find(|line| line.contains(&somebody.mail()));
    assert_eq!(
        csv.lines().count(),
        1 + 995,
        "a line for each, below the headings"
    );
    assert!(told(&Somebody(6)).is_none(), "who was deleted is gone");
    for (somebody, state) in [(3, "The exam was repeated."), (4, "revoked"), (5, "Jürgen")] {
        let line = told(&Somebody(somebody)).expect("they are there");
        assert!(line.contains(state), "{state} in {line}");
    }
    assert!(!csv.contains("symrec_"), "a file has no tokens");
}
