//! What can be wrong with a key ring, in words that say what to do and never show a key.

use symbolon_domain::sealed::KeyId;

use crate::key::KeyUse;

/// A key ring is refused. The text names keys by their ids only, and quotes nothing that was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyRingError {
    /// Not JSON, or not of the ring's form: a field is missing, unknown, given twice, or of another type.
    #[error(
        "the key ring is not of the expected form (line {line}, column {column}): it is a JSON object of version, \
         deployment_id, seal, pepper and audit, where the last three are lists of id, state, created and key; \
         restore it from your copy"
    )]
    Malformed {
        /// Where reading stopped, from 1.
        line: usize,
        /// Where reading stopped, in bytes from 1; 0 where the line ended.
        column: usize,
    },
    /// A version this program does not know.
    #[error(
        "the key ring is of version {0}, and this program reads version 1; use the program that wrote it, or a newer one"
    )]
    Version(u64),
    /// The deployment's id is not a UUID.
    #[error("the key ring's deployment_id is not a hyphenated UUID; restore the key ring from your copy")]
    DeploymentId,
    /// A key's id is not of the form.
    #[error(
        "key {position} of the key ring's {key_use} list has an id that is not eight lower-case letters or digits; correct it"
    )]
    KeyId {
        /// In which list.
        key_use: KeyUse,
        /// Which key of it, from 1.
        position: usize,
    },
    /// Two keys have one id.
    #[error("the id {0} occurs twice in the key ring; every key needs its own, whatever it is for")]
    DuplicateId(KeyId),
    /// A key's state is none.
    #[error("the state of the key {0} is none of staged, active and decrypt_only; correct it")]
    State(KeyId),
    /// A key's birth is not an instant.
    #[error("the created of the key {0} is not an instant such as 2026-01-31T12:00:00.000Z; correct it")]
    CreatedAt(KeyId),
    /// A key is not 32 bytes.
    #[error(
        "the key {0} is not 32 bytes in base64 (44 characters ending in =); restore it from your copy, or where it \
         is new and was never used, make it with: openssl rand -base64 32"
    )]
    KeyMaterial(KeyId),
    /// Two names for one key.
    #[error(
        "the keys {0} and {1} are the same 32 bytes; every key needs its own: make a new one with: openssl rand -base64 32"
    )]
    SharedKey(KeyId, KeyId),
    /// A list without an active key.
    #[error(
        "no key of the key ring's {0} list is active; mark the newest one that all instances have as active"
    )]
    NoActiveKey(KeyUse),
    /// A list with more than one active key.
    #[error(
        "several keys of the key ring's {0} list are active; leave one active, and mark the others as decrypt_only"
    )]
    SeveralActiveKeys(KeyUse),
    /// More retired peppers than tokens are looked up by.
    #[error(
        "more than two peppers of the key ring are decrypt_only; remove those that no token needs any more"
    )]
    TooManyRetiredPeppers,
}
