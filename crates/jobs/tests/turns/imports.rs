//! Imports: in as many turns as they take, with what was left out told.

use std::sync::atomic::Ordering;

use symbolon_contract::sample::mail_address;
use symbolon_domain::{
    job::{JobKind, JobOutcome, JobState},
    port::{clock::Clock as _, recipients::RecipientFilter},
};
use symbolon_jobs::{ImportPlan, Turned, prove, rejects, rejects_begun};
use symbolon_spreadsheet::import::Field;

use super::desk::{Desk, file};

#[tokio::test]
async fn an_import_in_many_turns_is_that_in_one() {
    let (file, bad) = file(1_000);
    // The clock stands still, or a turn lasts for one step only, or for a few.
    for tick in [0, 5_000, 300] {
        let desk = Desk::open().await;
        let plan = ImportPlan::suggested("people.csv".to_owned(), file.as_bytes()).unwrap();
        let job = desk.job(JobKind::Import, plan.written(), plan.rows);
        desk.keep(&job, Some(file.as_bytes())).await;
        desk.clock.1.store(tick, Ordering::SeqCst);
        let mut turns = 0;
        while desk.turn().await == Turned::Worked {
            turns += 1;
        }
        let done = desk.look(&job).await;
        assert_eq!(done.state, JobState::Done, "{done:?}");
        assert_eq!(turns > 1, tick > 0, "{turns} turns at {tick}");
        let failed = u64::try_from(bad).unwrap();
        assert_eq!((done.counts.done, done.counts.failed), (1_000, failed));
        assert_eq!(done.total, done.counts.dealt_with());
        assert_eq!(desk.count(&RecipientFilter::default()).await, 1_000);
        assert_eq!(
            desk.ports.jobs.file(job.organization, job.id).await.unwrap(),
            None,
            "the file is of no further use"
        );
        let results = desk
            .ports
            .jobs
            .results(job.organization, job.id, Some(JobOutcome::Failed), None, 100)
            .await
            .unwrap();
        let mut sheet = rejects_begun(&plan).unwrap();
        sheet.extend(rejects(&plan, &results).unwrap());
        let again = ImportPlan::suggested("again.csv".to_owned(), &sheet).unwrap();
        assert_eq!(again.rows, failed);
        assert_eq!(again.fields()[..2], [Some(Field::Mail), Some(Field::Name)]);
        assert!(String::from_utf8(sheet).unwrap().contains("Nobody; at all"));
    }
}

#[tokio::test]
async fn a_check_finds_what_the_import_does() {
    let desk = Desk::open().await;
    desk.issue(&["held@example.org".to_owned()]).await;
    let file = "mail;name;until\n\
        ada@example.org;Ada Lovelace;\n\
        held@example.org;Held;\n\
        nowhere;Nobody;\n\
        ada@example.org;Ada Byron;\n\
        late@example.org;Late;1999-01-01\n\
        BOB@example.org;ALAN TURING;\n";
    let mut plan = ImportPlan::suggested("a.csv".to_owned(), file.as_bytes()).unwrap();
    plan.choose(&[Some(Field::Mail), Some(Field::Name), Some(Field::ExpiresAt)]);
    let proved = prove(&plan, file.as_bytes(), &desk.template, desk.clock.now()).unwrap();
    let check = proved.settled(&desk.ports, &desk.template).await.unwrap();
    let lines: Vec<_> = check
        .problems
        .iter()
        .filter(|one| one.is_bad)
        .map(|one| one.line)
        .collect();
    assert_eq!(lines, [3, 4, 5, 6]);
    assert_eq!((check.good, check.warned, check.bad, check.rows()), (1, 1, 4, 6));
    assert_eq!(
        check.sample.first().unwrap().1.mail,
        mail_address("ada@example.org")
    );

    let job = desk.job(JobKind::Import, plan.written(), plan.rows);
    desk.keep(&job, Some(file.as_bytes())).await;
    while desk.turn().await == Turned::Worked {}
    let counts = desk.look(&job).await.counts;
    assert_eq!(
        (counts.done, counts.failed),
        (check.good + check.warned, check.bad)
    );
}
