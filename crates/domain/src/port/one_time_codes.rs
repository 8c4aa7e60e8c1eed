//! The codes of authenticator apps.

use crate::{second_factor::TotpSecret, time::Timestamp};

/// Knows the codes of authenticator apps (TOTP, RFC 6238: HMAC-SHA1, 6 digits, 30 seconds).
pub trait OneTimeCodes: Send + Sync {
    /// The step whose code this is: the present one, the one before or the one after, for clocks differ. White space in the
    /// code does not matter.
    fn step_of(&self, secret: &TotpSecret, code: &str, now: Timestamp) -> Option<i64>;

    /// The `otpauth://` address that an app reads from a picture, for this account of this issuer. It carries the secret.
    fn address(&self, secret: &TotpSecret, issuer: &str, account: &str) -> String;
}
