//! The list of jobs.

use symbolon_domain::{
    id::JobId,
    job::{Job, JobState},
    port::jobs::BesideJob,
};

use super::{draft, keep, kept_as};
use crate::{
    Fixture,
    sample::now,
    scene::{Scene, Stage, ok},
};

async fn browse(stage: &Stage, beside: Option<BesideJob>, limit: u32) -> Vec<JobId> {
    let jobs = ok(stage.jobs.browse(stage.owner.id, beside, limit).await);
    jobs.into_iter().map(|job| job.id).collect()
}

/// Jobs of the owner in every state but a draft, by their ids, the newest first.
async fn several(stage: &Stage) -> Vec<JobId> {
    let mut ids = Vec::new();
    for state in JobState::ALL.into_iter().cycle().take(14) {
        let job = kept_as(stage, state).await;
        if state != JobState::Draft {
            ids.push(job.id);
        }
    }
    ids.sort_unstable_by(|one, other| other.cmp(one));
    ids
}

/// The newest by their ids come first, whenever they were made; drafts are left out, and what is of others.
pub async fn the_list_is_newest_first_without_drafts<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    assert_eq!(browse(&scene, None, 100).await, []);
    let other = scene.organization().await;
    assert!(keep(&scene, &scene.samples.job(other.id)).await);
    let mut wanted = several(&scene).await;
    assert_eq!(browse(&scene, None, 100).await, wanted);
    assert_eq!(Some(browse(&scene, None, 3).await.as_slice()), wanted.get(..3));
    let late = Job {
        made_at: now().plus_seconds(-60),
        ..scene.samples.job(scene.owner.id)
    };
    assert!(keep(&scene, &late).await);
    wanted.push(late.id);
    wanted.sort_unstable_by(|one, other| other.cmp(one));
    assert_eq!(browse(&scene, None, 100).await, wanted);
    let listed = ok(scene.jobs.browse(scene.owner.id, None, 100).await);
    assert!(listed.contains(&late), "a job is listed as it is kept");
}

/// From every job of the list, and from one that is not in it, the nearest are shown on either side, in the order of the
/// list.
pub async fn a_step_through_the_list_goes_either_way<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let list = several(&scene).await;
    let mut places = list.clone();
    places.push(draft(&scene).await.id);
    places.push(scene.samples.job(scene.owner.id).id);
    for place in places {
        for limit in [1, 2, 100] {
            let limit_of = usize::try_from(limit).expect("it is small");
            let older: Vec<_> = list.iter().copied().filter(|id| *id < place).collect();
            let newer: Vec<_> = list.iter().copied().filter(|id| *id > place).collect();
            let nearest = newer.get(newer.len().saturating_sub(limit_of)..);
            let after = browse(&scene, Some(BesideJob::After(place)), limit).await;
            assert_eq!(Some(after.as_slice()), older.get(..older.len().min(limit_of)));
            let before = browse(&scene, Some(BesideJob::Before(place)), limit).await;
            assert_eq!(Some(before.as_slice()), nearest);
        }
    }
}
