//! What holds when claims meet something else. Whichever comes first, the others see it; and after an act has returned no
//! claim binds that it forbids.

use symbolon_domain::{
    access_token::{AccessState, Refusal},
    port::{
        access_tokens::{AccessChange, Claim},
        organizations::OrganizationChange,
        recipients::RecipientChange,
        templates::TemplateChange,
    },
};

use super::meeting::{CLAIMS, ROUNDS, meet};
use crate::{
    Fixture,
    race::duel_in_round,
    sample::{now, revocation},
    scene::{Scene, count_of, ok},
};

/// Claims and a revocation of access: after it nobody is bound, and who was bound before stays so.
pub async fn claims_and_a_revocation_of_access_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let new = scene.recipient().await;
        let met = meet(&scene, round, new, |scene, new| async move {
            scene.revoke_access(&new, now()).await
        })
        .await;
        assert_eq!(met.act, AccessChange::Changed);
        for claim in &met.claims {
            // Access that is revoked is told before who holds the token.
            let is_known = [
                Claim::Bound,
                Claim::Refused(Refusal::AccessRevoked),
                Claim::Refused(Refusal::InUseByAnother),
            ]
            .contains(claim);
            assert!(is_known, "{claim:?}");
        }
        met.losers_know(&Refusal::AccessRevoked);
        met.agrees(&scene).await;
        let token = scene.dossier(&met.new.token).await.token;
        assert_eq!((token.revoked_at, token.sealed), (Some(now()), None));
    }
}

/// Claims and a pause.
pub async fn claims_and_a_pause_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let new = scene.recipient().await;
        let met = meet(&scene, round, new, |scene, new| async move {
            let template = scene.dossier_of(&new).await.template;
            scene.pause(&template, now()).await
        })
        .await;
        assert_eq!(met.act, TemplateChange::Changed);
        met.losers_know(&Refusal::TemplatePaused);
        met.agrees(&scene).await;
    }
}

/// Claims and a revocation of the credential.
pub async fn claims_and_a_revocation_of_the_credential_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let new = scene.recipient().await;
        let met = meet(&scene, round, new, |scene, new| async move {
            scene.revoke_credential(&new, now()).await
        })
        .await;
        assert_eq!(met.act, RecipientChange::Changed);
        met.losers_know(&Refusal::CredentialRevoked(revocation(now())));
        met.agrees(&scene).await;
    }
}

/// Claims and a cancellation of the organization.
pub async fn claims_and_a_cancellation_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let new = scene.recipient().await;
        let met = meet(&scene, round, new, |scene, _| async move {
            scene.cancel(scene.owner.id, now()).await
        })
        .await;
        assert_eq!(met.act, OrganizationChange::Changed);
        met.losers_know(&Refusal::OrganizationCancelled);
        met.agrees(&scene).await;
        scene.reactivate(scene.owner.id).await;
    }
}

/// Claims and a replacement: it always replaces, the old token is bound to nobody after it, and the new one is free.
pub async fn claims_and_a_replacement_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let new = scene.recipient().await;
        let met = meet(&scene, round, new, |scene, new| async move {
            let successor = scene.samples.access_successor(&new.token);
            (scene.replace(&successor, now()).await, successor)
        })
        .await;
        let (change, successor) = &met.act;
        assert_eq!(*change, AccessChange::Changed);
        met.losers_know(&Refusal::Replaced { at: now() });
        assert_eq!(scene.dossier(&met.new.token).await.token.binding, None);
        let current = scene.dossier_of(&met.new).await;
        assert_eq!(current.token, *successor);
        assert_eq!(current.recipient.first_claimed_at.is_some(), met.has_winner());
        met.is_recorded(&scene, u64::from(met.has_winner())).await;
    }
}

/// Claims and a deletion: after it there is nothing to claim, no mail, and no session of who was bound.
pub async fn claims_and_a_deletion_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let new = scene.recipient().await;
        let removed = meet(&scene, round, new, |scene, new| async move {
            scene.remove(&new).await
        })
        .await;
        assert!(removed.act);
        removed.has_winner();
        for claim in &removed.claims {
            let in_use = Claim::Refused(Refusal::InUseByAnother);
            assert!([Claim::Bound, Claim::Absent, in_use].contains(claim), "{claim:?}");
        }
        assert_eq!(removed.late, Claim::Absent);
        assert_eq!(scene.found(&removed.new.token).await, None);
        assert_eq!(scene.mails(&removed.new).await, []);
    }
}

