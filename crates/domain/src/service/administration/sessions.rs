//! Letting an administrator's browser in again, and letting it out.

use crate::{
    activity::{About, Action, ActivityEntry, RequestOrigin},
    administrator::Member,
    administrator_session::{AdministratorSession, Stage},
    id::AdministratorSessionId,
    port::{Ports, StoreError},
    secret::AdministratorSessionSecret,
    service::{
        Fault,
        caller::{SignedInAdministrator, entry},
    },
    text::BrowserName,
    time::Timestamp,
};

/// Where a browser that signs in comes from, and what it shows.
#[derive(Debug, Clone)]
pub struct Visit<'a> {
    /// The request.
    pub origin: RequestOrigin,
    /// What the browser calls itself.
    pub browser: Option<BrowserName>,
    /// The session that it has already, which ends.
    pub former: Option<&'a AdministratorSessionSecret>,
}

/// Who is signed in with this value, while their session is good and whole.
///
/// # Errors
/// Where nothing can be said.
pub async fn resume(
    ports: &Ports,
    secret: &AdministratorSessionSecret,
    origin: RequestOrigin,
) -> Result<Option<SignedInAdministrator>, Fault> {
    let found = look_in(ports, secret, origin).await?;
    if let Some(found) = &found
        && let Some(idle_until) = found.session.touched(ports.clock.now())
    {
        ports
            .administrator_sessions
            .touch(&found.session.digest, idle_until)
            .await?;
    }
    Ok(found)
}

/// The same, for what nobody asked for: the session ends as if it had not been.
///
/// # Errors
/// Where nothing can be said.
pub async fn look_in(
    ports: &Ports,
    secret: &AdministratorSessionSecret,
    origin: RequestOrigin,
) -> Result<Option<SignedInAdministrator>, Fault> {
    let now = ports.clock.now();
    let found = find_good(ports, secret, Stage::Full, now).await?;
    Ok(found.map(|(session, member)| SignedInAdministrator {
        session,
        member,
        origin,
    }))
}

/// Ends the session that a browser shows, however far it has come.
///
/// # Errors
/// Where nothing can be said; the session may then go on.
pub async fn end(ports: &Ports, secret: &AdministratorSessionSecret) -> Result<(), Fault> {
    if let Some((session, _)) = find(ports, secret).await? {
        ports.administrator_sessions.end(&session.digest).await?;
    }
    Ok(())
}

/// The sessions of whoever is signed in that are good, the newest first.
///
/// # Errors
/// Where nothing can be said.
pub async fn list(
    ports: &Ports,
    administrator: &SignedInAdministrator,
) -> Result<Vec<AdministratorSession>, Fault> {
    let now = ports.clock.now();
    let all = ports.administrator_sessions.of(administrator.id()).await?;
    Ok(all
        .into_iter()
        .filter(|session| session.stage == Stage::Full && session.is_good(now))
        .collect())
}

/// Ends one session of whoever is signed in. `false` where they have no such session.
///
/// # Errors
/// Where nothing can be said.
pub async fn end_one(
    ports: &Ports,
    administrator: &SignedInAdministrator,
    id: AdministratorSessionId,
) -> Result<bool, Fault> {
    let entry = ended(ports, administrator)?;
    Ok(ports
        .administrator_sessions
        .end_of(administrator.id(), id, &entry)
        .await?)
}

/// Ends every session of whoever is signed in but the one that asks, and says how many.
///
/// # Errors
/// Where nothing can be said.
pub async fn end_others(ports: &Ports, administrator: &SignedInAdministrator) -> Result<u64, Fault> {
    let entry = ended(ports, administrator)?;
    let keep = Some(&administrator.session.digest);
    Ok(ports
        .administrator_sessions
        .end_all_of(administrator.id(), keep, &entry)
        .await?)
}

fn ended(ports: &Ports, administrator: &SignedInAdministrator) -> Result<ActivityEntry, Fault> {
    let about = About::administrator(administrator.id());
    administrator.entry(ports, Action::SessionsEnded, about, ports.clock.now())
}

/// The session with this value, under whichever pepper it was begun.
pub(super) async fn find(
    ports: &Ports,
    secret: &AdministratorSessionSecret,
) -> Result<Option<(AdministratorSession, Member)>, StoreError> {
    let active = ports.vault.digest(secret);
    for digest in std::iter::once(active).chain(ports.vault.other_digests(secret)) {
        if let Some(found) = ports.administrator_sessions.find(&digest).await? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The same, if it is good, has come this far, and its organization is active.
pub(super) async fn find_good(
    ports: &Ports,
    secret: &AdministratorSessionSecret,
    stage: Stage,
    now: Timestamp,
) -> Result<Option<(AdministratorSession, Member)>, StoreError> {
    let found = find(ports, secret).await?;
    Ok(found.filter(|(session, member)| {
        session.is_good(now) && session.stage == stage && member.organization.is_active()
    }))
}

/// Begins a session for somebody who has given these proofs just now; `None` where their proofs were changed meanwhile.
pub(super) async fn begin(
    ports: &Ports,
    member: &Member,
    stage: Stage,
    visit: &Visit<'_>,
    now: Timestamp,
) -> Result<Option<AdministratorSessionSecret>, Fault> {
    begin_proved_at(ports, member, stage, visit, now, now).await
}

/// The same for somebody who has given them at this instant.
pub(super) async fn begin_proved_at(
    ports: &Ports,
    member: &Member,
    stage: Stage,
    visit: &Visit<'_>,
    proved_at: Timestamp,
    now: Timestamp,
) -> Result<Option<AdministratorSessionSecret>, Fault> {
    let administrator = &member.administrator;
    let secret = AdministratorSessionSecret::generate(ports.entropy.as_ref())?;
    let session = AdministratorSession {
        id: AdministratorSessionId::fresh(now, ports.id_entropy()?),
        digest: ports.vault.digest(&secret),
        administrator: administrator.id,
        stage,
        created_at: now,
        proved_at,
        idle_until: now.plus_seconds(stage.idle_seconds()),
        address: visit.origin.address,
        browser: visit.browser.clone(),
    };
    let entry = match stage {
        Stage::SecondFactor => None,
        Stage::Full => Some(entry(
            ports,
            administrator.organization,
            visit.origin.by_administrator(administrator.id),
            Action::AdministratorSignedIn,
            About::administrator(administrator.id),
            now,
        )?),
    };
    // By the digest under which it is kept: it may have begun under an earlier pepper.
    let former = match visit.former {
        Some(former) => find(ports, former).await?.map(|(session, _)| session.digest),
        None => None,
    };
    let generation = administrator.proofs.generation;
    let begun = ports
        .administrator_sessions
        .begin(&session, generation, former.as_ref(), entry.as_ref())
        .await?;
    Ok(begun.then_some(secret))
}
