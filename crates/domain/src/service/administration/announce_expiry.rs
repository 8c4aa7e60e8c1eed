//! Telling administrators that an authorization token expires soon.

use super::notices::to_administrators_or_contact;
use crate::{
    id::AuthorizationTokenId,
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
        notices =
            to_administrators_or_contact(ports, owned.owner.id, NoticeSubject::TokenExpires(id), now).await?;
    }
    // Where it is not worth a mail, the next date is set all the same, so that it is not looked at again till then.
    Ok(ports.notices.announce(id, &notices, next, now).await? && is_worth_it)
}
