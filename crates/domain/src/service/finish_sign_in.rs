//! A browser comes back from a sign-in provider: who it is, and what the sign-in was begun for.
//!
//! What may be done with that is said by its type: what was begun by a recipient can only be [`enter`]ed with, what was
//! begun from the dashboard only be [returned](super::administration::provider_return) with.
//!
//! [`enter`]: ReturnedRecipient::enter

use super::{Fault, begin_sign_in::handshake};
use crate::{
    id::AccessTokenId,
    port::{
        Ports, StoreError,
        sign_in::{Callback, SignIn, SignInError, Vouching},
    },
    secret::{BrowserSecret, SignInSecret},
    sign_in::{AdministratorPurpose, PendingSignIn, SignInPurpose},
    social_profile::{Connection, ProviderId},
    time::Timestamp,
};

/// Finishes a sign-in.
#[derive(Debug)]
pub struct FinishSignIn<'a> {
    /// The provider whose redirect URI was called.
    pub provider: &'a ProviderId,
    /// The `state` that came back.
    pub state: &'a SignInSecret,
    /// What the browser shows.
    pub browser: &'a BrowserSecret,
    /// What else came back; `None` where the provider says that the person declined.
    pub callback: Option<&'a Callback>,
}

/// Somebody came back, and the provider vouches for them.
#[derive(Debug)]
pub enum Finished {
    /// To claim, or to see what they hold.
    Recipient(ReturnedRecipient),
    /// To the dashboard.
    Administrator(ReturnedAdministrator),
}

/// Somebody who came back from a sign-in that a recipient began.
#[derive(Debug)]
pub struct ReturnedRecipient {
    pub(super) token: Option<AccessTokenId>,
    pub(super) connection: Connection,
}

/// Somebody who came back from a sign-in that was begun from the dashboard.
#[derive(Debug)]
pub struct ReturnedAdministrator {
    pub(super) purpose: AdministratorPurpose,
    pub(super) vouching: Vouching,
    /// When they were sent to the provider.
    pub(super) began_at: Timestamp,
}

/// Why nobody came back.
#[derive(Debug, thiserror::Error)]
pub enum FinishSignInError {
    /// No such sign-in was begun by this browser with this provider, or it is over.
    #[error("there is no such sign-in")]
    Unknown,
    /// The person declined what they had begun.
    #[error("the person declined")]
    Declined(SignInPurpose),
    /// What they had begun is not done, for the provider cannot be used, or not for this any more, or what came back proves
    /// nothing.
    #[error("{1}")]
    Provider(SignInPurpose, #[source] SignInError),
    /// Nothing can be said.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreError> for FinishSignInError {
    fn from(error: StoreError) -> Self {
        Self::Fault(error.into())
    }
}

impl FinishSignIn<'_> {
    /// Who came back, and what for.
    ///
    /// # Errors
    /// Why nobody.
    pub async fn run(self, ports: &Ports, providers: &dyn SignIn) -> Result<Finished, FinishSignInError> {
        let now = ports.clock.now();
        let pending = self.pending(ports, now).await?;
        if pending.provider != *self.provider {
            return Err(FinishSignInError::Unknown);
        }
        let purpose = pending.purpose;
        // The configuration may be another than when it began.
        if !providers.serves(self.provider, purpose.audience()) {
            return Err(FinishSignInError::Provider(purpose, SignInError::UnknownProvider));
        }
        let Some(callback) = self.callback else {
            return Err(FinishSignInError::Declined(purpose));
        };
        let vouching = providers
            .finish(self.provider, &handshake(ports, self.state), callback)
            .await
            .map_err(|error| FinishSignInError::Provider(purpose, error))?;
        Ok(match purpose {
            SignInPurpose::Recipient(token) => Finished::Recipient(ReturnedRecipient {
                token,
                connection: vouching.connection,
            }),
            SignInPurpose::Administrator(purpose) => Finished::Administrator(ReturnedAdministrator {
                purpose,
                vouching,
                began_at: pending.began_at(),
            }),
        })
    }

    /// Takes out the sign-in, under whichever pepper it was begun.
    async fn pending(&self, ports: &Ports, now: Timestamp) -> Result<PendingSignIn, FinishSignInError> {
        let active = (ports.vault.digest(self.state), ports.vault.digest(self.browser));
        let others = ports
            .vault
            .other_digests(self.state)
            .into_iter()
            .zip(ports.vault.other_digests(self.browser));
        for (state, browser) in std::iter::once(active).chain(others) {
            if let Some(pending) = ports.sign_ins.finish(&state, &browser, now).await? {
                return Ok(pending);
            }
        }
        Err(FinishSignInError::Unknown)
    }
}
