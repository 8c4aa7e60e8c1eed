//! Correcting a mail address: while nobody has claimed, for the link was mailed to somebody else.

use symbolon_domain::{
    access_token::{AccessToken, Refusal},
    activity::Action,
    mail::{MailKind, MailState},
    port::{
        access_tokens::{AccessRecord, Claim},
        recipients::{Correction, Issuing, NewRecipient, RecipientFilter},
    },
    recipient::Recipient,
    template::Template,
    text::MailAddress,
    time::Timestamp,
};

use crate::{
    Fixture,
    access_tokens::meeting::{CLAIMS, ROUNDS, meet},
    race::{duel_in_round, race},
    sample::{mail_address, now},
    scene::{Scene, Stage, count_of, ok},
};

/// The address is corrected and nothing else of the recipient; the old token is retired as by a replacement, and the
/// successor takes its place. Whether the token was opened or its access revoked does not matter.
pub async fn a_correction_changes_the_address_and_the_token<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let bystander = scene.recipient().await;
    let (fresh, opened, closed) = (
        scene.recipient().await,
        scene.recipient().await,
        scene.recipient().await,
    );
    ok(scene.access.record_opens(&[(opened.token.id, 3, now())]).await);
    scene.revoke_access(&closed, now()).await;
    for new in [&fresh, &opened, &closed] {
        let before = scene.dossier(&new.token).await;
        let mail = mail_address(&format!("Right.{}", new.recipient.mail.as_str()));
        let successor = scene.samples.access_successor(&new.token);
        let at = now().plus_millis(3);
        let corrected = correct_at(&scene, &mail, &successor, at).await;
        assert_eq!(corrected, Correction::Corrected);
        let retired = AccessToken {
            replaced_at: Some(at),
            sealed: None,
            ..before.token
        };
        assert_eq!(scene.dossier(&new.token).await.token, retired);
        let wanted = Recipient {
            mail: mail.clone(),
            ..before.recipient
        };
        let current = scene.dossier_of(new).await;
        assert_eq!((current.recipient, current.token), (wanted, successor));
        let found = ok(scene.recipients.with_mail(&mail, 10).await);
        assert_eq!(
            found.iter().map(|found| found.recipient.id).collect::<Vec<_>>(),
            [new.recipient.id]
        );
        assert_eq!(ok(scene.recipients.with_mail(&new.recipient.mail, 10).await), []);
    }
    assert_eq!(scene.dossier_of(&bystander).await.recipient, bystander.recipient);
}

/// A search finds who was corrected by the words of the new address, and no more by those that only the old one had.
pub async fn a_search_finds_the_corrected_address<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let [wrong, right] = ["ada.wrong@example.org", "ada.right@example.org"].map(mail_address);
    let recipient = Recipient {
        mail: wrong,
        ..scene.samples.recipient(&template)
    };
    let new = scene.samples.new_for(recipient);
    scene.keep_recipient(&new).await;
    assert_eq!(correct(&scene, &right, &new.token).await, Correction::Corrected);
    for (query, is_found) in [
        ("right", true),
        ("ada.right@example.org", true),
        ("ada", true),
        ("wrong", false),
    ] {
        let filter = RecipientFilter {
            query: Some(query.to_owned()),
            ..RecipientFilter::default()
        };
        let found = ok(scene.recipients.count(scene.owner.id, &filter, 9).await);
        assert_eq!(found, u64::from(is_found), "{query}");
    }
}

/// The entry and the mail are the ones that were given, whole; what waited to mail the old link is dropped.
pub async fn a_correction_appends_its_entry_and_queues_its_mail<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let log = scene.log().await;
    let successor = scene.samples.access_successor(&new.token);
    let template = new.recipient.template;
    let entry = scene
        .samples
        .entry_about(&successor, template, Action::AddressCorrected);
    let mut mail = scene.samples.mail(&successor, MailKind::Access);
    mail.created_at = now().plus_millis(1);
    let record = AccessRecord {
        entry: &entry,
        mail: Some(&mail),
    };
    let address = mail_address("right@example.org");
    let corrected = scene
        .recipients
        .correct_mail(scene.owner.id, &address, &successor, record, now());
    assert_eq!(ok(corrected.await), Correction::Corrected);
    assert_eq!(scene.log().await, [log, vec![entry]].concat());
    let mut wanted = Vec::from_iter(new.mail.clone());
    for former in &mut wanted {
        former.state = MailState::Dropped;
    }
    wanted.push(mail);
    assert_eq!(scene.mails(&new).await, wanted);
}

/// Whoever was claimed once keeps their address, also after a reset, a replacement, or a revocation of access: somebody has
/// come with the link, and nothing is changed.
pub async fn who_was_claimed_once_keeps_their_address<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (bound, _) = scene.claimed().await;
    let (reset, _) = scene.claimed().await;
    scene.reset(&reset).await;
    let (closed, _) = scene.claimed().await;
    scene.revoke_access(&closed, now()).await;
    let (replaced, _) = scene.claimed().await;
    scene.replaced(&replaced.token).await;
    for new in [&bound, &reset, &closed, &replaced] {
        let current = scene.dossier_of(new).await.token;
        refuses(
            &scene,
            &mail_address("right@example.org"),
            &current,
            Correction::Claimed,
        )
        .await;
    }
}

