//! Sealed copies: what opens, and above all what does not.

use std::sync::{Arc, Barrier};

use symbolon_domain::{
    id::OrganizationId,
    port::vault::{Vault, VaultError},
    sealed::{SealBinding, SealPurpose, SealedSecret},
    secret::{AccessSecret, TokenSecret},
};
use uuid::Uuid;

use super::vault;
use crate::{
    MAX_SEALS, RingVault, SEALS_BEFORE_WARNING,
    sample::{self, Dry, MORE_KEYS},
};

fn sealed() -> SealedSecret {
    vault()
        .seal(&sample::secret(), &sample::row(SealPurpose::Reveal))
        .unwrap()
}

fn opens(vault: &RingVault, sealed: &SealedSecret, row: &SealBinding) -> bool {
    match vault.open(sealed, row) {
        Ok(opened) => {
            let secret: TokenSecret = opened.read().unwrap();
            assert_eq!(secret.expose(), sample::secret().expose());
            true
        }
        Err(error) => {
            assert_eq!(error, VaultError::Unsealable);
            false
        }
    }
}

/// A vault whose active seal key has sealed so often.
fn worn(made: u64) -> RingVault {
    let vault = vault();
    RingVault {
        seals: vault.seals.after(made),
        ..vault
    }
}

#[test]
fn a_copy_opens_for_its_row() {
    for purpose in sample::PURPOSES {
        let row = sample::row(purpose);
        let sealed = vault().seal(&sample::secret(), &row).unwrap();
        assert!(opens(&vault(), &sealed, &row), "{purpose:?}");
    }
}

#[test]
fn sealing_twice_gives_different_bytes() {
    let vault = vault();
    let row = sample::row(SealPurpose::Reveal);
    let copies = [(); 2].map(|()| vault.seal(&sample::secret(), &row).unwrap());
    assert_ne!(copies[0].as_bytes()[9..21], copies[1].as_bytes()[9..21], "nonces");
    assert_ne!(
        copies[0].as_bytes()[21..],
        copies[1].as_bytes()[21..],
        "ciphertexts"
    );
}

#[test]
fn no_bit_can_be_flipped() {
    let (vault, row) = (vault(), sample::row(SealPurpose::Reveal));
    let good = sealed();
    for place in 0..good.as_bytes().len() {
        for bit in 0..8 {
            let mut bytes = good.as_bytes().to_vec();
            bytes[place] ^= 1 << bit;
            assert!(
                !opens(&vault, &SealedSecret::from_bytes(bytes), &row),
                "bit {bit} of byte {place}"
            );
        }
    }
}

#[test]
fn nothing_can_be_cut_off_or_added() {
    let (vault, row) = (vault(), sample::row(SealPurpose::Reveal));
    let good = sealed();
    for length in 0..good.as_bytes().len() {
        let cut = SealedSecret::from_bytes(good.as_bytes()[..length].to_vec());
        assert!(!opens(&vault, &cut, &row), "{length} bytes");
    }
    let longer = [good.as_bytes(), &[0]].concat();
    assert!(!opens(&vault, &SealedSecret::from_bytes(longer), &row));
}

#[test]
fn a_copy_moved_to_another_row_does_not_open() {
    let home = sample::row(SealPurpose::Reveal);
    let other = Uuid::from_u128(7);
    let sealed = sealed();
    let others = sample::PURPOSES
        .into_iter()
        .filter(|purpose| *purpose != home.purpose);
    let for_others = others.map(|purpose| SealBinding { purpose, ..home });
    let elsewhere = [
        SealBinding {
            organization: OrganizationId::from_uuid(other),
            ..home
        },
        SealBinding { token: other, ..home },
        SealBinding {
            generation: home.generation + 1,
            ..home
        },
    ];
    for row in elsewhere.into_iter().chain(for_others) {
        assert!(!opens(&vault(), &sealed, &row), "{row:?}");
    }
    assert!(opens(&vault(), &sealed, &home));
}

