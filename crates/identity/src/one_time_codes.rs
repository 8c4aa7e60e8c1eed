//! The codes of authenticator apps (TOTP, RFC 6238). Knows nothing of people and stores; which codes were taken before is
//! for others to remember.

#[cfg(test)]
mod tests;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use symbolon_domain::{
    port::one_time_codes::OneTimeCodes, second_factor::TotpSecret, secret::Secret as _, time::Timestamp,
};
use totp_rs::{Builder, Secret};
use zeroize::Zeroizing;

/// The most bytes of a code as people type it: six digits, and a lot of white space.
const LONGEST: usize = 64;

/// Knows the codes that every authenticator app knows: HMAC-SHA1, 6 digits, 30 seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totp;

impl OneTimeCodes for Totp {
    fn step_of(&self, secret: &TotpSecret, code: &str, now: Timestamp) -> Option<i64> {
        if code.len() > LONGEST {
            return None;
        }
        let code: Zeroizing<String> =
            Zeroizing::new(code.chars().filter(|letter| !letter.is_whitespace()).collect());
        let seconds = u64::try_from(now.as_millis()).ok()? / 1_000;
        let secret = Secret::try_from_base32(secret.expose()).ok()?;
        // What it takes for granted is what apps do: SHA1, 6 digits, 30 seconds, one step before and after. It compares in
        // constant time.
        let totp = Builder::new().with_secret(secret).build().ok()?;
        totp.check(&code, seconds)
            .and_then(|step| i64::try_from(step).ok())
    }

    /// Without algorithm, digits and period: they are what apps take for granted, and some refuse to be told.
    fn address(&self, secret: &TotpSecret, issuer: &str, account: &str) -> String {
        let (issuer, account) = (label(issuer), label(account));
        let secret = secret.expose();
        format!("otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}")
    }
}

/// One half of what an app shows. The colon is what stands between the two, encoded or not, so neither half has one.
fn label(text: &str) -> String {
    utf8_percent_encode(&text.replace(':', ""), NON_ALPHANUMERIC).to_string()
}
