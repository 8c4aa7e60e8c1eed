//! Mail is judged at the moment of sending: what has to wait waits, what has become useless is dropped.

use symbolon_domain::{
    mail::{MailKind, MailState},
    port::{
        access_tokens::{AccessChange, Claim},
        recipients::{NewRecipient, RecipientChange, Succession},
    },
    recipient::Recipient,
};

use super::{first_mail, lease, state_of, take_all};
use crate::{
    Fixture,
    sample::now,
    scene::{Scene, Stage, ok},
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
    waits(&scene, &waiting).await;
    scene.resume(&template).await;
    assert_eq!(take_all(&scene, now()).await, [first_mail(&waiting).id]);
}

/// So does mail of a cancelled organization, until it is active again.
pub async fn mail_of_a_cancelled_organization_waits<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let waiting = scene.recipient().await;
    scene.cancel(scene.owner.id, now()).await;
    assert_eq!(take_all(&scene, now()).await, []);
    waits(&scene, &waiting).await;
    scene.reactivate(scene.owner.id).await;
    assert_eq!(take_all(&scene, now()).await, [first_mail(&waiting).id]);
}

/// Also where nobody calls it back when the waiting ends: it is looked at again by itself within the hour.
pub async fn mail_that_waited_comes_due_by_itself<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let waiting = scene.recipient_on(&template).await;
    scene.pause(&template, now()).await;
    for minutes in 0..60 {
        let at = now().plus_seconds(60 * minutes);
        assert_eq!(take_all(&scene, at).await, []);
    }
    waits(&scene, &waiting).await;
    let mails = scene.mails(&waiting).await;
    let latest = mails.first().map(|mail| mail.due_at);
    let hour = now().plus_seconds(2 * 3_600);
    assert!(latest.is_some_and(|due_at| due_at < hour), "{latest:?}");
}

/// However much mail waits, mail behind it is taken at once, and all that waited is taken in its order when the waiting
/// ends.
pub async fn mail_that_waits_holds_up_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (paused, template) = (scene.template().await, scene.template().await);
    let mut waiting = Vec::new();
    for _ in 0..100 {
        waiting.push(first_mail(&scene.recipient_on(&paused).await).id);
    }
    waiting.sort_unstable();
    scene.pause(&paused, now()).await;
    let other = scene.recipient_on(&template).await;
    let (mail, _) = ok(scene.outbox.take_due(now(), lease()).await).expect("the other's mail is due");
    assert_eq!(mail.id, first_mail(&other).id);
    assert_eq!(take_all(&scene, now()).await, []);
    scene.resume(&paused).await;
    assert_eq!(take_all(&scene, now()).await, waiting);
}

/// When access or the credential is revoked, or the token replaced, the link is good for nothing: its mail is dropped at
/// once, due or not, and mail behind it is not held up.
pub async fn mail_with_a_useless_link_is_dropped<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let mut news = Vec::new();
    for later in [0, 60] {
        for _ in 0..4 {
            let mut new = scene.samples.new_recipient(&template);
            if let Some(mail) = &mut new.mail {
                mail.due_at = now().plus_seconds(later);
            }
            scene.keep_recipient(&new).await;
            news.push(new);
        }
    }
    let mut wanted = Vec::new();
    for (place, new) in news.iter().enumerate() {
        match place % 4 {
            0 => assert_eq!(scene.revoke_access(new, now()).await, AccessChange::Changed),
            1 => assert_eq!(
                scene.revoke_credential(new, now()).await,
                RecipientChange::Changed
            ),
            2 => {
                let recipient = Recipient {
                    mail: new.recipient.mail.clone(),
                    ..scene.samples.recipient(&template)
                };
                let successor = scene.samples.new_for(recipient);
                assert_eq!(scene.succeed(new, &successor).await, Succession::Succeeded);
                wanted.push(first_mail(&successor).id);
            }
            _ => {
                let successor = scene.replaced(&new.token).await;
                let mails = scene.mails(new).await;
                let fresh = mails.iter().find(|mail| mail.token == successor.id);
                wanted.push(fresh.expect("a replacement queues its mail").id);
            }
        }
        is_dropped(&scene, new).await;
    }
    let other = scene.recipient().await;
    wanted.push(first_mail(&other).id);
    wanted.sort_unstable();
    let mut taken = take_all(&scene, now().plus_seconds(60)).await;
    taken.sort_unstable();
    assert_eq!(taken, wanted);
}

/// What is useless and has to wait as well is dropped, so that it is not sent when the waiting ends.
pub async fn useless_mail_does_not_wait<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let (before, after) = (
        scene.recipient_on(&template).await,
        scene.recipient_on(&template).await,
    );
    scene.pause(&template, now()).await;
    scene.revoke_access(&before, now()).await;
    assert_eq!(take_all(&scene, now()).await, []);
    scene.revoke_access(&after, now()).await;
    for new in [&before, &after] {
        is_dropped(&scene, new).await;
    }
    scene.resume(&template).await;
    assert_eq!(take_all(&scene, now()).await, []);
}

/// Mail that is useless when it is queued is never sent: it is dropped when it is due.
pub async fn mail_is_judged_when_it_is_due<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let mut new = scene.samples.new_recipient(&template);
    new.token.revoked_at = Some(now());
    new.token.sealed = None;
    if let Some(mail) = &mut new.mail {
        mail.due_at = now().plus_seconds(60);
    }
    scene.keep_recipient(&new).await;
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

/// The mail that came with an issue is kept, and neither tried nor given up.
async fn waits(stage: &Stage, new: &NewRecipient) {
    let mails = stage.mails(new).await;
    let states: Vec<_> = mails
        .iter()
        .map(|mail| (mail.id, mail.state, mail.attempts))
        .collect();
    assert_eq!(states, [(first_mail(new).id, MailState::Pending, 0)]);
}

async fn is_dropped(stage: &Stage, new: &NewRecipient) {
    let first = first_mail(new);
    let mails = stage.mails(new).await;
    let kept = mails.iter().find(|mail| mail.id == first.id);
    let kept = kept.expect("a mail that was dropped is kept");
    assert_eq!(kept.state, MailState::Dropped);
    assert_eq!((kept.attempts, &kept.failure), (0, &None));
}
