//! When the link that took the place of another was mailed.

use symbolon_domain::{access_token::Dossier, time::Timestamp};

use super::fault::PageFault;
use crate::State;

/// When the link of the token that counts now was sent last; nothing while all mail with it waits still, for a replaced
/// link must not promise a mail that nobody has.
pub(super) async fn sent_at(replaced: &Dossier, state: &State) -> Result<Option<Timestamp>, PageFault> {
    let recipient = replaced.recipient.id;
    let current = state.ports.recipients.find_by_id(recipient).await?;
    // Deleted since the link was looked up.
    let current = current.ok_or(PageFault::UnknownLink)?.token.id;
    let mails = state
        .ports
        .outbox
        .about(replaced.organization.id, &[recipient])
        .await?;
    Ok(mails
        .iter()
        .filter(|mail| mail.token == current && mail.kind.has_link())
        .filter_map(|mail| mail.sent_at)
        .max())
}
