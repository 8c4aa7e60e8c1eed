//! Mail that has to wait for a template to be resumed, or an organization to be reactivated.
//!
//! It must not stand in the way of other mail, however much of it there is: so it is put aside for a while, many at a
//! time, and called back when the waiting ends. Calling back only spares time; what it misses comes due by itself.

use diesel::prelude::*;

use super::due::is_pending;
use crate::{
    DieselStore,
    connection::AnyConnection,
    organizations,
    schema::{mails as mail, recipients as recipient},
    templates,
    types::{At, Key},
};

/// For how long mail is put aside, in seconds.
const ASIDE_SECONDS: i64 = 5 * 60;
/// How many mails are put aside in one transaction, some 10 ms.
const MANY: i64 = 2_000;
/// How many mails are called back when the waiting ends.
const CALLED_BACK: i64 = 10_000;

/// What has to change before mail on it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    /// A cancelled organization.
    Organization(Key),
    /// An organization's paused template.
    Template(Key, Key),
}

/// Puts aside the first of the mail on this ground that is due, unless the waiting has ended meanwhile.
///
/// The ground's row is taken, so that two who come upon the same mail do it one after the other.
pub(super) fn put_aside(connection: &mut AnyConnection, ground: Ground, now: At) -> QueryResult<()> {
    let still_waits = match ground {
        Ground::Organization(id) => organizations::lock_cancelled(connection, id)?,
        Ground::Template(organization, id) => {
            templates::lock(connection, organization, id)?
                && templates::hold(connection, organization, id)? == Some(false)
        }
    };
    if !still_waits {
        return Ok(());
    }
    let due = pending(connection, ground, Which::Due(now))?;
    let later = At(now.0.plus_seconds(ASIDE_SECONDS));
    diesel::update(mail::table.filter(mail::id.eq_any(due)))
        .set(mail::due_at.eq(later))
        .execute(connection)
        .map(drop)
}

impl DieselStore {
    /// Makes mail due that was put aside on this ground, as far as it was never tried. What fails here is not told: the
    /// waiting has ended, whether or not this was done.
    pub(crate) async fn call_back(&self, ground: Ground) {
        let called = self
            .write(move |connection| {
                let aside = pending(connection, ground, Which::Aside)?;
                diesel::update(mail::table.filter(mail::id.eq_any(aside)))
                    .set(mail::due_at.eq(mail::created_at))
                    .execute(connection)?;
                Ok(())
            })
            .await;
        if let Err(error) = called {
            tracing::warn!(%error, "mail that waited is sent a few minutes later than it could be");
        }
    }
}

/// Of the pending mail on a ground.
#[derive(Clone, Copy)]
enum Which {
    /// What is due at this instant.
    Due(At),
    /// What was put aside, and never tried.
    Aside,
}

/// The first of the pending mail on this ground, in the order in which it is due.
fn pending(connection: &mut AnyConnection, ground: Ground, which: Which) -> QueryResult<Vec<Key>> {
    let mut pending = mail::table
        .inner_join(recipient::table.on(recipient::id.eq(mail::recipient_id)))
        .filter(is_pending())
        .order((mail::due_at, mail::id))
        .select(mail::id)
        .into_boxed();
    pending = match ground {
        Ground::Organization(id) => pending.filter(recipient::organization_id.eq(id)),
        Ground::Template(_, id) => pending.filter(recipient::template_id.eq(id)),
    };
    match which {
        Which::Due(now) => pending.filter(mail::due_at.le(now)).limit(MANY),
        Which::Aside => pending
            .filter(mail::attempts.eq(0))
            .filter(mail::due_at.gt(mail::created_at))
            .limit(CALLED_BACK),
    }
    .load(connection)
}
