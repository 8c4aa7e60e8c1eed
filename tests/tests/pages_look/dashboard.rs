//! The dashboard of an organization that has been at it for a while.

use symbolon_tests::{Kind, Office, Person, Site, Spot, until};

use crate::Looker;

const TEMPLATE: &str = "Occupational Safety, Advanced Course";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dashboard_in_use() {
    let office = Office::open(Site::new(Kind::Sqlite)).await;
    let looker = Looker::at_dashboard().await;
    looker.goto(&office.set_up_link()).await;
    office.set_up(&looker).await;
    looker.sees(Office::ORGANIZATION).await;
    let template = templates(&office, &looker).await;
    importing(&office, &looker, &template).await;
    recipients(&office, &looker, &template).await;
    in_bulk(&office, &looker).await;
    tokens(&office, &looker).await;
    for (path, heading, name) in [
        ("/dashboard", Office::ORGANIZATION, "overview"),
        ("/dashboard/templates", "Templates", "templates"),
        ("/dashboard/activity", "Activity", "activity"),
        ("/dashboard/settings", "Settings", "settings"),
        (
            "/dashboard/settings/reveal-policy?policy=once",
            "Show tokens only once?",
            "settings-reveal-policy",
        ),
    ] {
        looker.look_at(&office.url(path), heading, name).await;
    }
    let page = format!("/dashboard/templates/{template}");
    looker.look_at(&office.url(&page), TEMPLATE, "template").await;
    let title = format!("Pause the template “{TEMPLATE}”?");
    looker
        .look_at(&office.url(&format!("{page}/pause")), &title, "template-pause")
        .await;
    looker
        .finish(40, &[&office.url(""), office.open_id.issuer()])
        .await;
}

async fn templates(office: &Office, looker: &Looker) -> String {
    let new = office.url("/dashboard/templates/new");
    looker.look_at(&new, "Create a template", "template-new").await;
    looker.click("#kind-badge").await;
    looker.fill(Spot::Field("Name"), "First aider").await;
    looker.click(Spot::Button("Create template")).await;
    looker.sees("First aider").await;
    looker.look("template-badge").await;
    office.template(looker, "certificate", TEMPLATE).await
}

/// Two good rows, one with a warning, and two that are left out.
const PEOPLE: &str = "\u{feff}Vorname;Nachname;E-Mail;Gültig bis;Bemerkung\r\n\
    Grace;Hopper;grace@example.org;31.12.2099;\r\n\
    Łukasz;Müller;lukasz@example.org;;sits in the \"back\"\r\n\
    Charles;Babbage;charles@example.org;31.12.2019;\r\n\
    Alan;Turing;alan at example;;\r\n\
    Nobody;Nowhere;;1/2/2099;\r\n";

async fn importing(office: &Office, looker: &Looker, template: &str) {
    let file = office.file("participants.csv", PEOPLE.as_bytes());
    let form = office.url(&format!("/dashboard/import?template={template}"));
    looker.look_at(&form, "Import recipients", "import-file").await;
    looker.hand_over("#file", &file).await;
    looker.click(Spot::Button("Go on to the columns")).await;
    looker.sees("What the columns mean").await;
    looker.look("import-columns").await;
    looker.click(Spot::Button("Check the rows")).await;
    looker.sees("Check before importing").await;
    looker.look("import-check").await;
    looker.click("form button.primary").await;
    looker.sees("Import").await;
    until("the import is done", async || {
        looker.reads().await.contains("Done")
    })
    .await;
    looker.look("import-done").await;
    looker
        .look_at(&office.url("/dashboard/jobs"), "Imports and bulk acts", "jobs")
        .await;
}

