//! Telling administrators that an authorization token expires soon.

use super::notices::notice;
use crate::{
    administrator::Right,
    id::{AdministratorId, AuthorizationTokenId},
    notice::{NoticeSubject, next_announcement},
    port::Ports,
    service::Fault,
};

/// How many tokens are announced in one go.
const BATCH: u32 = 100;

/// Queues the mails about tokens that expire soon: to every administrator who can do something about it, or to the
/// organization's contact where there is none. Says how many tokens were announced; fewer than were due where there are
/// many.
///
/// # Errors
/// Where nothing can be said; what was announced stays so.
pub async fn announce_expiry(ports: &Ports) -> Result<u64, Fault> {
    let now = ports.clock.now();
    let mut announced = 0;
    for id in ports.notices.to_announce(now, BATCH).await? {
        announced += u64::from(announce(ports, id).await?);
    }
    Ok(announced)
}

async fn announce(ports: &Ports, id: AuthorizationTokenId) -> Result<bool, Fault> {
    let now = ports.clock.now();
    let Some(owned) = ports.tokens.find_by_id(id).await? else {
        return Ok(false);
    };
    let next = next_announcement(owned.token.expires_at, now);
    let is_worth_it = owned.token.standing(&owned.owner, now).is_served() && owned.token.rotated_at.is_none();
    let mut notices = Vec::new();
    if is_worth_it {
        for addressee in addressees(ports, &owned.owner.id).await? {
            let subject = NoticeSubject::TokenExpires(id);
            notices.push(notice(ports, owned.owner.id, addressee, subject, now)?);
        }
    }
    // Where it is not worth a mail, the next date is set all the same, so that it is not looked at again till then.
    Ok(ports.notices.announce(id, &notices, next, now).await? && is_worth_it)
}

async fn addressees(
    ports: &Ports,
    organization: &crate::id::OrganizationId,
) -> Result<Vec<Option<AdministratorId>>, Fault> {
    let administrators = ports.administrators.list(*organization).await?;
    let able: Vec<_> = administrators
        .iter()
        .filter(|administrator| administrator.joined_at.is_some() && administrator.role.has(Right::Work))
        .map(|administrator| Some(administrator.id))
        .collect();
    Ok(if able.is_empty() { vec![None] } else { able })
}
