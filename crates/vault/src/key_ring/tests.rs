//! What is a ring, what is not, and what the refusals say and keep quiet about.

mod properties;

use serde_json::{Value, json};
use symbolon_domain::{port::entropy::EntropyError, sealed::KeyId, time::Timestamp};

use super::{KeyRing, KeyRingError};
use crate::{
    SystemEntropy,
    key::KeyUse,
    sample::{self, Dry, KEYS, MORE_KEYS, add, key, try_ring},
};

fn id(text: &str) -> KeyId {
    KeyId::parse(text).unwrap()
}

/// The refusal of the known ring after a change; it shows no key.
fn refusal(change: impl FnOnce(&mut Value)) -> KeyRingError {
    let error = try_ring(change).unwrap_err();
    let text = format!("{error} {error:?}");
    for key in KEYS.iter().chain(&MORE_KEYS) {
        assert!(!text.contains(&key[..8]), "{text}");
    }
    error
}

#[test]
fn the_known_form_is_read() {
    let ring = try_ring(|_| {}).unwrap();
    assert_eq!(ring.seal.active.id, id("seal0001"));
    assert_eq!(ring.audit.active.secret.expose(), (64..96).collect::<Vec<u8>>());
}

#[test]
fn a_fresh_ring_has_three_different_active_keys() {
    let now = Timestamp::from_millis(1_800_000_000_123);
    let ring = KeyRing::generate(&SystemEntropy::new(), now).unwrap();
    let written: Value = serde_json::from_str(&ring.to_json()).unwrap();
    assert_eq!(written["version"], 1);
    for (list, initial) in [("seal", 's'), ("pepper", 'p'), ("audit", 'a')] {
        let keys = written[list].as_array().unwrap();
        assert_eq!(keys.len(), 1);
        assert_eq!(keys[0]["state"], "active");
        assert_eq!(keys[0]["created"], "2027-01-15T08:00:00.123Z");
        assert!(keys[0]["id"].as_str().unwrap().starts_with(initial));
    }
    assert_eq!(KeyRing::parse(&ring.to_json()), Ok(ring));

    let another = KeyRing::generate(&SystemEntropy::new(), now).unwrap();
    let another: Value = serde_json::from_str(&another.to_json()).unwrap();
    assert_ne!(another["deployment_id"], written["deployment_id"]);
    assert_ne!(another["seal"][0]["key"], written["seal"][0]["key"]);
}

#[test]
fn without_random_bytes_there_is_no_ring() {
    let made = KeyRing::generate(&Dry, Timestamp::from_millis(0));
    assert_eq!(made.err(), Some(EntropyError));
}

#[test]
fn exactly_one_key_of_each_list_is_active() {
    for (list, key_use) in [
        ("seal", KeyUse::Seal),
        ("pepper", KeyUse::Pepper),
        ("audit", KeyUse::Audit),
    ] {
        let second = |document: &mut Value| add(document, list, key("another1", "active", MORE_KEYS[0]));
        assert_eq!(refusal(second), KeyRingError::SeveralActiveKeys(key_use));
        for state in ["staged", "decrypt_only"] {
            let none = |document: &mut Value| document[list][0]["state"] = state.into();
            assert_eq!(refusal(none), KeyRingError::NoActiveKey(key_use));
        }
        let empty = |document: &mut Value| document[list] = json!([]);
        assert_eq!(refusal(empty), KeyRingError::NoActiveKey(key_use));
    }
}

#[test]
fn no_id_occurs_twice_in_whatever_list() {
    for list in ["seal", "pepper", "audit"] {
        let twice = |document: &mut Value| add(document, list, key("seal0001", "staged", MORE_KEYS[0]));
        assert_eq!(
            refusal(twice),
            KeyRingError::DuplicateId(id("seal0001")),
            "{list}"
        );
    }
}

#[test]
fn no_key_occurs_twice_in_whatever_list() {
    for list in ["seal", "pepper", "audit"] {
        let shared = |document: &mut Value| add(document, list, key("another1", "staged", KEYS[0]));
        assert!(matches!(refusal(shared), KeyRingError::SharedKey(..)), "{list}");
    }
}

#[test]
fn ids_are_eight_lower_case_letters_or_digits() {
    for bad in [
        "",
        "seal001",
        "seal00001",
        "Seal0001",
        "seal-001",
        "séal001",
        KEYS[0],
    ] {
        let error = refusal(|document| document["seal"][0]["id"] = bad.into());
        assert_eq!(
            error,
            KeyRingError::KeyId {
                key_use: KeyUse::Seal,
                position: 1
            },
            "{bad}"
        );
    }
}

