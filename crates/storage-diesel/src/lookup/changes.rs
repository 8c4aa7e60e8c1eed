//! What has changed since a seat last looked: the rows of `changed_tokens`, each seen once at least.

use std::io::Write;

use diesel::{
    define_sql_function,
    deserialize::{self, FromSql, FromSqlRow},
    dsl::{max, not},
    expression::AsExpression,
    pg::{Pg, PgValue},
    prelude::*,
    query_builder::QueryId,
    serialize::{self, IsNull, Output, ToSql},
    sql_types::{BigInt, HasSqlType, SqlOrd, SqlType},
};
use symbolon_domain::id::OrganizationId;

use crate::{
    connection::{AnyConnection, MultiBackend},
    schema::changed_tokens as changed,
    types::Key,
};

/// SQL: `xid8`, the number of a transaction, or an INTEGER that counts.
#[derive(SqlType, QueryId)]
#[diesel(postgres_type(oid = 5069, array_oid = 271), sqlite_type(name = "Long"))]
pub struct Turn;

impl SqlOrd for Turn {}

impl HasSqlType<Turn> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        Self::lookup_sql_type::<Turn>(lookup)
    }
}

/// SQL: `pg_snapshot`, which transactions a statement sees.
#[derive(SqlType, QueryId)]
#[diesel(postgres_type(oid = 5038, array_oid = 5039))]
pub struct Snapshot;

/// A snapshot as PostgreSQL writes it down, to be handed back to it.
#[derive(Debug, Clone, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Snapshot)]
pub(super) struct Seen(Vec<u8>);

impl FromSql<Snapshot, Pg> for Seen {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(value.as_bytes().to_vec()))
    }
}

impl ToSql<Snapshot, Pg> for Seen {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&self.0)?;
        Ok(IsNull::No)
    }
}

define_sql_function! {
    /// What this statement sees.
    fn pg_current_snapshot() -> Snapshot;
}
define_sql_function! {
    /// All transactions before this one had ended.
    fn pg_snapshot_xmin(seen: Snapshot) -> Turn;
}
define_sql_function! {
    /// No transaction from this one on had begun.
    fn pg_snapshot_xmax(seen: Snapshot) -> Turn;
}
define_sql_function! {
    /// Whether a transaction had ended by then.
    fn pg_visible_in_snapshot(turn: Turn, seen: Snapshot) -> Bool;
}

/// What has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// The token with this digest.
    Token([u8; 32]),
    /// All tokens of an organization.
    Organization(OrganizationId),
}

/// Up to where changes have been seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// The number of the last one.
    Sqlite(i64),
    /// What was visible.
    Postgres(Seen),
}

type Row = (Option<Vec<u8>>, Option<Key>);

impl Mark {
    /// All changes so far.
    pub(super) fn now(connection: &mut AnyConnection) -> QueryResult<Self> {
        match connection {
            AnyConnection::Sqlite(sqlite) => {
                let last = changed::table
                    .select(max(changed::turn))
                    .get_result::<Option<Number>>(sqlite)?;
                Ok(Self::Sqlite(last.map_or(0, |Number(last)| last)))
            }
            AnyConnection::Postgres(postgres) => diesel::select(pg_current_snapshot())
                .get_result(postgres)
                .map(Self::Postgres),
        }
    }

