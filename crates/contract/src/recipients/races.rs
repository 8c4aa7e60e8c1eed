//! What holds however many ask at once.

use symbolon_domain::{
    activity::Action,
    port::recipients::{Issuing, RecipientChange, Succession},
    recipient::Recipient,
};

use super::{
    requests::{issued, named},
    succession::successor,
};
use crate::{
    Fixture,
    race::{RIVALS, duel_in_round, race},
    sample::now,
    scene::{Scene, count_of, ok},
};

/// Of 32 issues for one mail address one is issued; the others are told of it, and leave nothing behind.
pub async fn of_many_with_one_address_one_is_issued<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let first = scene.samples.recipient(&template);
    let issues = race(32, |_| {
        let (scene, template, mail) = (scene.clone(), template.clone(), first.mail.clone());
        async move {
            let recipient = Recipient {
                mail,
                ..scene.samples.recipient(&template)
            };
            let new = scene.samples.new_for(recipient);
            let outcome = scene.issue(&new).await;
            (new, outcome)
        }
    })
    .await;
    let winners: Vec<_> = issues
        .iter()
        .filter(|(_, outcome)| *outcome == Issuing::Issued)
        .map(|(new, _)| new.recipient.id)
        .collect();
    let [winner] = winners.as_slice() else {
        panic!("one is issued, not {}", winners.len());
    };
    let outcomes: Vec<_> = issues.iter().map(|(_, outcome)| *outcome).collect();
    assert_eq!(count_of(&outcomes, &Issuing::Duplicate(*winner)), 31);
    for (new, _) in &issues {
        let found = ok(scene.recipients.find_by_id(new.recipient.id).await);
        assert_eq!(found.is_some(), new.recipient.id == *winner);
        assert_eq!(scene.mails(new).await.is_empty(), found.is_none());
    }
    assert_eq!(scene.logged(Action::CredentialIssued).await, 1);
}

/// Of 16 batches with the same addresses in different orders each address is issued once, and no batch fails.
pub async fn batches_that_cross_each_other_issue_each_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let mails: Vec<_> = (0..8).map(|_| scene.samples.recipient(&template).mail).collect();
    let outcomes = race(16, |rival| {
        let (scene, template, mut mails) = (scene.clone(), template.clone(), mails.clone());
        async move {
            if rival % 2 == 0 {
                mails.reverse();
            }
            let news = mails.into_iter().map(|mail| {
                let recipient = scene.samples.recipient(&template);
                scene.samples.new_for(Recipient { mail, ..recipient })
            });
            ok(scene.recipients.issue(&news.collect::<Vec<_>>()).await)
        }
    })
    .await
    .concat();
    assert_eq!(count_of(&outcomes, &Issuing::Issued), 8);
    let is_known = |outcome: &Issuing| matches!(outcome, Issuing::Issued | Issuing::Duplicate(_));
    assert!(outcomes.iter().all(is_known), "{outcomes:?}");
    for mail in &mails {
        assert_eq!(ok(scene.recipients.with_mail(mail, 10).await).len(), 1);
    }
}

/// Of 32 issues for different addresses under one name and place one is issued; to the others the name is taken.
pub async fn a_place_in_a_request_is_filled_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (template, caller) = (scene.template().await, scene.token().await);
    let request = scene.samples.issue_request(caller.id, "key");
    let outcomes = race(32, |_| {
        let (scene, template, request) = (scene.clone(), template.clone(), request.clone());
        async move {
            let new = named(&scene.samples, &template, &request);
            scene.issue(&new).await
        }
    })
    .await;
    assert_eq!(count_of(&outcomes, &Issuing::Issued), 1);
    assert_eq!(count_of(&outcomes, &Issuing::KeyTaken), 31);
    assert_eq!(issued(&scene, caller.id, "key").await.len(), 1);
    assert_eq!(scene.logged(Action::CredentialIssued).await, 1);
}

