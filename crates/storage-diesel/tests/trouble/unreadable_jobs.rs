//! Rows of jobs that somebody else has written, and the domain does not know how to read.

use crate::support::Sqlite;
use diesel::{Connection, RunQueryDsl as _, SqliteConnection, connection::SimpleConnection};
use symbolon_contract::sample::{Samples, now, rejected};
use symbolon_domain::{
    activity::Action,
    job::{JobCounts, JobState},
    port::{
        jobs::{JobStep, Jobs, Next},
        organizations::Organizations,
    },
};

fn step(places: &[u64]) -> JobStep {
    JobStep {
        results: places.iter().copied().map(rejected).collect(),
        counts: JobCounts::default(),
        cursor: Some("there".to_owned()),
        next: Next::GoOn(now().plus_seconds(30)),
    }
}

/// A connection beside the store, without the guards of the schema.
fn beside(fixture: &Sqlite) -> SqliteConnection {
    let path = fixture.settings.url.sqlite_path().unwrap().to_str().unwrap();
    let mut other = SqliteConnection::establish(path).unwrap();
    other
        .batch_execute("PRAGMA ignore_check_constraints = ON")
        .unwrap();
    other
}

#[tokio::test(flavor = "multi_thread")]
async fn no_part_of_a_job_is_guessed() {
    for (change, column) in [
        ("kind = 'do-not-repeat-me'", "kind in a row of jobs"),
        ("state = 'do-not-repeat-me'", "state in a row of jobs"),
        ("actor = 'do-not-repeat-me'", "actor in a row of jobs"),
        ("address = 'do-not-repeat-me'", "address in a row of jobs"),
        ("plan = x'ff'", "plan in a row of jobs"),
        ("cursor = x'ff'", "cursor in a row of jobs"),
        ("total = -1", "total in a row of jobs"),
        ("done = -1", "done in a row of jobs"),
        ("skipped = -1", "skipped in a row of jobs"),
        ("failed = -1", "failed in a row of jobs"),
    ] {
        let fixture = Sqlite::migrated();
        let (store, samples) = (&fixture.store, Samples::default());
        let organization = samples.organization();
        let entry = samples.entry(organization.id, Action::OrganizationCreated);
        Organizations::insert(store, &organization, &entry).await.unwrap();
        let job = samples.job(organization.id);
        assert!(store.keep(&job, None, None).await.unwrap());
        let change = diesel::sql_query(format!("UPDATE jobs SET {change}"));
        assert_eq!(change.execute(&mut beside(&fixture)), Ok(1));
        let error = Jobs::find(store, organization.id, job.id).await.unwrap_err();
        let told = format!("{error} {error:?}");
        assert!(told.contains(column), "{told}");
        assert!(!told.contains("do-not-repeat-me"), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_part_of_a_result_is_guessed() {
    for (change, column) in [
        ("outcome = 'lost'", "outcome in a row of job_results"),
        ("place = -1", "place in a row of job_results"),
        ("row = x'ff'", "row in a row of job_results"),
    ] {
        let fixture = Sqlite::migrated();
        let (store, samples) = (&fixture.store, Samples::default());
        let organization = samples.organization();
        let entry = samples.entry(organization.id, Action::OrganizationCreated);
        Organizations::insert(store, &organization, &entry).await.unwrap();
        let job = samples.job(organization.id);
        assert!(store.keep(&job, None, None).await.unwrap());
        let (_, turn) = store.take(now(), now().plus_seconds(30)).await.unwrap().unwrap();
        assert!(store.step(&turn, &step(&[1])).await.unwrap());
        let change = diesel::sql_query(format!("UPDATE job_results SET {change}"));
        assert_eq!(change.execute(&mut beside(&fixture)), Ok(1));
        let results = store.results(organization.id, job.id, None, None, 1).await;
        let error = results.unwrap_err().to_string();
        assert!(error.contains(column), "{error}");
    }
}

/// The others are taken; it waits until its turn would have ended.
#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_cannot_be_read_does_not_stand_in_the_way() {
    let fixture = Sqlite::migrated();
    let (store, samples) = (&fixture.store, Samples::default());
    let organization = samples.organization();
    let entry = samples.entry(organization.id, Action::OrganizationCreated);
    Organizations::insert(store, &organization, &entry).await.unwrap();
    let mut jobs = [samples.job(organization.id), samples.job(organization.id)];
    jobs.sort_unstable_by_key(|job| job.id);
    for job in &jobs {
        assert!(store.keep(job, None, None).await.unwrap());
    }
    let [broken, good] = jobs;
    let mut other = beside(&fixture);
    let change = diesel::sql_query("UPDATE jobs SET kind = 'lost' WHERE id = (SELECT min(id) FROM jobs)");
    assert_eq!(change.execute(&mut other), Ok(1));
    let until = now().plus_seconds(30);
    let (taken, _) = store.take(now(), until).await.unwrap().unwrap();
    assert_eq!(taken.id, good.id);
    assert_eq!(store.take(now(), until).await.unwrap(), None);
    let change = diesel::sql_query("UPDATE jobs SET kind = 'import'");
    assert_eq!(change.execute(&mut other), Ok(2));
    let (taken, turn) = store.take(until, until.plus_seconds(30)).await.unwrap().unwrap();
    assert_eq!(
        (taken.id, taken.state, turn.number),
        (broken.id, JobState::Running, 2)
    );
}
