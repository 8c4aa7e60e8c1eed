//! Notes: what comes back, and above all what does not.

use std::sync::Arc;

use symbolon_domain::{
    port::vault::{Vault, VaultError},
    sealed::{SealPurpose, SealedSecret},
};

use super::vault;
use crate::{
    MAX_SEALS, RingVault,
    sample::{self, Dry, MORE_KEYS},
};

const NOTE: &[u8] = b"a note";

fn opens(vault: &RingVault, sealed: &[u8]) -> bool {
    let opened = vault.open_note(sealed);
    assert!(opened.as_ref().is_none_or(|opened| opened.as_slice() == NOTE));
    opened.is_some()
}

#[test]
fn no_bit_can_be_flipped() {
    let vault = vault();
    let good = vault.seal_note(NOTE).unwrap();
    assert!(opens(&vault, &good));
    for place in 0..good.len() {
        for bit in 0..8 {
            let mut bytes = good.clone();
            bytes[place] ^= 1 << bit;
            assert!(!opens(&vault, &bytes), "bit {bit} of byte {place}");
        }
    }
}

#[test]
fn a_note_does_not_open_in_another_deployment_or_under_another_key() {
    let sealed = vault().seal_note(NOTE).unwrap();
    let elsewhere = sample::ring(|document| {
        document["deployment_id"] = "0192f0c1-d2e3-4f5a-8b6c-7d8e9fa0b1c3".into();
    });
    assert!(!opens(&RingVault::new(&elsewhere), &sealed));
    let another = sample::ring(|document| document["seal"][0]["key"] = MORE_KEYS[0].into());
    assert!(!opens(&RingVault::new(&another), &sealed));
    let renamed = sample::ring(|document| document["seal"][0]["id"] = "seal0002".into());
    assert!(!opens(&RingVault::new(&renamed), &sealed));
    assert!(opens(&vault(), &sealed));
}

#[test]
fn copies_and_notes_do_not_open_each_other() {
    let vault = vault();
    let note = vault.seal_note(sample::secret().expose().as_bytes()).unwrap();
    for purpose in sample::PURPOSES {
        let row = sample::row(purpose);
        let copy = vault.seal(&sample::secret(), &row).unwrap();
        assert!(vault.open_note(copy.as_bytes()).is_none());
        let opened = vault.open(&SealedSecret::from_bytes(note.clone()), &row);
        assert_eq!(opened.err(), Some(VaultError::Unsealable));
    }
}

#[test]
fn only_the_active_key_seals_and_every_key_opens() {
    let old = vault().seal_note(NOTE).unwrap();
    let rotated = sample::ring(|document| {
        document["seal"][0]["state"] = "decrypt_only".into();
        sample::add(document, "seal", sample::key("seal0002", "active", MORE_KEYS[0]));
    });
    let rotated = RingVault::new(&rotated);
    let new = rotated.seal_note(NOTE).unwrap();
    assert_eq!(&new[1..9], b"seal0002");
    assert!(opens(&rotated, &old) && opens(&rotated, &new));
    assert!(!opens(&vault(), &new), "an instance without the key does not");
}

#[test]
fn a_note_wears_the_key_as_a_copy_does() {
    let vault = vault();
    let vault = RingVault {
        seals: vault.seals.after(MAX_SEALS - 2),
        ..vault
    };
    let last = vault.seal_note(NOTE).unwrap();
    vault
        .seal(&sample::secret(), &sample::row(SealPurpose::Reveal))
        .unwrap();
    assert_eq!(vault.seal_note(NOTE), Err(VaultError::WornOut));
    assert_eq!(vault.seals_made(), MAX_SEALS);
    assert!(opens(&vault, &last), "opening wears nothing");
}

#[test]
fn without_random_bytes_no_note_is_sealed() {
    let dry = RingVault::with_entropy(&sample::ring(|_| {}), Arc::new(Dry));
    assert_eq!(dry.seal_note(NOTE), Err(VaultError::Entropy));
}
