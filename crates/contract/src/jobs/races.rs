//! What holds however many ask at once.

use std::collections::HashSet;

use symbolon_domain::{
    activity::Action,
    job::{JobCounts, JobState},
    page::PageRequest,
    port::{
        jobs::{JobStep, Next, Turn},
        recipients::{NewRecipient, RecipientFilter, RecipientOrder},
    },
    template::Template,
};

use super::{all_results, counting, issuing::rows, lease, nothing, stop, stored, take_all, taken, waiting};
use crate::{
    Fixture,
    race::{RIVALS, duel_in_round, race},
    sample::{now, rejected},
    scene::{Scene, Stage, count, count_of, ok},
};

/// How many recipients a template has.
async fn recipients_of(stage: &Stage, template: &Template) -> u64 {
    let filter = RecipientFilter {
        template: Some(template.id),
        ..RecipientFilter::default()
    };
    let page = PageRequest::new(1, 1);
    let order = RecipientOrder::default();
    ok(stage.recipients.list(stage.owner.id, &filter, order, page).await).total_count
}

/// Three people who are to be issued a credential.
fn several(stage: &Stage, template: &Template) -> Vec<NewRecipient> {
    let people = (0..3).map(|_| stage.samples.new_recipient(template));
    people.collect()
}

/// Issues a batch as a step in which nothing else is done; how many of its rows were dealt with.
async fn issue(stage: &Stage, turn: Turn, batch: &[NewRecipient]) -> u64 {
    let issued = stage.jobs.issue(&turn, batch, &rows(batch, 1), &nothing()).await;
    ok(issued).map_or(0, |outcomes| count(&outcomes))
}

/// Of 64 who take one job one does; when its turn has passed another one of 64 takes the next.
pub async fn a_turn_is_taken_by_one_of_many<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let job = waiting(&scene).await;
    let mut at = now();
    for number in 1..=3 {
        let until = at.plus_seconds(30);
        let taken = race(RIVALS, |_| {
            let scene = scene.clone();
            async move { ok(scene.jobs.take(at, until).await).map(|(_, turn)| turn) }
        })
        .await;
        let taken: Vec<_> = taken.into_iter().flatten().collect();
        let numbers: Vec<_> = taken.iter().map(|turn| (turn.job, turn.number)).collect();
        assert_eq!(numbers, [(job.id, number)]);
        at = until;
    }
}

/// Of 32 who take 8 jobs that are due 8 get one each, no two the same, and the others get none.
pub async fn jobs_are_taken_by_one_each<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut due = HashSet::new();
    for _ in 0..8 {
        due.insert(waiting(&scene).await.id);
    }
    let taken = race(32, |_| {
        let scene = scene.clone();
        async move { ok(scene.jobs.take(now(), lease()).await).map(|(job, _)| job.id) }
    })
    .await;
    let mut taken: Vec<_> = taken.into_iter().flatten().collect();
    // Who is late by a moment may find a job in another's hands and go away; nothing is lost by it.
    taken.extend(take_all(&scene, now()).await);
    assert_eq!(taken.len(), 8, "a job is taken twice, or lost");
    assert_eq!(HashSet::from_iter(taken), due);
}

/// Of 64 who stop one job one does; there is one entry.
pub async fn a_job_is_stopped_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let job = waiting(&scene).await;
    let stopped = race(RIVALS, |_| {
        let (scene, job) = (scene.clone(), job.clone());
        async move { stop(&scene, &job).await }
    })
    .await;
    assert_eq!(count_of(&stopped, &true), 1);
    assert_eq!(scene.logged(Action::JobStopped).await, 1);
}

/// However many do steps, in turns that are taken from under them, the counts are the sum of the steps that were kept, and
/// so are the results.
pub async fn the_counts_are_the_sum_of_the_steps<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let job = waiting(&scene).await;
    let kept = race(RIVALS, |number| {
        let scene = scene.clone();
        async move {
            // Each turn ends at once, so that others are taken while this one is used.
            let Some((_, turn)) = ok(scene.jobs.take(now(), now()).await) else {
                return Vec::new();
            };
            let mut kept = Vec::new();
            for place in [number * 2, number * 2 + 1] {
                let step = JobStep {
                    results: vec![rejected(place)],
                    next: Next::GoOn(now()),
                    ..counting(1, 2, 3)
                };
                if ok(scene.jobs.step(&turn, &step).await) {
                    kept.push(place);
                }
            }
            kept
        }
    })
    .await;
    let mut kept: Vec<_> = kept.into_iter().flatten().collect();
    kept.sort_unstable();
    let steps = count(&kept);
    assert!(steps > 0, "somebody's turn has not passed");
    let counts = JobCounts {
        done: steps,
        skipped: 2 * steps,
        failed: 3 * steps,
    };
    assert_eq!(stored(&scene, &job).await.counts, counts);
    let places: Vec<_> = all_results(&scene, &job)
        .await
        .iter()
        .map(|result| result.place)
        .collect();
    assert_eq!(places, kept);
}

/// Whoever stops a job beside an issue comes before it, and nothing is issued, or after it, and all is counted. Once the stop
/// has returned nothing is issued any more.
pub async fn a_stop_and_an_issue_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..20 {
        let template = scene.template().await;
        let (job, turn) = taken(&scene).await;
        let batches: Vec<_> = (0..4).map(|_| several(&scene, &template)).collect();
        let (issued, seen) = duel_in_round(
            round,
            Box::pin({
                let scene = scene.clone();
                async move {
                    let mut issued = 0;
                    for batch in batches {
                        issued += issue(&scene, turn, &batch).await;
                    }
                    issued
                }
            }),
            {
                let (scene, job, template) = (scene.clone(), job.clone(), template.clone());
                async move {
                    assert!(stop(&scene, &job).await);
                    recipients_of(&scene, &template).await
                }
            },
        )
        .await;
        assert_eq!(
            recipients_of(&scene, &template).await,
            seen,
            "issued after the stop"
        );
        let kept = stored(&scene, &job).await;
        assert_eq!((issued, kept.counts.done), (seen, seen));
        assert_eq!(kept.state, JobState::Stopped);
    }
}

/// Of those who issue the same rows in two turns of a job the later turn decides: what is issued is counted once.
pub async fn an_issue_and_the_next_turn_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..20 {
        let template = scene.template().await;
        let (job, turn) = taken(&scene).await;
        let batch = several(&scene, &template);
        let again: Vec<_> = batch
            .iter()
            .map(|new| scene.samples.new_for(new.recipient.clone()))
            .collect();
        let ((), ()) = duel_in_round(
            round,
            Box::pin({
                let scene = scene.clone();
                async move {
                    issue(&scene, turn, &batch).await;
                }
            }),
            Box::pin({
                let scene = scene.clone();
                async move {
                    let until = lease().plus_seconds(30);
                    let next = ok(scene.jobs.take(lease(), until).await);
                    // Who has the row at this moment keeps it from being taken.
                    let Some((seen, next)) = next else { return };
                    if seen.counts.done == 0 {
                        issue(&scene, next, &again).await;
                    }
                }
            }),
        )
        .await;
        assert_eq!(recipients_of(&scene, &template).await, 3);
        assert_eq!(stored(&scene, &job).await.counts.done, 3);
        assert!(stop(&scene, &job).await);
    }
}