/// A deletion and the claim of one who has a session: they are bound first, and the session ends, or they are not.
pub async fn a_deletion_ends_the_session_of_who_claims_meanwhile<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let new = scene.recipient().await;
        let connection = scene.samples.connection();
        let session = scene.session(&connection).await;
        let (claim, removed) = duel_in_round(
            round,
            {
                let (scene, token) = (scene.clone(), new.token.clone());
                async move { scene.claim(&token, &connection, now()).await }
            },
            {
                let (scene, new) = (scene.clone(), new.clone());
                async move { scene.remove(&new).await }
            },
        )
        .await;
        assert!(removed);
        let is_signed_in = scene.stored_session(&session).await.is_some();
        match claim {
            Claim::Bound => assert!(!is_signed_in, "the session of who was bound ends"),
            Claim::Absent => assert!(is_signed_in, "nobody was bound whose session could end"),
            other => panic!("it is bound, or was deleted before: {other:?}"),
        }
    }
}

/// Claims and a reset of a token that is bound already: the reset always resets, its former holder is out for good, and
/// of the others one may be in.
pub async fn claims_and_a_reset_of_a_bound_token_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let (new, former) = scene.claimed().await;
        let session = scene.session(&former).await;
        let met = meet(&scene, round, new, |scene, new| async move {
            let change = scene.reset(&new).await;
            (change, scene.stored_session(&session).await)
        })
        .await;
        assert_eq!(met.act, (AccessChange::Changed, None));
        let in_use = Claim::Refused(Refusal::InUseByAnother);
        let told = [met.claims.clone(), vec![met.late.clone()]].concat();
        assert_eq!(
            count_of(&told, &Claim::Bound),
            1,
            "after a reset one gets in: {told:?}"
        );
        assert_eq!(count_of(&told, &in_use), CLAIMS);
        let token = scene.dossier(&met.new.token).await.token;
        assert!(token.binding.is_some() && !token.is_bound_to(&former.profile));
        met.is_recorded(&scene, 2).await;
    }
}

/// Claims and a reset of a free token: it comes too early, or takes back what was claimed just now.
pub async fn claims_and_a_reset_of_a_free_token_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let new = scene.recipient().await;
        let met = meet(
            &scene,
            round,
            new,
            |scene, new| async move { scene.reset(&new).await },
        )
        .await;
        let told = [met.claims.clone(), vec![met.late.clone()]].concat();
        let bound = count_of(&told, &Claim::Bound);
        match met.act {
            AccessChange::Changed => assert_eq!(bound, 2, "one before it and one after: {told:?}"),
            AccessChange::Refused(AccessState::Free) => assert_eq!(bound, 1, "{told:?}"),
            other => panic!("it resets, or finds the token free: {other:?}"),
        }
        assert!(scene.dossier(&met.new.token).await.token.binding.is_some());
        met.is_recorded(&scene, bound).await;
    }
}

/// A reset and a replacement of a bound token: the replacement always replaces, and the new token is free.
pub async fn a_reset_and_a_replacement_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let (new, _) = scene.claimed().await;
        let successor = scene.samples.access_successor(&new.token);
        let (reset, replaced) = duel_in_round(
            round,
            {
                let (scene, new) = (scene.clone(), new.clone());
                async move { scene.reset(&new).await }
            },
            {
                let (scene, successor) = (scene.clone(), successor.clone());
                async move { scene.replace(&successor, now()).await }
            },
        )
        .await;
        assert_eq!(replaced, AccessChange::Changed);
        assert!(
            [AccessChange::Changed, AccessChange::Overtaken].contains(&reset),
            "{reset:?}"
        );
        assert_eq!(scene.dossier_of(&new).await.token, successor);
        let found = ok(scene.access.find_by_id(new.token.id).await);
        let old = found.map(|found| found.token.state());
        assert_eq!(old, Some(AccessState::Replaced));
    }
}
