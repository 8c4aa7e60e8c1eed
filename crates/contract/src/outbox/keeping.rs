//! What is queued reads back equal.

use symbolon_domain::{
    id::RecipientId,
    mail::{Mail, MailKind, MailState},
    time::Timestamp,
};

use super::first_mail;
use crate::{
    Fixture,
    sample::now,
    scene::{Scene, ok},
};

/// Every kind in every state, with and without a failure, and instants from the first to the last.
pub async fn what_is_queued_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    for kind in MailKind::ALL {
        for state in MailState::ALL {
            for (created_at, due_at, failure, attempts) in [
                (now(), now(), None, 0),
                (Timestamp::MIN, Timestamp::MAX, Some("it is 4 o'clock, 100 %"), 1),
                (
                    Timestamp::from_millis(-1),
                    Timestamp::from_millis(1),
                    Some("𒀀"),
                    1 << 30,
                ),
            ] {
                let mut new = scene.samples.new_recipient(&template);
                let mail = Mail {
                    state: *state,
                    created_at,
                    due_at,
                    failure: failure.map(str::to_owned),
                    attempts,
                    sent_at: (*state == MailState::Sent).then_some(due_at),
                    ..scene.samples.mail(&new.token, *kind)
                };
                new.mail = Some(mail.clone());
                scene.keep_recipient(&new).await;
                assert_eq!(scene.mails(&new).await, [mail]);
            }
        }
    }
}

/// Mails about a recipient stand in the order in which they were made, whatever token they are about.
pub async fn mails_about_a_recipient_stand_oldest_first<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    scene.settle_all(&new).await;
    scene.mail_again(&new.token, now().plus_seconds(-10)).await;
    let successor = scene.replaced(&new.token).await;
    scene.settle_all(&new).await;
    scene.mail_again(&successor, now().plus_seconds(600)).await;
    let mails = scene.mails(&new).await;
    let order: Vec<_> = mails.iter().map(|mail| (mail.created_at, mail.id)).collect();
    assert!(order.is_sorted() && order.len() == 4, "{order:?}");
    let tokens: Vec<_> = mails.iter().map(|mail| mail.token).collect();
    for token in [new.token.id, successor.id] {
        assert_eq!(tokens.iter().filter(|about| **about == token).count(), 2);
    }
}

/// Another organization sees no mail, nor does anybody of a recipient who is not kept.
pub async fn mails_are_seen_by_their_organization_only<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let (new, stranger) = (scene.recipient().await, scene.recipient().await);
    let about =
        async |organization, recipient: RecipientId| scene.outbox.about(organization, &[recipient]).await;
    assert_eq!(ok(about(other.id, new.recipient.id).await), []);
    let nobody = scene.samples.new_recipient(&scene.template().await);
    assert_eq!(ok(about(scene.owner.id, nobody.recipient.id).await), []);
    assert_eq!(scene.mails(&new).await, [first_mail(&new).clone()]);
    assert_eq!(scene.mails(&stranger).await, [first_mail(&stranger).clone()]);
}
