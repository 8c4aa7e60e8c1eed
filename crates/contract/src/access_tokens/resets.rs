//! Resets: the same link works again, for whoever connects first.

use symbolon_domain::{
    access_token::{AccessState, AccessToken},
    activity::Action,
    mail::MailKind,
    port::access_tokens::{AccessChange, AccessRecord},
    session::Session,
};

use crate::{
    Fixture,
    sample::now,
    scene::{Scene, ok},
};

/// A reset clears the binding and a request for it; nothing else of the token changes, nor does any other.
pub async fn a_reset_clears_the_binding_and_a_request_for_it<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, _) = scene.claimed().await;
    let (other, _) = scene.claimed().await;
    let before = scene.dossier(&other.token).await;
    scene.request_reset(&new.token).await;
    assert_eq!(scene.reset(&new).await, AccessChange::Changed);
    assert_eq!(scene.dossier(&new.token).await.token, new.token);
    assert_eq!(scene.dossier(&other.token).await, before);
}

/// The entry and the mail are the ones that were given, whole, and there is one of each.
pub async fn a_reset_appends_its_entry_and_queues_its_mail<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, _) = scene.claimed().await;
    scene.settle_all(&new).await;
    let (log, mut mails) = (scene.log().await, scene.mails(&new).await);
    let template = new.recipient.template;
    let entry = scene
        .samples
        .entry_about(&new.token, template, Action::AccessReset);
    let mut mail = scene.samples.mail(&new.token, MailKind::AccessReset);
    mail.created_at = now().plus_millis(1);
    let record = AccessRecord {
        entry: &entry,
        mail: Some(&mail),
    };
    let change = scene.access.reset(scene.owner.id, new.recipient.id, record).await;
    assert_eq!(ok(change), AccessChange::Changed);
    assert_eq!(scene.log().await, [log, vec![entry]].concat());
    mails.push(mail);
    assert_eq!(scene.mails(&new).await, mails);
}

/// Every session of the profile that was bound ends, and nobody else's.
pub async fn a_reset_ends_the_sessions_of_the_profile_that_was_bound<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, former) = scene.claimed().await;
    let (_, other) = scene.claimed().await;
    let theirs = [scene.session(&former).await, scene.session(&former).await];
    // The same subject of another issuer is somebody else.
    let namesake = crate::sample::connection("https://elsewhere.example", former.profile.subject());
    let others = [scene.session(&other).await, scene.session(&namesake).await];
    assert_eq!(scene.reset(&new).await, AccessChange::Changed);
    for session in &theirs {
        assert_eq!(scene.stored_session(session).await, None);
    }
    for session in others {
        let kept: Option<Session> = scene.stored_session(&session).await;
        assert_eq!(kept, Some(session));
    }
}

/// A token that is free, revoked, or of a revoked credential is not reset; nothing is written.
pub async fn only_a_bound_token_is_reset<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let free = scene.recipient().await;
    let (revoked, _) = scene.claimed().await;
    scene.revoke_access(&revoked, now()).await;
    let unclaimed = scene.recipient().await;
    scene.revoke_access(&unclaimed, now()).await;
    let (credential, _) = scene.claimed().await;
    scene.revoke_credential(&credential, now()).await;
    let both = scene.recipient().await;
    scene.revoke_credential(&both, now()).await;
    scene.revoke_access(&both, now()).await;
    let before = scene.shown().await;
    for (new, change) in [
        (&free, AccessChange::Refused(AccessState::Free)),
        (&revoked, AccessChange::Refused(AccessState::Revoked)),
        (&unclaimed, AccessChange::Refused(AccessState::Revoked)),
        (&credential, AccessChange::CredentialRevoked),
        (&both, AccessChange::CredentialRevoked),
    ] {
        assert_eq!(scene.reset(new).await, change);
        assert_eq!(scene.shown().await, before);
    }
}

/// A refused reset ends no session.
pub async fn a_refused_reset_ends_no_session<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, holder) = scene.claimed().await;
    let session = scene.session(&holder).await;
    scene.revoke_access(&new, now()).await;
    let refused = AccessChange::Refused(AccessState::Revoked);
    assert_eq!(scene.reset(&new).await, refused);
    assert_eq!(scene.stored_session(&session).await, Some(session));
}

/// A pause or a cancellation does not stand in the way: nothing is given to anybody by it.
pub async fn a_token_of_a_paused_template_is_reset<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let news = [
        scene.recipient_on(&template).await,
        scene.recipient_on(&template).await,
    ];
    for new in &news {
        scene.claim_for(new).await;
    }
    scene.pause(&template, now()).await;
    for new in &news {
        assert_eq!(scene.reset(new).await, AccessChange::Changed);
        scene.cancel(scene.owner.id, now()).await;
    }
}

/// What was decided about a token that was replaced meanwhile is not done to its successor.
pub async fn a_reset_of_a_replaced_token_is_overtaken<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, _) = scene.claimed().await;
    let successor = scene.replaced(&new.token).await;
    let connection = scene.samples.connection();
    scene.claim(&successor, &connection, now()).await;
    let before = scene.shown().await;
    assert_eq!(scene.reset(&new).await, AccessChange::Overtaken);
    assert_eq!(scene.shown().await, before);
    let change = scene.reset_by(scene.owner.id, &successor).await;
    assert_eq!(change, AccessChange::Changed);
}

/// For another organization a recipient is absent, as one who is not kept is for their own; nothing is written anywhere.
pub async fn a_foreign_token_is_not_reset<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let (new, holder) = scene.claimed().await;
    let session = scene.session(&holder).await;
    let nobody = scene.samples.new_recipient(&scene.template().await);
    let before = (scene.shown().await, scene.shown_of(other.id).await);
    let absent = AccessChange::Absent;
    assert_eq!(scene.reset_by(other.id, &new.token).await, absent);
    let unknown: &AccessToken = &nobody.token;
    assert_eq!(scene.reset_by(scene.owner.id, unknown).await, absent);
    let after = (scene.shown().await, scene.shown_of(other.id).await);
    assert_eq!(after, before);
    assert_eq!(scene.stored_session(&session).await, Some(session));
}