async fn recipients(office: &Office, looker: &Looker, template: &str) {
    let new = format!("/dashboard/recipients/new?template={template}");
    looker
        .look_at(&office.url(&new), "Add recipient", "recipient-new")
        .await;
    looker.execute("document.forms[0].noValidate = true").await;
    looker.click(Spot::Button("Add recipient")).await;
    let _ = looker.count(".problem").await;
    looker.sees("Add recipient").await;
    looker.reads_that("Fill this in").await;
    looker.look("recipient-new-wrong").await;
    let ada = ["Ada", "Lovelace", "countess@example.org"];
    let (ada, link) = office.recipient(looker, template, ada).await;
    looker.look("recipient-added").await;
    let page = office.url(&format!("/dashboard/recipients/{ada}"));
    looker.goto(&page).await;
    looker.click(Spot::Button("Show token and link")).await;
    let _ = looker.text("#token").await;
    looker.look("recipient-shown").await;

    let holder = Person::new().await;
    holder.claim(&link, "Grace Hopper").await;
    holder.sees(TEMPLATE).await;
    let second = Person::new().await;
    second.claim(&link, "Ada Lovelace").await;
    second.click(Spot::Button("Ask the issuer for a reset")).await;
    second.reads_that("You have asked for a reset.").await;
    looker.goto(&page).await;
    // Openings are counted a few seconds later.
    looker.comes_to_read("Link opened").await;
    looker.look("recipient-asks").await;
    looker
        .look_at(
            &office.url("/dashboard/reset-requests"),
            "Reset requests",
            "reset-requests",
        )
        .await;
    looker
        .look_at(&format!("{page}/preview"), TEMPLATE, "recipient-preview")
        .await;
    for (act, title) in [
        ("send-again", "Send the link to Ada Lovelace again?"),
        ("reset", "Reset the access of Ada Lovelace?"),
        ("replace", "Replace the link of Ada Lovelace?"),
        ("revoke-access", "Revoke access for Ada Lovelace?"),
        ("revoke-credential", "Revoke the credential of Ada Lovelace?"),
        ("delete", "Delete Ada Lovelace?"),
    ] {
        let name = format!("recipient-{act}");
        looker.goto(&format!("{page}/{act}")).await;
        if looker.title().await.starts_with(title) {
            looker.look(&name).await;
        } else {
            // It was mailed a moment ago: the page says when it can be sent again.
            looker.sees("Ada Lovelace").await;
            looker.look(&name).await;
        }
    }
    looker.goto(&page).await;
    looker.click(Spot::Link("Revoke credential…")).await;
    looker
        .fill(Spot::Field("Reason (optional)"), "The exam was repeated.")
        .await;
    looker.look("recipient-dialog").await;
    looker.click(Spot::Button("Revoke credential")).await;
    looker.reads_that("The credential was revoked.").await;
    looker.look("recipient-revoked").await;
    looker
        .look_at(&office.url("/dashboard/recipients"), "Recipients", "recipients")
        .await;
    looker
        .look_at(
            &office.url("/dashboard/recipients?q=nobody"),
            "Recipients",
            "recipients-no-match",
        )
        .await;
}

async fn in_bulk(office: &Office, looker: &Looker) {
    looker.goto(&office.url("/dashboard/recipients?q=grace")).await;
    looker.click("#pick-1").await;
    looker.choose("#act", "Revoke access").await;
    looker.look("bulk-chosen").await;
    looker.click("button[value=chosen]").await;
    looker.sees("Revoke access for 1 recipient?").await;
    looker.look("bulk-preview").await;
    looker.click(".question form button").await;
    looker.sees("Revoking access").await;
    until("it is done", async || looker.reads().await.contains("Done")).await;
    looker.look("bulk-done").await;
}

async fn tokens(office: &Office, looker: &Looker) {
    let new = office.url("/dashboard/developers/new");
    looker
        .look_at(&new, "Create an authorization token", "token-new")
        .await;
    looker
        .fill(
            Spot::Field("Description (optional)"),
            "Nightly import from the HR system",
        )
        .await;
    looker.click("#life-30").await;
    looker.click(Spot::Button("Create token")).await;
    looker.sees("Your new authorization token").await;
    looker.look("token-made").await;
    looker.click(Spot::Link("Done: go to its page")).await;
    looker.sees("Nightly import from the HR system").await;
    looker.look("token").await;
    let page = looker.current_url().await;
    let about = "the authorization token “Nightly import from the HR system”";
    for (act, title) in [("rotate", "Rotate"), ("revoke", "Revoke")] {
        looker
            .look_at(
                &format!("{page}/{act}"),
                &format!("{title} {about}?"),
                &format!("token-{act}"),
            )
            .await;
    }
    let list = office.url("/dashboard/developers");
    looker.look_at(&list, "Authorization tokens", "tokens").await;
}
