//! What the dashboard asks before it acts, what it says when it cannot, and what it shows for a moment only.

use symbolon_tests::{Kind, Office, Site, Spot, until};

use crate::Looker;

const TEMPLATE: &str = "Occupational Safety, Advanced Course";
const TOKEN: &str = "Nightly import from the HR system";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dashboard_that_asks_and_refuses() {
    let office = Office::open(Site::new(Kind::Sqlite)).await;
    let looker = Looker::at_dashboard().await;
    looker.goto(&office.set_up_link()).await;
    office.set_up(&looker).await;
    looker.sees(Office::ORGANIZATION).await;
    let template = office.template(&looker, "certificate", TEMPLATE).await;
    templates(&office, &looker, &template).await;
    recipients(&office, &looker, &template).await;
    wrong_files(&office, &looker, &template).await;
    work_under_way(&office, &looker, &template).await;
    tokens(&office, &looker).await;
    errors(&office, &looker).await;
    looker.finish(21, &[&office.url("")]).await;
}

async fn templates(office: &Office, looker: &Looker, template: &str) {
    let page = office.url(&format!("/dashboard/templates/{template}"));
    looker
        .look_at(&format!("{page}/edit"), "Edit the template", "template-edit")
        .await;
    looker.execute("document.forms[0].noValidate = true").await;
    looker.fill(Spot::Field("Name"), "").await;
    looker.click(Spot::Button("Save")).await;
    looker.reads_that("Fill this in").await;
    looker.look("template-edit-wrong").await;
    let asked = |verb: &str| format!("{verb} the template “{TEMPLATE}”?");
    looker
        .look_at(&format!("{page}/delete"), &asked("Delete"), "template-delete")
        .await;
    looker.goto(&format!("{page}/pause")).await;
    looker.click(".question form button").await;
    looker.reads_that("The template is paused").await;
    looker.look("template-paused").await;
    looker
        .look_at(&format!("{page}/resume"), &asked("Resume"), "template-resume")
        .await;
    looker.click(".question form button").await;
    looker.reads_that("The template is active again").await;
}

async fn recipients(office: &Office, looker: &Looker, template: &str) {
    for who in [
        ["Ada", "Lovelace", "countess@example.org"],
        ["Grace", "Hopper", "grace@example.org"],
    ] {
        let _ = office.recipient(looker, template, who).await;
    }
    let page = looker.current_url().await;
    let question = office.url(&format!("{}/correct-address", page.path()));
    let title = "Correct the mail address of Grace Hopper?";
    looker
        .look_at(&question, title, "recipient-correct-address")
        .await;
    looker
        .fill(Spot::Field("The right mail address"), "grace at example")
        .await;
    looker.click(".question form button").await;
    looker.reads_that("not a mail address").await;
    looker.look("recipient-correct-address-wrong").await;

    looker.goto(&office.url("/dashboard/recipients")).await;
    looker.click("#pick-1").await;
    looker.click("#pick-2").await;
    looker.choose("#act", "Delete recipients").await;
    looker.click("button[value=chosen]").await;
    looker.sees("Delete 2 recipients?").await;
    looker.look("bulk-delete").await;
    looker.fill("#confirm", "3").await;
    looker.click(".question form button").await;
    let _ = looker.text("#confirm-problem").await;
    looker.look("bulk-delete-wrong").await;
}

async fn wrong_files(office: &Office, looker: &Looker, template: &str) {
    let form = office.url(&format!("/dashboard/import?template={template}"));
    let workbook = office.file("participants.xlsx", b"PK\x03\x04 and so on");
    looker.goto(&form).await;
    looker.hand_over("#file", &workbook).await;
    looker.click(Spot::Button("Go on to the columns")).await;
    looker.reads_that("Excel").await;
    looker.look("import-file-wrong").await;

    let people = "mail;second;third\r\n;Nowhere;x\r\nada at example;;\r\n=1+1;;\r\n";
    let people = office.file("wrong.csv", people.as_bytes());
    looker.goto(&form).await;
    looker.hand_over("#file", &people).await;
    looker.click(Spot::Button("Go on to the columns")).await;
    looker.sees("What the columns mean").await;
    looker.choose("#column-2", "Mail address").await;
    looker.click(Spot::Button("Check the rows")).await;
    looker.reads_that("for one column only").await;
    looker.look("import-columns-wrong").await;
    looker.choose("#column-2", "First name").await;
    looker.click(Spot::Button("Check the rows")).await;
    looker.sees("Check before importing").await;
    // Every line is wrong: there is nothing to go on with.
    looker.reads_that("3 rows").await;
    looker.look("import-check-wrong").await;
}

