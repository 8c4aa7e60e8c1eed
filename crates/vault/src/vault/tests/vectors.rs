//! Known answers, computed by `tests/vectors.py` of this crate. The databases of the world hold such bytes: a change
//! of any of these is a new version beside the old one, never another answer here.

use std::sync::Arc;

use symbolon_domain::{
    port::{canaries::Canary, vault::Vault},
    sealed::{KeyId, SealPurpose, SealedSecret},
};

use crate::{
    RingVault,
    sample::{self, Counting},
};

const DIGEST: &str = "9855096f64cb0fe33c6ac63d05c09bb163d5a58f4b8c2018e9baf010b138d5fc";
const REVEAL: &str = "017365616c30303031a0a1a2a3a4a5a6a7a8a9aaab5aa6b082fec0b95d687afd04a9dbf7275a7fee74a32360ddfba7f0d0\
     8510d99bffdfeee985b0c50325152538bbbc23235154da5f6580d20ec0fb38";
const ANSWER: &str = "017365616c30303031a0a1a2a3a4a5a6a7a8a9aaab33f0648fd8d913bef85b873d6ded802f4ccee15f5a24ae4961bc3c9c\
     3aa4f0ecfb156053000081ff03b697028d4280590a4c7985f013a032cc56c3";
const FINGERPRINT: &str = "2707ad484ada3f7c1a6095ef025e9180d361eb51fb6eb07f72e7f79727cc8998";
const CANARIES: [(&str, &str); 3] = [
    (
        "audit001",
        "7be0d43394e5c66a58a0bd39c4618a7714c2e710c9d9dc15d00af3f764fdcfd6",
    ),
    (
        "pepper01",
        "01adb41a4464089016d728da7553287af4c3e29c499e1aeb96df865ca4e1e481",
    ),
    (
        "seal0001",
        "017365616c30303031a0a1a2a3a4a5a6a7a8a9aaabee8af6d4798abc3e31e6da25e895f25b61c0769e969b143eeb07a88e3947d4f\
         86b8e02",
    ),
];

/// A vault whose first nonce is a0, a1, … ab.
fn vault() -> RingVault {
    RingVault::with_entropy(&sample::ring(|_| {}), Arc::new(Counting::from(0xa0)))
}

fn unhex(text: &str) -> Vec<u8> {
    let digits = |place| &text[place..place + 2];
    (0..text.len())
        .step_by(2)
        .map(|place| u8::from_str_radix(digits(place), 16).unwrap())
        .collect()
}

#[test]
fn digests_are_fixed() {
    let digest = vault().digest(&sample::secret());
    assert_eq!(digest.pepper, KeyId::parse("pepper01").unwrap());
    assert_eq!(digest.bytes.to_vec(), unhex(DIGEST));
}

#[test]
fn sealed_copies_are_fixed() {
    for (purpose, known) in [(SealPurpose::Reveal, REVEAL), (SealPurpose::Answer, ANSWER)] {
        let sealed = vault().seal(&sample::secret(), &sample::row(purpose)).unwrap();
        assert_eq!(sealed.as_bytes(), unhex(known), "{purpose:?}");
    }
}

#[test]
fn known_sealed_copies_open() {
    for (purpose, known) in [(SealPurpose::Reveal, REVEAL), (SealPurpose::Answer, ANSWER)] {
        let sealed = SealedSecret::from_bytes(unhex(known));
        let opened = vault().open(&sealed, &sample::row(purpose)).unwrap();
        assert_eq!(opened.expose(), sample::secret().expose(), "{purpose:?}");
    }
}

#[test]
fn fingerprints_are_fixed() {
    let fingerprint = vault().fingerprint(&[b"POST", b"/v1"]);
    assert_eq!(fingerprint.0.to_vec(), unhex(FINGERPRINT));
}

#[test]
fn canaries_are_fixed_and_recognized() {
    let known = CANARIES.map(|(key, proof)| Canary {
        key: KeyId::parse(key).unwrap(),
        proof: unhex(proof),
    });
    assert_eq!(vault().canaries().unwrap(), known);
    for canary in &known {
        assert_eq!(vault().recognize(canary), Ok(()), "{canary:?}");
    }
}
