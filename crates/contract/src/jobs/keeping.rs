//! What is kept, and for whom it is there.

use std::net::{IpAddr, Ipv4Addr};

use symbolon_domain::{
    activity::{Action, Actor, Attribution},
    job::{Job, JobCounts, JobKind, JobState, MAX_FILE_BYTES},
    port::jobs::JobStart,
    time::Timestamp,
};

use super::{draft, found, has_file, keep, shown, stop, stored, taken};
use crate::{
    Fixture,
    sample::{mixed, now, rejected},
    scene::{Scene, ok},
};

/// A job of any kind reads back equal, in any state and with everything that can be told of it.
pub async fn what_is_kept_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.samples.template(scene.owner.id).id;
    for kind in JobKind::ALL {
        let job = Job {
            kind,
            ..scene.samples.job(scene.owner.id)
        };
        assert!(keep(&scene, &job).await);
        assert_eq!(stored(&scene, &job).await, job);
    }
    for state in JobState::ALL {
        let job = Job {
            template: Some(template),
            state,
            total: u64::from(u32::MAX),
            counts: JobCounts {
                done: u64::from(u32::MAX),
                skipped: 1,
                failed: 0,
            },
            cursor: Some(String::new()),
            began_at: Some(now().plus_millis(1)),
            ended_at: state.is_over().then(|| now().plus_millis(2)),
            failure: (state == JobState::Failed).then(|| "a zo\u{eb}".to_owned()),
            ..scene.samples.job(scene.owner.id)
        };
        assert!(keep(&scene, &job).await);
        assert_eq!(stored(&scene, &job).await, job);
    }
}

/// The plan and the cursor are whatever whoever carries it out writes: nothing, a lot, any character.
pub async fn every_plan_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for text in [
        String::new(),
        " ".to_owned(),
        "a\0b".to_owned(),
        "Zo\u{eb}'s \"\\\u{1f3c5}\r\n".to_owned(),
        "plan ".repeat(200_000),
    ] {
        let job = Job {
            plan: text.clone(),
            cursor: Some(text),
            ..scene.samples.job(scene.owner.id)
        };
        assert!(keep(&scene, &job).await);
        assert!(stored(&scene, &job).await == job, "a plan or a cursor differs");
    }
}

/// Whoever asked for it, and from wherever.
pub async fn everybody_who_asks_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.samples.token(scene.owner.id);
    for by in [
        Attribution::operator(),
        scene.samples.attribution(),
        Attribution {
            actor: Actor::Token(token.id),
            request_id: None,
            address: Some(IpAddr::V4(Ipv4Addr::BROADCAST)),
        },
        Attribution {
            actor: Actor::Recipient,
            request_id: Some("r".repeat(200)),
            address: None,
        },
    ] {
        let job = Job {
            by,
            ..scene.samples.job(scene.owner.id)
        };
        assert!(keep(&scene, &job).await);
        assert_eq!(stored(&scene, &job).await, job);
    }
}

/// Instants are kept to the millisecond, from the first that there is to the last.
pub async fn every_instant_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for at in [Timestamp::MIN, Timestamp::from_millis(-1), Timestamp::MAX] {
        let job = Job {
            made_at: at,
            state: JobState::Done,
            began_at: Some(at),
            ended_at: Some(at),
            ..scene.samples.job(scene.owner.id)
        };
        assert!(keep(&scene, &job).await);
        assert_eq!(stored(&scene, &job).await, job);
    }
}

/// A file is kept as it is, up to the largest that a job takes, and an empty one is no missing one.
pub async fn a_file_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let largest: Vec<u8> = mixed(7).take(MAX_FILE_BYTES).collect();
    for file in [Some(largest), Some(Vec::new()), Some(vec![0, 255]), None] {
        let job = scene.samples.job(scene.owner.id);
        assert!(ok(scene.jobs.keep(&job, file.as_deref(), None).await));
        let kept = ok(scene.jobs.file(scene.owner.id, job.id).await);
        assert!(kept == file, "a file differs");
    }
}