/// Issues and a cancellation of their organization: none is issued after it.
pub async fn issues_and_a_cancellation_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let outcomes = race(17, |rival| {
        let (scene, template) = (scene.clone(), template.clone());
        async move {
            if rival == 0 {
                scene.cancel(scene.owner.id, now()).await;
            }
            let new = scene.samples.new_recipient(&template);
            let outcome = scene.issue(&new).await;
            let found = ok(scene.recipients.find_by_id(new.recipient.id).await);
            assert_eq!(found.is_some(), outcome == Issuing::Issued);
            outcome
        }
    })
    .await;
    assert_eq!(outcomes.first(), Some(&Issuing::OrganizationCancelled));
    let issued = count_of(&outcomes, &Issuing::Issued);
    let refused = count_of(&outcomes, &Issuing::OrganizationCancelled);
    assert_eq!(issued + refused, 17);
    assert_eq!(scene.logged(Action::CredentialIssued).await, issued);
}

/// Of 64 revocations of one credential one revokes it.
pub async fn a_credential_is_revoked_by_one_of_many<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let changes = race(RIVALS, |_| {
        let (scene, new) = (scene.clone(), new.clone());
        async move { scene.revoke_credential(&new, now()).await }
    })
    .await;
    assert_eq!(count_of(&changes, &RecipientChange::Changed), 1);
    assert_eq!(count_of(&changes, &RecipientChange::Unchanged), RIVALS - 1);
    assert_eq!(scene.logged(Action::CredentialRevoked).await, 1);
}

/// Of 32 successors of one credential one takes its place; the others find it revoked, and leave nothing behind.
pub async fn a_credential_is_succeeded_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let old = scene.recipient_on(&template).await;
    let outcomes = race(32, |_| {
        let (scene, template, old) = (scene.clone(), template.clone(), old.clone());
        async move {
            let new = successor(&scene, &template, &old);
            let outcome = scene.succeed(&old, &new).await;
            (outcome, scene.found(&new.token).await.is_some())
        }
    })
    .await;
    assert_eq!(count_of(&outcomes, &(Succession::Succeeded, true)), 1);
    let late = (Succession::AlreadyRevoked, false);
    assert_eq!(count_of(&outcomes, &late), 31);
    assert_eq!(scene.logged(Action::CredentialRevoked).await, 1);
    assert_eq!(scene.logged(Action::CredentialIssued).await, 2);
}

/// Of 64 deletions of one recipient one deletes them.
pub async fn a_recipient_is_deleted_by_one_of_many<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, _) = scene.claimed().await;
    let removed = race(RIVALS, |_| {
        let (scene, new) = (scene.clone(), new.clone());
        async move { scene.remove(&new).await }
    })
    .await;
    assert_eq!(count_of(&removed, &true), 1);
    assert_eq!(scene.logged(Action::RecipientDeleted).await, 1);
}

/// A succession and an issue for the same address: the address has one credential that is not revoked at the end.
pub async fn a_succession_and_an_issue_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..20 {
        let template = scene.template().await;
        let old = scene.recipient_on(&template).await;
        let (new, rival) = (
            successor(&scene, &template, &old),
            successor(&scene, &template, &old),
        );
        let outcomes = duel_in_round(
            round,
            {
                let (scene, old, new) = (scene.clone(), old.clone(), new.clone());
                async move { scene.succeed(&old, &new).await }
            },
            {
                let (scene, rival) = (scene.clone(), rival.clone());
                async move { scene.issue(&rival).await }
            },
        )
        .await;
        let (succession, issue) = outcomes;
        assert_eq!(succession, Succession::Succeeded);
        let in_the_way = [old.recipient.id, new.recipient.id].map(Issuing::Duplicate);
        assert!(in_the_way.contains(&issue), "{issue:?}");
        let in_force = ok(scene.recipients.with_mail(&old.recipient.mail, 10).await);
        assert_eq!(in_force.len(), 1);
    }
}
