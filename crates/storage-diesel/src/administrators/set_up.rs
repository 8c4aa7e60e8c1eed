//! The set-up: the first administrator, of whom there is exactly one.

use diesel::prelude::*;
use symbolon_domain::{
    port::administrators::{Founding, SettingUp},
    sealed::TokenDigest,
};

use super::{add, links};
use crate::{
    activity::append,
    connection::AnyConnection,
    organizations,
    row::{
        activity::EntryRow, administrator::AdministratorRow, administrator_link::LinkRow,
        organization::OrganizationRow,
    },
    schema::{administrators as administrator, foundation, organizations as organization},
    transaction::Stop,
    types::At,
};

/// What the set-up makes, ready to be written.
pub(super) struct Draft {
    organization: Option<OrganizationRow>,
    administrator: AdministratorRow,
    entries: Vec<EntryRow>,
}

impl From<&Founding> for Draft {
    fn from(founding: &Founding) -> Self {
        Self {
            organization: founding.organization.as_ref().map(OrganizationRow::from),
            administrator: (&founding.administrator).into(),
            entries: founding.entries.iter().map(EntryRow::from).collect(),
        }
    }
}

/// Takes the service for itself until the transaction at hand ends: no other set-up happens meanwhile.
fn lock(connection: &mut AnyConnection) -> QueryResult<()> {
    diesel::update(foundation::table)
        .set(foundation::revision.eq(foundation::revision + 1))
        .returning((foundation::id,))
        .get_result::<(i16,)>(connection)
        .map(drop)
}

pub(super) fn somebody_exists(connection: &mut AnyConnection) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        administrator::table.select(administrator::id),
    ))
    .get_result(connection)
}

/// See the port's `offer_set_up`.
pub(super) fn offer(connection: &mut AnyConnection, link: &LinkRow) -> Result<bool, Stop<bool>> {
    lock(connection)?;
    if somebody_exists(connection)? {
        return Err(Stop::Outcome(false));
    }
    links::add(connection, link)?;
    Ok(true)
}

/// See the port's `set_up`. The service is taken before anything is asked, so of two that hold different links the second
/// finds the administrator that the first has made.
pub(super) fn set_up(
    connection: &mut AnyConnection,
    link: &TokenDigest,
    draft: &Draft,
    now: At,
) -> Result<SettingUp, Stop<SettingUp>> {
    lock(connection)?;
    if somebody_exists(connection)? {
        return Err(Stop::Outcome(SettingUp::SomebodyExists));
    }
    if !links::has_good_set_up(connection, link, now)? {
        return Err(Stop::Outcome(SettingUp::LinkSpent));
    }
    if let Some(row) = &draft.organization {
        diesel::insert_into(organization::table)
            .values(row)
            .execute(connection)?;
    }
    if organizations::hold(connection, draft.administrator.organization_id)?.is_none() {
        return Err(Stop::Outcome(SettingUp::OrganizationCancelled));
    }
    if !add(connection, &draft.administrator)? {
        // Somebody was invited under the same address since it was asked whether anybody exists.
        return Err(Stop::Again);
    }
    links::remove_set_ups(connection)?;
    for entry in &draft.entries {
        append(connection, entry)?;
    }
    Ok(SettingUp::Done)
}
