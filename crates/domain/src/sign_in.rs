//! Sign-ins under way: between the button that sends a browser to a provider and its return.

use crate::{id::AccessTokenId, sealed::TokenDigest, social_profile::ProviderId, time::Timestamp};

/// A sign-in is given up after so many seconds: 10 minutes.
pub const SIGN_IN_SECONDS: i64 = 10 * 60;
/// So many sign-ins wait for one access token at once; the oldest makes room. A mail scanner that presses the button
/// fills no table.
pub const MAX_PENDING_PER_TOKEN: usize = 20;

/// A sign-in under way. It comes to an end once: by the return of the browser that began it, or by time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingSignIn {
    /// Finds it by the `state` that comes back.
    pub state: TokenDigest,
    /// The digest of what the browser that began it shows.
    pub browser: TokenDigest,
    /// Where the browser was sent.
    pub provider: ProviderId,
    /// The access token that is to be opened; `None` where somebody only wants to see what they hold.
    pub token: Option<AccessTokenId>,
    /// When it is given up.
    pub expires_at: Timestamp,
}
