//! Digests of values and of requests.

use std::collections::HashSet;

use symbolon_domain::{
    port::vault::Vault,
    secret::{MalformedSecret, Secret, SecretKind},
};

use super::secret;

/// A value has the same digest whenever it is asked for.
pub fn equal_values_have_equal_digests<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    for number in 0..16 {
        let first = vault.digest(&secret(number));
        vault.digest(&secret(number + 1));
        assert_eq!(vault.digest(&secret(number)), first);
    }
}

/// Different values have different digests.
pub fn different_values_have_different_digests<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    let digests: HashSet<_> = (0..256)
        .map(|number| vault.digest(&secret(number)).bytes)
        .collect();
    assert_eq!(digests.len(), 256);
}

/// One text has another digest as a value of another kind, under every pepper: what finds one finds nothing of another.
pub fn a_digest_is_of_one_kind<V: Vault>(make: impl Fn() -> V) {
    const KINDS: [SecretKind; 9] = [
        SecretKind::AuthorizationToken,
        SecretKind::AccessToken,
        SecretKind::Session,
        SecretKind::SignIn,
        SecretKind::SignInBrowser,
        SecretKind::AdministratorSession,
        SecretKind::AdministratorLink,
        SecretKind::Totp,
        SecretKind::RecoveryCode,
    ];
    let vault = make();
    let mut bytes = HashSet::new();
    let mut count = 0;
    for kind in KINDS {
        let secret = Disguised(kind);
        let mut digests = vault.other_digests(&secret);
        digests.push(vault.digest(&secret));
        count += digests.len();
        bytes.extend(digests.into_iter().map(|digest| digest.bytes));
    }
    assert_eq!(bytes.len(), count);
}

/// A value of whatever kind, always with the same text.
struct Disguised(SecretKind);

impl Secret for Disguised {
    fn kind(&self) -> SecretKind {
        self.0
    }

    fn expose(&self) -> &'static str {
        "the same for every kind"
    }

    fn read(_: &str) -> Result<Self, MalformedSecret> {
        Err(MalformedSecret)
    }
}

/// Without the pepper a digest cannot be computed: another vault makes another.
pub fn another_vault_makes_other_digests<V: Vault>(make: impl Fn() -> V) {
    let (one, other) = (make(), make());
    for number in 0..16 {
        let (one, other) = (one.digest(&secret(number)), other.digest(&secret(number)));
        assert_ne!(one.bytes, other.bytes);
    }
}

/// The other digests of a value are under other peppers, each under its own, and are others.
pub fn other_digests_are_under_other_peppers<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    let mut digests = vault.other_digests(&secret(1));
    digests.push(vault.digest(&secret(1)));
    let peppers: HashSet<_> = digests.iter().map(|digest| digest.pepper).collect();
    let bytes: HashSet<_> = digests.iter().map(|digest| digest.bytes).collect();
    assert_eq!((peppers.len(), bytes.len()), (digests.len(), digests.len()));
}

/// The same request has the same fingerprint, and only the same.
pub fn equal_requests_have_equal_fingerprints<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    let parts: [&[u8]; 2] = [b"rotate", b"{}"];
    assert_eq!(vault.fingerprint(&parts), vault.fingerprint(&parts));
    for other in with_one_letter_changed() {
        let other: Vec<&[u8]> = other.iter().map(Vec::as_slice).collect();
        assert!(vault.fingerprint(&other) != vault.fingerprint(&parts));
    }
}

/// Parts are told apart by where they end, how many they are, and their order.
pub fn parts_of_a_request_are_told_apart<V: Vault>(make: impl Fn() -> V) {
    let vault = make();
    let requests: [&[&[u8]]; 14] = [
        &[],
        &[b""],
        &[b"", b""],
        &[b"", b"", b""],
        &[b"abc"],
        &[b"abc", b""],
        &[b"", b"abc"],
        &[b"a", b"bc"],
        &[b"ab", b"c"],
        &[b"c", b"ab"],
        &[b"a", b"b", b"c"],
        &[b"a\0bc"],
        &[b"a,bc"],
        &[b"\0\0\0\0\0\0\0\x01a", b"bc"],
    ];
    let fingerprints: HashSet<_> = requests.iter().map(|parts| vault.fingerprint(parts).0).collect();
    assert_eq!(fingerprints.len(), requests.len());
}

/// A fingerprint tells nothing without the key: another vault makes another.
pub fn another_vault_makes_other_fingerprints<V: Vault>(make: impl Fn() -> V) {
    let (one, other) = (make(), make());
    assert!(one.fingerprint(&[b"rotate"]) != other.fingerprint(&[b"rotate"]));
}

fn with_one_letter_changed() -> [[Vec<u8>; 2]; 3] {
    [["rotat3", "{}"], ["rotate", "{ }"], ["Rotate", "{}"]]
        .map(|parts| parts.map(|part| part.as_bytes().to_vec()))
}
