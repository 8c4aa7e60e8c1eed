//! Taking a template's row, and holding it.

use diesel::prelude::*;

use crate::{
    connection::AnyConnection,
    schema::templates as template,
    types::{At, Key},
};

/// Takes a template's row until the transaction at hand ends: nobody changes or holds it meanwhile. `false` where the
/// organization has no such template.
pub(crate) fn lock(connection: &mut AnyConnection, organization: Key, id: Key) -> QueryResult<bool> {
    let found = template::table
        .find(id)
        .filter(template::organization_id.eq(organization))
        .select(template::id);
    match connection {
        AnyConnection::Postgres(postgres) => found.for_update().get_result::<Key>(postgres),
        // Nobody else writes.
        AnyConnection::Sqlite(sqlite) => found.get_result::<Key>(sqlite),
    }
    .optional()
    .map(|found| found.is_some())
}

/// Keeps a template as it is until the transaction at hand ends, and leaves others free to do the same. Says whether it
/// is active; `None` where the organization has no such template.
pub(crate) fn hold(connection: &mut AnyConnection, organization: Key, id: Key) -> QueryResult<Option<bool>> {
    let found = template::table
        .find(id)
        .filter(template::organization_id.eq(organization))
        .select(template::paused_at);
    match connection {
        AnyConnection::Postgres(postgres) => found.for_share().get_result::<Option<At>>(postgres),
        // Nobody else writes.
        AnyConnection::Sqlite(sqlite) => found.get_result::<Option<At>>(sqlite),
    }
    .optional()
    .map(|found| found.map(|paused_at| paused_at.is_none()))
}
