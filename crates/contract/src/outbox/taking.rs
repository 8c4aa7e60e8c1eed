//! Taking mail that is due: in which order, and for how long.

use symbolon_domain::{
    mail::{Mail, MailState},
    port::recipients::NewRecipient,
    time::Timestamp,
};

use super::{first_mail, lease, take, take_all};
use crate::{
    Fixture,
    sample::{just_before, now},
    scene::{Scene, Stage, ok},
};

/// A mail is due from its instant on; it comes as it is kept from then on, with the attempt counted, and with everything it
/// can tell.
pub async fn a_mail_is_taken_with_everything_it_can_tell<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    assert_eq!(take(&scene, now()).await, None);
    let new = scene.recipient().await;
    assert_eq!(take(&scene, just_before(now())).await, None);
    let taken = ok(scene.outbox.take_due(now(), lease()).await);
    let leased = Mail {
        due_at: lease(),
        attempts: 1,
        ..first_mail(&new).clone()
    };
    let dossier = scene.dossier(&new.token).await;
    assert_eq!(taken, Some((leased.clone(), dossier)));
    assert_eq!(scene.mails(&new).await, [leased]);
}

/// What has been due the longest comes first; of mails of one instant the smaller id.
pub async fn what_has_been_due_the_longest_comes_first<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut mails = Vec::new();
    for millis in [5, 0, 5, -9, 5, -3, 5, -9, 0, 5, 1] {
        let new = due(&scene, now().plus_millis(millis)).await;
        mails.push((now().plus_millis(millis), first_mail(&new).id));
    }
    due(&scene, now().plus_millis(6)).await;
    mails.sort_unstable();
    let wanted: Vec<_> = mails.into_iter().map(|(_, id)| id).collect();
    assert_eq!(take_all(&scene, now().plus_millis(5)).await, wanted);
}

/// Who takes a mail has it alone until the instant that was named; then it is due again, the same, until it is settled.
/// Every attempt counts, also one of which nothing was heard.
pub async fn a_mail_that_is_not_settled_is_due_again<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let mut at = now();
    for attempts in 1..=3 {
        let until = at.plus_seconds(30);
        let (mail, _) = ok(scene.outbox.take_due(at, until).await).expect("it is due");
        assert_eq!(mail.id, first_mail(&new).id);
        assert_eq!((mail.attempts, mail.state), (attempts, MailState::Pending));
        assert_eq!(take(&scene, at).await, None);
        assert_eq!(take(&scene, just_before(until)).await, None);
        at = until;
    }
}

/// Mail of every organization is taken, and each mail once.
pub async fn mail_of_every_organization_is_taken<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut wanted = Vec::new();
    for _ in 0..3 {
        let organization = scene.organization().await;
        let template = scene.template_of(organization.id).await;
        for _ in 0..2 {
            wanted.push(first_mail(&scene.recipient_on(&template).await).id);
        }
    }
    wanted.sort_unstable();
    assert_eq!(take_all(&scene, now()).await, wanted);
}

/// What is sent, failed or dropped is not taken, whenever it was due.
pub async fn only_pending_mail_is_taken<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    for state in MailState::ALL {
        let mut new = scene.samples.new_recipient(&template);
        if let Some(mail) = &mut new.mail {
            mail.state = *state;
        }
        scene.keep_recipient(&new).await;
        let wanted = (*state == MailState::Pending).then(|| first_mail(&new).id);
        let taken = take_all(&scene, now().plus_seconds(3_600)).await;
        assert_eq!(taken, Vec::from_iter(wanted), "{state:?}");
        for id in taken {
            let sent = symbolon_domain::port::outbox::Attempt::Sent { at: now() };
            ok(scene.outbox.settle(id, &sent).await);
        }
    }
}

/// A recipient whose mail is due at this instant.
async fn due(stage: &Stage, at: Timestamp) -> NewRecipient {
    let template = stage.template().await;
    let mut new = stage.samples.new_recipient(&template);
    if let Some(mail) = &mut new.mail {
        mail.due_at = at;
    }
    stage.keep_recipient(&new).await;
    new
}
