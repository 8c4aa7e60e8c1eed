//! What holds however many ask at once.

use std::collections::HashSet;

use symbolon_domain::{
    activity::Action,
    mail::{MailKind, MailState},
    port::outbox::Resending,
};

use super::{first_mail, lease, state_of, take_all};
use crate::{
    Fixture,
    race::{duel_in_round, race},
    sample::now,
    scene::{Scene, count, count_of, ok},
};

/// Meetings of two, so that both orders and what lies between them come up.
const ROUNDS: u64 = 20;

/// Of 32 who take 8 mails that are due 8 get one each, no two the same, and the others get none.
pub async fn a_mail_is_taken_by_one_of_many<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut due = HashSet::new();
    for _ in 0..8 {
        due.insert(first_mail(&scene.recipient().await).id);
    }
    let taken = race(32, |_| {
        let scene = scene.clone();
        async move { ok(scene.outbox.take_due(now(), lease()).await).map(|(mail, _)| mail.id) }
    })
    .await;
    let mut taken: Vec<_> = taken.into_iter().flatten().collect();
    // Who is late by a moment may find a mail in another's hands and go away; nothing is lost by it.
    taken.extend(take_all(&scene, now()).await);
    assert_eq!(taken.len(), 8, "a mail is taken twice, or lost");
    assert_eq!(HashSet::from_iter(taken), due);
}

/// Mail that was taken and then given up by its taker is taken by one of many, again with the same id.
pub async fn a_mail_in_lost_hands_is_taken_by_one_of_many<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    ok(scene.outbox.take_due(now(), lease()).await);
    let taken = race(32, |_| {
        let scene = scene.clone();
        async move {
            let until = lease().plus_seconds(30);
            ok(scene.outbox.take_due(lease(), until).await).map(|(mail, _)| mail.id)
        }
    })
    .await;
    let taken: Vec<_> = taken.into_iter().flatten().collect();
    assert_eq!(taken, [first_mail(&new).id]);
}

/// Of 16 who ask for the same link again one has it queued; the others find it waiting.
pub async fn the_same_link_is_queued_once_by_many<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    scene.settle_all(&new).await;
    let outcomes = race(16, |_| {
        let (scene, token) = (scene.clone(), new.token.clone());
        async move { scene.mail_again(&token, now()).await }
    })
    .await;
    assert_eq!(count_of(&outcomes, &Resending::Queued), 1);
    assert_eq!(count_of(&outcomes, &Resending::AlreadyWaiting), 15);
    assert_eq!(scene.logged(Action::AccessMailedAgain).await, 1);
    let kinds = scene.mail_kinds(&new).await;
    assert_eq!(count_of(&kinds, &MailKind::AccessAgain), 1);
}

/// A pause and one who takes: once the pause has returned nothing of the template is taken.
pub async fn after_a_pause_nothing_is_taken<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let template = scene.template().await;
        let new = scene.recipient_on(&template).await;
        let (taken, late) = duel_in_round(
            round,
            {
                let scene = scene.clone();
                async move { take_all(&scene, now()).await }
            },
            {
                let (scene, template) = (scene.clone(), template.clone());
                async move {
                    scene.pause(&template, now()).await;
                    take_all(&scene, now()).await
                }
            },
        )
        .await;
        assert_eq!(late, []);
        assert!(count(&taken) <= 1, "{taken:?}");
        scene.resume(&template).await;
        let rest = take_all(&scene, now()).await;
        assert_eq!([taken, rest].concat(), [first_mail(&new).id], "nothing is lost");
    }
}

/// A revocation of access and one who takes: once the revocation has returned its mail is not taken.
pub async fn after_a_revocation_its_mail_is_not_taken<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let new = scene.recipient().await;
        let (taken, late) = duel_in_round(
            round,
            {
                let scene = scene.clone();
                async move { take_all(&scene, now()).await }
            },
            {
                let (scene, new) = (scene.clone(), new.clone());
                async move {
                    scene.revoke_access(&new, now()).await;
                    take_all(&scene, now()).await
                }
            },
        )
        .await;
        assert_eq!(late, []);
        let state = state_of(&scene, &new, first_mail(&new).id).await;
        assert_eq!(state, MailState::Dropped);
        assert!(taken.is_empty() || taken == [first_mail(&new).id], "{taken:?}");
    }
}
