//! The few that a filter leaves, where it leaves few.
//!
//! A list is read in its order, and each recipient is looked at until the page is full: that is quick where many are shown,
//! and where few are, it would go through all there are. So it is asked first whether one of the conditions has only few who
//! fulfil it: these are named by an index of their own, and then only they are looked at.

use diesel::{dsl::sql, prelude::*, sql_types::Bool};
use symbolon_domain::{
    mail::MailState,
    port::recipients::{RecipientFilter, RecipientState},
    search::Search,
};

use super::words::{self, Holders};
use crate::{
    connection::AnyConnection,
    schema::{access_tokens as token, mails as mail, recipients as recipient},
    types::Key,
};

/// How many are few, for a page: to look at so many takes no longer than to read an index until a page is full of one in two
/// hundred of a million.
pub(super) const OF_A_PAGE: i64 = 5_000;

/// How many are few at most, for whoever counts: SQLite takes no more than 32,766 parameters.
pub(super) const AT_MOST: i64 = 20_000;

/// Who may be shown. All conditions are still to be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    /// Some of these.
    Few(Vec<Key>),
    /// Some of those who have a word that is neither rare nor common.
    Having(Holders),
    /// Some of all.
    Anybody,
}

/// Who may be shown, where at most `most` are few.
pub(super) fn few(
    connection: &mut AnyConnection,
    organization: Key,
    filter: &RecipientFilter,
    most: i64,
) -> QueryResult<Shown> {
    for source in SOURCES {
        let found = source(connection, organization, filter, most + 1)?;
        if let Some(ids) = found
            && i64::try_from(ids.len()).is_ok_and(|count| count <= most)
        {
            return Ok(Shown::Few(ids));
        }
    }
    Ok(match filter.query.as_deref().map(Search::of) {
        Some(Search::Words(sought)) => {
            let template = filter.template.map(Key::from);
            words::holders(connection, organization, template, &sought, most)?
        }
        Some(Search::Nobody) => Shown::Few(Vec::new()),
        Some(Search::Everybody) | None => Shown::Anybody,
    })
}

/// Who fulfils one condition, but no more than are enough; `None` where the filter does not have it.
pub(super) type Source = fn(&mut AnyConnection, Key, &RecipientFilter, i64) -> QueryResult<Option<Vec<Key>>>;

/// For each condition that only few may fulfil.
pub(super) const SOURCES: [Source; 5] = [asking, closed, unsent, revoked, on_template];

fn asking(
    connection: &mut AnyConnection,
    organization: Key,
    filter: &RecipientFilter,
    enough: i64,
) -> QueryResult<Option<Vec<Key>>> {
    if filter.reset_requested != Some(true) {
        return Ok(None);
    }
    token::table
        .filter(token::organization_id.eq(organization))
        .filter(token::reset_requested_at.is_not_null())
        .filter(token::replaced_at.is_null())
        .limit(enough)
        .select(token::recipient_id)
        .load(connection)
        .map(Some)
}

fn closed(
    connection: &mut AnyConnection,
    organization: Key,
    filter: &RecipientFilter,
    enough: i64,
) -> QueryResult<Option<Vec<Key>>> {
    if filter.access_revoked != Some(true) {
        return Ok(None);
    }
    token::table
        .filter(token::organization_id.eq(organization))
        .filter(token::revoked_at.is_not_null())
        .filter(token::replaced_at.is_null())
        .limit(enough)
        .select(token::recipient_id)
        .load(connection)
        .map(Some)
}

/// Mail that was sent is what there mostly is.
fn unsent(
    connection: &mut AnyConnection,
    organization: Key,
    filter: &RecipientFilter,
    enough: i64,
) -> QueryResult<Option<Vec<Key>>> {
    let Some(state) = filter.link_mail.filter(|state| *state != MailState::Sent) else {
        return Ok(None);
    };
    mail::table
        .filter(mail::organization_id.eq(organization))
        .filter(mail::state.eq(state.name()))
        // Written out, as the index has it.
        .filter(sql::<Bool>("mails.state <> 'sent'"))
        .limit(enough)
        .select(mail::recipient_id)
        .load(connection)
        .map(Some)
}

fn revoked(
    connection: &mut AnyConnection,
    organization: Key,
    filter: &RecipientFilter,
    enough: i64,
) -> QueryResult<Option<Vec<Key>>> {
    if filter.state != Some(RecipientState::Revoked) {
        return Ok(None);
    }
    recipient::table
        .filter(recipient::organization_id.eq(organization))
        .filter(recipient::revoked_at.is_not_null())
        .limit(enough)
        .select(recipient::id)
        .load(connection)
        .map(Some)
}

fn on_template(
    connection: &mut AnyConnection,
    _: Key,
    filter: &RecipientFilter,
    enough: i64,
) -> QueryResult<Option<Vec<Key>>> {
    let Some(template) = filter.template else {
        return Ok(None);
    };
    recipient::table
        .filter(recipient::template_id.eq(Key::from(template)))
        .limit(enough)
        .select(recipient::id)
        .load(connection)
        .map(Some)
}
