//! How a session begins, and on which proofs it does not.

use symbolon_domain::{
    activity::Action,
    administrator::{Administrator, Role},
    administrator_session::{AdministratorSession, Stage},
    port::administrators::{AdministratorChange, NewProof, ProofChange, ProofChanging},
};

use crate::{
    Fixture,
    sample::now,
    scene::{Scene, ok},
};

/// With an entry a session says when its administrator signed in: the instant at which it began, and nothing else of them
/// changes. Without one nothing is written, and they have not signed in.
pub async fn beginning_says_when_they_signed_in<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (administrator, _) = scene.cautious_colleague().await;
    let (other, _) = scene.cautious_colleague().await;
    let generation = administrator.proofs.generation;
    let mut log = scene.log().await;
    let mut wanted = administrator.clone();
    for (seconds, is_whole) in [(10, false), (20, true), (30, false), (40, true)] {
        let session = AdministratorSession {
            stage: if is_whole {
                Stage::Full
            } else {
                Stage::SecondFactor
            },
            created_at: now().plus_seconds(seconds),
            ..scene.samples.administrator_session(administrator.id)
        };
        let entry = scene
            .samples
            .entry_of(&administrator, Action::AdministratorSignedIn);
        let entry = is_whole.then_some(entry);
        let begun = scene
            .administrator_sessions
            .begin(&session, generation, None, entry.as_ref());
        assert!(ok(begun.await));
        log.extend(entry);
        if is_whole {
            wanted.signed_in_at = Some(session.created_at);
        }
        assert_eq!(scene.administrator(&wanted).await, wanted);
        assert_eq!(scene.log().await, log);
    }
    assert_eq!(scene.administrator(&other).await, other);
}

/// Who signs in again in the same browser has one session: the former ends, whoever it was of; others stay.
pub async fn a_new_session_ends_the_former_of_its_browser<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (one, other) = (
        scene.colleague(Role::Viewer).await,
        scene.colleague(Role::Viewer).await,
    );
    for whose in [&one, &other] {
        let former = scene.administrator_session(whose).await;
        let elsewhere = scene.administrator_session(whose).await;
        let session = scene.samples.administrator_session(one.id);
        let generation = one.proofs.generation;
        let begun = scene
            .administrator_sessions
            .begin(&session, generation, Some(&former.digest), None);
        assert!(ok(begun.await));
        assert!(!scene.is_session_kept(&former).await);
        assert!(scene.is_session_kept(&session).await && scene.is_session_kept(&elsewhere).await);
    }
    let nobodys = scene.samples.digest();
    let session = scene.samples.administrator_session(one.id);
    let begun = scene
        .administrator_sessions
        .begin(&session, one.proofs.generation, Some(&nobodys), None);
    assert!(ok(begun.await));
    assert!(scene.is_session_kept(&session).await);
}

/// On proofs of another generation, earlier or later, and for one who is gone, no session begins, and nothing changes: the
/// former one stays, nothing is entered, nobody has signed in.
pub async fn no_session_begins_on_overtaken_proofs<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (administrator, _) = scene.cautious_colleague().await;
    let former = scene.administrator_session(&administrator).await;
    let removed = scene.colleague(Role::Viewer).await;
    assert_eq!(
        scene.remove_administrator(&removed).await,
        AdministratorChange::Changed
    );
    let unknown = scene.samples.administrator(scene.owner.id);
    let generation = administrator.proofs.generation;
    let before = scene.shown().await;
    for (whose, generation) in [
        (&administrator, 0),
        (&administrator, generation - 1),
        (&administrator, generation + 1),
        (&administrator, u32::MAX),
        (&removed, removed.proofs.generation),
        (&unknown, unknown.proofs.generation),
    ] {
        let session = scene.samples.administrator_session(whose.id);
        let entry = scene
            .samples
            .entry_of(&administrator, Action::AdministratorSignedIn);
        let begun =
            scene
                .administrator_sessions
                .begin(&session, generation, Some(&former.digest), Some(&entry));
        assert!(!ok(begun.await));
        assert!(!scene.is_session_kept(&session).await);
        assert_eq!(scene.shown().await, before);
    }
}

/// What counts as other proofs: whatever was changed of them, and whatever a link was redeemed with. Another name, another
/// role, a stronger hash and a code that was taken do not.
pub async fn every_change_of_proofs_overtakes<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    scene.founder().await;
    let (mut administrator, codes) = scene.cautious_colleague().await;
    let code = codes.first().expect("there are ten");
    assert!(scene.take_recovery_code(&administrator, code).await);
    assert!(ok(scene
        .administrators
        .take_step(administrator.id, i64::MAX)
        .await));
    let (generation, hash) = (administrator.proofs.generation, scene.samples.password_hash());
    ok(scene
        .administrators
        .rehash(administrator.id, generation, &hash)
        .await);
    scene.change_role(&administrator, Role::Owner).await;
    scene.administrator_session(&administrator).await;

    for change in [
        ProofChange::Password(scene.samples.password_hash()),
        ProofChange::RecoveryCodes(scene.samples.recovery_codes(2)),
        ProofChange::SecondFactor(None),
        ProofChange::Connection(None),
    ] {
        assert_eq!(
            scene.change_proof(&administrator, &change).await,
            ProofChanging::Changed
        );
        administrator = is_overtaken(&scene, &administrator).await;
    }
    let (link, _) = scene.password_link(&administrator).await;
    let proof = NewProof::Password(scene.samples.password_hash());
    scene.redeem(&link, proof, now()).await;
    is_overtaken(&scene, &administrator).await;
}

/// A session with a digest that another has is an error, and changes nothing; so is one with an id that another has.
pub async fn no_two_sessions_are_alike<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let kept = scene.administrator_session(&administrator).await;
    let former = scene.administrator_session(&administrator).await;
    let sample = || scene.samples.administrator_session(administrator.id);
    let before = scene.shown().await;
    for alike in [
        AdministratorSession {
            digest: kept.digest,
            ..sample()
        },
        AdministratorSession {
            id: kept.id,
            ..sample()
        },
    ] {
        let entry = scene
            .samples
            .entry_of(&administrator, Action::AdministratorSignedIn);
        let begun = scene.administrator_sessions.begin(
            &alike,
            administrator.proofs.generation,
            Some(&former.digest),
            Some(&entry),
        );
        assert!(begun.await.is_err());
        assert_eq!(scene.shown().await, before);
    }
    let found = scene.found_session(&kept).await.map(|(found, _)| found);
    assert_eq!(found, Some(kept));
}

/// The administrator as they are now, on whose earlier proofs nothing begins.
async fn is_overtaken<F: Fixture>(scene: &Scene<F>, earlier: &Administrator) -> Administrator {
    let session = scene.samples.administrator_session(earlier.id);
    assert!(!scene.begin(&session, earlier).await);
    let now = scene.administrator(earlier).await;
    scene.administrator_session(&now).await;
    now
}
