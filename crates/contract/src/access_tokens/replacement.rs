//! Replacing a token: a new link, and the old one only points to it.

use symbolon_domain::{
    access_token::AccessToken,
    activity::Action,
    mail::MailKind,
    port::access_tokens::{AccessChange, AccessRecord},
};

use crate::{
    Fixture,
    sample::now,
    scene::{Scene, ok},
};

/// Whether free, bound or revoked: the old token keeps the instant and nothing that is of further use; the new one is
/// kept as it was given.
pub async fn replacing_retires_the_current_and_keeps_the_successor<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let free = scene.recipient().await;
    let (bound, _) = scene.claimed().await;
    scene.request_reset(&bound.token).await;
    let (revoked, _) = scene.claimed().await;
    scene.revoke_access(&revoked, now()).await;
    for new in [&free, &bound, &revoked] {
        let before = scene.dossier(&new.token).await;
        let successor = scene.samples.access_successor(&new.token);
        let at = now().plus_millis(3);
        assert_eq!(scene.replace(&successor, at).await, AccessChange::Changed);
        let retired = AccessToken {
            replaced_at: Some(at),
            sealed: None,
            binding: None,
            reset_request: None,
            ..before.token
        };
        assert_eq!(scene.dossier(&new.token).await.token, retired);
        let current = scene.dossier_of(new).await;
        assert_eq!((current.token, current.recipient), (successor, before.recipient));
    }
}

/// The entry and the mail are the ones that were given, whole, and there is one of each.
pub async fn replacing_appends_its_entry_and_queues_its_mail<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    scene.settle_all(&new).await;
    let (log, mails) = (scene.log().await, scene.mails(&new).await);
    let successor = scene.samples.access_successor(&new.token);
    let template = new.recipient.template;
    let entry = scene
        .samples
        .entry_about(&successor, template, Action::AccessReplaced);
    let mut mail = scene.samples.mail(&successor, MailKind::Access);
    mail.created_at = now().plus_millis(1);
    let record = AccessRecord {
        entry: &entry,
        mail: Some(&mail),
    };
    let change = scene.access.replace(scene.owner.id, &successor, record, now());
    assert_eq!(ok(change.await), AccessChange::Changed);
    assert_eq!(scene.log().await, [log, vec![entry]].concat());
    assert_eq!(scene.mails(&new).await, [mails, vec![mail]].concat());
}

/// Every session of the profile that was bound ends, and nobody else's.
pub async fn replacing_ends_the_sessions_of_the_profile_that_was_bound<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, former) = scene.claimed().await;
    let (_, other) = scene.claimed().await;
    let theirs = [scene.session(&former).await, scene.session(&former).await];
    let others = scene.session(&other).await;
    scene.replaced(&new.token).await;
    for session in &theirs {
        assert_eq!(scene.stored_session(session).await, None);
    }
    assert_eq!(scene.stored_session(&others).await, Some(others));
}

/// A successor is replaced in turn; of all the tokens of a recipient one has not been replaced.
pub async fn a_successor_is_replaced_in_turn<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let mut tokens = vec![new.token.clone()];
    for _ in 0..3 {
        let current = scene.dossier_of(&new).await.token;
        tokens.push(scene.replaced(&current).await);
    }
    let current = tokens.pop();
    assert_eq!(Some(scene.dossier_of(&new).await.token), current);
    for token in &tokens {
        assert!(scene.dossier(token).await.token.replaced_at.is_some());
    }
}

/// A successor of any other generation than the next one comes too late; nothing is written.
pub async fn a_replacement_of_another_generation_is_overtaken<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let current = scene.replaced(&new.token).await;
    let before = scene.shown().await;
    for generation in [0, 1, 3, u32::MAX] {
        let late = AccessToken {
            generation,
            ..scene.samples.access_successor(&current)
        };
        assert_eq!(scene.replace(&late, now()).await, AccessChange::Overtaken);
        assert_eq!(scene.found(&late).await, None);
        assert_eq!(scene.shown().await, before);
    }
}

/// The token of a revoked credential is not replaced: a new link would be good for nothing.
pub async fn a_token_of_a_revoked_credential_is_not_replaced<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, holder) = scene.claimed().await;
    let session = scene.session(&holder).await;
    scene.revoke_credential(&new, now()).await;
    let before = scene.shown().await;
    let successor = scene.samples.access_successor(&new.token);
    let change = scene.replace(&successor, now()).await;
    assert_eq!(change, AccessChange::CredentialRevoked);
    assert_eq!(scene.shown().await, before);
    assert_eq!(scene.found(&successor).await, None);
    assert_eq!(scene.stored_session(&session).await, Some(session));
}

/// For another organization a recipient is absent, as one who is not kept is for their own; nothing is written anywhere.
pub async fn a_foreign_token_is_not_replaced<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let (new, _) = scene.claimed().await;
    let nobody = scene.samples.new_recipient(&scene.template().await);
    let before = (scene.shown().await, scene.shown_of(other.id).await);
    let successor = scene.samples.access_successor(&new.token);
    let change = scene.replace_by(other.id, &successor, now()).await;
    assert_eq!(change, AccessChange::Absent);
    let unknown = scene.samples.access_successor(&nobody.token);
    assert_eq!(scene.replace(&unknown, now()).await, AccessChange::Absent);
    let after = (scene.shown().await, scene.shown_of(other.id).await);
    assert_eq!(after, before);
    for token in [&successor, &unknown] {
        assert_eq!(scene.found(token).await, None);
    }
}

/// A successor with the id or digest of a token that is kept is refused as what it is: an error, and nothing changes.
pub async fn no_two_access_tokens_are_alike<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, other) = (scene.recipient().await, scene.recipient().await);
    let successor = scene.samples.access_successor(&new.token);
    let alike = [
        AccessToken {
            digest: other.token.digest,
            ..successor.clone()
        },
        AccessToken {
            id: other.token.id,
            ..successor.clone()
        },
    ];
    let before = scene.shown().await;
    for token in &alike {
        let mail = scene.samples.mail(token, MailKind::Access);
        let entry = scene
            .samples
            .entry_about(token, new.recipient.template, Action::AccessReplaced);
        let record = AccessRecord {
            entry: &entry,
            mail: Some(&mail),
        };
        let change = scene.access.replace(scene.owner.id, token, record, now());
        assert!(change.await.is_err());
        assert_eq!(scene.shown().await, before);
    }
    assert_eq!(scene.replace(&successor, now()).await, AccessChange::Changed);
}
