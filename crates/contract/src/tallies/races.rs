//! Numbers stay those of a recount, whatever meets.

use symbolon_domain::{
    access_token::AccessToken,
    port::{
        access_tokens::Claim,
        recipients::{Issuing, NewRecipient, RecipientChange},
        tallies::Numbers,
    },
    template::Template,
};

use super::{failed, numbers, numbers_of, open, recipient_with, recount::agree, sent, settle_mail};
use crate::{
    Fixture,
    race::{duel_in_round, race},
    sample::{expiry, mail_address, now},
    scene::{Scene, Stage, count_of, ok},
};

/// Duels, so that both orders and what lies between them come up.
const ROUNDS: u64 = 14;
/// Rivals that do the same at once.
const RIVALS: u64 = 16;

/// Of many who claim somebody's token at once one is bound, and one claim is counted.
pub async fn of_many_claims_one_is_counted<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    race(RIVALS, |_| {
        let (scene, token) = (scene.clone(), new.token.clone());
        async move { scene.claim(&token, &scene.samples.connection(), now()).await }
    })
    .await;
    let wanted = Numbers {
        recipients: 1,
        claimed: 1,
        ..Numbers::default()
    };
    assert_eq!(numbers(&scene).await, wanted);
    agree(&scene, scene.owner.id).await;
}

/// Of many who issue a credential to the same people at once, each person is counted once.
pub async fn of_many_who_issue_each_person_is_counted_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let outcomes = race(RIVALS, |_| {
        let (scene, template) = (scene.clone(), template.clone());
        async move {
            let people = ["ada@example.org", "bob@example.org", "cem@example.org"];
            let batch = people.map(|person| {
                let mut recipient = scene.samples.recipient(&template);
                recipient.mail = mail_address(person);
                recipient.expires_at = Some(expiry());
                scene.samples.new_for(recipient)
            });
            ok(scene.recipients.issue(&batch).await)
        }
    })
    .await;
    assert_eq!(count_of(&outcomes.concat(), &Issuing::Issued), 3);
    assert_eq!(numbers(&scene).await.recipients, 3);
    agree(&scene, scene.owner.id).await;
}

/// Two links of one person that are first opened at once, or many times by many: one person.
pub async fn first_opens_of_two_links_count_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    for round in 0..ROUNDS {
        let new = scene.recipient_on(&template).await;
        let successor = scene.replaced(&new.token).await;
        race(RIVALS, |rival| {
            let scene = scene.clone();
            let token = if rival % 2 == 0 {
                new.token.clone()
            } else {
                successor.clone()
            };
            async move { open(&scene, &token).await }
        })
        .await;
        let opened = numbers_of(&scene, &template).await.opened;
        assert_eq!(opened, round + 1);
    }
    agree(&scene, scene.owner.id).await;
}

/// Batches of opens that share tokens, in whatever order: each person is counted once, and no batch is lost.
pub async fn overlapping_opens_count_each_person_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let mut tokens = Vec::new();
    for _ in 0..6 {
        let new = scene.recipient_on(&template).await;
        tokens.push(scene.replaced(&new.token).await);
        tokens.push(new.token);
    }
    race(RIVALS, |rival| {
        let scene = scene.clone();
        let mut opens: Vec<_> = tokens.iter().map(|token| (token.id, 1, now())).collect();
        let turns = usize::try_from(rival).unwrap_or_default() % opens.len();
        opens.rotate_left(turns);
        opens.truncate(7);
        async move { ok(scene.access.record_opens(&opens).await) }
    })
    .await;
    assert_eq!(numbers(&scene).await.opened, 6);
    let mut opens = 0;
    for token in &tokens {
        opens += scene.dossier(token).await.token.opens;
    }
    assert_eq!(opens, RIVALS * 7);
    agree(&scene, scene.owner.id).await;
}

/// Two mails to one person that are sent at once reach one person.
pub async fn two_sent_mails_count_one_person<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    for round in 0..ROUNDS {
        let new = scene.recipient_on(&template).await;
        scene.replaced(&new.token).await;
        let mails = scene.mails(&new).await;
        let [one, other] = mails.as_slice() else {
            panic!("there are two mails");
        };
        let settle = |scene: Scene<F>, id| async move { ok(scene.outbox.settle(id, &sent()).await) };
        duel_in_round(
            round,
            settle(scene.clone(), one.id),
            settle(scene.clone(), other.id),
        )
        .await;
        assert_eq!(numbers_of(&scene, &template).await.mailed, round + 1);
    }
    agree(&scene, scene.owner.id).await;
}

