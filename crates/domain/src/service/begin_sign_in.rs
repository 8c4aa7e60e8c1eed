//! Sending a browser to a sign-in provider.

use std::fmt::Write;

use super::Fault;
use crate::{
    port::{
        Ports,
        sign_in::{Handshake, SignIn, SignInError},
    },
    secret::{BrowserSecret, SignInSecret},
    sign_in::{PendingSignIn, SIGN_IN_SECONDS, SignInPurpose},
    social_profile::ProviderId,
};

/// Begins a sign-in. Nothing is bound by it, and nobody let in.
#[derive(Debug)]
pub struct BeginSignIn<'a> {
    /// With which provider.
    pub provider: &'a ProviderId,
    /// What for.
    pub purpose: SignInPurpose,
    /// What the browser shows already, if it began another sign-in not long ago.
    pub browser: Option<BrowserSecret>,
}

/// A sign-in that has begun.
#[derive(Debug)]
pub struct BegunSignIn {
    /// Where to send the browser. It carries the `state`, so it is never logged.
    pub location: String,
    /// What the browser has to show when it comes back.
    pub browser: BrowserSecret,
}

/// Why it has not begun.
#[derive(Debug, thiserror::Error)]
pub enum BeginSignInError {
    /// The provider cannot be used, or not for this: then it is as unknown as one that is not configured at all.
    #[error(transparent)]
    Provider(#[from] SignInError),
    /// Nothing can be said.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl BeginSignIn<'_> {
    /// Where to send the browser.
    ///
    /// # Errors
    /// Why nowhere.
    pub async fn run(self, ports: &Ports, providers: &dyn SignIn) -> Result<BegunSignIn, BeginSignInError> {
        if !providers.serves(self.provider, self.purpose.audience()) {
            return Err(SignInError::UnknownProvider.into());
        }
        let now = ports.clock.now();
        let state = SignInSecret::generate(ports.entropy.as_ref()).map_err(Fault::from)?;
        let browser = match self.browser {
            Some(browser) => browser,
            None => BrowserSecret::generate(ports.entropy.as_ref()).map_err(Fault::from)?,
        };
        let location = providers
            .start(self.provider, &handshake(ports, &state), self.purpose.max_age())
            .await?;
        let pending = PendingSignIn {
            state: ports.vault.digest(&state),
            browser: ports.vault.digest(&browser),
            provider: self.provider.clone(),
            purpose: self.purpose,
            expires_at: now.plus_seconds(SIGN_IN_SECONDS),
        };
        ports.sign_ins.begin(&pending, now).await.map_err(Fault::from)?;
        Ok(BegunSignIn { location, browser })
    }
}

/// The secrets that go with a state. Nonce and verifier are computed from it under the vault's key, so that none of them
/// has to be kept, and who sees the state learns neither.
pub(super) fn handshake(ports: &Ports, state: &SignInSecret) -> Handshake {
    let derive = |label: &[u8]| {
        let digest = ports.vault.fingerprint(&[label, state.expose().as_bytes()]);
        digest.0.iter().fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    };
    Handshake {
        state: state.expose().to_owned(),
        nonce: derive(b"sign-in nonce"),
        verifier: derive(b"sign-in verifier"),
    }
}
