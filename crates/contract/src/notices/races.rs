//! What holds however many ask at once.

use std::collections::HashSet;

use symbolon_domain::{
    administrator::Role,
    notice::NoticeSubject,
    port::administrators::{AdministratorChange, ProofChange, ProofChanging},
};

use super::{
    announcing::{announce, token_due},
    lease, queued, take_all,
};
use crate::{
    Fixture,
    race::{RIVALS, duel_in_round, race},
    sample::now,
    scene::{Scene, count_of, ok},
};

/// Of 32 who take 8 notices that are due 8 get one each, no two the same, and the others get none.
pub async fn a_notice_is_taken_by_one_of_many<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut due = HashSet::new();
    for _ in 0..8 {
        due.insert(queued(&scene).await.id);
    }
    let taken = race(32, |_| {
        let scene = scene.clone();
        async move { ok(scene.notices.take_due(now(), lease()).await).map(|taken| taken.notice.id) }
    })
    .await;
    let mut taken: Vec<_> = taken.into_iter().flatten().collect();
    // Who is late by a moment may find a notice in another's hands and go away; nothing is lost by it.
    taken.extend(take_all(&scene, now()).await);
    assert_eq!(taken.len(), 8, "a notice is taken twice, or lost");
    assert_eq!(HashSet::from_iter(taken), due);
}

/// A notice that was taken and then given up by its taker is taken by one of many.
pub async fn a_notice_in_lost_hands_is_taken_by_one_of_many<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let notice = queued(&scene).await;
    ok(scene.notices.take_due(now(), lease()).await);
    let taken = race(32, |_| {
        let scene = scene.clone();
        async move {
            let until = lease().plus_seconds(30);
            ok(scene.notices.take_due(lease(), until).await).map(|taken| taken.notice.id)
        }
    })
    .await;
    let taken: Vec<_> = taken.into_iter().flatten().collect();
    assert_eq!(taken, [notice.id]);
}

/// Of 64 who announce the expiry of one token one does, and their notices are queued; of the others nothing is kept.
pub async fn an_expiry_is_announced_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = token_due(&scene, Some(now())).await;
    let next = now().plus_seconds(60);
    let outcomes = race(RIVALS, |_| {
        let (scene, token) = (scene.clone(), token.clone());
        async move {
            let subject = NoticeSubject::TokenExpires(token.id);
            let notices = [(); 2].map(|()| scene.samples.notice(scene.owner.id, subject));
            let announced = announce(&scene, &token, &notices, Some(next), now()).await;
            (announced, notices.map(|notice| notice.id))
        }
    })
    .await;
    let told: Vec<_> = outcomes.iter().map(|(announced, _)| *announced).collect();
    assert_eq!(count_of(&told, &true), 1);
    let winners = outcomes.into_iter().filter(|(announced, _)| *announced);
    let wanted: HashSet<_> = winners.flat_map(|(_, ids)| ids).collect();
    let kept = scene.unsent_of(scene.owner.id).await;
    assert_eq!(kept.len(), 2);
    assert_eq!(
        kept.iter().map(|notice| notice.id).collect::<HashSet<_>>(),
        wanted
    );
    assert_eq!(scene.stored(&token).await.announce_at, Some(next));
}

/// A link that goes while its notice is taken takes the notice with it: whoever looks once more before they send it sees no
/// link any more, or nothing at all.
pub async fn a_notice_and_the_end_of_its_link_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..20 {
        let administrator = scene.colleague(Role::Viewer).await;
        let (link, notice) = scene.password_link(&administrator).await;
        let change = ProofChange::Password(scene.samples.password_hash());
        let (changing, _) = duel_in_round(
            round,
            {
                let (scene, administrator) = (scene.clone(), administrator.clone());
                async move { scene.change_proof(&administrator, &change).await }
            },
            {
                let scene = scene.clone();
                async move { ok(scene.notices.take_due(now(), lease()).await) }
            },
        )
        .await;
        assert_eq!(changing, ProofChanging::Changed);
        assert!(!scene.is_link_kept(&link).await);
        assert_eq!(scene.pending_notice(notice.id).await, None);
    }
}

/// Whoever is removed while a notice is queued for them has none afterwards, nor does anybody get it in their place.
pub async fn a_notice_and_a_removal_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..20 {
        let administrator = scene.colleague(Role::Viewer).await;
        let token = token_due(&scene, Some(now())).await;
        let subject = NoticeSubject::TokenExpires(token.id);
        let notices = [(); 2].map(|()| scene.samples.notice_to(&administrator, subject));
        let [announced, queued] = notices.clone();
        let (removed, ()) = duel_in_round(
            round,
            {
                let (scene, administrator) = (scene.clone(), administrator.clone());
                async move { scene.remove_administrator(&administrator).await }
            },
            {
                let (scene, token) = (scene.clone(), token.clone());
                async move {
                    assert!(announce(&scene, &token, &[announced], None, now()).await);
                    ok(scene.notices.queue(&queued).await);
                }
            },
        )
        .await;
        assert_eq!(removed, AdministratorChange::Changed);
        assert_eq!(scene.unsent_of(scene.owner.id).await, []);
        assert_eq!(ok(scene.notices.take_due(now(), lease()).await), None);
        scene.revoke(&token, now()).await;
    }
}
