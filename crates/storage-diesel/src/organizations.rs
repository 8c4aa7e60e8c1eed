//! Organizations.
//!
//! Whatever changes one takes its row first, and then, if at all, rows of its tokens: so two changes never wait for each
//! other.

use async_trait::async_trait;
use diesel::{dsl::count_star, prelude::*};
use symbolon_domain::{
    activity::ActivityEntry,
    id::OrganizationId,
    organization::{Organization, OrganizationEdit, RevealPolicy},
    page::{Page, PageRequest},
    port::{
        StoreError,
        organizations::{OrganizationChange, Organizations},
    },
    time::Timestamp,
};

use crate::{
    DieselStore,
    activity::append,
    cached::ExecuteCached as _,
    connection::AnyConnection,
    outbox::Ground,
    paging::{self, limit, offset},
    row::{
        activity::EntryRow,
        organization::{EditableColumns, OrganizationRow},
    },
    schema::{authorization_tokens as token, organizations as organization},
    transaction::Stop,
    types::{At, Key},
};

#[async_trait]
impl Organizations for DieselStore {
    async fn insert(&self, organization: &Organization, entry: &ActivityEntry) -> Result<(), StoreError> {
        let row = OrganizationRow::from(organization);
        let entry = EntryRow::from(entry);
        self.write(move |connection| {
            diesel::insert_into(organization::table)
                .values(&row)
                .execute(connection)?;
            Ok(append(connection, &entry)?)
        })
        .await
    }

    async fn find(&self, id: OrganizationId) -> Result<Option<Organization>, StoreError> {
        let id = Key::from(id);
        self.read(move |connection| find(connection, id)).await
    }

    async fn list(&self, request: PageRequest) -> Result<Page<Organization>, StoreError> {
        self.read(move |connection| {
            paging::page(
                connection,
                request,
                |connection| {
                    organization::table
                        .order((organization::created_at.asc(), organization::id.asc()))
                        .limit(limit(request))
                        .offset(offset(request))
                        .select((OrganizationRow::as_select(), count_star().over()))
                        .load(connection)
                },
                |connection| organization::table.count().get_result(connection),
            )
        })
        .await
    }

    async fn edit(
        &self,
        id: OrganizationId,
        edit: &OrganizationEdit,
        entry: &ActivityEntry,
    ) -> Result<OrganizationChange, StoreError> {
        let (id, edit, entry) = (Key::from(id), edit.clone(), EntryRow::from(entry));
        self.write(move |connection| {
            // First the row, then what stands in it: of two edits the second adds to what the first has left.
            if !take(connection, id)? {
                return Err(Stop::Outcome(OrganizationChange::Absent));
            }
            let Some(before) = find(connection, id)? else {
                return Err(Stop::Again);
            };
            let after = edit.apply(&before);
            if after == before {
                return Err(Stop::Outcome(OrganizationChange::Unchanged));
            }
            diesel::update(organization::table.find(id))
                .set(EditableColumns::from(&after))
                .execute_cached(connection)?;
            append(connection, &entry)?;
            Ok(OrganizationChange::Changed)
        })
        .await
    }