/// The entry is appended where there is one, and where nothing is kept none is.
pub async fn keeping_appends_its_entry<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    assert!(keep(&scene, &scene.samples.job(scene.owner.id)).await);
    assert_eq!(scene.logged(Action::JobStarted).await, 0);
    let entry = scene.samples.entry(scene.owner.id, Action::JobStarted);
    let job = scene.samples.job(scene.owner.id);
    assert!(ok(scene.jobs.keep(&job, None, Some(&entry)).await));
    assert_eq!(scene.log().await.last(), Some(&entry));
    scene.cancel(scene.owner.id, now()).await;
    let entry = scene.samples.entry(scene.owner.id, Action::JobStarted);
    let job = scene.samples.job(scene.owner.id);
    assert!(!ok(scene.jobs.keep(&job, None, Some(&entry)).await));
    assert_eq!(scene.logged(Action::JobStarted).await, 1);
}

/// Two jobs with one id are a mistake: the store fails, and the first stays as it was.
pub async fn no_two_jobs_are_alike<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let first = draft(&scene).await;
    let before = (shown(&scene, &first).await, scene.shown().await);
    let entry = scene.samples.entry(scene.owner.id, Action::JobStarted);
    let second = Job {
        id: first.id,
        ..scene.samples.job(scene.owner.id)
    };
    let kept = scene.jobs.keep(&second, Some(b"another"), Some(&entry)).await;
    assert!(kept.is_err());
    assert_eq!((shown(&scene, &first).await, scene.shown().await), before);
}

/// An organization that is cancelled, or is not there, has no new jobs; those that it has stay.
pub async fn a_cancelled_organization_keeps_no_job<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let before = draft(&scene).await;
    scene.cancel(scene.owner.id, now()).await;
    let job = scene.samples.job(scene.owner.id);
    assert!(!ok(scene.jobs.keep(&job, Some(b"a file"), None).await));
    assert_eq!(found(&scene, &job).await, None);
    assert!(!has_file(&scene, &job).await);
    assert_eq!(stored(&scene, &before).await, before);
    let unknown = scene.samples.organization();
    assert!(!keep(&scene, &scene.samples.job(unknown.id)).await);
    scene.reactivate(scene.owner.id).await;
    assert!(keep(&scene, &job).await);
}

/// Another organization sees nothing of a job, and changes nothing about it; nor is one seen that is not there.
pub async fn a_job_is_its_organizations<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (job, turn) = taken(&scene).await;
    let mut step = super::counting(0, 0, 1);
    step.results.push(rejected(1));
    assert!(ok(scene.jobs.step(&turn, &step).await));
    let other = scene.organization().await;
    for job in [job, draft(&scene).await] {
        let before = (shown(&scene, &job).await, scene.shown().await);
        let foreign = Job {
            organization: other.id,
            ..job.clone()
        };
        let shown_to_other = shown(&scene, &foreign).await;
        assert_eq!(shown_to_other.job, None);
        assert_eq!(shown_to_other.file, None);
        assert_eq!(shown_to_other.results, []);
        assert_eq!(ok(scene.jobs.browse(other.id, None, 100).await), []);
        assert!(!stop(&scene, &foreign).await);
        assert!(!ok(scene.jobs.redraft(other.id, job.id, "theirs").await));
        let start = JobStart {
            by: scene.samples.attribution(),
            at: now(),
            total: 1,
            plan: "theirs".to_owned(),
        };
        let entry = scene.samples.entry(other.id, Action::JobStarted);
        assert!(!ok(scene.jobs.start(other.id, job.id, &start, &entry).await));
        assert_eq!((shown(&scene, &job).await, scene.shown().await), before);
    }
    let unknown = scene.samples.job(scene.owner.id);
    assert_eq!(found(&scene, &unknown).await, None);
    assert!(!stop(&scene, &unknown).await);
}
