//! Digests and fingerprints.

use symbolon_domain::{port::vault::Vault, sealed::KeyId, secret::TokenSecret};

use super::vault;
use crate::{
    RingVault,
    sample::{self, Counting, MORE_KEYS},
};

#[test]
fn staged_and_retired_peppers_still_find() {
    let rotated = sample::ring(|document| {
        document["pepper"][0]["state"] = "decrypt_only".into();
        sample::add(
            document,
            "pepper",
            sample::key("pepper02", "active", MORE_KEYS[0]),
        );
        sample::add(
            document,
            "pepper",
            sample::key("pepper03", "staged", MORE_KEYS[1]),
        );
    });
    let rotated = RingVault::new(&rotated);
    let secret = sample::secret();

    assert_eq!(rotated.digest(&secret).pepper, KeyId::parse("pepper02").unwrap());
    assert_ne!(rotated.digest(&secret).bytes, vault().digest(&secret).bytes);
    let others = rotated.other_digests(&secret);
    assert_eq!(others.len(), 2);
    assert_eq!(others[0], vault().digest(&secret), "made under the old pepper");
    assert_eq!(others[1].pepper, KeyId::parse("pepper03").unwrap());
    assert_ne!(others[1].bytes, rotated.digest(&secret).bytes);
}

#[test]
fn one_pepper_has_no_other_digests() {
    assert_eq!(vault().other_digests(&sample::secret()), []);
}

#[test]
fn other_values_and_other_peppers_give_other_digests() {
    let other = TokenSecret::generate(&Counting::from(1)).unwrap();
    assert_ne!(vault().digest(&sample::secret()), vault().digest(&other));
    let another = sample::ring(|document| document["pepper"][0]["key"] = MORE_KEYS[0].into());
    let another = RingVault::new(&another);
    assert_ne!(
        vault().digest(&sample::secret()),
        another.digest(&sample::secret())
    );
}

#[test]
fn fingerprints_tell_parts_apart_and_need_the_audit_key() {
    let vault = vault();
    assert_eq!(
        vault.fingerprint(&[b"a", b"bc"]),
        vault.fingerprint(&[b"a", b"bc"])
    );
    assert_ne!(
        vault.fingerprint(&[b"a", b"bc"]),
        vault.fingerprint(&[b"ab", b"c"])
    );
    assert_ne!(vault.fingerprint(&[b"a"]), vault.fingerprint(&[b"a", b""]));
    let another = sample::ring(|document| document["audit"][0]["key"] = MORE_KEYS[0].into());
    assert_ne!(
        vault.fingerprint(&[b"a"]),
        RingVault::new(&another).fingerprint(&[b"a"])
    );
}
