//! Codes of the second factor, each taken once.

use symbolon_domain::{
    activity::Action,
    administrator::{Administrator, Role},
    port::administrators::{AdministratorChange, ProofChange, ProofChanging},
    sealed::TokenDigest,
};

use super::proofs::has_changed;
use crate::{
    Fixture,
    sample::key_id,
    scene::{Scene, Stage, ok},
};

/// A step is taken once, and no earlier one after it; nothing else changes, and nothing is entered.
pub async fn a_step_is_taken_once_and_none_before_it_afterwards<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (administrator, _) = scene.cautious_colleague().await;
    let (other, _) = scene.cautious_colleague().await;
    let log = scene.log().await;
    let first = last_step(&administrator);
    let mut wanted = administrator.clone();
    for (step, is_taken) in [
        (0, false),
        (1, true),
        (1, false),
        (0, false),
        (3, true),
        (2, false),
        (3, false),
        (4, true),
    ] {
        let step = first + step;
        let taken = ok(scene.administrators.take_step(administrator.id, step).await);
        assert_eq!(taken, is_taken, "{step}");
        if let Some(factor) = wanted.proofs.second_factor.as_mut().filter(|_| is_taken) {
            factor.last_step = step;
        }
        assert_eq!(scene.administrator(&wanted).await, wanted);
    }
    assert_eq!(scene.administrator(&other).await, other);
    assert_eq!(scene.log().await, log);
}

/// Without a second factor, and of one who is gone, no step is taken.
pub async fn no_step_is_taken_without_a_second_factor<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let without = scene.colleague(Role::Viewer).await;
    let (removed, codes) = scene.cautious_colleague().await;
    assert_eq!(
        scene.remove_administrator(&removed).await,
        AdministratorChange::Changed
    );
    let unknown = scene.samples.administrator(scene.owner.id);
    let before = scene.shown().await;
    for administrator in [&without, &removed, &unknown] {
        assert!(!ok(scene
            .administrators
            .take_step(administrator.id, i64::MAX)
            .await));
        for code in &codes {
            assert!(!scene.take_recovery_code(administrator, code).await);
        }
    }
    assert_eq!(scene.shown().await, before);
}

/// A recovery code is taken once, with its entry, and one fewer is left; nothing else changes. A code that is none of
/// theirs is not taken, and nothing is entered.
pub async fn a_recovery_code_is_taken_once_with_its_entry<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (mut wanted, codes) = scene.cautious_colleague().await;
    let (other, foreign) = scene.cautious_colleague().await;
    let mut log = scene.log().await;
    for code in &codes {
        let entry = scene.samples.entry_of(&wanted, Action::RecoveryCodeUsed);
        for is_taken in [true, false] {
            let taken = scene.administrators.take_recovery_code(wanted.id, code, &entry);
            assert_eq!(ok(taken.await), is_taken);
        }
        log.push(entry);
        if let Some(factor) = &mut wanted.proofs.second_factor {
            factor.recovery_codes_left -= 1;
        }
        assert_eq!(scene.administrator(&wanted).await, wanted);
        assert_eq!(scene.log().await, log);
    }
    for none in foreign.iter().chain([&scene.samples.digest()]) {
        assert!(!scene.take_recovery_code(&wanted, none).await);
    }
    assert_eq!(scene.log().await, log);
    assert_eq!(scene.administrator(&other).await, other);
}

/// A code that differs in one bit, or in its pepper, is another.
pub async fn a_recovery_code_that_differs_anywhere_is_not_taken<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (administrator, codes) = scene.cautious_colleague().await;
    let code = codes.first().copied().expect("there are ten");
    for place in 0..32 {
        let mut other = code;
        if let Some(byte) = other.bytes.get_mut(place) {
            *byte ^= 1;
        }
        assert!(!scene.take_recovery_code(&administrator, &other).await);
    }
    let other = TokenDigest {
        pepper: key_id("pepper02"),
        ..code
    };
    assert!(!scene.take_recovery_code(&administrator, &other).await);
    assert!(scene.take_recovery_code(&administrator, &code).await);
}

/// New recovery codes take the place of those there are, with a new second factor or without; without a second factor
/// there are none, and one that comes later has its own only.
pub async fn new_recovery_codes_take_the_place_of_the_old<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (administrator, first) = scene.cautious_colleague().await;
    assert!(takes(&scene, &administrator, first.first()).await);
    let renewed = scene.samples.recovery_codes(4);
    let change = ProofChange::RecoveryCodes(renewed.clone());
    let administrator = has_changed(&scene, &administrator, &change).await;
    assert_eq!(left(&administrator), Some(4));
    assert!(takes_none(&scene, &administrator, &first).await);
    assert!(takes(&scene, &administrator, renewed.first()).await);

    let (factor, third) = scene.samples.second_factor();
    let change = ProofChange::SecondFactor(Some((factor, third.clone())));
    let administrator = has_changed(&scene, &administrator, &change).await;
    assert_eq!(left(&administrator), Some(10));
    assert!(takes_none(&scene, &administrator, &renewed).await);
    assert!(takes(&scene, &administrator, third.first()).await);

    let administrator = has_changed(&scene, &administrator, &ProofChange::SecondFactor(None)).await;
    assert_eq!(left(&administrator), None);
    assert!(takes_none(&scene, &administrator, &third).await);

    let (factor, fourth) = scene.samples.second_factor();
    let change = ProofChange::SecondFactor(Some((factor, fourth.clone())));
    let administrator = has_changed(&scene, &administrator, &change).await;
    assert_eq!(left(&administrator), Some(10));
    assert!(takes_none(&scene, &administrator, &third).await);
    for code in &fourth {
        assert!(takes(&scene, &administrator, Some(code)).await);
    }
}

/// Where there is no second factor there is nothing that recovery codes could stand in for: such a change is overtaken.
pub async fn recovery_codes_need_a_second_factor<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let codes = scene.samples.recovery_codes(3);
    let before = scene.shown().await;
    let change = ProofChange::RecoveryCodes(codes.clone());
    let changing = scene.change_proof(&administrator, &change).await;
    assert_eq!(changing, ProofChanging::Overtaken);
    assert!(takes_none(&scene, &administrator, &codes).await);
    assert_eq!(scene.shown().await, before);
}

/// The last step of which a code was taken.
pub(super) fn last_step(administrator: &Administrator) -> i64 {
    let factor = administrator.proofs.second_factor.as_ref();
    factor.expect("they have a second factor").last_step
}

/// How many recovery codes are left.
pub(super) fn left(administrator: &Administrator) -> Option<u32> {
    let factor = administrator.proofs.second_factor.as_ref();
    factor.map(|factor| factor.recovery_codes_left)
}

async fn takes(stage: &Stage, administrator: &Administrator, code: Option<&TokenDigest>) -> bool {
    let code = code.expect("there is one");
    stage.take_recovery_code(administrator, code).await
}

/// Whether none of these codes is taken.
pub(super) async fn takes_none(stage: &Stage, administrator: &Administrator, codes: &[TokenDigest]) -> bool {
    for code in codes {
        if stage.take_recovery_code(administrator, code).await {
            return false;
        }
    }
    true
}