/// To the address that it is already nothing is changed; to the same in another case it is.
pub async fn the_same_address_changes_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    refuses(&scene, &new.recipient.mail, &new.token, Correction::Unchanged).await;
    let capital = mail_address(&format!(
        "P{}",
        new.recipient.mail.as_str().trim_start_matches('p')
    ));
    assert_ne!(capital, new.recipient.mail);
    assert_eq!(correct(&scene, &capital, &new.token).await, Correction::Corrected);
}

/// An address with which the template has a credential in force is told with whose that is, and nothing is changed. One that
/// is revoked, and one on another template, does not stand in the way; and the address that was given up is free.
pub async fn an_address_that_another_has_is_a_duplicate<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let new = scene.recipient_on(&template).await;
    let rival = scene.recipient_on(&template).await;
    let revoked = scene.recipient_on(&template).await;
    scene.revoke_credential(&revoked, now()).await;
    let elsewhere = scene.recipient().await;
    let duplicate = Correction::Duplicate(rival.recipient.id);
    refuses(&scene, &rival.recipient.mail, &new.token, duplicate).await;

    let mut current = new.token.clone();
    for free in [
        &revoked.recipient.mail,
        &elsewhere.recipient.mail,
        &new.recipient.mail,
    ] {
        let successor = scene.samples.access_successor(&current);
        assert_eq!(
            correct_at(&scene, free, &successor, now()).await,
            Correction::Corrected
        );
        current = successor;
    }
    let other = mail_address("other@example.org");
    assert_eq!(correct(&scene, &other, &current).await, Correction::Corrected);
    let again = issuing_to(&scene, &template, &new.recipient.mail);
    assert_eq!(scene.issue(&again).await, Issuing::Issued);
}

/// A successor of any other generation than the next one comes too late; nothing is written.
pub async fn a_correction_of_another_generation_is_overtaken<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let current = scene.replaced(&new.token).await;
    let before = scene.shown().await;
    for generation in [0, 1, 3, u32::MAX] {
        let late = AccessToken {
            generation,
            ..scene.samples.access_successor(&current)
        };
        let address = mail_address("right@example.org");
        let corrected = correct_at(&scene, &address, &late, now()).await;
        assert_eq!(corrected, Correction::Overtaken);
        assert_eq!(scene.found(&late).await, None);
        assert_eq!(scene.shown().await, before);
    }
}

/// For another organization a recipient is absent, as one who is not kept is for their own; nothing is written anywhere.
pub async fn a_foreign_address_is_not_corrected<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let new = scene.recipient().await;
    let nobody = scene.samples.new_recipient(&scene.template().await);
    let before = (scene.shown().await, scene.shown_of(other.id).await);
    for (organization, token) in [(other.id, &new.token), (scene.owner.id, &nobody.token)] {
        let successor = scene.samples.access_successor(token);
        let mail = scene.samples.mail(&successor, MailKind::Access);
        let entry = scene.samples.entry(organization, Action::AddressCorrected);
        let record = AccessRecord {
            entry: &entry,
            mail: Some(&mail),
        };
        let address = mail_address("right@example.org");
        let corrected = scene
            .recipients
            .correct_mail(organization, &address, &successor, record, now());
        assert_eq!(ok(corrected.await), Correction::Absent);
        assert_eq!(scene.found(&successor).await, None);
    }
    let after = (scene.shown().await, scene.shown_of(other.id).await);
    assert_eq!(after, before);
}

/// Of several obstacles the first is told: the revocation, the claim, the same address, somebody else's, the generation.
pub async fn what_stands_in_the_way_of_a_correction_is_told_in_order<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let rival = scene.recipient_on(&template).await;
    let new = scene.recipient_on(&template).await;
    let late = AccessToken {
        generation: 7,
        ..new.token.clone()
    };
    let (same, taken) = (&new.recipient.mail, &rival.recipient.mail);
    let duplicate = Correction::Duplicate(rival.recipient.id);
    refuses(&scene, same, &late, Correction::Unchanged).await;
    refuses(&scene, taken, &late, duplicate).await;
    scene.claim_for(&new).await;
    for address in [same, taken] {
        refuses(&scene, address, &late, Correction::Claimed).await;
    }
    scene.revoke_credential(&new, now()).await;
    for address in [same, taken] {
        refuses(&scene, address, &late, Correction::CredentialRevoked).await;
    }
}