/// A removal takes away all that was counted, and nothing is counted after it, whatever it meets.
pub async fn a_removal_and_whatever_it_meets_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    for round in 0..ROUNDS {
        for meeting in Meeting::ALL {
            let new = full_recipient(&scene, &template).await;
            let removed = duel_in_round(
                round,
                {
                    let (scene, new) = (scene.clone(), new.clone());
                    async move { scene.remove(&new).await }
                },
                meet(&scene, meeting, &new),
            )
            .await
            .0;
            assert!(removed);
            let nobody = numbers(&scene).await;
            assert_eq!(nobody, Numbers::default(), "{meeting:?}, round {round}");
            agree(&scene, scene.owner.id).await;
        }
    }
}

/// A revocation is counted once, and its credential expires on no day, whatever it meets.
pub async fn a_revocation_and_whatever_it_meets_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    for round in 0..ROUNDS {
        for meeting in Meeting::ALL {
            let new = full_recipient(&scene, &template).await;
            let changed = duel_in_round(
                round,
                {
                    let (scene, new) = (scene.clone(), new.clone());
                    async move { scene.revoke_credential(&new, now()).await }
                },
                meet(&scene, meeting, &new),
            )
            .await
            .0;
            // One of two revocations comes too late.
            let twice = meeting == Meeting::Revocation && changed == RecipientChange::Unchanged;
            assert!(changed == RecipientChange::Changed || twice, "{changed:?}");
            agree(&scene, scene.owner.id).await;
            assert!(scene.remove(&new).await);
            let nobody = numbers(&scene).await;
            assert_eq!(nobody, Numbers::default(), "{meeting:?}, round {round}");
        }
    }
}

/// A mail that is given up meets a replacement, and is counted only if its link is still in use.
pub async fn a_failure_and_a_replacement_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    for round in 0..ROUNDS {
        let new = scene.recipient_on(&template).await;
        let mails = scene.mails(&new).await;
        duel_in_round(
            round,
            {
                let (scene, token) = (scene.clone(), new.token.clone());
                async move { scene.replaced(&token).await }
            },
            {
                let scene = scene.clone();
                async move {
                    for mail in mails {
                        ok(scene.outbox.settle(mail.id, &failed()).await);
                    }
                }
            },
        )
        .await;
        assert_eq!(numbers(&scene).await.mail_failed, 0);
    }
    agree(&scene, scene.owner.id).await;
}

/// What a removal or a revocation meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meeting {
    Claim,
    Open,
    Sending,
    Failure,
    Replacement,
    Revocation,
    Settling,
}

impl Meeting {
    const ALL: [Self; 7] = [
        Self::Claim,
        Self::Open,
        Self::Sending,
        Self::Failure,
        Self::Replacement,
        Self::Revocation,
        Self::Settling,
    ];
}

/// Somebody with a credential that expires.
async fn full_recipient(stage: &Stage, template: &Template) -> NewRecipient {
    recipient_with(stage, template, |recipient| recipient.expires_at = Some(expiry())).await
}

/// The other act, ready to be done.
fn meet<F: Fixture>(
    scene: &Scene<F>,
    meeting: Meeting,
    new: &NewRecipient,
) -> impl Future<Output = ()> + Send + 'static {
    let (scene, new) = (scene.clone(), new.clone());
    async move {
        let token: &AccessToken = &new.token;
        match meeting {
            Meeting::Claim => {
                let claim = scene.claim(token, &scene.samples.connection(), now()).await;
                assert_ne!(claim, Claim::AlreadyYours);
            }
            Meeting::Open => open(&scene, token).await,
            Meeting::Sending | Meeting::Failure => {
                let attempt = if meeting == Meeting::Sending {
                    sent()
                } else {
                    failed()
                };
                for mail in new.mail.as_slice() {
                    ok(scene.outbox.settle(mail.id, &attempt).await);
                }
            }
            Meeting::Replacement => {
                let successor = scene.samples.access_successor(token);
                scene.replace(&successor, now()).await;
            }
            Meeting::Revocation => {
                scene.revoke_credential(&new, now()).await;
            }
            Meeting::Settling => {
                settle_mail(&scene, &new, &sent()).await;
                ok(scene.tallies.settle().await);
            }
        }
    }
}
