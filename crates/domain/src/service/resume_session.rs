//! Letting a browser in again, and letting it out.

use super::Fault;
use crate::{
    port::{Ports, StoreError},
    secret::SessionSecret,
    session::Session,
};

/// The session that a browser shows, while it is good.
///
/// # Errors
/// Where nothing can be said.
pub async fn resume_session(ports: &Ports, secret: &SessionSecret) -> Result<Option<Session>, Fault> {
    let now = ports.clock.now();
    let Some(session) = find_session(ports, secret)
        .await?
        .filter(|session| session.is_good(now))
    else {
        return Ok(None);
    };
    if let Some(idle_until) = session.touched(now) {
        ports.sessions.touch(&session.digest, idle_until).await?;
    }
    Ok(Some(session))
}

/// Ends the session that a browser shows.
///
/// # Errors
/// Where nothing can be said; the session may then go on.
pub async fn end_session(ports: &Ports, secret: &SessionSecret) -> Result<(), Fault> {
    if let Some(session) = find_session(ports, secret).await? {
        ports.sessions.end(&session.digest).await?;
    }
    Ok(())
}

/// The session with this value, under whichever pepper it was begun.
pub(super) async fn find_session(
    ports: &Ports,
    secret: &SessionSecret,
) -> Result<Option<Session>, StoreError> {
    if let Some(found) = ports.sessions.find(&ports.vault.digest(secret)).await? {
        return Ok(Some(found));
    }
    for digest in ports.vault.other_digests(secret) {
        if let Some(found) = ports.sessions.find(&digest).await? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
