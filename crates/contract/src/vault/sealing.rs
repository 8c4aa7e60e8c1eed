//! Sealed copies, and the rows they belong to.

use symbolon_domain::{
    port::vault::{Vault, VaultError},
    sealed::{SealBinding, SealPurpose, SealedSecret},
    secret::PREFIX,
};

use super::{secret, with_one_bit_changed};
use crate::sample::Samples;

/// What was sealed opens, for its own row and either purpose.
pub fn what_is_sealed_opens<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    for purpose in [SealPurpose::Reveal, SealPurpose::Answer] {
        for number in 0..16 {
            let row = SealBinding { purpose, ..row() };
            let opened = vault.open(&seal(&vault, number, &row), &row);
            let opened = opened.expect("a sealed copy opens for its row");
            assert_eq!(opened.expose(), secret(number).expose());
        }
    }
}

/// Sealed twice, a value looks different.
pub fn sealing_twice_gives_different_bytes<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    assert_ne!(seal(&vault, 1, &row()), seal(&vault, 1, &row()));
}

/// The value does not stand in its sealed copy, nor does what makes it secret.
pub fn a_sealed_copy_does_not_show_its_value<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    let sealed = seal(&vault, 1, &row());
    let value = secret(1);
    let body: Vec<u8> = value.expose().bytes().skip(PREFIX.len()).collect();
    for letters in body.windows(6) {
        let shows = sealed.as_bytes().windows(6).any(|bytes| bytes == letters);
        assert!(!shows, "a sealed copy shows a part of its value");
    }
}

/// With any single bit changed, a sealed copy does not open.
pub fn one_changed_bit_keeps_it_shut<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    for changed in with_one_bit_changed(seal(&vault, 1, &row()).as_bytes()) {
        stays_shut(&vault, changed, &row());
    }
}

/// Cut short anywhere, or with more behind it, it does not open; and nothing at all does not.
pub fn a_copy_of_another_length_stays_shut<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    let bytes = seal(&vault, 1, &row()).as_bytes().to_vec();
    for length in 0..bytes.len() {
        stays_shut(&vault, bytes.iter().copied().take(length).collect(), &row());
        stays_shut(&vault, bytes.iter().copied().skip(length + 1).collect(), &row());
    }
    for more in [0, 1, 0xff] {
        let mut longer = bytes.clone();
        longer.push(more);
        stays_shut(&vault, longer, &row());
    }
}

/// Of a version that is not known it does not open; a version stands in the first byte.
pub fn an_unknown_version_stays_shut<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    let bytes = seal(&vault, 1, &row()).as_bytes().to_vec();
    for version in 0..=u8::MAX {
        let mut other = bytes.clone();
        if let Some(first) = other.first_mut().filter(|first| **first != version) {
            *first = version;
            stays_shut(&vault, other, &row());
        }
    }
}

/// Moved to a row that differs in anything, it does not open.
pub fn a_copy_that_was_moved_stays_shut<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    let row = row();
    let samples = Samples::default();
    let (_, other) = (samples.organization(), samples.organization());
    let stranger = samples.token(other.id);
    for moved in [
        SealBinding {
            purpose: SealPurpose::Answer,
            ..row
        },
        SealBinding {
            organization: other.id,
            ..row
        },
        SealBinding {
            token: stranger.id,
            ..row
        },
        SealBinding { generation: 1, ..row },
        SealBinding {
            generation: 1 << 31,
            ..row
        },
    ] {
        assert_ne!(moved, row);
        let sealed = seal(&vault, 1, &row);
        stays_shut(&vault, sealed.as_bytes().to_vec(), &moved);
        let sealed = seal(&vault, 1, &moved);
        stays_shut(&vault, sealed.as_bytes().to_vec(), &row);
    }
}

/// A vault that has not the key does not open it.
pub fn another_vault_does_not_open_it<V: Vault>(make: impl Fn() -> V) {
    let (one, other) = (make(), make());
    let sealed = seal(&one, 1, &row());
    stays_shut(&other, sealed.as_bytes().to_vec(), &row());
}

fn stays_shut(vault: &impl Vault, sealed: Vec<u8>, row: &SealBinding) {
    let shown = format!("{sealed:02x?}");
    match vault.open(&SealedSecret::from_bytes(sealed), row) {
        Err(error) => assert_eq!(error, VaultError::Unsealable, "{shown}"),
        Ok(_) => panic!("it opens: {shown} for {row:?}"),
    }
}

fn seal(vault: &impl Vault, number: u64, row: &SealBinding) -> SealedSecret {
    vault.seal(&secret(number), row).expect("a fresh vault seals")
}

/// A row, always the same.
fn row() -> SealBinding {
    let samples = Samples::default();
    let organization = samples.organization();
    samples.token(organization.id).seal_binding(SealPurpose::Reveal)
}
