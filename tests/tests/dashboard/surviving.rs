//! An import goes on when whoever began it leaves the page, and when the service is killed in its midst.

use reqwest::Method;
use serde_json::Value;
use symbolon_tests::{Office, Site, Spot, on_both, until};

use crate::people::{Somebody, file};

on_both!(an_import_survives_kill_9_with_no_row_lost_or_doubled);

/// How many rows there are, and how many times the service is killed.
const ROWS: usize = 3_000;
const KILLS: usize = 3;

async fn an_import_survives_kill_9_with_no_row_lost_or_doubled(site: Site) {
    let mut office = Office::open(site).await;
    let owner = office.owner().await;
    let template = office.template(&owner, "badge", "First aid").await;
    let people = office.file("people.csv", &file(1..=ROWS, &[]));
    owner
        .goto(&office.url(&format!("/dashboard/import?template={template}")))
        .await;
    owner.hand_over("#file", &people).await;
    owner.click(Spot::Button("Go on to the columns")).await;
    owner.click(Spot::Button("Check the rows")).await;
    owner.click("#no_mail").await;
    owner.click(Spot::Button("Import 3,000 rows")).await;
    owner.sees("Import").await;
    let job = owner.current_url().await;
    owner.goto(&office.url("/dashboard/templates")).await;

    let issuer = office.issuer();
    let count = async || {
        let listed = issuer.ask(Method::GET, "/badges?per=1", &Value::Null).await;
        let total = &listed.expect(200).json["metadata"]["total_count"];
        usize::try_from(total.as_u64().expect("a number")).unwrap()
    };
    let mut midst = 0;
    for kill in 1..=KILLS {
        // Each comes when more is done than before.
        let enough = ROWS * kill / (KILLS + 2);
        until(&format!("{enough} rows are imported"), async || {
            count().await >= enough
        })
        .await;
        office.kill_and_start();
        midst += usize::from(count().await < ROWS);
    }
    assert!(midst > 0, "no kill came in the midst of the import");

    owner.goto(job.as_str()).await;
    owner.sees("Import").await;
    until("the import is done", async || {
        owner.reads().await.contains("Done")
    })
    .await;
    owner.reads_that("3,000 of 3,000 rows").await;
    assert!(!owner.reads().await.contains("not done"));

    let exported = office
        .site
        .run(&["recipients", "export", "--template", &template])
        .done();
    let mut mails: Vec<_> = exported
        .stdout
        .lines()
        .filter_map(|line| line.split(['"', ',', ';']).find(|cell| cell.contains('@')))
        .map(str::to_owned)
        .collect();
    mails.sort();
    let expected: Vec<_> = (1..=ROWS).map(|number| Somebody(number).mail()).collect();
    assert_eq!(mails, expected, "every row once");
    eprintln!(
        "{:?}: {KILLS} kills, {midst} of them in the midst, {ROWS} rows",
        office.site.kind()
    );
}
