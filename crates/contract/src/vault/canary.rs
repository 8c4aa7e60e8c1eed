//! Known texts, by which a wrong key ring is found.

use std::collections::HashSet;

use symbolon_domain::port::{
    canaries::Canary,
    vault::{ForeignCanary, Vault},
};

use super::{secret, with_one_bit_changed};
use crate::sample::key_id;

/// There is one canary for each key, the active pepper's among them, and each has a proof that a store can keep.
pub fn every_key_has_a_canary<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    let canaries = canaries(&vault);
    let keys: HashSet<_> = canaries.iter().map(|canary| canary.key).collect();
    assert_eq!(keys.len(), canaries.len());
    assert!(keys.contains(&vault.digest(&secret(1)).pepper));
    for canary in canaries {
        assert!((1..=255).contains(&canary.proof.len()), "{canary:?}");
    }
}

/// A vault recognizes its own canaries, as often as it is asked.
pub fn a_vault_recognizes_its_own_canaries<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    for canary in [canaries(&vault), canaries(&vault)].concat() {
        assert_eq!(vault.recognize(&canary), Ok(()), "{canary:?}");
        assert_eq!(vault.recognize(&canary), Ok(()), "{canary:?}");
    }
}

/// A vault does not recognize another's: the key is missing, or is another of that name.
pub fn a_vault_does_not_recognize_those_of_another<V: Vault>(make: impl Fn() -> V) {
    let (one, other) = (make(), make());
    let keys: HashSet<_> = canaries(&other).iter().map(|canary| canary.key).collect();
    for canary in canaries(&one) {
        let wanted = if keys.contains(&canary.key) {
            ForeignCanary::Different(canary.key)
        } else {
            ForeignCanary::Missing(canary.key)
        };
        assert_eq!(other.recognize(&canary), Err(wanted));
    }
}

/// A canary of a key that is not in the ring is told from one that another key made.
pub fn a_missing_key_is_told_from_a_different_one<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    let canaries = canaries(&vault);
    let unknown = ["unknown1", "unknown2"].map(key_id);
    for key in unknown {
        assert!(canaries.iter().all(|canary| canary.key != key));
        for canary in &canaries {
            let renamed = Canary {
                key,
                ..canary.clone()
            };
            assert_eq!(vault.recognize(&renamed), Err(ForeignCanary::Missing(key)));
        }
    }
    for one in &canaries {
        for other in canaries.iter().filter(|other| other.key != one.key) {
            let swapped = Canary {
                key: one.key,
                proof: other.proof.clone(),
            };
            let different = Err(ForeignCanary::Different(one.key));
            assert_eq!(vault.recognize(&swapped), different);
        }
    }
}

/// With any single bit changed, or of another length, a proof proves nothing.
pub fn a_changed_canary_is_not_recognized<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    for canary in canaries(&vault) {
        let shorter = canary.proof.iter().copied().skip(1).collect();
        let longer = [canary.proof.clone(), vec![0]].concat();
        let changed = with_one_bit_changed(&canary.proof).chain([shorter, longer, vec![]]);
        for proof in changed {
            let changed = Canary {
                key: canary.key,
                proof,
            };
            let different = Err(ForeignCanary::Different(canary.key));
            assert_eq!(vault.recognize(&changed), different, "{changed:?}");
        }
    }
}

fn canaries(vault: &impl Vault) -> Vec<Canary> {
    vault.canaries().expect("a fresh vault makes canaries")
}
