//! Revoking credentials.

use symbolon_domain::{
    access_token::AccessToken,
    activity::Action,
    port::recipients::RecipientChange,
    recipient::{Recipient, Revocation},
    text::RevocationReason,
};

use crate::{
    Fixture,
    sample::{now, revocation},
    scene::{Scene, ok},
};

/// A revocation is kept with its instant and its reason, or none, and a request for a reset is withdrawn; nothing else
/// changes, neither token nor sessions.
pub async fn a_revocation_keeps_when_and_why<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let longest = RevocationReason::parse(&"𒀀".repeat(RevocationReason::MAX)).ok();
    assert!(longest.is_some());
    for reason in [None, RevocationReason::parse("x").ok(), longest] {
        let (new, holder) = scene.claimed().await;
        let session = scene.session(&holder).await;
        scene.request_reset(&new.token).await;
        let before = scene.dossier_of(&new).await;
        assert!(before.token.reset_request.is_some());
        let token = AccessToken {
            reset_request: None,
            ..before.token
        };
        let revocation = Revocation {
            at: now().plus_millis(3),
            reason,
        };
        let entry = scene.samples.entry(scene.owner.id, Action::CredentialRevoked);
        let change = scene
            .recipients
            .revoke(scene.owner.id, new.recipient.id, &revocation, &entry);
        assert_eq!(ok(change.await), RecipientChange::Changed);
        let after = scene.dossier_of(&new).await;
        let revoked = Recipient {
            revocation: Some(revocation),
            ..before.recipient
        };
        assert_eq!((after.recipient, after.token), (revoked, token));
        assert_eq!(scene.stored_session(&session).await, Some(session));
        assert_eq!(scene.log().await.last(), Some(&entry));
    }
}

/// What is revoked stays so, with the first instant and reason, and nothing is written.
pub async fn a_credential_is_revoked_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let change = scene.revoke_credential(&new, now()).await;
    assert_eq!(change, RecipientChange::Changed);
    let before = scene.shown().await;
    let again = scene.revoke_credential(&new, now().plus_seconds(60)).await;
    assert_eq!(again, RecipientChange::Unchanged);
    assert_eq!(scene.shown().await, before);
}

/// For another organization a recipient is absent, as one who is not kept is for their own; nothing is written anywhere.
pub async fn a_foreign_credential_is_not_revoked<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let new = scene.recipient().await;
    let nobody = scene.samples.new_recipient(&scene.template().await);
    let before = (scene.shown().await, scene.shown_of(other.id).await);
    let entry = scene.samples.entry(other.id, Action::CredentialRevoked);
    let revoked = revocation(now());
    let foreign = scene
        .recipients
        .revoke(other.id, new.recipient.id, &revoked, &entry);
    assert_eq!(ok(foreign.await), RecipientChange::Absent);
    let change = scene.revoke_credential(&nobody, now()).await;
    assert_eq!(change, RecipientChange::Absent);
    let after = (scene.shown().await, scene.shown_of(other.id).await);
    assert_eq!(after, before);
}
