//! What holds however many ask at once.

use symbolon_domain::{
    activity::Action,
    administrator::Role,
    port::administrators::{AdministratorChange, ProofChange, ProofChanging, Redeeming},
};

use crate::{
    Fixture,
    race::{RIVALS, duel_in_round, race},
    sample::now,
    scene::{Scene, count_of, ok},
};

/// Meetings of two, so that both orders and what lies between them come up.
const ROUNDS: u64 = 20;

/// A session that begins while the proofs are changed ends with them, or does not begin: the old password lets nobody in
/// once there is a new one.
pub async fn a_session_and_a_change_of_proofs_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let administrator = scene.colleague(Role::Viewer).await;
        let session = scene.samples.administrator_session(administrator.id);
        let change = ProofChange::Password(scene.samples.password_hash());
        let (changing, _) = duel_in_round(
            round,
            {
                let (scene, administrator) = (scene.clone(), administrator.clone());
                async move { scene.change_proof(&administrator, &change).await }
            },
            {
                let (scene, administrator) = (scene.clone(), administrator.clone());
                let session = session.clone();
                async move { scene.begin(&session, &administrator).await }
            },
        )
        .await;
        assert_eq!(changing, ProofChanging::Changed);
        assert!(!scene.is_session_kept(&session).await);
    }
}

/// The same with a new password that somebody chooses by a link.
pub async fn a_session_and_a_redemption_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let administrator = scene.colleague(Role::Viewer).await;
        let session = scene.samples.administrator_session(administrator.id);
        let (link, _) = scene.password_link(&administrator).await;
        let (redeemed, _) = duel_in_round(
            round,
            {
                let scene = scene.clone();
                async move { scene.redeem(&link, scene.password(), now()).await }
            },
            {
                let (scene, administrator) = (scene.clone(), administrator.clone());
                let session = session.clone();
                async move { scene.begin(&session, &administrator).await }
            },
        )
        .await;
        assert!(matches!(redeemed, Redeeming::Redeemed(_)), "{redeemed:?}");
        assert!(!scene.is_session_kept(&session).await);
    }
}

/// A session that begins while its administrator is removed ends with them, or does not begin.
pub async fn a_session_and_a_removal_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let administrator = scene.colleague(Role::Viewer).await;
        let session = scene.samples.administrator_session(administrator.id);
        let (removed, _) = duel_in_round(
            round,
            {
                let (scene, administrator) = (scene.clone(), administrator.clone());
                async move { scene.remove_administrator(&administrator).await }
            },
            {
                let (scene, administrator) = (scene.clone(), administrator.clone());
                let session = session.clone();
                async move { scene.begin(&session, &administrator).await }
            },
        )
        .await;
        assert_eq!(removed, AdministratorChange::Changed);
        assert!(!scene.is_session_kept(&session).await);
        assert_eq!(scene.sessions_of(administrator.id).await, []);
    }
}

/// A session that ends while it is moved forward has ended.
pub async fn ending_wins_over_moving<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    for round in 0..ROUNDS {
        let session = scene.administrator_session(&administrator).await;
        let later = session.idle_until.plus_seconds(60);
        duel_in_round(
            round,
            {
                let (scene, session) = (scene.clone(), session.clone());
                async move { ok(scene.administrator_sessions.touch(&session.digest, later).await) }
            },
            {
                let (scene, session) = (scene.clone(), session.clone());
                async move {
                    ok(scene.administrator_sessions.end(&session.digest).await);
                    assert!(!scene.is_session_kept(&session).await);
                }
            },
        )
        .await;
        assert!(!scene.is_session_kept(&session).await);
    }
}

/// Of 64 that move the idle end at once the latest stays.
pub async fn of_many_that_move_the_idle_end_the_latest_stays<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let session = scene.administrator_session(&administrator).await;
    race(RIVALS, |rival| {
        let (scene, session) = (scene.clone(), session.clone());
        async move {
            // Not in the order of the rivals.
            let seconds = i64::try_from(rival * 37 % RIVALS).unwrap_or_default();
            let idle_until = session.idle_until.plus_seconds(seconds);
            ok(scene
                .administrator_sessions
                .touch(&session.digest, idle_until)
                .await);
        }
    })
    .await;
    let seconds = i64::try_from(RIVALS - 1).unwrap_or_default();
    let kept = scene
        .found_session(&session)
        .await
        .map(|(kept, _)| kept.idle_until);
    assert_eq!(kept, Some(session.idle_until.plus_seconds(seconds)));
}

/// Of 64 who end one session one does, and is entered.
pub async fn a_session_is_ended_by_one_of_many<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let session = scene.administrator_session(&administrator).await;
    let ended = race(RIVALS, |_| {
        let (scene, administrator, id) = (scene.clone(), administrator.clone(), session.id);
        async move {
            let entry = scene.samples.entry_of(&administrator, Action::SessionsEnded);
            ok(scene
                .administrator_sessions
                .end_of(administrator.id, id, &entry)
                .await)
        }
    })
    .await;
    assert_eq!(count_of(&ended, &true), 1);
    assert_eq!(scene.logged(Action::SessionsEnded).await, 1);
}

/// However many end all sessions at once, each session is counted once, and only who ended any is entered.
pub async fn every_session_is_counted_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    for _ in 0..8 {
        scene.administrator_session(&administrator).await;
    }
    let ended = race(16, |_| {
        let (scene, administrator) = (scene.clone(), administrator.clone());
        async move {
            let entry = scene.samples.entry_of(&administrator, Action::SessionsEnded);
            ok(scene
                .administrator_sessions
                .end_all_of(administrator.id, None, &entry)
                .await)
        }
    })
    .await;
    assert_eq!(ended.iter().sum::<u64>(), 8);
    let entries = 16 - count_of(&ended, &0);
    assert_eq!(scene.logged(Action::SessionsEnded).await, entries);
}
