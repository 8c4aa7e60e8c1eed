//! Who the administrators of an organization are. Its row is taken first, so that the owners are counted, and one of them
//! changed, without another change in between.

use diesel::prelude::*;
use symbolon_domain::{administrator::Role, port::administrators::AdministratorChange};

use crate::{
    activity::append,
    administrator_sessions,
    cached::ExecuteCached as _,
    connection::AnyConnection,
    error::Unreadable,
    organizations,
    row::activity::EntryRow,
    schema::administrators as administrator,
    transaction::Stop,
    types::{At, Key},
};

type Change = Result<AdministratorChange, Stop<AdministratorChange>>;

/// What decides whether somebody may be changed.
struct Seen {
    role: Role,
    has_joined: bool,
}

impl Seen {
    const fn is_acting_owner(&self) -> bool {
        self.has_joined && matches!(self.role, Role::Owner)
    }
}

/// Takes the organization, and reads one of its administrators.
fn take(
    connection: &mut AnyConnection,
    organization: Key,
    id: Key,
) -> Result<Seen, Stop<AdministratorChange>> {
    let found: Option<(String, Option<At>)> = if organizations::take(connection, organization)? {
        administrator::table
            .find(id)
            .filter(administrator::organization_id.eq(organization))
            .select((administrator::role, administrator::joined_at))
            .get_result(connection)
            .optional()?
    } else {
        None
    };
    let Some((role, joined_at)) = found else {
        return Err(Stop::Outcome(AdministratorChange::Absent));
    };
    let role = Role::parse(&role).ok_or(Unreadable {
        table: "administrators",
        column: "role",
    });
    Ok(Seen {
        role: role.map_err(diesel::result::Error::from)?,
        has_joined: joined_at.is_some(),
    })
}

/// Whether another owner has joined.
fn has_another_owner(connection: &mut AnyConnection, organization: Key, id: Key) -> QueryResult<bool> {
    let others = administrator::table
        .filter(administrator::organization_id.eq(organization))
        .filter(administrator::role.eq(Role::Owner.name()))
        .filter(administrator::joined_at.is_not_null())
        .filter(administrator::id.ne(id));
    diesel::select(diesel::dsl::exists(others)).get_result(connection)
}

/// See the port's `change_role`.
pub(super) fn change_role(
    connection: &mut AnyConnection,
    organization: Key,
    id: Key,
    role: Role,
    entry: &EntryRow,
) -> Change {
    let seen = take(connection, organization, id)?;
    if seen.role == role {
        return Err(Stop::Outcome(AdministratorChange::Unchanged));
    }
    if seen.is_acting_owner() && !has_another_owner(connection, organization, id)? {
        return Err(Stop::Outcome(AdministratorChange::LastOwner));
    }
    diesel::update(administrator::table.find(id))
        .set(administrator::role.eq(role.name()))
        .execute_cached(connection)?;
    administrator_sessions::end_all_of(connection, id, None)?;
    append(connection, entry)?;
    Ok(AdministratorChange::Changed)
}

/// See the port's `remove`. Sessions, links, recovery codes and notices go with the row; the log keeps the id.
pub(super) fn remove(connection: &mut AnyConnection, organization: Key, id: Key, entry: &EntryRow) -> Change {
    let seen = take(connection, organization, id)?;
    if seen.is_acting_owner() && !has_another_owner(connection, organization, id)? {
        return Err(Stop::Outcome(AdministratorChange::LastOwner));
    }
    diesel::delete(administrator::table.find(id)).execute(connection)?;
    append(connection, entry)?;
    Ok(AdministratorChange::Changed)
}
