//! The ring as JSON, version 1. Every text that holds a key is wiped, and no message of the JSON reader is passed on,
//! for it quotes what it read.

use std::io::Write;

use serde::{Deserialize, Serialize};
use symbolon_domain::{sealed::KeyId, time::Timestamp};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{KeyRing, KeyRingError, KeySet};
use crate::key::{KeyState, KeyUse, RingKey, SecretKey};

/// The version that is written, and the only one that is read.
const VERSION: u64 = 1;

/// Bytes of the buffer for each key, and for all that surrounds the keys; either takes under 200. The buffer never
/// grows, for growing leaves unwiped copies behind.
pub(super) const ROOM: usize = 512;

/// Read on its own first: of another version, no other field means anything.
#[derive(Deserialize)]
struct Versioned {
    version: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RingDocument {
    version: u64,
    deployment_id: String,
    seal: Vec<KeyDocument>,
    pepper: Vec<KeyDocument>,
    audit: Vec<KeyDocument>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyDocument {
    id: String,
    state: String,
    created: String,
    #[serde(with = "wiped")]
    key: Zeroizing<String>,
}

/// Serde for a text that is wiped when dropped.
mod wiped {
    use serde::{Deserialize, Deserializer, Serializer};
    use zeroize::Zeroizing;

    pub(super) fn serialize<S: Serializer>(text: &Zeroizing<String>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(text)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Zeroizing<String>, D::Error> {
        String::deserialize(from).map(Zeroizing::new)
    }
}

pub(super) fn read(json: &[u8]) -> Result<KeyRing, KeyRingError> {
    let Versioned { version } = serde_json::from_slice(json).map_err(|error| malformed(&error))?;
    if version != VERSION {
        return Err(KeyRingError::Version(version));
    }
    let document: RingDocument = serde_json::from_slice(json).map_err(|error| malformed(&error))?;
    KeyRing::assembled(
        deployment(&document.deployment_id)?,
        keys(KeyUse::Seal, document.seal)?,
        keys(KeyUse::Pepper, document.pepper)?,
        keys(KeyUse::Audit, document.audit)?,
    )
}

fn malformed(error: &serde_json::Error) -> KeyRingError {
    KeyRingError::Malformed {
        line: error.line(),
        column: error.column(),
    }
}

fn deployment(text: &str) -> Result<Uuid, KeyRingError> {
    // Uuid reads braces, URNs and bare hex too; one spelling keeps the file canonical.
    let hyphenated = text.len() == uuid::fmt::Hyphenated::LENGTH;
    let uuid = Uuid::try_parse(text).ok().filter(|_| hyphenated);
    uuid.ok_or(KeyRingError::DeploymentId)
}

fn keys(key_use: KeyUse, documents: Vec<KeyDocument>) -> Result<Vec<RingKey>, KeyRingError> {
    let numbered = documents.into_iter().zip(1..);
    numbered
        .map(|(document, position)| key(key_use, position, &document))
        .collect()
}

fn key(key_use: KeyUse, position: usize, document: &KeyDocument) -> Result<RingKey, KeyRingError> {
    let id = KeyId::parse(&document.id).ok_or(KeyRingError::KeyId { key_use, position })?;
    Ok(RingKey {
        id,
        state: KeyState::parse(&document.state).ok_or(KeyRingError::State(id))?,
        created_at: Timestamp::parse(&document.created).ok_or(KeyRingError::CreatedAt(id))?,
        secret: SecretKey::from_base64(&document.key).ok_or(KeyRingError::KeyMaterial(id))?,
    })
}

pub(super) fn write(ring: &KeyRing) -> Zeroizing<String> {
    let document = RingDocument {
        version: VERSION,
        deployment_id: ring.deployment.hyphenated().to_string(),
        seal: documents(&ring.seal),
        pepper: documents(&ring.pepper),
        audit: documents(&ring.audit),
    };
    let count = document.seal.len() + document.pepper.len() + document.audit.len();
    let mut json = Zeroizing::new(Vec::with_capacity(ROOM * (1 + count)));
    serde_json::to_writer_pretty(&mut *json, &document).expect("texts and numbers can be written to memory");
    json.write_all(b"\n").expect("memory takes one more byte");
    Zeroizing::new(String::from_utf8(std::mem::take(&mut *json)).expect("JSON is UTF-8"))
}

fn documents(keys: &KeySet) -> Vec<KeyDocument> {
    let document = |key: &RingKey| KeyDocument {
        id: key.id.to_string(),
        state: key.state.name().to_owned(),
        created: key.created_at.to_string(),
        key: key.secret.to_base64(),
    };
    keys.iter().map(document).collect()
}
