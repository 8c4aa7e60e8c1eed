//! What became of attempts to send.

use diesel::prelude::*;
use symbolon_domain::{
    mail::{MailKind, MailState},
    port::outbox::Attempt,
};

use crate::{
    cached::ExecuteCached as _,
    connection::AnyConnection,
    recipients,
    schema::mails as mail,
    tallies::counted,
    types::{At, Key},
};

/// What is counted is whom a mail with a link has reached, or never will: so the recipient is taken first. A mail that is
/// tried again is not counted, nor is one without a link, and nobody is taken for it.
pub(super) fn settle(connection: &mut AnyConnection, id: Key, attempt: &Attempt) -> QueryResult<()> {
    let about: Option<(Key, String)> = mail::table
        .find(id)
        .select((mail::recipient_id, mail::kind))
        .get_result(connection)
        .optional()?;
    let Some((recipient, kind)) = about else {
        return Ok(());
    };
    let is_counted = match attempt {
        Attempt::Sent { .. } | Attempt::Failed { .. } => {
            MailKind::parse(&kind).is_some_and(MailKind::has_link)
        }
        Attempt::Again { .. } => false,
    };
    if !is_counted {
        return write(connection, id, attempt).map(drop);
    }
    if recipients::lock_all(connection, &[recipient])?.is_empty() {
        return Ok(());
    }
    counted(connection, recipient, |connection| write(connection, id, attempt)).map(drop)
}

/// A mail that was sent was sent, whatever somebody else has made of it who took it after the time was up; every other
/// outcome counts only while nobody has one.
fn write(connection: &mut AnyConnection, id: Key, attempt: &Attempt) -> QueryResult<usize> {
    match attempt {
        Attempt::Sent { at } => diesel::update(mail::table.find(id))
            .filter(mail::state.ne(MailState::Sent.name()))
            .set((
                mail::state.eq(MailState::Sent.name()),
                mail::sent_at.eq(At(*at)),
                mail::failure.eq(None::<String>),
            ))
            .execute_cached(connection),
        Attempt::Again { due_at, failure } => diesel::update(mail::table.find(id))
            .filter(mail::state.eq(MailState::Pending.name()))
            .set((mail::due_at.eq(At(*due_at)), mail::failure.eq(failure.as_str())))
            .execute_cached(connection),
        Attempt::Failed { failure } => diesel::update(mail::table.find(id))
            .filter(mail::state.eq(MailState::Pending.name()))
            .set((
                mail::state.eq(MailState::Failed.name()),
                mail::failure.eq(failure.as_str()),
            ))
            .execute_cached(connection),
    }
}
