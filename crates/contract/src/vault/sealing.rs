//! Sealed copies, and the rows they belong to.

use symbolon_domain::{
    port::vault::{Vault, VaultError},
    sealed::{SealBinding, SealPurpose, SealedSecret},
    secret::{AccessSecret, TokenSecret},
};

use super::{access_secret, of_another_length, secret, with_one_bit_changed};
use crate::sample::Samples;

/// Everything that a copy can be for.
pub(super) const PURPOSES: [SealPurpose; 5] = [
    SealPurpose::Reveal,
    SealPurpose::Answer,
    SealPurpose::Link,
    SealPurpose::AdministratorLink,
    SealPurpose::SecondFactor,
];

/// What was sealed opens, for its own row and each purpose, whichever kind of value it is.
pub fn what_is_sealed_opens<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    for purpose in PURPOSES {
        let row = row(purpose);
        for number in 0..16 {
            let opened = vault.open(&seal(&vault, number, &row), &row);
            let opened = opened.expect("a sealed copy opens for its row");
            let read = opened.read::<TokenSecret>().expect("it is what was sealed");
            assert_eq!(read.expose(), secret(number).expose());

            let sealed = vault.seal(&access_secret(number), &row);
            let opened = vault.open(&sealed.expect("a fresh vault seals"), &row);
            let opened = opened.expect("a sealed copy opens for its row");
            let read = opened.read::<AccessSecret>().expect("it is what was sealed");
            assert_eq!(read.expose(), access_secret(number).expose());
        }
    }
}

/// Sealed twice, a value looks different.
pub fn sealing_twice_gives_different_bytes<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    for purpose in PURPOSES {
        let row = row(purpose);
        assert_ne!(seal(&vault, 1, &row), seal(&vault, 1, &row));
    }
}

/// The value does not stand in its sealed copy, nor does what makes it secret.
pub fn a_sealed_copy_does_not_show_its_value<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    let value = secret(1);
    let body: Vec<u8> = value.expose().bytes().skip(TokenSecret::PREFIX.len()).collect();
    for purpose in PURPOSES {
        let sealed = seal(&vault, 1, &row(purpose));
        for letters in body.windows(6) {
            let shows = sealed.as_bytes().windows(6).any(|bytes| bytes == letters);
            assert!(!shows, "a sealed copy shows a part of its value");
        }
    }
}

/// With any single bit changed, a sealed copy does not open.
pub fn one_changed_bit_keeps_it_shut<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    for purpose in PURPOSES {
        let row = row(purpose);
        for changed in with_one_bit_changed(seal(&vault, 1, &row).as_bytes()) {
            stays_shut(&vault, changed, &row);
        }
    }
}

/// Cut short anywhere, or with more behind it, it does not open; and nothing at all does not.
pub fn a_copy_of_another_length_stays_shut<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    let row = row(SealPurpose::Reveal);
    for other in of_another_length(seal(&vault, 1, &row).as_bytes()) {
        stays_shut(&vault, other, &row);
    }
}

/// Of a version that is not known it does not open; a version stands in the first byte.
pub fn an_unknown_version_stays_shut<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    let row = row(SealPurpose::Reveal);
    let bytes = seal(&vault, 1, &row).as_bytes().to_vec();
    for version in 0..=u8::MAX {
        let mut other = bytes.clone();
        if let Some(first) = other.first_mut().filter(|first| **first != version) {
            *first = version;
            stays_shut(&vault, other, &row);
        }
    }
}

/// Moved to a row that differs in anything, it does not open.
pub fn a_copy_that_was_moved_stays_shut<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    let samples = Samples::default();
    let (_, other) = (samples.organization(), samples.organization());
    let stranger = samples.token(other.id);
    for purpose in PURPOSES {
        let row = row(purpose);
        let elsewhere = [
            SealBinding {
                organization: other.id,
                ..row
            },
            SealBinding {
                token: *stranger.id.as_uuid(),
                ..row
            },
            SealBinding { generation: 1, ..row },
            SealBinding {
                generation: 1 << 31,
                ..row
            },
        ];
        let others = PURPOSES.into_iter().filter(|other| *other != purpose);
        let for_others = others.map(|purpose| SealBinding { purpose, ..row });
        for moved in elsewhere.into_iter().chain(for_others) {
            assert_ne!(moved, row);
            let sealed = seal(&vault, 1, &row);
            stays_shut(&vault, sealed.as_bytes().to_vec(), &moved);
            let sealed = seal(&vault, 1, &moved);
            stays_shut(&vault, sealed.as_bytes().to_vec(), &row);
        }
    }
}

/// A vault that has not the key does not open it.
pub fn another_vault_does_not_open_it<V: Vault>(make: impl Fn() -> V) {
    let (one, other) = (make(), make());
    for purpose in PURPOSES {
        let row = row(purpose);
        let sealed = seal(&one, 1, &row);
        stays_shut(&other, sealed.as_bytes().to_vec(), &row);
    }
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
pub(super) fn row(purpose: SealPurpose) -> SealBinding {
    let samples = Samples::default();
    let organization = samples.organization();
    samples.token(organization.id).seal_binding(purpose)
}
