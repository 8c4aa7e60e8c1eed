//! Somebody whom a provider vouches for enters as a recipient. The only place where an access token is bound.

use super::{
    Fault, access_draft::mail, caller::entry, finish_sign_in::ReturnedRecipient, resume_session::find_session,
};
use crate::{
    access_token::{Dossier, Refusal},
    activity::{About, Action, RequestOrigin},
    id::AccessTokenId,
    mail::MailKind,
    port::{
        Ports,
        access_tokens::{AccessRecord, Claim},
    },
    secret::SessionSecret,
    session::Session,
    social_profile::Connection,
};

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

impl ReturnedRecipient {
    /// Begins a session, ends the one that the browser had, and claims the access token that they came for.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn enter(
        self,
        ports: &Ports,
        former: Option<&SessionSecret>,
        origin: &RequestOrigin,
    ) -> Result<SignedIn, Fault> {
        let session = SessionSecret::generate(ports.entropy.as_ref())?;
        // By the digest under which it is kept: it may have begun under an earlier pepper.
        let former = match former {
            Some(former) => find_session(ports, former).await?.map(|session| session.digest),
            None => None,
        };
        let connection = self.connection;
        let now = ports.clock.now();
        let begun = Session::begin(ports.vault.digest(&session), connection.clone(), now);
        ports.sessions.begin(&begun, former.as_ref()).await?;

        let arrival = match self.token {
            None => Arrival::Holdings,
            Some(token) => claim(ports, token, &connection, origin).await?,
        };
        Ok(SignedIn {
            session,
            connection,
            arrival,
        })
    }
}

/// The one step that binds.
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
