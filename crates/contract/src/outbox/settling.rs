//! What became of an attempt.

use symbolon_domain::{
    mail::{Mail, MailState},
    port::{outbox::Attempt, recipients::NewRecipient},
};

use super::{first_mail, lease, state_of, take, take_all};
use crate::{
    Fixture,
    sample::{just_before, now},
    scene::{Scene, Stage, ok},
};

/// A mail that was sent is never taken again; when it was is kept, and an earlier failure is forgotten.
pub async fn a_mail_is_sent_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, other) = (scene.recipient().await, scene.recipient().await);
    fail(&scene, &new).await;
    let at = now().plus_millis(7);
    settle(&scene, &new, &Attempt::Sent { at }).await;
    let mail = only_mail(&scene, &new).await;
    let wanted = (MailState::Sent, Some(at), None);
    assert_eq!((mail.state, mail.sent_at, mail.failure), wanted);
    let mut due = take_all(&scene, now().plus_seconds(1 << 30)).await;
    assert_eq!(due.pop(), Some(first_mail(&other).id));
    assert_eq!(due, []);
}

/// A mail that is to be tried again is due at the instant that was named, earlier than the lease or later, with the
/// failure kept.
pub async fn a_mail_is_tried_again_when_it_was_said<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for (seconds, failure) in [(10, "it is busy"), (3_600, "it is still busy")] {
        let new = scene.recipient().await;
        for attempts in 1..=3 {
            let at = now().plus_seconds(seconds * i64::from(attempts - 1));
            let until = at.plus_seconds(30);
            let (mail, _) = ok(scene.outbox.take_due(at, until).await).expect("it is due");
            assert_eq!(mail.id, first_mail(&new).id);
            let due_at = at.plus_seconds(seconds);
            let again = Attempt::Again {
                due_at,
                failure: failure.to_owned(),
            };
            settle(&scene, &new, &again).await;
            let wanted = Mail {
                attempts,
                due_at,
                failure: Some(failure.to_owned()),
                ..first_mail(&new).clone()
            };
            assert_eq!(only_mail(&scene, &new).await, wanted);
            assert_eq!(take(&scene, just_before(due_at)).await, None);
        }
        settle(&scene, &new, &sent()).await;
    }
}

/// A mail that is given up is never taken again, and the failure is kept.
pub async fn a_mail_that_failed_is_given_up<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    take(&scene, now()).await;
    let failure = "no such mailbox".to_owned();
    let failed = Attempt::Failed {
        failure: failure.clone(),
    };
    settle(&scene, &new, &failed).await;
    let mail = only_mail(&scene, &new).await;
    let wanted = (MailState::Failed, 1, Some(failure));
    assert_eq!((mail.state, mail.attempts, mail.failure), wanted);
    assert_eq!(take_all(&scene, now().plus_seconds(1 << 30)).await, []);
}

/// That a mail server took a mail stays true: whoever comes later with less to say changes nothing.
pub async fn a_mail_that_was_sent_stays_sent<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    settle(&scene, &new, &sent()).await;
    let before = scene.mails(&new).await;
    for attempt in late() {
        settle(&scene, &new, &attempt).await;
        assert_eq!(scene.mails(&new).await, before, "{attempt:?}");
    }
    assert_eq!(take_all(&scene, now().plus_seconds(1 << 30)).await, []);
}

/// A mail that was given up or dropped is not brought back by an attempt that began before; but if it was sent after all,
/// that is kept.
pub async fn a_late_attempt_brings_nothing_back<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let failed = scene.recipient().await;
    let gone = Attempt::Failed {
        failure: "no such mailbox".to_owned(),
    };
    settle(&scene, &failed, &gone).await;
    let dropped = scene.recipient().await;
    scene.revoke_access(&dropped, now()).await;
    assert_eq!(take_all(&scene, now()).await, []);
    for (new, state) in [(&failed, MailState::Failed), (&dropped, MailState::Dropped)] {
        for attempt in late().into_iter().filter(|attempt| *attempt != sent()) {
            let before = scene.mails(new).await;
            settle(&scene, new, &attempt).await;
            assert_eq!(scene.mails(new).await, before, "{attempt:?}");
        }
        let id = first_mail(new).id;
        assert_eq!(state_of(&scene, new, id).await, state);
        settle(&scene, new, &sent()).await;
        assert_eq!(state_of(&scene, new, id).await, MailState::Sent);
    }
}

/// A mail that is gone, with its recipient, is passed over.
pub async fn an_attempt_at_a_mail_that_is_gone_is_passed_over<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, other) = (scene.recipient().await, scene.recipient().await);
    take(&scene, now()).await;
    scene.remove(&new).await;
    let before = scene.shown().await;
    for attempt in late() {
        settle(&scene, &new, &attempt).await;
    }
    assert_eq!(scene.shown().await, before);
    assert_eq!(scene.mails(&new).await, []);
    assert_eq!(scene.mails(&other).await.len(), 1);
}

/// All that can become of an attempt.
fn late() -> [Attempt; 3] {
    let again = Attempt::Again {
        due_at: now(),
        failure: "it is busy".to_owned(),
    };
    let failed = Attempt::Failed {
        failure: "it is shut".to_owned(),
    };
    [again, failed, sent()]
}

fn sent() -> Attempt {
    Attempt::Sent { at: now() }
}

async fn fail(stage: &Stage, new: &NewRecipient) {
    let again = Attempt::Again {
        due_at: lease(),
        failure: "it is busy".to_owned(),
    };
    settle(stage, new, &again).await;
}

async fn settle(stage: &Stage, new: &NewRecipient, attempt: &Attempt) {
    ok(stage.outbox.settle(first_mail(new).id, attempt).await);
}

async fn only_mail(stage: &Stage, new: &NewRecipient) -> Mail {
    let mails = stage.mails(new).await;
    match <[Mail; 1]>::try_from(mails) {
        Ok([mail]) => mail,
        Err(mails) => panic!("there is one mail, not {}", mails.len()),
    }
}
