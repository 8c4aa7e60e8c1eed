//! Mail whose link has become good for nothing.

use diesel::{prelude::*, result::Error};
use symbolon_domain::{
    access_token::Posting,
    mail::{MailKind, MailState},
};

use super::due::is_pending;
use crate::{connection::AnyConnection, dossiers, schema::mails as mail, types::Key};

/// Drops the mail about a token that the transaction at hand has made useless, so that it never comes up to be judged.
pub(crate) fn drop_useless(connection: &mut AnyConnection, token: Key) -> QueryResult<()> {
    let pending: Vec<(Key, String)> = mail::table
        .filter(mail::access_token_id.eq(token))
        .filter(is_pending())
        .select((mail::id, mail::kind))
        .load(connection)?;
    if pending.is_empty() {
        return Ok(());
    }
    let dossier = match dossiers::by_id(connection, token) {
        Ok(Some(dossier)) => dossier,
        // Nobody is kept from revoking what cannot be read; its mail is judged when it is taken.
        Ok(None) | Err(Error::DeserializationError(_)) => return Ok(()),
        Err(error) => return Err(error),
    };
    let is_useless =
        |kind: &str| MailKind::parse(kind).is_some_and(|kind| dossier.posting(kind) == Posting::Drop);
    let useless: Vec<Key> = pending
        .into_iter()
        .filter_map(|(id, kind)| is_useless(&kind).then_some(id))
        .collect();
    // Once more that it waits: it may have been sent since it was looked at.
    diesel::update(mail::table.filter(mail::id.eq_any(useless)).filter(is_pending()))
        .set(mail::state.eq(MailState::Dropped.name()))
        .execute(connection)
        .map(drop)
}
