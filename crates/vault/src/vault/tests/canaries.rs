//! Canaries: the ring a database was made with is recognized, and any other is not.

use std::collections::BTreeSet;

use serde_json::Value;
use symbolon_domain::{
    port::vault::{ForeignCanary, Vault},
    sealed::KeyId,
};

use super::vault;
use crate::{
    RingVault,
    sample::{self, MORE_KEYS},
};

/// What a vault with the known ring after a change says of the known ring's canaries.
fn after(change: impl FnOnce(&mut Value)) -> Vec<Result<(), ForeignCanary>> {
    let other = RingVault::new(&sample::ring(change));
    let canaries = vault().canaries().unwrap();
    canaries.iter().map(|canary| other.recognize(canary)).collect()
}

fn id(text: &str) -> KeyId {
    KeyId::parse(text).unwrap()
}

#[test]
fn every_key_has_a_canary_that_stays_recognized() {
    let full = |document: &mut Value| {
        for (list, place) in [("seal", 0), ("pepper", 1), ("audit", 2)] {
            let other = format!("{}9999999", &list[..1]);
            sample::add(document, list, sample::key(&other, "staged", MORE_KEYS[place]));
        }
    };
    let vault = RingVault::new(&sample::ring(full));
    let canaries = vault.canaries().unwrap();
    let keys: BTreeSet<_> = canaries.iter().map(|canary| canary.key.as_str()).collect();
    let expected = [
        "a9999999", "audit001", "p9999999", "pepper01", "s9999999", "seal0001",
    ];
    assert_eq!(keys, expected.into());
    for canary in &canaries {
        assert!((1..=255).contains(&canary.proof.len()), "{canary:?}");
        assert_eq!(vault.recognize(canary), Ok(()));
        assert_eq!(
            RingVault::new(&sample::ring(full)).recognize(canary),
            Ok(()),
            "after a restart"
        );
    }
}

#[test]
fn a_changed_state_or_date_is_no_other_key() {
    let results = after(|document| {
        for (list, place) in [("seal", 0), ("pepper", 1), ("audit", 2)] {
            document[list][0]["state"] = "decrypt_only".into();
            document[list][0]["created"] = "2025-01-01T00:00:00.000Z".into();
            let other = format!("{}9999999", &list[..1]);
            sample::add(document, list, sample::key(&other, "active", MORE_KEYS[place]));
        }
    });
    assert_eq!(results, [Ok(()); 3]);
}

#[test]
fn another_key_of_the_same_name_is_different() {
    for (place, (list, key)) in [
        ("audit", "audit001"),
        ("pepper", "pepper01"),
        ("seal", "seal0001"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut expected = [Ok(()); 3];
        expected[place] = Err(ForeignCanary::Different(id(key)));
        let results = after(|document| document[list][0]["key"] = MORE_KEYS[0].into());
        assert_eq!(results, expected, "{list}");
    }
}

#[test]
fn a_key_of_another_name_is_missing() {
    let results = after(|document| document["pepper"][0]["id"] = "pepper99".into());
    assert_eq!(
        results,
        [Ok(()), Err(ForeignCanary::Missing(id("pepper01"))), Ok(())]
    );
}

#[test]
fn every_key_of_another_deployment_is_different() {
    let results = after(|document| {
        document["deployment_id"] = "0192f0c1-d2e3-4f5a-8b6c-7d8e9fa0b1c3".into();
    });
    let different = |key| Err(ForeignCanary::Different(id(key)));
    assert_eq!(results, ["audit001", "pepper01", "seal0001"].map(different));
}

#[test]
fn a_key_moved_to_another_list_is_different() {
    let results = after(|document| {
        let (pepper, audit) = (document["pepper"].take(), document["audit"].take());
        document["pepper"] = audit;
        document["audit"] = pepper;
    });
    let different = |key| Err(ForeignCanary::Different(id(key)));
    assert_eq!(results, [different("audit001"), different("pepper01"), Ok(())]);
}

#[test]
fn no_bit_of_a_proof_can_be_flipped_and_nothing_cut_off() {
    let vault = vault();
    for good in vault.canaries().unwrap() {
        for place in 0..good.proof.len() {
            let mut bad = good.clone();
            bad.proof[place] ^= 1;
            assert_eq!(
                vault.recognize(&bad),
                Err(ForeignCanary::Different(good.key)),
                "byte {place}"
            );
            bad.proof.truncate(place);
            assert_eq!(
                vault.recognize(&bad),
                Err(ForeignCanary::Different(good.key)),
                "{place} bytes"
            );
        }
    }
}

#[test]
fn one_keys_proof_is_not_anothers() {
    let both = sample::ring(|document| {
        sample::add(document, "seal", sample::key("seal0002", "staged", MORE_KEYS[0]));
    });
    let vault = RingVault::new(&both);
    let mut canaries = vault.canaries().unwrap();
    let [one, other] = canaries.get_disjoint_mut([2, 3]).unwrap();
    std::mem::swap(&mut one.proof, &mut other.proof);
    assert_eq!(vault.recognize(one), Err(ForeignCanary::Different(one.key)));
    assert_eq!(vault.recognize(other), Err(ForeignCanary::Different(other.key)));
}
