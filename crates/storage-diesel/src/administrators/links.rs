//! One-time links: each is used up by being removed, and whoever removes it has it.

use diesel::prelude::*;
use symbolon_domain::{
    administrator::Member,
    administrator_link::{AdministratorLink, LinkPurpose},
    port::administrators::{NewProof, Redeeming, Redemption},
    sealed::TokenDigest,
};

use super::{is_taken, proofs::let_nobody_else_in, read};
use crate::{
    activity::append,
    cached::ExecuteCached as _,
    connection::AnyConnection,
    notices, organizations,
    row::{
        activity::EntryRow, administrator::ConnectionColumns, administrator_link::LinkRow, notice::NoticeRow,
    },
    schema::{administrator_links as link, administrators as administrator},
    transaction::{Stop, snapshot},
    types::{At, Instant, Key},
};

diesel::define_sql_function! {
    /// The first of the two that there is.
    fn coalesce(kept: diesel::sql_types::Nullable<Instant>, otherwise: Instant) -> Instant;
}

/// Links in one statement: both databases count parameters with 15 or 16 bits.
const CHUNK: usize = 1_000;

/// Keeps a link, as part of the transaction at hand.
pub(super) fn add(connection: &mut AnyConnection, row: &LinkRow) -> QueryResult<()> {
    diesel::insert_into(link::table)
        .values(row)
        .execute(connection)
        .map(drop)
}

/// The link with this digest, with whom it is for.
pub(super) fn by_digest(
    connection: &mut AnyConnection,
    digest: &TokenDigest,
) -> QueryResult<Option<(AdministratorLink, Option<Member>)>> {
    let digest = *digest;
    snapshot(connection, |connection| {
        let Some(row) = row_of(connection, &digest)? else {
            return Ok(None);
        };
        let member = match row.administrator_id {
            Some(id) => read::by_id(connection, id)?,
            None => None,
        };
        Ok(Some((AdministratorLink::try_from(row)?, member)))
    })
}

fn row_of(connection: &mut AnyConnection, digest: &TokenDigest) -> QueryResult<Option<LinkRow>> {
    link::table
        .filter(link::digest.eq(digest.bytes.as_slice()))
        .filter(link::pepper_id.eq(digest.pepper.as_str()))
        .select(LinkRow::as_select())
        .get_result(connection)
        .optional()
}

/// Whether this is a link for the set-up that has not expired.
pub(super) fn has_good_set_up(
    connection: &mut AnyConnection,
    digest: &TokenDigest,
    now: At,
) -> QueryResult<bool> {
    let good = link::table
        .filter(link::digest.eq(digest.bytes.as_slice()))
        .filter(link::pepper_id.eq(digest.pepper.as_str()))
        .filter(link::purpose.eq(LinkPurpose::SetUp.name()))
        .filter(link::expires_at.gt(now));
    diesel::select(diesel::dsl::exists(good)).get_result(connection)
}

/// Removes every link for the set-up. They are mailed to nobody.
pub(super) fn remove_set_ups(connection: &mut AnyConnection) -> QueryResult<()> {
    diesel::delete(link::table.filter(link::administrator_id.is_null()))
        .execute(connection)
        .map(drop)
}

/// Removes every link of an administrator.
pub(super) fn remove_all_of(connection: &mut AnyConnection, id: Key) -> QueryResult<()> {
    let removed = diesel::delete(link::table.filter(link::administrator_id.eq(id)))
        .returning((link::id,))
        .get_results(connection)?;
    drop_mail_with(connection, removed).map(drop)
}

/// Drops the mail with links that are gone, and says how many these are.
fn drop_mail_with(connection: &mut AnyConnection, removed: Vec<(Key,)>) -> QueryResult<usize> {
    let removed: Vec<Key> = removed.into_iter().map(|(id,)| id).collect();
    for links in removed.chunks(CHUNK) {
        notices::drop_with_links(connection, links)?;
    }
    Ok(removed.len())
}

/// See the port's `renew_link`. Two that renew the same link are one after the other: the administrator's row is taken
/// first.
pub(super) fn renew(
    connection: &mut AnyConnection,
    purpose: LinkPurpose,
    row: &LinkRow,
    notice: Option<&NoticeRow>,
    entry: Option<&EntryRow>,
) -> Result<bool, Stop<bool>> {
    let has_to_have_joined = match purpose {
        LinkPurpose::SetUp => return Err(Stop::Outcome(false)),
        LinkPurpose::Invitation(_) => false,
        LinkPurpose::NewPassword(_) => true,
    };
    let Some(id) = row.administrator_id else {
        return Err(Stop::Outcome(false));
    };
    if lock(connection, id)? != Some(has_to_have_joined) {
        return Err(Stop::Outcome(false));
    }
    let former = diesel::delete(link::table)
        .filter(link::administrator_id.eq(id))
        .filter(link::purpose.eq(&row.purpose))
        .returning((link::id,))
        .get_results(connection)?;
    drop_mail_with(connection, former)?;
    add(connection, row)?;
    if let Some(notice) = notice {
        notices::queue(connection, notice)?;
    }
    if let Some(entry) = entry {
        append(connection, entry)?;
    }
    Ok(true)
}

