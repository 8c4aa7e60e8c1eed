//! The activity log.

mod look_back;
mod makers;
mod names;

use std::collections::HashMap;

use async_trait::async_trait;
use diesel::{dsl::count_star, prelude::*};
use symbolon_domain::{
    activity::{
        ActivityEntry, Actor,
        names::{Mentioned, Names},
    },
    id::{AuthorizationTokenId, OrganizationId},
    page::{Page, PageRequest},
    port::{
        StoreError,
        activity::{ActivityFilter, ActivityLog, LogPlace, LogSide},
    },
};

use crate::{
    DieselStore,
    connection::AnyConnection,
    paging::{self, limit, offset},
    row::activity::EntryRow,
    schema::activity,
    types::Key,
};

#[async_trait]
impl ActivityLog for DieselStore {
    async fn append(&self, entry: &ActivityEntry) -> Result<(), StoreError> {
        let entry = EntryRow::from(entry);
        self.write(move |connection| Ok(append(connection, &entry)?))
            .await
    }

    async fn look_back(
        &self,
        organization: OrganizationId,
        filter: &ActivityFilter,
        side: Option<LogSide>,
        limit: u32,
    ) -> Result<Vec<(LogPlace, ActivityEntry)>, StoreError> {
        let filter = filter.clone();
        self.read(move |connection| {
            look_back::look_back(connection, organization.into(), &filter, side, limit)
        })
        .await
    }

    async fn names(&self, organization: OrganizationId, mentioned: &Mentioned) -> Result<Names, StoreError> {
        let mentioned = mentioned.clone();
        self.read(move |connection| names::names(connection, organization.into(), &mentioned))
            .await
    }

    async fn makers(
        &self,
        organization: OrganizationId,
        tokens: &[AuthorizationTokenId],
    ) -> Result<HashMap<AuthorizationTokenId, Actor>, StoreError> {
        let tokens: Vec<_> = tokens.iter().copied().map(Key::from).collect();
        self.read(move |connection| makers::makers(connection, organization.into(), &tokens))
            .await
    }

    async fn list(
        &self,
        organization: OrganizationId,
        request: PageRequest,
    ) -> Result<Page<ActivityEntry>, StoreError> {
        let organization = Key::from(organization);
        self.read(move |connection| {
            paging::page(
                connection,
                request,
                |connection| {
                    activity::table
                        .filter(activity::organization_id.eq(organization))
                        .order(activity::seq.asc())
                        .limit(limit(request))
                        .offset(offset(request))
                        .select((EntryRow::as_select(), count_star().over()))
                        .load(connection)
                },
                |connection| {
                    activity::table
                        .filter(activity::organization_id.eq(organization))
                        .count()
                        .get_result(connection)
                },
            )
        })
        .await
    }
}

/// Appends an entry, as part of the transaction at hand.
pub(crate) fn append(connection: &mut AnyConnection, entry: &EntryRow) -> QueryResult<()> {
    diesel::insert_into(activity::table)
        .values(entry)
        .execute(connection)
        .map(drop)
}
