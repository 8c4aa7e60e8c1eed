//! Jobs, and what happens while their steps wait or break off.

use symbolon_contract::sample::now;
use symbolon_domain::{
    activity::Action,
    job::{Job, JobCounts, JobState},
    port::{
        StoreError,
        jobs::{JobStep, Jobs, Next, Turn},
        recipients::{Issuing, NewRecipient, Recipients},
    },
};
use tokio::task::JoinHandle;

use crate::{issues::insertion, stage::Stage};

/// With a job of the owner that was taken.
async fn open() -> (Stage, Job, Turn) {
    let stage = Stage::open().await;
    let (store, job) = (stage.scene.store(), stage.scene.samples.job(stage.scene.owner.id));
    assert!(store.keep(&job, Some(b"a file"), None).await.unwrap());
    let taken = store.take(now(), now().plus_seconds(30)).await.unwrap();
    let (job, turn) = taken.unwrap();
    (stage, job, turn)
}

fn step() -> JobStep {
    JobStep {
        results: Vec::new(),
        counts: JobCounts {
            skipped: 1,
            ..JobCounts::default()
        },
        cursor: Some("there".to_owned()),
        next: Next::GoOn(now().plus_seconds(60)),
    }
}

type Issued = Result<Option<Vec<Issuing>>, StoreError>;

fn issuing(stage: &Stage, turn: Turn, new: &NewRecipient) -> JoinHandle<Issued> {
    let (store, batch) = (stage.scene.store(), [new.clone()]);
    tokio::spawn(async move {
        let rows = [(1, "a row".to_owned())];
        Jobs::issue(&store, &turn, &batch, &rows, &step()).await
    })
}

async fn stored(stage: &Stage, job: &Job) -> Job {
    let found = Jobs::find(&stage.scene.store(), job.organization, job.id).await;
    found.unwrap().unwrap()
}

