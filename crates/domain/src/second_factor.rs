//! The second factor of an administrator: an authenticator app (TOTP, RFC 6238), and recovery codes for the day on which
//! the phone is lost.

use std::fmt;

use zeroize::Zeroizing;

use crate::{
    id::{AdministratorId, OrganizationId},
    port::entropy::{Entropy, EntropyError},
    sealed::{SealBinding, SealPurpose, SealedSecret},
    secret::{MalformedSecret, Secret, SecretKind},
    time::Timestamp,
};

/// How long a code of an authenticator app is shown, in seconds (RFC 6238 proposes 30, and apps know nothing else).
pub const STEP_SECONDS: i64 = 30;
/// The digits of a code.
pub const CODE_DIGITS: usize = 6;
/// How many recovery codes are given out at once.
pub const RECOVERY_CODES: usize = 10;

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What is kept of a second factor; its recovery codes are kept beside it, as digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// The secret, sealed.
    pub sealed: SealedSecret,
    /// Since when it is asked for.
    pub since: Timestamp,
    /// The last step of which a code was taken; earlier ones and this one are not taken again.
    pub last_step: i64,
    /// How many recovery codes are left.
    pub recovery_codes_left: u32,
}

/// The row that a second factor's secret is sealed for.
#[must_use]
pub const fn seal_binding(organization: OrganizationId, administrator: AdministratorId) -> SealBinding {
    SealBinding {
        purpose: SealPurpose::SecondFactor,
        organization,
        token: *administrator.as_uuid(),
        generation: 0,
    }
}

/// The secret that an authenticator app shares with this service: 160 bits as 32 characters of base32 (RFC 4648), as
/// apps read it.
pub struct TotpSecret(Zeroizing<String>);

impl TotpSecret {
    const LENGTH: usize = 32;

    /// Draws a fresh secret.
    ///
    /// # Errors
    /// When the random source fails.
    pub fn generate(entropy: &dyn Entropy) -> Result<Self, EntropyError> {
        letters(BASE32, Self::LENGTH, entropy).map(Self)
    }
}

impl Secret for TotpSecret {
    fn kind(&self) -> SecretKind {
        SecretKind::Totp
    }

    fn expose(&self) -> &str {
        &self.0
    }

    fn read(text: &str) -> Result<Self, MalformedSecret> {
        read(text, BASE32, Self::LENGTH).map(Self)
    }
}

/// A code that lets in once without the phone: 50 bits as ten characters, shown as `ab2de-fghjk`.
pub struct RecoveryCode(Zeroizing<String>);

impl RecoveryCode {
    const LENGTH: usize = 10;
    /// Without what looks alike: no 0, 1, i, l, o, u.
    const ALPHABET: &[u8; 30] = b"23456789abcdefghjkmnpqrstvwxyz";

    /// Draws a fresh code.
    ///
    /// # Errors
    /// When the random source fails.
    pub fn generate(entropy: &dyn Entropy) -> Result<Self, EntropyError> {
        letters(Self::ALPHABET, Self::LENGTH, entropy).map(Self)
    }

    /// Reads a code as people type it: in either case, with or without the hyphen and white space.
    ///
    /// # Errors
    /// [`MalformedSecret`] where it is none.
    pub fn typed(text: &str) -> Result<Self, MalformedSecret> {
        if text.len() > 64 {
            return Err(MalformedSecret);
        }
        let plain: Zeroizing<String> = Zeroizing::new(
            text.chars()
                .filter(|c| *c != '-' && !c.is_whitespace())
                .map(|c| c.to_ascii_lowercase())
                .collect(),
        );
        Self::read(&plain)
    }

    /// The code in two halves, for a person to write down. For the one page that shows it.
    #[must_use]
    pub fn shown(&self) -> String {
        let (head, tail) = self.0.split_at_checked(Self::LENGTH / 2).unwrap_or((&self.0, ""));
        format!("{head}-{tail}")
    }
}

impl Secret for RecoveryCode {
    fn kind(&self) -> SecretKind {
        SecretKind::RecoveryCode
    }

    fn expose(&self) -> &str {
        &self.0
    }

    fn read(text: &str) -> Result<Self, MalformedSecret> {
        read(text, Self::ALPHABET, Self::LENGTH).map(Self)
    }
}

/// Random letters of an alphabet, none likelier than another: bytes beyond the last whole multiple are passed over.
fn letters(alphabet: &[u8], length: usize, entropy: &dyn Entropy) -> Result<Zeroizing<String>, EntropyError> {
    let fair = 256 - 256 % alphabet.len();
    let mut text = Zeroizing::new(String::with_capacity(length));
    let mut random = Zeroizing::new([0; 64]);
    while text.len() < length {
        entropy.fill(random.as_mut_slice())?;
        let drawn = random
            .iter()
            .map(|byte| usize::from(*byte))
            .filter(|byte| *byte < fair)
            .filter_map(|byte| alphabet.get(byte % alphabet.len()));
        let missing = length - text.len();
        text.extend(drawn.take(missing).map(|letter| char::from(*letter)));
    }
    Ok(text)
}

fn read(text: &str, alphabet: &[u8], length: usize) -> Result<Zeroizing<String>, MalformedSecret> {
    if text.len() == length && text.bytes().all(|byte| alphabet.contains(&byte)) {
        Ok(Zeroizing::new(text.to_owned()))
    } else {
        Err(MalformedSecret)
    }
}

/// Shows that there is one, and nothing of it.
impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

/// Shows that there is one, and nothing of it.
impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::*;

    struct Counting(AtomicU8);

    impl Entropy for Counting {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
            bytes.fill_with(|| self.0.fetch_add(1, Ordering::Relaxed));
            Ok(())
        }
    }

    #[test]
    fn secrets_are_what_apps_read() {
        let secret = TotpSecret::generate(&Counting(AtomicU8::new(0))).unwrap();
        assert_eq!(secret.expose(), "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
        assert_eq!(
            TotpSecret::read(secret.expose()).unwrap().expose(),
            secret.expose()
        );
        assert!(TotpSecret::read("abcdefghijklmnopqrstuvwxyz234567").is_err());
        assert_eq!(format!("{secret:?}"), "TotpSecret(…)");
    }

    #[test]
    fn recovery_codes_are_read_as_people_type_them() {
        let code = RecoveryCode::generate(&Counting(AtomicU8::new(21))).unwrap();
        assert_eq!(code.shown(), "qrstv-wxyz2");
        for typed in ["qrstv-wxyz2", "QRSTVWXYZ2", " qrstv wxyz2 ", "qrstv - wxyz2"] {
            assert_eq!(
                RecoveryCode::typed(typed).unwrap().expose(),
                "qrstvwxyz2",
                "{typed}"
            );
        }
        for no_code in [
            "",
            "qrstv-wxyz",
            "qrstv-wxyz22",
            "qrstv-wxyl2",
            "123456",
            &"q".repeat(99),
        ] {
            assert!(RecoveryCode::typed(no_code).is_err(), "{no_code}");
        }
        assert_eq!(format!("{code:?}"), "RecoveryCode(…)");
    }

    #[test]
    fn unfair_bytes_are_passed_over() {
        // 240..=255 would favour the first sixteen of thirty letters.
        let code = RecoveryCode::generate(&Counting(AtomicU8::new(238))).unwrap();
        assert_eq!(code.expose(), "yz23456789");
    }
}
