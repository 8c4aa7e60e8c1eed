//! Deleting recipients: what is gone, and what is not.

use symbolon_domain::{
    activity::Action,
    page::PageRequest,
    port::{
        outbox::Attempt,
        recipients::{RecipientFilter, RecipientOrder},
    },
};

use super::requests::{issued, named};
use crate::{
    Fixture,
    sample::now,
    scene::{Scene, ok},
};

/// The recipient is not found by any way: not by id, by token, among holdings, by mail address, in a list.
pub async fn a_deleted_recipient_is_not_found<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, holder) = scene.claimed().await;
    assert!(scene.remove(&new).await);
    let id = new.recipient.id;
    assert_eq!(ok(scene.recipients.find(scene.owner.id, id).await), None);
    assert_eq!(ok(scene.recipients.find_by_id(id).await), None);
    assert_eq!(scene.found(&new.token).await, None);
    let page = PageRequest::default();
    let held = ok(scene.recipients.held_by(&holder.profile, page).await);
    assert_eq!(held.total_count, 0);
    let with_mail = scene.recipients.with_mail(&new.recipient.mail, 10);
    assert_eq!(ok(with_mail.await), []);
    let (filter, order) = (RecipientFilter::default(), RecipientOrder::default());
    let listed = scene.recipients.list(scene.owner.id, &filter, order, page);
    assert_eq!(ok(listed.await).total_count, 0);
    assert!(!scene.remove(&new).await, "there is nothing to delete any more");
}

/// All of their tokens are gone, those that were replaced too, and every mail about them, sent or not.
pub async fn deletion_takes_every_token_and_mail<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    for mail in scene.mails(&new).await {
        let sent = Attempt::Sent { at: now() };
        ok(scene.outbox.settle(mail.id, &sent).await);
    }
    let mut tokens = vec![new.token.clone()];
    for _ in 0..2 {
        let current = scene.dossier_of(&new).await.token;
        tokens.push(scene.replaced(&current).await);
    }
    scene.remove(&new).await;
    for token in &tokens {
        assert_eq!(scene.found(token).await, None);
    }
    assert_eq!(scene.mails(&new).await, []);
    let due = scene.outbox.take_due(now(), now().plus_seconds(30));
    assert_eq!(ok(due.await), None);
}

/// The sessions of the profile that was bound end, and nobody else's.
pub async fn deletion_ends_the_sessions_of_the_profile_that_was_bound<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, holder) = scene.claimed().await;
    let (_, other) = scene.claimed().await;
    let theirs = [scene.session(&holder).await, scene.session(&holder).await];
    let others = scene.session(&other).await;
    scene.remove(&new).await;
    for session in &theirs {
        assert_eq!(scene.stored_session(session).await, None);
    }
    assert_eq!(scene.stored_session(&others).await, Some(others));
}

/// Sign-ins that were begun for any of their tokens are gone; those of others stay.
pub async fn deletion_takes_the_sign_ins_under_way<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, other) = (scene.recipient().await, scene.recipient().await);
    let replaced = scene.samples.sign_in(Some(new.token.id));
    let successor = scene.replaced(&new.token).await;
    let current = scene.samples.sign_in(Some(successor.id));
    let elsewhere = scene.samples.sign_in(Some(other.token.id));
    for sign_in in [&replaced, &current, &elsewhere] {
        ok(scene.sign_ins.begin(sign_in, now()).await);
    }
    scene.remove(&new).await;
    for (sign_in, is_kept) in [(replaced, false), (current, false), (elsewhere, true)] {
        let found = scene.sign_ins.finish(&sign_in.state, &sign_in.browser, now());
        assert_eq!(ok(found.await).is_some(), is_kept);
    }
}

/// The log stays as it is, and tells of the deletion: ids only.
pub async fn deletion_appends_its_entry_and_keeps_the_log<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, _) = scene.claimed().await;
    let log = scene.log().await;
    let entry = scene.samples.entry(scene.owner.id, Action::RecipientDeleted);
    let removed = scene.recipients.remove(scene.owner.id, new.recipient.id, &entry);
    assert!(ok(removed.await));
    assert_eq!(scene.log().await, [log, vec![entry]].concat());
}

/// Others stay as they are, on the same template too, and of the same profile.
pub async fn deletion_leaves_others_alone<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (template, caller) = (scene.template().await, scene.token().await);
    let holder = scene.samples.connection();
    let request = scene.samples.issue_request(caller.id, "key");
    let kept = named(&scene.samples, &template, &request);
    scene.keep_recipient(&kept).await;
    let gone = scene.recipient_on(&template).await;
    for new in [&kept, &gone] {
        scene.claim(&new.token, &holder, now()).await;
    }
    let before = (scene.dossier_of(&kept).await, scene.mails(&kept).await);
    scene.remove(&gone).await;
    let after = (scene.dossier_of(&kept).await, scene.mails(&kept).await);
    assert_eq!(after, before);
    let found = issued(&scene, caller.id, "key").await;
    assert_eq!(found, [(request, kept.recipient.id)]);
}

/// For another organization a recipient is absent, as one who is not kept is for their own; nothing is written anywhere.
pub async fn a_foreign_recipient_is_not_deleted<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let (new, holder) = scene.claimed().await;
    let session = scene.session(&holder).await;
    let nobody = scene.samples.new_recipient(&scene.template().await);
    let before = (scene.shown().await, scene.shown_of(other.id).await);
    assert!(!scene.remove_by(other.id, new.recipient.id).await);
    assert!(!scene.remove(&nobody).await);
    let after = (scene.shown().await, scene.shown_of(other.id).await);
    assert_eq!(after, before);
    assert_eq!(scene.stored_session(&session).await, Some(session));
}