#[test]
fn a_copy_does_not_open_in_another_deployment_or_under_another_key() {
    let row = sample::row(SealPurpose::Reveal);
    let sealed = sealed();
    let elsewhere = sample::ring(|document| {
        document["deployment_id"] = "0192f0c1-d2e3-4f5a-8b6c-7d8e9fa0b1c3".into();
    });
    assert!(!opens(&RingVault::new(&elsewhere), &sealed, &row));
    let another = sample::ring(|document| document["seal"][0]["key"] = MORE_KEYS[0].into());
    assert!(!opens(&RingVault::new(&another), &sealed, &row));
    let renamed = sample::ring(|document| document["seal"][0]["id"] = "seal0002".into());
    assert!(
        !opens(&RingVault::new(&renamed), &sealed, &row),
        "a key that is not in the ring"
    );
}

#[test]
fn what_was_sealed_is_read_as_its_own_kind_only() {
    let vault = vault();
    let row = sample::row(SealPurpose::Link);
    let sealed = vault.seal(&sample::access_secret(), &row).unwrap();
    let opened = vault.open(&sealed, &row).unwrap();
    assert!(opened.read::<TokenSecret>().is_err());
    let read: AccessSecret = opened.read().unwrap();
    assert_eq!(read.expose(), sample::access_secret().expose());
}

#[test]
fn only_the_active_key_seals_and_every_key_opens() {
    let row = sample::row(SealPurpose::Reveal);
    let old = sealed();
    let before = sample::ring(|document| {
        sample::add(document, "seal", sample::key("seal0002", "staged", MORE_KEYS[0]));
    });
    let after = sample::ring(|document| {
        document["seal"][0]["state"] = "decrypt_only".into();
        sample::add(document, "seal", sample::key("seal0002", "active", MORE_KEYS[0]));
    });
    let (before, after) = (RingVault::new(&before), RingVault::new(&after));

    let still_old = before.seal(&sample::secret(), &row).unwrap();
    assert_eq!(
        &still_old.as_bytes()[1..9],
        b"seal0001",
        "the staged key does not seal"
    );
    let new = after.seal(&sample::secret(), &row).unwrap();
    assert_eq!(&new.as_bytes()[1..9], b"seal0002");
    assert!(opens(&after, &old, &row), "a retired key opens");
    assert!(
        opens(&before, &new, &row),
        "a staged key opens what a quicker instance has sealed"
    );
    assert!(
        !opens(&vault(), &new, &row),
        "an instance without the key does not"
    );
}

#[test]
fn a_worn_key_is_announced_and_then_refuses() {
    let row = sample::row(SealPurpose::Reveal);
    let vault = worn(SEALS_BEFORE_WARNING - 1);
    assert!(!vault.needs_new_seal_key());
    vault.seal(&sample::secret(), &row).unwrap();
    assert!(vault.needs_new_seal_key());

    let vault = worn(MAX_SEALS - 1);
    let last = vault.seal(&sample::secret(), &row).unwrap();
    assert_eq!(vault.seal(&sample::secret(), &row), Err(VaultError::WornOut));
    assert_eq!(vault.seals_made(), MAX_SEALS);
    assert!(opens(&vault, &last, &row), "opening wears nothing");
    assert!(vault.canaries().is_ok(), "canaries have keys of their own");
}

#[test]
fn of_rivals_for_the_last_seals_no_more_succeed_than_there_are() {
    let vault = worn(MAX_SEALS - 5);
    let gate = Barrier::new(16);
    let winners = std::thread::scope(|scope| {
        let rivals = [(); 16].map(|()| {
            scope.spawn(|| {
                gate.wait();
                vault
                    .seal(&sample::secret(), &sample::row(SealPurpose::Reveal))
                    .is_ok()
            })
        });
        rivals
            .into_iter()
            .filter_map(|rival| rival.join().ok())
            .filter(|won| *won)
            .count()
    });
    assert_eq!(winners, 5);
}

#[test]
fn without_random_bytes_nothing_is_sealed() {
    let dry = RingVault::with_entropy(&sample::ring(|_| {}), Arc::new(Dry));
    let row = sample::row(SealPurpose::Reveal);
    assert_eq!(dry.seal(&sample::secret(), &row), Err(VaultError::Entropy));
    assert_eq!(dry.canaries(), Err(VaultError::Entropy));
    assert!(opens(&dry, &sealed(), &row));
}

#[test]
fn the_bounds_are_those_of_the_requirements() {
    assert_eq!(SEALS_BEFORE_WARNING, 2_147_483_648, "2^31");
    assert_eq!(MAX_SEALS, 3_865_470_566, "2^32 less 10 %, rounded down");
}