/// So many that they are not added before this has been looked at.
const MANY: usize = 100_000;

async fn work_under_way(office: &Office, looker: &Looker, template: &str) {
    let rows = (0..MANY).map(|number| format!("Ada;ada{number}@example.org\r\n"));
    let people = format!("first name;mail\r\n{}", rows.collect::<String>());
    let people = office.file("many.csv", people.as_bytes());
    looker
        .goto(&office.url(&format!("/dashboard/import?template={template}")))
        .await;
    looker.hand_over("#file", &people).await;
    looker.click(Spot::Button("Go on to the columns")).await;
    looker.sees("What the columns mean").await;
    looker.click(Spot::Button("Check the rows")).await;
    looker.sees("Check before importing").await;
    looker.click("#no_mail").await;
    looker.click("form button.primary").await;
    looker.sees("Import").await;
    looker.reads_that("You can leave this page: it goes on.").await;
    looker.look("job-running").await;
    looker.reads_that("You can leave this page: it goes on.").await;
    looker.click(Spot::Link("Stop…")).await;
    looker.sees("Stop this?").await;
    looker.look("job-stop").await;
    looker.click(".question form button").await;
    looker
        .reads_that("It was stopped. What is done stays done.")
        .await;
    until("the work has stopped", async || {
        looker.reads().await.contains("Stopped")
    })
    .await;
    looker.look("job-stopped").await;
}

async fn tokens(office: &Office, looker: &Looker) {
    looker.goto(&office.url("/dashboard/developers/new")).await;
    looker.fill(Spot::Field("Description (optional)"), TOKEN).await;
    looker.click(Spot::Button("Create token")).await;
    looker.sees("Your new authorization token").await;
    let old = looker.text("#value").await;
    looker.click(Spot::Link("Done: go to its page")).await;
    looker.sees(TOKEN).await;
    let page = looker.current_url().await;
    looker.click(Spot::Button("Show the token")).await;
    assert_eq!(looker.text("#value").await, old);
    looker.look("token-shown").await;
    looker.goto(&format!("{page}/rotate")).await;
    looker.click(".question form button").await;
    looker.sees("The authorization token was rotated").await;
    looker.look("token-rotated").await;

    let organizations = office.site.json(&["organizations", "list"]);
    let organization = organizations[0]["id"].as_str().expect("it is set up").to_owned();
    let stolen = symbolon_tests::Key {
        organization,
        id: String::new(),
        value: old,
    };
    assert!(!office.service.client().is_served(&stolen).await);
    looker.goto(page.as_str()).await;
    looker.reads_that("after it was rotated away").await;
    looker.look("token-reused").await;
    looker.goto(&office.url("/dashboard/developers?show=all")).await;
    looker.reads_that("after it was rotated away").await;
    looker.look("tokens-reused").await;
}

async fn errors(office: &Office, looker: &Looker) {
    looker.goto(&office.url("/dashboard/settings/account")).await;
    let stale = "for (const field of document.getElementsByName('csrf')) field.value = 'A'.repeat(43)";
    looker.execute(stale).await;
    looker.click(Spot::Button("Save the name")).await;
    looker.sees("This form is too old, or came from elsewhere").await;
    looker.look("error-form-expired").await;
    looker
        .look_at(
            &office.url("/dashboard/settings/account/sessions/end-others"),
            "This page cannot be used that way",
            "error-method",
        )
        .await;
}