/// Takes an administrator's row until the transaction at hand ends, and says whether they have joined. `None` where there is
/// no such administrator.
fn lock(connection: &mut AnyConnection, id: Key) -> QueryResult<Option<bool>> {
    let found = administrator::table.find(id).select(administrator::joined_at);
    match connection {
        AnyConnection::Postgres(postgres) => found.for_no_key_update().get_result::<Option<At>>(postgres),
        // Nobody else writes.
        AnyConnection::Sqlite(sqlite) => found.get_result::<Option<At>>(sqlite),
    }
    .optional()
    .map(|found| found.map(|joined_at| joined_at.is_some()))
}

/// See the port's `redeem`.
pub(super) fn redeem(
    connection: &mut AnyConnection,
    digest: &TokenDigest,
    redemption: &Redemption,
    entry: &EntryRow,
    now: At,
) -> Result<Redeeming, Stop<Redeeming>> {
    let Some(found) = row_of(connection, digest)? else {
        return Err(Stop::Outcome(Redeeming::LinkSpent));
    };
    // A link for the set-up is for nobody.
    let Some(id) = found.administrator_id else {
        return Err(Stop::Outcome(Redeeming::LinkSpent));
    };
    let organization: Option<Key> = administrator::table
        .find(id)
        .select(administrator::organization_id)
        .get_result(connection)
        .optional()?;
    let Some(organization) = organization else {
        return Err(Stop::Outcome(Redeeming::LinkSpent));
    };
    let is_active = organizations::hold(connection, organization)?.is_some();
    if lock(connection, id)?.is_none() {
        return Err(Stop::Outcome(Redeeming::LinkSpent));
    }
    let used = diesel::delete(link::table.find(found.id))
        .filter(link::expires_at.gt(now))
        .returning((link::id,))
        .get_results(connection)?;
    if drop_mail_with(connection, used)? == 0 {
        return Err(Stop::Outcome(Redeeming::LinkSpent));
    }
    if !is_active {
        return Err(Stop::Outcome(Redeeming::OrganizationCancelled));
    }
    prove(connection, id, redemption, now)?;
    let_nobody_else_in(connection, id, None)?;
    append(connection, entry)?;
    let administrator = read::of_organization(connection, organization, id)?.ok_or(Stop::Again)?;
    Ok(Redeeming::Redeemed(Box::new(administrator)))
}

/// Sets the proof, and the name if given.
fn prove(
    connection: &mut AnyConnection,
    id: Key,
    redemption: &Redemption,
    now: At,
) -> Result<(), Stop<Redeeming>> {
    if let Some(name) = &redemption.name {
        diesel::update(administrator::table.find(id))
            .set(administrator::name.eq(name.as_str()))
            .execute_cached(connection)?;
    }
    let advance = (
        administrator::joined_at.eq(coalesce(administrator::joined_at, now).nullable()),
        administrator::generation.eq(administrator::generation + 1),
    );
    let changed = match &redemption.proof {
        NewProof::Password(hash) => diesel::update(administrator::table.find(id))
            .set((advance, administrator::password.eq(hash.as_str())))
            .execute_cached(connection),
        NewProof::Connection(connected) => diesel::update(administrator::table.find(id))
            .set((advance, ConnectionColumns::from(Some(connected))))
            .execute_cached(connection),
    };
    match changed {
        Ok(1) => Ok(()),
        Ok(_) => Err(Stop::Again),
        Err(error) if is_taken(&error) => Err(Stop::Outcome(Redeeming::ProfileTaken)),
        Err(error) => Err(error.into()),
    }
}

/// Removes links that have expired.
pub(super) fn forget(connection: &mut AnyConnection, now: At, most: i64) -> QueryResult<usize> {
    let some: Vec<Key> = link::table
        .filter(link::expires_at.le(now))
        .select(link::id)
        .limit(most)
        .load(connection)?;
    let expired = diesel::delete(link::table)
        .filter(link::id.eq_any(some))
        .filter(link::expires_at.le(now))
        .returning((link::id,))
        .get_results(connection)?;
    drop_mail_with(connection, expired)
}
