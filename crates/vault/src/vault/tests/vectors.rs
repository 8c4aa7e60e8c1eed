//! Known answers, computed by `tests/vectors.py` of this crate. The databases of the world hold such bytes: a change
//! of any of these is a new version beside the old one, never another answer here.

use std::sync::Arc;

use symbolon_domain::{
    port::{canaries::Canary, vault::Vault},
    sealed::{KeyId, SealPurpose, SealedSecret},
    second_factor::TotpSecret,
    secret::{AccessSecret, AdministratorLinkSecret, Secret, TokenSecret},
};

use crate::{
    RingVault,
    sample::{self, Counting},
};

const DIGEST: &str = "9855096f64cb0fe33c6ac63d05c09bb163d5a58f4b8c2018e9baf010b138d5fc";
const ACCESS_DIGEST: &str = "848341bc9a9f211bd99e954ebbb5823d935337a7be4ade244ce7f98f5f9732d5";
const SESSION_DIGEST: &str = "444ca99df008084054745719924440385e506c8a10eaf189b62963c7941b072a";
const SIGN_IN_DIGEST: &str = "2a48e190f0932f7562d443173967bf44292b68b169cf190682881d37f0ede2dd";
const BROWSER_DIGEST: &str = "d79a49b8782a31d1b59471e8fdb78f784eae6bca7826dfe93431a33965d64287";
const ADMINISTRATOR_SESSION_DIGEST: &str = "f6c73a74b7e9d35b8c28e05402d51c4ef52694faa0b48c5454a1edffa1b4bffe";
const ADMINISTRATOR_LINK_DIGEST: &str = "78439e73e126a50b7f2a3586091ea975886d3ea937c17ea3cd3e59d447b870be";
const TOTP_DIGEST: &str = "56780a5d79a2bb5da218d72467a3797034cb3d413bf294ea9fb3d6ba6c7146d0";
const RECOVERY_CODE_DIGEST: &str = "64f40d7e54358207a8b6c4c84936d8c1f2d421e94852903dd71cbe22406ba280";
const REVEAL: &str = "017365616c30303031a0a1a2a3a4a5a6a7a8a9aaab5aa6b082fec0b95d687afd04a9dbf7275a7fee74a32360ddfba7f0d0\
     8510d99bffdfeee985b0c50325152538bbbc23235154da5f6580d20ec0fb38";
const ANSWER: &str = "017365616c30303031a0a1a2a3a4a5a6a7a8a9aaab33f0648fd8d913bef85b873d6ded802f4ccee15f5a24ae4961bc3c9c\
     3aa4f0ecfb156053000081ff03b697028d4280590a4c7985f013a032cc56c3";
const LINK: &str = "017365616c30303031a0a1a2a3a4a5a6a7a8a9aaab3edeca32a90e0481c2677299d176df6865b44f430b6474d3f45acc8f7071\
     19d1033ae97ff35cd59c265946c3262862e7a4679d";
const ADMINISTRATOR_LINK: &str = "017365616c30303031a0a1a2a3a4a5a6a7a8a9aaabe9f5966aa498823687380085f6c9fcaebf4799431\
     f50070905d2d61761a055027734910360a9003cd2a90ca739e5039cc3d767227edc6e27a1037e4056aca8f02931e1c7c3f1a733";
const SECOND_FACTOR: &str = "017365616c30303031a0a1a2a3a4a5a6a7a8a9aaabb4df854d57dcd0e3225bde9fdff49e657b68accd08ed2a\
     3946529a9f9e821f43ba5d22795f0d5488027f7e8de42cb307";
const NOTE: &str = "017365616c30303031a0a1a2a3a4a5a6a7a8a9aaabe98eea61d35fa8d8f74ecf8bdfaec55428d1399a63e7";
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
    let secrets: [(&dyn Secret, &str); 9] = [
        (&sample::secret(), DIGEST),
        (&sample::access_secret(), ACCESS_DIGEST),
        (&sample::session_secret(), SESSION_DIGEST),
        (&sample::sign_in_secret(), SIGN_IN_DIGEST),
        (&sample::browser_secret(), BROWSER_DIGEST),
        (
            &sample::administrator_session_secret(),
            ADMINISTRATOR_SESSION_DIGEST,
        ),
        (&sample::administrator_link_secret(), ADMINISTRATOR_LINK_DIGEST),
        (&sample::totp_secret(), TOTP_DIGEST),
        (&sample::recovery_code(), RECOVERY_CODE_DIGEST),
    ];
    for (secret, known) in secrets {
        let digest = vault().digest(secret);
        assert_eq!(digest.pepper, KeyId::parse("pepper01").unwrap());
        assert_eq!(digest.bytes.to_vec(), unhex(known), "{:?}", secret.kind());
    }
}

/// Each purpose with the known value that it is for, and the known copy.
fn copies() -> [(SealPurpose, Box<dyn Secret>, &'static str); 5] {
    [
        (SealPurpose::Reveal, Box::new(sample::secret()), REVEAL),
        (SealPurpose::Answer, Box::new(sample::secret()), ANSWER),
        (SealPurpose::Link, Box::new(sample::access_secret()), LINK),
        (
            SealPurpose::AdministratorLink,
            Box::new(sample::administrator_link_secret()),
            ADMINISTRATOR_LINK,
        ),
        (
            SealPurpose::SecondFactor,
            Box::new(sample::totp_secret()),
            SECOND_FACTOR,
        ),
    ]
}

#[test]
fn sealed_copies_are_fixed() {
    for (purpose, secret, known) in copies() {
        let sealed = vault().seal(secret.as_ref(), &sample::row(purpose)).unwrap();
        assert_eq!(sealed.as_bytes(), unhex(known), "{purpose:?}");
    }
}

#[test]
fn known_sealed_copies_open() {
    for (purpose, secret, known) in copies() {
        let sealed = SealedSecret::from_bytes(unhex(known));
        let opened = vault().open(&sealed, &sample::row(purpose)).unwrap();
        let read: Box<dyn Secret> = match purpose {
            SealPurpose::Link => Box::new(opened.read::<AccessSecret>().unwrap()),
            SealPurpose::AdministratorLink => Box::new(opened.read::<AdministratorLinkSecret>().unwrap()),
            SealPurpose::SecondFactor => Box::new(opened.read::<TotpSecret>().unwrap()),
            SealPurpose::Reveal | SealPurpose::Answer => Box::new(opened.read::<TokenSecret>().unwrap()),
        };
        assert_eq!(read.expose(), secret.expose(), "{purpose:?}");
    }
}

#[test]
fn notes_are_fixed_and_open() {
    assert_eq!(vault().seal_note(b"a note").unwrap(), unhex(NOTE));
    let opened = vault().open_note(&unhex(NOTE)).unwrap();
    assert_eq!(opened.as_slice(), b"a note");
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
