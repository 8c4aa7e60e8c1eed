//! A browser comes back from a sign-in provider. The only place where an access token is bound.

use super::{
    Fault, access_draft::mail, begin_sign_in::handshake, caller::entry, resume_session::find_session,
};
use crate::{
    access_token::{Dossier, Refusal},
    activity::{About, Action, RequestOrigin},
    id::AccessTokenId,
    mail::MailKind,
    port::{
        Ports, StoreError,
        access_tokens::{AccessRecord, Claim},
        sign_in::{Callback, SignIn, SignInError},
    },
    secret::{BrowserSecret, SessionSecret, SignInSecret},
    session::Session,
    sign_in::PendingSignIn,
    social_profile::{Connection, ProviderId},
    time::Timestamp,
};

/// Finishes a sign-in, and claims the access token that it was begun for.
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
    /// The session that the browser has already, which ends.
    pub former: Option<&'a SessionSecret>,
    /// Where the request comes from.
    pub origin: RequestOrigin,
}

/// Somebody signed in.
#[derive(Debug)]
pub struct SignedIn {
    /// What lets the browser in again.
    pub session: SessionSecret,
    /// Who it is.
    pub connection: Connection,
    /// Where they have arrived.
    pub arrival: Arrival,
}

/// Where somebody has arrived who signed in.
#[derive(Debug)]
pub enum Arrival {
    /// They only wanted to see what they hold.
    Holdings,
    /// At their credential: claimed just now, or theirs already.
    Credential {
        /// The credential.
        dossier: Box<Dossier>,
        /// Whether it was claimed just now.
        is_new: bool,
    },
    /// Their access token is not for them, or not now.
    Refused(Box<Dossier>, Refusal),
    /// The access token is gone.
    Gone,
}

/// Why nobody signed in.
#[derive(Debug, thiserror::Error)]
pub enum FinishSignInError {
    /// No such sign-in was begun by this browser with this provider, or it is over.
    #[error("there is no such sign-in")]
    Unknown,
    /// The person declined. The access token they came for is named, so that they can try again.
    #[error("the person declined")]
    Declined(Option<AccessTokenId>),
    /// The provider cannot be used, or what came back proves nothing.
    #[error(transparent)]
    Provider(#[from] SignInError),
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
    /// Who signed in, and where they have arrived.
    ///
    /// # Errors
    /// Why nobody.
    pub async fn run(self, ports: &Ports, providers: &dyn SignIn) -> Result<SignedIn, FinishSignInError> {
        let now = ports.clock.now();
        let pending = self.pending(ports, now).await?;
        if pending.provider != *self.provider {
            return Err(FinishSignInError::Unknown);
        }
        let Some(callback) = self.callback else {
            return Err(FinishSignInError::Declined(pending.token));
        };
        let connection = providers
            .finish(self.provider, &handshake(ports, self.state), callback)
            .await?;

        let session = SessionSecret::generate(ports.entropy.as_ref()).map_err(Fault::from)?;
        // By the digest under which it is kept: it may have begun under an earlier pepper.
        let former = match self.former {
            Some(former) => find_session(ports, former).await?.map(|session| session.digest),
            None => None,
        };
        let begun = Session::begin(ports.vault.digest(&session), connection.clone(), now);
        ports.sessions.begin(&begun, former.as_ref()).await?;

        let arrival = match pending.token {
            None => Arrival::Holdings,
            Some(token) => claim(ports, token, &connection, &self.origin).await?,
        };
        Ok(SignedIn {
            session,
            connection,
            arrival,
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

/// The one step that binds. The clock is read again, for the provider may have taken its time.
async fn claim(
    ports: &Ports,
    token: AccessTokenId,
    connection: &Connection,
    origin: &RequestOrigin,
) -> Result<Arrival, Fault> {
    let now = ports.clock.now();
    let Some(dossier) = ports.access.find_by_id(token).await? else {
        return Ok(Arrival::Gone);
    };
    let about = About::access(&dossier.token, dossier.template.id);
    let entry = entry(
        ports,
        dossier.organization.id,
        origin.by_recipient(),
        Action::AccessClaimed,
        about,
        now,
    )?;
    let mail = mail(ports, &dossier.token, MailKind::Claimed, now)?;
    let record = AccessRecord {
        entry: &entry,
        mail: Some(&mail),
    };
    Ok(match ports.access.claim(token, connection, record, now).await? {
        claim @ (Claim::Bound | Claim::AlreadyYours) => Arrival::Credential {
            dossier: Box::new(dossier),
            is_new: claim == Claim::Bound,
        },
        Claim::Refused(refusal) => Arrival::Refused(Box::new(dossier), refusal),
        Claim::Absent => Arrival::Gone,
    })
}