#[test]
fn keys_are_32_bytes_in_canonical_base64() {
    for bad in [
        "",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=",
        " AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "__ECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
    ] {
        let error = refusal(|document| document["pepper"][0]["key"] = bad.into());
        assert_eq!(error, KeyRingError::KeyMaterial(id("pepper01")), "{bad}");
    }
}

#[test]
fn states_dates_and_the_deployment_are_checked() {
    let key = id("audit001");
    for bad in ["", "Active", "retired", KEYS[0]] {
        let error = refusal(|document| document["audit"][0]["state"] = bad.into());
        assert_eq!(error, KeyRingError::State(key), "{bad}");
    }
    for bad in ["", "yesterday", KEYS[0]] {
        let error = refusal(|document| document["audit"][0]["created"] = bad.into());
        assert_eq!(error, KeyRingError::CreatedAt(key), "{bad}");
    }
    for bad in [
        "",
        "prod",
        "0192f0c1d2e34f5a8b6c7d8e9fa0b1c2",
        "{0192f0c1-d2e3-4f5a-8b6c-7d8e9fa0b1c2}",
    ] {
        let error = refusal(|document| document["deployment_id"] = bad.into());
        assert_eq!(error, KeyRingError::DeploymentId, "{bad}");
    }
}

#[test]
fn other_versions_are_refused_before_anything_else_is_read() {
    for version in [0, 2, u64::MAX] {
        let error =
            refusal(|document| *document = json!({"version": version, "keys": {"of": "another form"}}));
        assert_eq!(error, KeyRingError::Version(version));
    }
}

#[test]
fn unknown_missing_and_misplaced_fields_are_refused() {
    let changes: [fn(&mut Value); 9] = [
        |document| document["comment"] = KEYS[0].into(),
        |document| document[KEYS[0]] = 1.into(),
        |document| document["seal"][0]["note"] = KEYS[0].into(),
        |document| document["seal"][0]["created"] = Value::Null,
        |document| document["audit"] = Value::Null,
        |document| document["version"] = KEYS[0].into(),
        |document| document["seal"] = KEYS[0].into(),
        |document| document["seal"] = json!([KEYS[0]]),
        |document| {
            document["seal"][0].as_object_mut().unwrap().remove("state");
        },
    ];
    for (place, change) in changes.into_iter().enumerate() {
        let error = refusal(change);
        assert!(
            matches!(error, KeyRingError::Malformed { .. }),
            "{place}: {error}"
        );
    }
    let twice = sample::document()
        .to_string()
        .replacen('{', r#"{"version":1,"#, 1);
    assert!(
        matches!(KeyRing::parse(&twice), Err(KeyRingError::Malformed { .. })),
        "a field given twice"
    );
    let two = sample::document().to_string().repeat(2);
    assert!(
        matches!(KeyRing::parse(&two), Err(KeyRingError::Malformed { .. })),
        "two rings"
    );
}

#[test]
fn no_more_than_two_peppers_are_retired() {
    let retired = |count: usize| {
        move |document: &mut Value| {
            for (place, material) in MORE_KEYS.into_iter().enumerate() {
                let state = if place < count { "decrypt_only" } else { "staged" };
                add(
                    document,
                    "pepper",
                    key(&format!("retired{place}"), state, material),
                );
            }
        }
    };
    assert!(try_ring(retired(2)).is_ok());
    assert_eq!(refusal(retired(3)), KeyRingError::TooManyRetiredPeppers);
}

#[test]
fn refusals_say_what_to_do() {
    for (error, advice) in [
        (KeyRingError::Malformed { line: 3, column: 7 }, "line 3, column 7"),
        (
            KeyRingError::Version(2),
            "use the program that wrote it, or a newer one",
        ),
        (
            KeyRingError::KeyMaterial(id("pepper01")),
            "openssl rand -base64 32",
        ),
        (
            KeyRingError::SeveralActiveKeys(KeyUse::Pepper),
            "pepper list are active; leave one active",
        ),
    ] {
        assert!(error.to_string().contains(advice), "{error}");
    }
}

#[test]
fn nothing_of_a_ring_is_shown() {
    let text = format!("{:?} {:#?}", sample::ring(|_| {}), sample::ring(|_| {}));
    assert!(
        text.contains("seal0001") && text.contains("SecretKey(…)"),
        "{text}"
    );
    for key in KEYS {
        assert!(!text.contains(&key[..8]), "{text}");
    }
    assert!(!text.contains("64, 65, 66") && !text.contains("64,\n"), "{text}");
}
