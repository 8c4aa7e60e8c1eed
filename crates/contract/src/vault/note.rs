//! Notes that a service hands out to get them back.

use symbolon_domain::{port::vault::Vault, sealed::SealedSecret};

use super::{access_secret, of_another_length, sealing::row, secret, with_one_bit_changed};

/// What was noted comes back, byte for byte: nothing at all, bytes of any value, and four thousand of them.
pub fn a_note_comes_back_as_it_was<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    let every_byte: Vec<u8> = (0..=u8::MAX).collect();
    for note in [
        vec![],
        vec![0],
        b"symrec_".to_vec(),
        every_byte.clone(),
        every_byte.repeat(16),
    ] {
        let opened = vault.open_note(&seal(&vault, &note));
        assert_eq!(opened.as_deref(), Some(&note), "{} bytes", note.len());
    }
}

/// Sealed twice, a note looks different, and both come back.
pub fn a_note_never_looks_the_same<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    let (one, other) = (seal(&vault, b"a note"), seal(&vault, b"a note"));
    assert_ne!(one, other);
    for sealed in [one, other] {
        assert_eq!(vault.open_note(&sealed).as_deref(), Some(&b"a note".to_vec()));
    }
}

/// A sealed note shows nothing of what is noted but its length: notes of one length are of one length sealed.
pub fn a_note_shows_its_length_only<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    let value = access_secret(1);
    let note = value.expose().as_bytes();
    let sealed = seal(&vault, note);
    for letters in note.windows(6) {
        let shows = sealed.windows(6).any(|bytes| bytes == letters);
        assert!(!shows, "a sealed note shows a part of what is noted");
    }
    for other in [
        vec![0; note.len()],
        vec![b'-'; note.len()],
        vec![0xff; note.len()],
    ] {
        assert_eq!(seal(&vault, &other).len(), sealed.len());
    }
}

/// With any single bit changed, a note does not open.
pub fn a_changed_note_stays_shut<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    for changed in with_one_bit_changed(&seal(&vault, b"a note")) {
        stays_shut(&vault, &changed);
    }
}

/// Cut short anywhere, or with more behind it, a note does not open; and nothing at all does not.
pub fn a_note_of_another_length_stays_shut<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    for other in of_another_length(&seal(&vault, b"a note")) {
        stays_shut(&vault, &other);
    }
    stays_shut(&vault, b"");
}

/// A vault that has not the key does not open a note.
pub fn another_vault_does_not_open_a_note<V: Vault>(make: impl Fn() -> V) {
    let (one, other) = (make(), make());
    stays_shut(&other, &seal(&one, b"a note"));
}

/// Who can read the database makes no note of a sealed copy, whatever it was sealed for.
pub fn a_sealed_copy_is_no_note<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    for purpose in super::sealing::PURPOSES {
        let sealed = vault
            .seal(&secret(1), &row(purpose))
            .expect("a fresh vault seals");
        stays_shut(&vault, sealed.as_bytes());
    }
}

/// Nor does a note, put into the database, open as a sealed copy.
pub fn a_note_is_no_sealed_copy<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    let note = seal(&vault, access_secret(1).expose().as_bytes());
    for purpose in super::sealing::PURPOSES {
        let opened = vault.open(&SealedSecret::from_bytes(note.clone()), &row(purpose));
        assert!(opened.is_err(), "a note opens as a copy for {purpose:?}");
    }
}

fn stays_shut(vault: &impl Vault, sealed: &[u8]) {
    let opened = vault.open_note(sealed);
    assert!(opened.is_none(), "it opens: {sealed:02x?}");
}

fn seal(vault: &impl Vault, note: &[u8]) -> Vec<u8> {
    vault.seal_note(note).expect("a fresh vault seals")
}
