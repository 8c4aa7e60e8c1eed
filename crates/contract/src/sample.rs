//! Samples: organizations, tokens, recipients, entries and answers that differ in everything that must differ.
//!
//! All is computed from a counter, so a failure can be repeated. Ids of one instant are *not* in the order in which they
//! were made, so that an adapter which lists in the order of insertion is found out.

mod administrators;
mod credentials;
mod jobs;

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::atomic::{AtomicU64, Ordering},
};

use symbolon_domain::{
    activity::{About, Action, ActivityEntry, Actor, Attribution},
    authorization_token::AuthorizationToken,
    id::{ActivityId, AuthorizationTokenId, ID_ENTROPY, OrganizationId},
    idempotency::{IdempotencyKey, Repeatable, RequestFingerprint, StoredAnswer},
    notice::next_announcement,
    organization::{Organization, RevealPolicy},
    permissions::Permissions,
    sealed::{KeyId, SealedSecret, TokenDigest},
    text::{Description, MailAddress, OrganizationName},
    time::Timestamp,
};

pub use credentials::*;
pub use jobs::rejected;

/// Milliseconds since the epoch at [`now`].
const NOW: i64 = 1_764_000_000_123;

/// The instant at which samples are made, and promises are kept unless they are about time.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::from_millis(NOW)
}

/// When sample tokens expire: 180 days after [`now`].
#[must_use]
pub fn expiry() -> Timestamp {
    now().plus_seconds(180 * 24 * 60 * 60)
}

/// This instant and the last one before it.
#[must_use]
pub fn just_before(instant: Timestamp) -> Timestamp {
    instant.plus_millis(-1)
}

/// The key of this name, eight lower-case letters or digits.
///
/// # Panics
/// If it is no name of a key.
#[must_use]
pub fn key_id(name: &str) -> KeyId {
    KeyId::parse(name).expect("the sample is the name of a key")
}

/// The description with this text.
///
/// # Panics
/// If it is no description.
#[must_use]
pub fn description(text: &str) -> Description {
    Description::parse(text).expect("the sample is a description")
}

/// The idempotency key with this text.
///
/// # Panics
/// If it is no idempotency key.
#[must_use]
pub fn idempotency_key(text: &str) -> IdempotencyKey {
    IdempotencyKey::parse(text).expect("the sample is an idempotency key")
}

/// Makes samples, no two alike.
#[derive(Debug, Default)]
pub struct Samples {
    made: AtomicU64,
}

impl Samples {
    /// An active organization that shows its tokens again.
    #[must_use]
    pub fn organization(&self) -> Organization {
        let number = self.number();
        Organization {
            id: OrganizationId::fresh(now(), entropy(number)),
            name: OrganizationName::parse(&format!("Organization {number}")).expect("the sample is a name"),
            contact: MailAddress::parse(&format!("office-{number}@example.org"))
                .expect("the sample is a mail address"),
            url: None,
            reveal_policy: RevealPolicy::Always,
            created_at: now(),
            cancelled_at: None,
        }
    }

    /// A live token with every permission and a sealed copy, made by an operator.
    #[must_use]
    pub fn token(&self, organization: OrganizationId) -> AuthorizationToken {
        let number = self.number();
        AuthorizationToken {
            id: AuthorizationTokenId::fresh(now(), entropy(number)),
            organization,
            digest: self.digest(),
            sealed: Some(self.sealed()),
            description: Some(description(&format!("Token {number}"))),
            permissions: Permissions::ALL,
            created_at: now(),
            expires_at: expiry(),
            created_by: None,
            rotated_from: None,
            generation: 0,
            replayable_until: None,
            rotated_at: None,
            grace_until: None,
            revoked_at: None,
            expiry_seen_at: None,
            last_used_at: None,
            reuse_count: 0,
            announce_at: next_announcement(expiry(), now()),
        }
    }

    /// The token that a rotation would put in the place of `current`.
    #[must_use]
    pub fn successor(&self, current: &AuthorizationToken) -> AuthorizationToken {
        AuthorizationToken {
            permissions: current.permissions,
            created_by: current.created_by,
            rotated_from: Some(current.id),
            generation: current.generation.saturating_add(1),
            replayable_until: Some(now().plus_seconds(600)),
            ..self.token(current.organization)
        }
    }

    /// An entry by an operator about the organization itself.
    #[must_use]
    pub fn entry(&self, organization: OrganizationId, action: Action) -> ActivityEntry {
        ActivityEntry {
            id: ActivityId::fresh(now(), entropy(self.number())),
            organization,
            at: now(),
            attribution: Attribution::operator(),
            action,
            about: About::default(),
        }
    }

    /// An entry by the bearer of a token, about that token.
    #[must_use]
    pub fn entry_by(&self, token: &AuthorizationToken, action: Action) -> ActivityEntry {
        ActivityEntry {
            attribution: Attribution {
                actor: Actor::Token(token.id),
                request_id: Some(format!("request-{}", self.number())),
                address: Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
            },
            about: About::token(token.id),
            ..self.entry(token.organization, action)
        }
    }

    /// The answer that gave out `token` to `caller`, kept for an hour; its fingerprint is like no other's.
    #[must_use]
    pub fn answer(
        &self,
        caller: AuthorizationTokenId,
        key: &str,
        token: &AuthorizationToken,
    ) -> StoredAnswer {
        StoredAnswer {
            caller,
            request: Repeatable {
                key: idempotency_key(key),
                fingerprint: RequestFingerprint(self.bytes()),
            },
            token: token.id,
            sealed: self.sealed(),
            description: token.description.clone(),
            expires_at: now().plus_seconds(60 * 60),
        }
    }

    /// A digest like no other.
    #[must_use]
    pub fn digest(&self) -> TokenDigest {
        TokenDigest {
            pepper: key_id("pepper01"),
            bytes: self.bytes(),
        }
    }

    /// A sealed copy like no other: 80 bytes, among them 0 and 255.
    #[must_use]
    pub fn sealed(&self) -> SealedSecret {
        let mut bytes = vec![1, 0, 255];
        bytes.extend(mixed(self.number()).take(77));
        SealedSecret::from_bytes(bytes)
    }

    fn bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for (place, byte) in bytes.iter_mut().zip(mixed(self.number())) {
            *place = byte;
        }
        bytes
    }

    fn number(&self) -> u64 {
        self.made.fetch_add(1, Ordering::Relaxed)
    }
}

/// Distinct for distinct numbers, and not in their order.
fn entropy(number: u64) -> [u8; ID_ENTROPY] {
    let [.., high, low] = number.wrapping_mul(40_503).to_be_bytes();
    let mut bytes = [0; ID_ENTROPY];
    for (place, byte) in bytes
        .iter_mut()
        .zip([low, high].into_iter().chain(number.to_be_bytes()))
    {
        *place = byte;
    }
    bytes
}

/// Endless bytes that look random (the generator `SplitMix64`); the first eight are distinct for distinct numbers.
pub(crate) fn mixed(number: u64) -> impl Iterator<Item = u8> {
    let mut state = number;
    std::iter::repeat_with(move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = state;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (word ^ (word >> 31)).to_be_bytes()
    })
    .flatten()
}
