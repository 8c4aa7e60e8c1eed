//! The same link again, and not too often.

use symbolon_domain::{
    activity::Action,
    mail::{Mail, MailKind},
    port::outbox::{Attempt, Resending},
};

use super::{first_mail, take_all};
use crate::{
    Fixture,
    sample::{just_before, now},
    scene::{Scene, ok},
};

/// The mail and the entry are the ones that were given, whole; and the mail is sent.
pub async fn the_same_link_is_queued_again<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    scene.settle_all(&new).await;
    let (log, mails) = (scene.log().await, scene.mails(&new).await);
    let mail = Mail {
        created_at: now().plus_millis(1),
        ..scene.samples.mail(&new.token, MailKind::AccessAgain)
    };
    let template = new.recipient.template;
    let entry = scene
        .samples
        .entry_about(&new.token, template, Action::AccessMailedAgain);
    let queued = scene
        .outbox
        .queue_again(scene.owner.id, new.recipient.id, &mail, &entry, now());
    assert_eq!(ok(queued.await), Resending::Queued);
    assert_eq!(scene.log().await, [log, vec![entry]].concat());
    assert_eq!(scene.mails(&new).await, [mails, vec![mail.clone()]].concat());
    assert!(take_all(&scene, now()).await.contains(&mail.id));
}

/// Once in five minutes and thrice an hour, to the millisecond; what is too soon is told from when on it may be, and
/// changes nothing. Sent, failed or dropped, each counts; the first mail does not.
pub async fn the_same_link_is_not_mailed_too_often<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, other) = (scene.recipient().await, scene.recipient().await);
    scene.settle_all(&other).await;
    let at = |seconds| now().plus_seconds(seconds);
    let again = async |instant| {
        scene.settle_all(&new).await;
        scene.mail_again(&new.token, instant).await
    };
    assert_eq!(again(at(0)).await, Resending::Queued);
    let too_soon = |from| Resending::TooSoon { from };
    for soon in [at(0), just_before(at(300))] {
        scene.settle_all(&new).await;
        let before = scene.shown().await;
        assert_eq!(again(soon).await, too_soon(at(300)));
        assert_eq!(scene.shown().await, before);
    }
    assert_eq!(again(at(300)).await, Resending::Queued);
    assert_eq!(again(at(700)).await, Resending::Queued);
    for soon in [at(1_000), just_before(at(3_600))] {
        assert_eq!(again(soon).await, too_soon(at(3_600)));
    }
    assert_eq!(scene.mail_again(&other.token, at(1_000)).await, Resending::Queued);
    assert_eq!(again(at(3_600)).await, Resending::Queued);
    assert_eq!(again(at(3_900)).await, Resending::Queued);
}

/// A replacement does not make room for more: the limit is the recipient's.
pub async fn the_limit_is_the_recipients<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    scene.settle_all(&new).await;
    assert_eq!(scene.mail_again(&new.token, now()).await, Resending::Queued);
    let successor = scene.replaced(&new.token).await;
    scene.settle_all(&new).await;
    let from = now().plus_seconds(300);
    let again = scene.mail_again(&successor, now().plus_seconds(1)).await;
    assert_eq!(again, Resending::TooSoon { from });
}

/// A link that is good for nothing is not mailed again; nothing is written.
pub async fn a_useless_link_is_not_mailed_again<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (access, credential) = (scene.recipient().await, scene.recipient().await);
    scene.revoke_access(&access, now()).await;
    scene.revoke_credential(&credential, now()).await;
    let before = scene.shown().await;
    for new in [&access, &credential] {
        assert_eq!(scene.mail_again(&new.token, now()).await, Resending::Moot);
        assert_eq!(scene.shown().await, before);
    }
}

/// While a mail with the link waits, whatever for, asking again adds none: they would all be sent at once one day. Of a
/// paused template and a cancelled organization one is queued, and one of a claimed link too.
pub async fn a_link_that_waits_is_not_queued_twice<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let (paused, (claimed, _), closed) = (
        scene.recipient_on(&template).await,
        scene.claimed().await,
        scene.recipient().await,
    );
    scene.pause(&template, now()).await;
    for (new, closes) in [(&paused, false), (&claimed, false), (&closed, true)] {
        if closes {
            scene.cancel(scene.owner.id, now()).await;
        }
        let later = |hours: i64| now().plus_seconds(hours * 3_600);
        for hours in 1..4 {
            let before = scene.shown().await;
            let again = scene.mail_again(&new.token, later(hours)).await;
            assert_eq!(again, Resending::AlreadyWaiting);
            assert_eq!(scene.shown().await, before);
        }
        scene.settle_all(new).await;
        let again = scene.mail_again(&new.token, later(4)).await;
        assert_eq!(again, Resending::Queued);
        let again = scene.mail_again(&new.token, later(8)).await;
        assert_eq!(again, Resending::AlreadyWaiting);
    }
}

/// Mail without the link is no reason not to send it.
pub async fn mail_of_another_kind_is_no_obstacle<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, _) = scene.claimed().await;
    let mails = scene.mails(&new).await;
    let without = mails.iter().filter(|mail| !mail.kind.has_link());
    assert_eq!(without.count(), 1);
    let sent = Attempt::Sent { at: now() };
    ok(scene.outbox.settle(first_mail(&new).id, &sent).await);
    assert_eq!(scene.mail_again(&new.token, now()).await, Resending::Queued);
}

/// A mail about a token that was replaced meanwhile is not queued.
pub async fn a_replaced_link_is_not_mailed_again<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    scene.replaced(&new.token).await;
    let before = scene.shown().await;
    assert_eq!(scene.mail_again(&new.token, now()).await, Resending::Overtaken);
    assert_eq!(scene.shown().await, before);
}

/// For another organization a recipient is absent, as one who is not kept is for their own; nothing is written anywhere.
pub async fn a_foreign_link_is_not_mailed_again<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let new = scene.recipient().await;
    let nobody = scene.samples.new_recipient(&scene.template().await);
    let before = (scene.shown().await, scene.shown_of(other.id).await);
    let mail = scene.samples.mail(&new.token, MailKind::AccessAgain);
    let entry = scene.samples.entry(other.id, Action::AccessMailedAgain);
    let foreign = scene
        .outbox
        .queue_again(other.id, new.recipient.id, &mail, &entry, now());
    assert_eq!(ok(foreign.await), Resending::Absent);
    assert_eq!(scene.mail_again(&nobody.token, now()).await, Resending::Absent);
    let after = (scene.shown().await, scene.shown_of(other.id).await);
    assert_eq!(after, before);
}
