//! Jobs from their start to their end, over the store in memory: a turn at a time, stopped and taken up again anywhere.
#![expect(clippy::unwrap_used, reason = "what panics here only fails a test")]

mod acts;
mod desk;
mod imports;

use std::sync::atomic::{AtomicBool, Ordering};

use symbolon_domain::{
    id::RecipientId,
    job::{JobKind, JobState},
    port::recipients::RecipientFilter,
};
use symbolon_jobs::{Act, ActPlan, ImportPlan, Turned, Whom, take_turn};

use desk::{Desk, file, mails};

#[tokio::test]
async fn a_service_that_stops_leaves_the_rest_to_the_next() {
    let desk = Desk::open().await;
    let (file, _) = file(1_000);
    let plan = ImportPlan::suggested("people.csv".to_owned(), file.as_bytes()).unwrap();
    let job = desk.job(JobKind::Import, plan.written(), plan.rows);
    desk.keep(&job, Some(file.as_bytes())).await;
    let is_stopping = AtomicBool::new(true);
    let told = || is_stopping.load(Ordering::SeqCst);
    take_turn(&desk.ports, &told).await.unwrap();
    let halfway = desk.look(&job).await;
    assert_eq!(halfway.state, JobState::Running);
    assert!((1..1_000).contains(&halfway.counts.dealt_with()), "{halfway:?}");
    // It need not wait for the lease of whoever stopped.
    is_stopping.store(false, Ordering::SeqCst);
    assert_eq!(take_turn(&desk.ports, &told).await.unwrap(), Turned::Worked);
    assert_eq!(desk.look(&job).await.counts.done, 1_000);
}

#[tokio::test]
async fn two_jobs_take_turns() {
    let desk = Desk::open().await;
    let recipients = desk.issue(&mails(200)).await;
    let chosen = |whom: &[RecipientId]| ActPlan {
        act: Act::MailAgain,
        whom: Whom::Chosen(whom.to_vec()),
        about: String::new(),
    };
    let long = desk.job(JobKind::MailAgain, chosen(&recipients).written(), 200);
    desk.keep(&long, None).await;
    let short = desk.job(JobKind::MailAgain, chosen(&recipients[..1]).written(), 1);
    desk.keep(&short, None).await;
    // Each step takes longer than a turn; one more finds that nothing is left.
    desk.clock.1.store(3_000, Ordering::SeqCst);
    for _ in 0..4 {
        desk.turn().await;
    }
    assert_eq!(desk.look(&short).await.state, JobState::Done);
    assert_eq!(desk.look(&long).await.state, JobState::Running);
}

#[tokio::test]
async fn what_cannot_be_understood_is_not_half_done() {
    let desk = Desk::open().await;
    desk.issue(&mails(2)).await;
    for (kind, plan) in [
        (JobKind::DeleteRecipient, "{}"),
        (JobKind::DeleteRecipient, "nonsense"),
        // A word of a later version: without it the filter would let everybody through.
        (
            JobKind::DeleteRecipient,
            r#"{"about":"","whom":{"all":{"colour":"red"}}}"#,
        ),
        (
            JobKind::DeleteRecipient,
            r#"{"about":"","whom":{"all":{"state":"asleep"}}}"#,
        ),
        (
            JobKind::DeleteRecipient,
            r#"{"about":"","whom":{"chosen":["x"]}}"#,
        ),
        (JobKind::Import, "{}"),
    ] {
        let job = desk.job(kind, plan.to_owned(), 2);
        desk.keep(&job, None).await;
        while desk.turn().await == Turned::Worked {}
        let failed = desk.look(&job).await;
        assert_eq!(failed.state, JobState::Failed, "{plan}");
        assert!(
            failed.failure.unwrap().contains("gain."),
            "{plan}: says what to do"
        );
    }
    assert_eq!(desk.count(&RecipientFilter::default()).await, 2);
}
