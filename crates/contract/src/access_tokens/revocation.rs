//! Revoking access: the token can no longer claim, and what was claimed stays.

use symbolon_domain::{
    access_token::{AccessState, AccessToken},
    activity::Action,
    port::access_tokens::{AccessChange, AccessRecord, ResetRequesting},
};

use crate::{
    Fixture,
    sample::now,
    scene::{Scene, ok},
};

/// It keeps the instant, and erases the sealed copy and a request for a reset; binding and everything else stay, and so do
/// sessions.
pub async fn revoking_access_erases_the_sealed_copy_and_keeps_the_binding<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let free = scene.recipient().await;
    let (bound, holder) = scene.claimed().await;
    assert_eq!(
        scene.request_reset(&bound.token).await,
        ResetRequesting::Requested
    );
    let session = scene.session(&holder).await;
    for new in [&free, &bound] {
        let before = scene.dossier(&new.token).await;
        assert_eq!(scene.revoke_access(new, now()).await, AccessChange::Changed);
        let revoked = AccessToken {
            revoked_at: Some(now()),
            sealed: None,
            reset_request: None,
            ..before.token
        };
        let after = scene.dossier(&new.token).await;
        assert_eq!((after.token, after.recipient), (revoked, before.recipient));
    }
    assert_eq!(scene.stored_session(&session).await, Some(session));
}

/// The entry is the one that was given, whole, and the only one.
pub async fn revoking_access_appends_its_entry<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    scene.settle_all(&new).await;
    let (log, mails) = (scene.log().await, scene.mails(&new).await);
    let template = new.recipient.template;
    let entry = scene
        .samples
        .entry_about(&new.token, template, Action::AccessRevoked);
    let record = AccessRecord {
        entry: &entry,
        mail: None,
    };
    let change = scene
        .access
        .revoke(scene.owner.id, new.recipient.id, record, now());
    assert_eq!(ok(change.await), AccessChange::Changed);
    assert_eq!(scene.log().await, [log, vec![entry]].concat());
    assert_eq!(scene.mails(&new).await, mails);
}

/// Access that is revoked is not revoked again: the first instant stays, and nothing is written.
pub async fn access_is_revoked_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, _) = scene.claimed().await;
    scene.revoke_access(&new, now()).await;
    let before = scene.shown().await;
    let again = scene.revoke_access(&new, now().plus_seconds(60)).await;
    assert_eq!(again, AccessChange::Refused(AccessState::Revoked));
    assert_eq!(scene.shown().await, before);
}

/// A revoked credential, a pause or a cancellation does not stand in the way.
pub async fn access_to_a_revoked_credential_is_revoked_too<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let new = scene.recipient_on(&template).await;
    scene.revoke_credential(&new, now()).await;
    scene.pause(&template, now()).await;
    scene.cancel(scene.owner.id, now()).await;
    assert_eq!(scene.revoke_access(&new, now()).await, AccessChange::Changed);
    assert_eq!(scene.dossier(&new.token).await.token.sealed, None);
}

/// For another organization a recipient is absent, as one who is not kept is for their own; nothing is written anywhere.
pub async fn foreign_access_is_not_revoked<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let (new, _) = scene.claimed().await;
    let nobody = scene.samples.new_recipient(&scene.template().await);
    let before = (scene.shown().await, scene.shown_of(other.id).await);
    let absent = AccessChange::Absent;
    let change = scene.revoke_access_by(other.id, &new.token, now()).await;
    assert_eq!(change, absent);
    assert_eq!(scene.revoke_access(&nobody, now()).await, absent);
    let after = (scene.shown().await, scene.shown_of(other.id).await);
    assert_eq!(after, before);
}