async fn is_there(stage: &Stage, new: &NewRecipient) -> bool {
    let found = Recipients::find_by_id(&stage.scene.store(), new.recipient.id).await;
    found.unwrap().is_some()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waited_finds_its_job_stopped_or_not() {
    for commits in [true, false] {
        let (stage, job, turn) = open().await;
        let new = stage.scene.samples.new_recipient(&stage.template);
        let other = stage
            .scene
            .interloper("UPDATE jobs SET state = 'stopped', ended_at = now()");
        let issue = issuing(&stage, turn, &new);
        let expected = (!commits).then(|| vec![Issuing::Issued]);
        assert_eq!(other.decides(commits, issue).await.unwrap(), expected);
        assert_eq!(is_there(&stage, &new).await, !commits);
        assert_eq!(stored(&stage, &job).await.counts.done, u64::from(!commits));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waited_finds_its_turn_passed_or_not() {
    for commits in [true, false] {
        let (stage, job, turn) = open().await;
        let other = stage.scene.interloper("UPDATE jobs SET turn = turn + 1");
        let store = stage.scene.store();
        let call = tokio::spawn(async move { store.step(&turn, &step()).await.unwrap() });
        assert_eq!(other.decides(commits, call).await, !commits);
        assert_eq!(stored(&stage, &job).await.counts.skipped, u64::from(!commits));
    }
}

/// Whoever stops a job waits for the issue that is under way: when the stop returns it is counted.
#[tokio::test(flavor = "multi_thread")]
async fn a_stop_waits_for_the_issue_under_way() {
    let (stage, job, turn) = open().await;
    let new = stage.scene.samples.new_recipient(&stage.template);
    let mut other = stage.scene.interloper(&insertion(&new));
    let issue = issuing(&stage, turn, &new);
    other.holds(&issue).await;
    let mut third = stage.scene.interloper("SELECT 1");
    assert!(!third.could("SELECT FROM jobs FOR NO KEY UPDATE NOWAIT"));
    let (store, entry) = (
        stage.scene.store(),
        stage.scene.samples.entry(job.organization, Action::JobStopped),
    );
    let (organization, id) = (job.organization, job.id);
    let stop = tokio::spawn(async move { store.stop(organization, id, &entry).await.unwrap() });
    other.gives_up();
    assert!(stop.await.unwrap());
    assert_eq!(issue.await.unwrap().unwrap(), Some(vec![Issuing::Issued]));
    let job = stored(&stage, &job).await;
    assert_eq!((job.state, job.counts.done), (JobState::Stopped, 1));
}

/// Nobody waits for a job that is being taken: there is another, or nothing to do.
#[tokio::test(flavor = "multi_thread")]
async fn a_job_in_other_hands_is_passed_over() {
    let stage = Stage::open().await;
    let (store, samples) = (stage.scene.store(), &stage.scene.samples);
    let mut jobs = [
        samples.job(stage.scene.owner.id),
        samples.job(stage.scene.owner.id),
    ];
    jobs.sort_unstable_by_key(|job| job.id);
    for job in &jobs {
        assert!(store.keep(job, None, None).await.unwrap());
    }
    let other = stage.scene.interloper(&format!(
        "SELECT FROM jobs WHERE id = '{}' FOR NO KEY UPDATE",
        jobs[0].id
    ));
    let until = now().plus_seconds(30);
    let (taken, _) = store.take(now(), until).await.unwrap().unwrap();
    assert_eq!(taken.id, jobs[1].id);
    assert_eq!(store.take(now(), until).await.unwrap(), None);
    other.gives_up();
    let (taken, _) = store.take(now(), until).await.unwrap().unwrap();
    assert_eq!(taken.id, jobs[0].id);
}

/// A connection that is lost in the middle of an issue leaves neither credentials nor a step.
#[tokio::test(flavor = "multi_thread")]
async fn an_issue_that_is_cut_off_leaves_neither() {
    let (stage, job, turn) = open().await;
    let (first, second) = (
        stage.scene.samples.new_recipient(&stage.template),
        stage.scene.samples.new_recipient(&stage.template),
    );
    let mut other = stage.scene.interloper(&insertion(&second));
    let (store, batch) = (stage.scene.store(), [first.clone(), second.clone()]);
    let issue = tokio::spawn(async move {
        let rows = [(1, String::new()), (2, String::new())];
        Jobs::issue(&store, &turn, &batch, &rows, &step()).await
    });
    other.holds(&issue).await;
    assert!(other.could(
        "SELECT pg_terminate_backend(pid) FROM pg_locks \
         WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    ));
    assert!(issue.await.unwrap().is_err());
    other.gives_up();
    assert_eq!(stored(&stage, &job).await, job);
    assert!(!is_there(&stage, &first).await && !is_there(&stage, &second).await);
    // The same turn does it again.
    let again = issuing(&stage, turn, &first).await.unwrap().unwrap();
    assert_eq!(again, Some(vec![Issuing::Issued]));
}

/// An issue that the database breaks off after everything is written is done again from the start, and counted once.
#[tokio::test(flavor = "multi_thread")]
async fn an_issue_that_is_broken_off_is_done_again_as_a_whole() {
    let (stage, job, turn) = open().await;
    let new = stage.scene.samples.new_recipient(&stage.template);
    let other = stage.scene.interloper(
        "CREATE SEQUENCE tries; \
         CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
            IF nextval('tries') = 1 THEN RAISE EXCEPTION USING ERRCODE = '40001', MESSAGE = 'broken off'; END IF; \
            RETURN NEW; \
         END $$; \
         CREATE TRIGGER break_off BEFORE UPDATE OF done ON jobs FOR EACH ROW EXECUTE FUNCTION break_off()",
    );
    other.commits();
    let issued = issuing(&stage, turn, &new).await.unwrap().unwrap();
    assert_eq!(issued, Some(vec![Issuing::Issued]));
    let counts = JobCounts {
        done: 1,
        skipped: 1,
        failed: 0,
    };
    assert_eq!(stored(&stage, &job).await.counts, counts);
    let mut third = stage.scene.interloper("SELECT 1");
    assert!(
        third.could("SELECT 1 / (last_value - 1) FROM tries"),
        "it was tried twice"
    );
}
