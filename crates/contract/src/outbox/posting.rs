//! Mail is judged at the moment of sending: what has to wait waits, what has become useless is dropped.

use symbolon_domain::{
    mail::{MailKind, MailState},
    port::{access_tokens::Claim, recipients::NewRecipient},
};

use super::{first_mail, state_of, take_all};
use crate::{
    Fixture,
    sample::now,
    scene::{Scene, Stage},
};

/// Mail of a paused template waits, however often it is asked for, and is sent once the template is resumed; mail behind
/// it does not wait for it.
pub async fn mail_of_a_paused_template_waits<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let waiting = scene.recipient_on(&template).await;
    scene.pause(&template, now()).await;
    let other = scene.recipient().await;
    assert_eq!(take_all(&scene, now()).await, [first_mail(&other).id]);
    assert_eq!(take_all(&scene, now()).await, []);
    assert_eq!(scene.mails(&waiting).await, [first_mail(&waiting).clone()]);
    scene.resume(&template).await;
    assert_eq!(take_all(&scene, now()).await, [first_mail(&waiting).id]);
}

/// So does mail of a cancelled organization, until it is active again.
pub async fn mail_of_a_cancelled_organization_waits<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let waiting = scene.recipient().await;
    scene.cancel(scene.owner.id, now()).await;
    assert_eq!(take_all(&scene, now()).await, []);
    assert_eq!(scene.mails(&waiting).await, [first_mail(&waiting).clone()]);
    scene.reactivate(scene.owner.id).await;
    assert_eq!(take_all(&scene, now()).await, [first_mail(&waiting).id]);
}

/// When access or the credential is revoked, or the token replaced, the link is good for nothing: its mail is dropped,
/// and mail behind it is not held up.
pub async fn mail_with_a_useless_link_is_dropped<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (access, credential, replaced) = (
        scene.recipient().await,
        scene.recipient().await,
        scene.recipient().await,
    );
    scene.revoke_access(&access, now()).await;
    scene.revoke_credential(&credential, now()).await;
    let successor = scene.replaced(&replaced.token).await;
    let other = scene.recipient().await;

    let taken = take_all(&scene, now()).await;
    let mails = scene.mails(&replaced).await;
    let fresh = mails.iter().find(|mail| mail.token == successor.id);
    let mut wanted = vec![
        fresh.expect("a replacement queues its mail").id,
        first_mail(&other).id,
    ];
    wanted.sort_unstable();
    assert_eq!(taken, wanted);
    for new in [&access, &credential, &replaced] {
        is_dropped(&scene, new).await;
    }
}

/// What is useless and has to wait as well is dropped, so that it is not sent when the waiting ends.
pub async fn useless_mail_does_not_wait<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let new = scene.recipient_on(&template).await;
    scene.pause(&template, now()).await;
    scene.revoke_access(&new, now()).await;
    assert_eq!(take_all(&scene, now()).await, []);
    is_dropped(&scene, &new).await;
}

/// Mail that is not due yet is not judged: what becomes of its link until then decides.
pub async fn mail_is_judged_when_it_is_due<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let mut new = scene.samples.new_recipient(&template);
    if let Some(mail) = &mut new.mail {
        mail.due_at = now().plus_seconds(60);
    }
    scene.keep_recipient(&new).await;
    scene.revoke_access(&new, now()).await;
    assert_eq!(take_all(&scene, now()).await, []);
    let id = first_mail(&new).id;
    assert_eq!(state_of(&scene, &new, id).await, MailState::Pending);
    assert_eq!(take_all(&scene, now().plus_seconds(60)).await, []);
    is_dropped(&scene, &new).await;
}

/// That a profile was connected is not told any more once it was cleared again.
pub async fn mail_about_a_claim_is_dropped_after_a_reset<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, _) = scene.claimed().await;
    let (kept, _) = scene.claimed().await;
    scene.reset(&new).await;
    let sent = sent_kinds(&scene, &new).await;
    assert_eq!(sent, [MailKind::Access, MailKind::AccessReset]);
    let sent = sent_kinds(&scene, &kept).await;
    assert_eq!(sent, [MailKind::Access, MailKind::Claimed]);
}

/// A request for a reset that was granted is not told any more.
pub async fn mail_about_a_granted_request_is_dropped<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (granted, _) = scene.claimed().await;
    let (waiting, _) = scene.claimed().await;
    for new in [&granted, &waiting] {
        scene.request_reset(&new.token).await;
    }
    scene.reset(&granted).await;
    let somebody = scene.samples.connection();
    assert_eq!(scene.claim(&granted.token, &somebody, now()).await, Claim::Bound);
    let kinds = sent_kinds(&scene, &granted).await;
    assert!(!kinds.contains(&MailKind::ResetRequested), "{kinds:?}");
    assert!(kinds.contains(&MailKind::AccessReset), "{kinds:?}");
    let kinds = sent_kinds(&scene, &waiting).await;
    assert!(kinds.contains(&MailKind::ResetRequested), "{kinds:?}");
}

/// The kinds of the mails about a recipient that are not dropped, once all that is due was taken, in the order of
/// [`MailKind::ALL`].
async fn sent_kinds(stage: &Stage, new: &NewRecipient) -> Vec<MailKind> {
    take_all(stage, now()).await;
    let mails = stage.mails(new).await;
    let is_sent = |kind: &MailKind| {
        mails
            .iter()
            .any(|mail| mail.kind == *kind && mail.state == MailState::Pending)
    };
    MailKind::ALL.iter().copied().filter(is_sent).collect()
}

async fn is_dropped(stage: &Stage, new: &NewRecipient) {
    let first = first_mail(new);
    let mails = stage.mails(new).await;
    let kept = mails.iter().find(|mail| mail.id == first.id);
    let kept = kept.expect("a mail that was dropped is kept");
    assert_eq!(kept.state, MailState::Dropped);
    assert_eq!((kept.attempts, &kept.failure), (0, &None));
}
