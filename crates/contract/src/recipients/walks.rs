//! Walks through all recipients.

use symbolon_domain::{
    access_token::Dossier,
    id::{OrganizationId, RecipientId},
    port::recipients::{RecipientFilter, RecipientState},
    recipient::Recipient,
    time::Timestamp,
};

use super::orders::keep_seven;
use crate::{
    Fixture,
    sample::now,
    scene::{Scene, Stage, ok},
};

/// Steps of whatever length pass everybody once, in the order in which they were added, also where several were added at
/// one instant; nobody of another organization.
pub async fn a_walk_passes_everybody_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let template = scene.template_of(other.id).await;
    let stranger = scene.recipient_on(&template).await;
    let mut all = keep_seven(&scene).await;
    all.sort_by_key(place);
    for limit in [1, 2, 3, 6, 7, 8, u32::MAX] {
        let walked = walk(&scene, scene.owner.id, &RecipientFilter::default(), limit).await;
        assert_eq!(walked, all, "{limit}");
    }
    let walked = walk(&scene, other.id, &RecipientFilter::default(), 3).await;
    assert_eq!(walked, [scene.dossier_of(&stranger).await]);
    let everybody = RecipientFilter::default();
    let none = scene.recipients.walk(scene.owner.id, &everybody, None, 0);
    assert_eq!(ok(none.await), []);
}

/// What is filtered is filtered before a step is cut.
pub async fn a_walk_passes_whom_the_filter_shows<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut all = keep_seven(&scene).await;
    all.sort_by_key(place);
    let mut wanted = Vec::new();
    for dossier in all.iter().step_by(3) {
        scene
            .claim(&dossier.token, &scene.samples.connection(), now())
            .await;
        wanted.push(scene.dossier(&dossier.token).await);
    }
    let accepted = RecipientFilter {
        state: Some(RecipientState::Accepted),
        ..RecipientFilter::default()
    };
    for limit in [1, 2, 7] {
        let walked = walk(&scene, scene.owner.id, &accepted, limit).await;
        assert_eq!(walked, wanted, "{limit}");
    }
}

/// A walk goes on from where it was, although somebody comes in behind it and who it had reached is deleted; whoever is
/// added later is met.
pub async fn a_walk_goes_on_while_recipients_come_and_go<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let added = async |millis| {
        let recipient = Recipient {
            created_at: now().plus_millis(millis),
            ..scene.samples.recipient(&template)
        };
        let new = scene.samples.new_for(recipient);
        scene.keep_recipient(&new).await;
        new
    };
    let (first, last) = (added(0).await, added(9).await);
    let reached = place(&scene.dossier_of(&first).await);
    added(-5).await;
    scene.remove(&first).await;
    let later = added(12).await;
    let everybody = RecipientFilter::default();
    let rest = scene
        .recipients
        .walk(scene.owner.id, &everybody, Some(reached), 10);
    let rest: Vec<_> = ok(rest.await).into_iter().map(|met| met.recipient.id).collect();
    assert_eq!(rest, [last.recipient.id, later.recipient.id]);
}

fn place(dossier: &Dossier) -> (Timestamp, RecipientId) {
    (dossier.recipient.created_at, dossier.recipient.id)
}

/// All that a walk in steps of this length meets.
async fn walk(
    stage: &Stage,
    organization: OrganizationId,
    filter: &RecipientFilter,
    limit: u32,
) -> Vec<Dossier> {
    let mut met: Vec<Dossier> = Vec::new();
    loop {
        let after = met.last().map(place);
        let step = ok(stage.recipients.walk(organization, filter, after, limit).await);
        assert!(u32::try_from(step.len()).is_ok_and(|length| length <= limit));
        if step.is_empty() {
            return met;
        }
        met.extend(step);
        assert!(met.len() <= 100, "a walk comes to its end");
    }
}