    async fn cancel(
        &self,
        id: OrganizationId,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Result<OrganizationChange, StoreError> {
        let id = Key::from(id);
        let entry = EntryRow::from(entry);
        self.write(move |connection| {
            let changed = diesel::update(organization::table.find(id))
                .filter(organization::cancelled_at.is_null())
                .set(organization::cancelled_at.eq(At(now)))
                .execute_cached(connection)?;
            recorded(connection, id, changed, &entry)
        })
        .await
    }

    async fn reactivate(
        &self,
        id: OrganizationId,
        entry: &ActivityEntry,
    ) -> Result<OrganizationChange, StoreError> {
        let id = Key::from(id);
        let entry = EntryRow::from(entry);
        let reactivated = self
            .write(move |connection| {
                let changed = diesel::update(organization::table.find(id))
                    .filter(organization::cancelled_at.is_not_null())
                    .set(organization::cancelled_at.eq(None::<At>))
                    .execute_cached(connection)?;
                recorded(connection, id, changed, &entry)
            })
            .await?;
        if reactivated == OrganizationChange::Changed {
            self.call_back(Ground::Organization(id)).await;
        }
        Ok(reactivated)
    }

    async fn set_reveal_policy(
        &self,
        id: OrganizationId,
        policy: RevealPolicy,
        entry: &ActivityEntry,
    ) -> Result<OrganizationChange, StoreError> {
        let id = Key::from(id);
        let entry = EntryRow::from(entry);
        self.write(move |connection| {
            let changed = diesel::update(organization::table.find(id))
                .filter(organization::reveal_policy.ne(policy.name()))
                .set(organization::reveal_policy.eq(policy.name()))
                .execute_cached(connection)?;
            if changed == 1 && policy == RevealPolicy::Once {
                erase_sealed_copies(connection, id)?;
            }
            recorded(connection, id, changed, &entry)
        })
        .await
    }
}

fn find(connection: &mut AnyConnection, id: Key) -> QueryResult<Option<Organization>> {
    let row = organization::table
        .find(id)
        .select(OrganizationRow::as_select())
        .get_result(connection)
        .optional()?;
    Ok(row.map(Organization::try_from).transpose()?)
}

/// The outcome of a change that touched so many rows, with its entry in the log if it was made.
fn recorded(
    connection: &mut AnyConnection,
    id: Key,
    changed: usize,
    entry: &EntryRow,
) -> Result<OrganizationChange, Stop<OrganizationChange>> {
    if changed == 1 {
        append(connection, entry)?;
        return Ok(OrganizationChange::Changed);
    }
    let is_there =
        diesel::select(diesel::dsl::exists(organization::table.find(id))).get_result(connection)?;
    Err(Stop::Outcome(if is_there {
        OrganizationChange::Unchanged
    } else {
        OrganizationChange::Absent
    }))
}

/// Retired tokens have none; leaving them out lets an index find the rest.
fn erase_sealed_copies(connection: &mut AnyConnection, organization: Key) -> QueryResult<()> {
    diesel::update(token::table)
        .filter(token::organization_id.eq(organization))
        .filter(token::rotated_at.is_null())
        .filter(token::revoked_at.is_null())
        .filter(token::sealed.is_not_null())
        .set(token::sealed.eq(None::<Vec<u8>>))
        .execute_cached(connection)
        .map(drop)
}

/// Takes an active organization's row until the transaction at hand ends: no other creation, no cancellation and no
/// change of the reveal policy happens meanwhile. `None` where it is not active.
pub(crate) fn lock(connection: &mut AnyConnection, id: Key) -> QueryResult<Option<Sealing>> {
    diesel::update(organization::table.find(id))
        .filter(organization::cancelled_at.is_null())
        .set(organization::revision.eq(organization::revision + 1))
        .returning((organization::reveal_policy,))
        .get_result(connection)
        .optional()
        .map(|row: Option<(String,)>| row.map(Sealing::by))
}

/// Takes an organization's row until the transaction at hand ends, active or not. `false` where there is none.
pub(crate) fn take(connection: &mut AnyConnection, id: Key) -> QueryResult<bool> {
    diesel::update(organization::table.find(id))
        .set(organization::revision.eq(organization::revision + 1))
        .execute_cached(connection)
        .map(|taken| taken == 1)
}

/// Takes a cancelled organization's row until the transaction at hand ends. `false` where it is not cancelled.
pub(crate) fn lock_cancelled(connection: &mut AnyConnection, id: Key) -> QueryResult<bool> {
    diesel::update(organization::table.find(id))
        .filter(organization::cancelled_at.is_not_null())
        .set(organization::revision.eq(organization::revision + 1))
        .execute_cached(connection)
        .map(|taken| taken == 1)
}

/// Keeps an active organization as it is until the transaction at hand ends, and leaves others free to do the same.
/// `None` where it is not active.
pub(crate) fn hold(connection: &mut AnyConnection, id: Key) -> QueryResult<Option<Sealing>> {
    let active = organization::table
        .find(id)
        .filter(organization::cancelled_at.is_null())
        .select((organization::reveal_policy,));
    match connection {
        AnyConnection::Postgres(postgres) => active.for_share().get_result(postgres),
        // Nobody else writes.
        AnyConnection::Sqlite(sqlite) => active.get_result(sqlite),
    }
    .optional()
    .map(|row: Option<(String,)>| row.map(Sealing::by))
}

/// Whether an organization's tokens are kept with a sealed copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sealing {
    /// As the policy was when the request began, it still is.
    Kept,
    /// A copy that was sealed before the policy changed must not be kept after it.
    Erased,
}

impl Sealing {
    fn by((policy,): (String,)) -> Self {
        if RevealPolicy::parse(&policy) == Some(RevealPolicy::Always) {
            Self::Kept
        } else {
            Self::Erased
        }
    }
}