    /// What is visible now and was not then; it is then seen.
    pub(super) fn advance(&mut self, connection: &mut AnyConnection) -> QueryResult<Vec<Change>> {
        let rows: Vec<Row> = match (connection, self) {
            (AnyConnection::Sqlite(sqlite), Self::Sqlite(last)) => {
                let rows: Vec<(Number, Row)> = changed::table
                    .filter(changed::turn.gt(Number(*last)))
                    .order(changed::turn)
                    .select((changed::turn, (changed::digest, changed::organization_id)))
                    .load(sqlite)?;
                if let Some((Number(latest), _)) = rows.last() {
                    *last = *latest;
                }
                rows.into_iter().map(|(_, row)| row).collect()
            }
            (AnyConnection::Postgres(postgres), Self::Postgres(seen)) => {
                let rows: Vec<(Seen, Row)> = changed::table
                    .filter(changed::turn.ge(pg_snapshot_xmin(seen.clone())))
                    .filter(not(pg_visible_in_snapshot(changed::turn, seen.clone())))
                    .select((pg_current_snapshot(), (changed::digest, changed::organization_id)))
                    .load(postgres)?;
                // Where there are none, the old mark says as much as a new one.
                if let Some((now, _)) = rows.first() {
                    *seen = now.clone();
                }
                rows.into_iter().map(|(_, row)| row).collect()
            }
            // A store has one kind of connection.
            _ => return Err(diesel::result::Error::RollbackTransaction),
        };
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// Removes the oldest changes that were seen here, `most` of them, and those that were made together with the last of
    /// these.
    pub(super) fn remove_some(&self, connection: &mut AnyConnection, most: i64) -> QueryResult<usize> {
        macro_rules! remove_up_to {
            ($connection:expr, $number:ty, $seen:expr) => {{
                let last = changed::table
                    .filter($seen)
                    .order(changed::turn)
                    .select(changed::turn)
                    .offset(most - 1)
                    .limit(1)
                    .get_result::<$number>($connection)
                    .optional()?;
                let seen = diesel::delete(changed::table.filter($seen));
                match last {
                    Some(last) => seen.filter(changed::turn.le(last)).execute($connection),
                    None => seen.execute($connection),
                }
            }};
        }
        match (connection, self) {
            (AnyConnection::Sqlite(sqlite), Self::Sqlite(last)) => {
                remove_up_to!(sqlite, Number, changed::turn.le(Number(*last)))
            }
            (AnyConnection::Postgres(postgres), Self::Postgres(seen)) => {
                // The first condition says nothing new; it is what the database can look up in an index.
                remove_up_to!(
                    postgres,
                    Transaction,
                    changed::turn
                        .lt(pg_snapshot_xmax(seen.clone()))
                        .and(pg_visible_in_snapshot(changed::turn, seen.clone()))
                )
            }
            // A store has one kind of connection.
            _ => Err(diesel::result::Error::RollbackTransaction),
        }
    }
}

fn read(row: Row) -> Option<Change> {
    match row {
        (Some(digest), _) => Some(Change::Token(digest.try_into().ok()?)),
        (None, Some(organization)) => Some(Change::Organization(organization.into())),
        (None, None) => None,
    }
}

/// The number of a change on SQLite.
#[derive(Debug, Clone, Copy, AsExpression, FromSqlRow)]
#[diesel(sql_type = Turn)]
struct Number(i64);

impl FromSql<Turn, diesel::sqlite::Sqlite> for Number {
    fn from_sql(
        value: <diesel::sqlite::Sqlite as diesel::backend::Backend>::RawValue<'_>,
    ) -> deserialize::Result<Self> {
        Ok(Self(<i64 as FromSql<BigInt, diesel::sqlite::Sqlite>>::from_sql(
            value,
        )?))
    }
}

impl ToSql<Turn, diesel::sqlite::Sqlite> for Number {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, diesel::sqlite::Sqlite>) -> serialize::Result {
        out.set_value(self.0);
        Ok(IsNull::No)
    }
}

/// The number of a transaction on PostgreSQL, as it writes it down.
#[derive(Debug, Clone, AsExpression, FromSqlRow)]
#[diesel(sql_type = Turn)]
struct Transaction(Vec<u8>);

impl FromSql<Turn, Pg> for Transaction {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(value.as_bytes().to_vec()))
    }
}

impl ToSql<Turn, Pg> for Transaction {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&self.0)?;
        Ok(IsNull::No)
    }
}
