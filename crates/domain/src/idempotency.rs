//! Answers that are kept for a while, so that a client which lost one can ask for it again.

use std::fmt;

use crate::{id::AuthorizationTokenId, sealed::SealedSecret, text::Description, time::Timestamp};

/// How long a lost rotation can be answered again, in seconds: 10 minutes.
pub const ROTATION_REPLAY_SECONDS: i64 = 10 * 60;
/// How long a lost creation can be answered again, in seconds: 24 hours.
pub const CREATION_REPLAY_SECONDS: i64 = 24 * 60 * 60;

/// A client's name for one request of its own: 1 to 64 visible ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Reads a key.
    ///
    /// ```
    /// use symbolon_domain::idempotency::IdempotencyKey;
    ///
    /// assert!(IdempotencyKey::parse("2f6c1d0e-rotate").is_some());
    /// assert!(IdempotencyKey::parse("").is_none());
    /// assert!(IdempotencyKey::parse(&"k".repeat(65)).is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
    }

    /// The key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A keyed digest of a request: equal for equal requests, telling nothing about them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RequestFingerprint(pub [u8; 32]);

impl fmt::Debug for RequestFingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RequestFingerprint(…)")
    }
}

/// A request that may be repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeatable {
    /// The client's name for it.
    pub key: IdempotencyKey,
    /// What the request says; another request under the same key is refused.
    pub fingerprint: RequestFingerprint,
}

/// The kept answer to a request that made a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// The token that made the request.
    pub caller: AuthorizationTokenId,
    /// The request.
    pub request: Repeatable,
    /// The token that the answer gave out.
    pub token: AuthorizationTokenId,
    /// Its value, sealed for [`SealPurpose::Answer`](crate::sealed::SealPurpose::Answer).
    pub sealed: SealedSecret,
    /// Its description at that time, which may have changed since.
    pub description: Option<Description>,
    /// Until when it is kept.
    pub expires_at: Timestamp,
}
