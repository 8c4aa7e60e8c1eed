//! Mailing the same link again.

use diesel::prelude::*;
use symbolon_domain::{
    access_token::Posting,
    mail::{Mail, MailKind, resend_from},
    port::outbox::Resending,
    time::Timestamp,
};

use super::{due::is_pending, queue as add};
use crate::{
    activity::append,
    connection::AnyConnection,
    dossiers, recipients,
    row::{activity::EntryRow, mail::MailRow},
    schema::mails as mail,
    tallies::counted,
    transaction::Stop,
    types::{At, Key},
};

/// The recipient is taken first: two who ask at once are one after the other, and the second is told that it is too soon.
pub(super) fn queue(
    connection: &mut AnyConnection,
    organization: Key,
    recipient: Key,
    mail: &Mail,
    entry: &EntryRow,
    now: Timestamp,
) -> Result<Resending, Stop<Resending>> {
    if recipients::lock(connection, organization, recipient)?.is_none() {
        return Err(Stop::Outcome(Resending::Absent));
    }
    let Some(dossier) = dossiers::of_recipient(connection, recipient)? else {
        return Err(Stop::Outcome(Resending::Absent));
    };
    if dossier.token.id != mail.token {
        return Err(Stop::Outcome(Resending::Overtaken));
    }
    if dossier.posting(mail.kind) == Posting::Drop {
        return Err(Stop::Outcome(Resending::Moot));
    }
    if is_waiting(connection, mail.token.into())? {
        return Err(Stop::Outcome(Resending::AlreadyWaiting));
    }
    if let Some(from) = resend_from(&earlier(connection, recipient)?, now) {
        return Err(Stop::Outcome(Resending::TooSoon { from }));
    }
    counted(connection, recipient, |connection| {
        add(connection, &MailRow::from(mail))
    })?;
    append(connection, entry)?;
    Ok(Resending::Queued)
}

fn earlier(connection: &mut AnyConnection, recipient: Key) -> QueryResult<Vec<Timestamp>> {
    let queued: Vec<At> = mail::table
        .filter(mail::recipient_id.eq(recipient))
        .filter(mail::kind.eq(MailKind::AccessAgain.name()))
        .select(mail::created_at)
        .load(connection)?;
    Ok(queued.into_iter().map(|at| at.0).collect())
}

/// Whether a mail with the link of this token waits to be sent.
fn is_waiting(connection: &mut AnyConnection, token: Key) -> QueryResult<bool> {
    let with_link = MailKind::ALL.iter().filter(|kind| kind.has_link());
    let waiting = mail::table
        .filter(mail::access_token_id.eq(token))
        .filter(is_pending())
        .filter(mail::kind.eq_any(with_link.map(|kind| kind.name())));
    diesel::select(diesel::dsl::exists(waiting)).get_result(connection)
}
