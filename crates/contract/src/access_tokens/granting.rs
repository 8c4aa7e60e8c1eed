//! Granting a request for a reset: what was seen, and nothing else.

use symbolon_domain::{
    access_token::AccessState,
    activity::Action,
    id::OrganizationId,
    mail::MailKind,
    port::{access_tokens::AccessRecord, recipients::NewRecipient},
    time::Timestamp,
};

use super::waiting::asking_recipient;
use crate::{
    Fixture,
    race::{RIVALS, race},
    sample::now,
    scene::{Scene, Stage, count_of, ok},
};

/// A request that is granted is a reset like any other: the binding and the request are gone, the link is mailed, and the
/// log says so.
pub async fn a_grant_resets_what_was_asked_for<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = asking_recipient(&scene, now()).await;
    let before = scene.mails(&new).await.len();
    assert!(grant(&scene, &new, now()).await);
    let token = scene.dossier(&new.token).await.token;
    assert_eq!(token.state(), AccessState::Free);
    assert_eq!((token.binding, token.reset_request), (None, None));
    assert_eq!(scene.logged(Action::AccessReset).await, 1);
    assert_eq!(scene.mails(&new).await.len(), before + 1);
}

/// Where nobody waits, where the request is another one, or where the recipient is somebody else's, nothing is done.
pub async fn only_the_request_that_was_seen_is_granted<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let (claimed, _) = scene.claimed().await;
    let free = scene.recipient().await;
    let waiting = asking_recipient(&scene, now()).await;
    let before = (scene.shown().await, scene.shown_of(other.id).await);
    for new in [&claimed, &free] {
        assert!(!grant(&scene, new, now()).await);
    }
    for asked_at in [now().plus_millis(1), now().plus_millis(-1)] {
        assert!(!grant(&scene, &waiting, asked_at).await);
    }
    assert!(!grant_by(&scene, other.id, &waiting, now()).await);
    assert_eq!((scene.shown().await, scene.shown_of(other.id).await), before);
    assert!(grant(&scene, &waiting, now()).await);
}

/// Who claimed after a grant keeps what they claimed, whoever grants the same request once more.
pub async fn a_late_grant_takes_nothing_from_who_has_claimed<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = asking_recipient(&scene, now()).await;
    assert!(grant(&scene, &new, now()).await);
    scene.claim_for(&new).await;
    assert!(!grant(&scene, &new, now()).await);
    let token = scene.dossier(&new.token).await.token;
    assert_eq!(token.state(), AccessState::Bound);
    assert_eq!(scene.logged(Action::AccessReset).await, 1);
}

/// Of 64 who grant a request at once one does.
pub async fn a_request_is_granted_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = asking_recipient(&scene, now()).await;
    let grants = race(RIVALS, |_| {
        let (scene, new) = (scene.clone(), new.clone());
        async move { grant(&scene, &new, now()).await }
    })
    .await;
    assert_eq!(count_of(&grants, &true), 1);
    assert_eq!(scene.logged(Action::AccessReset).await, 1);
}

async fn grant(stage: &Stage, new: &NewRecipient, asked_at: Timestamp) -> bool {
    grant_by(stage, new.recipient.organization, new, asked_at).await
}

async fn grant_by(
    stage: &Stage,
    organization: OrganizationId,
    new: &NewRecipient,
    asked_at: Timestamp,
) -> bool {
    let mail = stage.samples.mail(&new.token, MailKind::AccessReset);
    let template = new.recipient.template;
    let entry = stage
        .samples
        .entry_about(&new.token, template, Action::AccessReset);
    let record = AccessRecord {
        entry: &entry,
        mail: Some(&mail),
    };
    ok(stage
        .access
        .grant_reset(organization, new.recipient.id, asked_at, record)
        .await)
}