/// Claims and a correction: whoever came first had it, and never both. After a correction nobody is bound, and the old link
/// only points to the new one.
pub async fn claims_and_a_correction_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let new = scene.recipient().await;
        let right = mail_address(&format!("right-{round}@example.org"));
        let met = meet(&scene, round, new, |scene, new| async move {
            correct(&scene, &right, &new.token).await
        })
        .await;
        let in_use = Claim::Refused(Refusal::InUseByAnother);
        let replaced = Claim::Refused(Refusal::Replaced { at: now() });
        let current = scene.dossier_of(&met.new).await;
        let is_corrected = current.recipient.mail != met.new.recipient.mail;
        match met.act {
            Correction::Corrected => {
                assert!(is_corrected && !met.has_winner());
                assert_eq!(count_of(&met.claims, &replaced), CLAIMS);
                assert_eq!(met.late, replaced);
                assert_eq!(current.token.binding, None);
            }
            Correction::Claimed => {
                assert!(!is_corrected && met.has_winner());
                assert_eq!(met.late, in_use);
                assert_eq!(current.token.id, met.new.token.id);
            }
            other => panic!("it is corrected, or was claimed before: {other:?}"),
        }
        let claims = u64::from(met.has_winner());
        assert_eq!(u64::from(current.recipient.first_claimed_at.is_some()), claims);
        met.is_recorded(&scene, claims).await;
    }
}

/// Of 32 corrections of one address one is made; the others were overtaken, and leave nothing behind.
pub async fn an_address_is_corrected_by_one_of_many<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let outcomes = race(32, |rival| {
        let (scene, token) = (scene.clone(), new.token.clone());
        async move {
            let successor = scene.samples.access_successor(&token);
            let address = mail_address(&format!("right-{rival}@example.org"));
            let corrected = correct_at(&scene, &address, &successor, now()).await;
            (corrected, scene.found(&successor).await.is_some())
        }
    })
    .await;
    assert_eq!(count_of(&outcomes, &(Correction::Corrected, true)), 1);
    assert_eq!(count_of(&outcomes, &(Correction::Overtaken, false)), 31);
    assert_eq!(scene.logged(Action::AddressCorrected).await, 1);
}

/// Two recipients of one template who are to get the same address: one of them does, and the other is told of it. The same
/// with somebody who is to be issued a credential under it.
pub async fn of_many_who_are_to_have_one_address_one_has_it<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    for round in 0..20 {
        let (one, other) = (
            scene.recipient_on(&template).await,
            scene.recipient_on(&template).await,
        );
        let right = mail_address(&format!("right-{round}@example.org"));
        let rival = issuing_to(&scene, &template, &right);
        let is_issue = round % 2 == 0;
        let (corrected, otherwise) = duel_in_round(
            round,
            {
                let (scene, one, right) = (scene.clone(), one.clone(), right.clone());
                async move { correct(&scene, &right, &one.token).await }
            },
            {
                let (scene, other, right) = (scene.clone(), other.clone(), right.clone());
                let rival = rival.clone();
                async move {
                    if is_issue {
                        return match scene.issue(&rival).await {
                            Issuing::Issued => Correction::Corrected,
                            Issuing::Duplicate(id) => Correction::Duplicate(id),
                            other => panic!("it is issued, or a duplicate: {other:?}"),
                        };
                    }
                    correct(&scene, &right, &other.token).await
                }
            },
        )
        .await;
        let holders = ok(scene.recipients.with_mail(&right, 10).await);
        let [holder] = holders.as_slice() else {
            panic!("one has it, not {}", holders.len());
        };
        let duplicate = Correction::Duplicate(holder.recipient.id);
        let wanted = if holder.recipient.id == one.recipient.id {
            (Correction::Corrected, duplicate)
        } else {
            (duplicate, Correction::Corrected)
        };
        assert_eq!((corrected, otherwise), wanted);
    }
}

/// Corrects the address of the recipient of this token, which is replaced by its successor.
async fn correct(stage: &Stage, mail: &MailAddress, current: &AccessToken) -> Correction {
    let successor = stage.samples.access_successor(current);
    correct_at(stage, mail, &successor, now()).await
}

async fn correct_at(
    stage: &Stage,
    address: &MailAddress,
    successor: &AccessToken,
    now: Timestamp,
) -> Correction {
    let mail = stage.samples.mail(successor, MailKind::Access);
    let entry = stage
        .samples
        .entry(successor.organization, Action::AddressCorrected);
    let record = AccessRecord {
        entry: &entry,
        mail: Some(&mail),
    };
    ok(stage
        .recipients
        .correct_mail(successor.organization, address, successor, record, now)
        .await)
}

/// A correction is refused for this reason, and changes nothing.
async fn refuses(stage: &Stage, mail: &MailAddress, current: &AccessToken, reason: Correction) {
    let before = stage.shown().await;
    let successor = stage.samples.access_successor(current);
    assert_eq!(correct_at(stage, mail, &successor, now()).await, reason);
    assert_eq!(stage.found(&successor).await, None);
    assert_eq!(stage.shown().await, before);
}

/// Somebody who is to be issued a credential on this template, under this address.
fn issuing_to(stage: &Stage, template: &Template, mail: &MailAddress) -> NewRecipient {
    stage.samples.new_for(Recipient {
        mail: mail.clone(),
        ..stage.samples.recipient(template)
    })
}
