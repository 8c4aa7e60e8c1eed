//! Writing many rows at once.

/// Rows, or names, in one statement: both databases count parameters with 15 or 16 bits.
pub(crate) const CHUNK: usize = 1_000;

/// Writes rows: on PostgreSQL many in one statement, on SQLite each with the same prepared statement, which is quicker
/// there.
macro_rules! insert_all {
    ($connection:expr, $table:expr, $rows:expr) => {
        match $connection {
            $crate::connection::AnyConnection::Postgres(postgres) => {
                for chunk in $rows.chunks($crate::insertion::CHUNK) {
                    diesel::insert_into($table)
                        .values(chunk.to_vec())
                        .execute(postgres)?;
                }
            }
            $crate::connection::AnyConnection::Sqlite(sqlite) => {
                for row in $rows {
                    diesel::insert_into($table).values(row).execute(sqlite)?;
                }
            }
        }
    };
}

pub(crate) use insert_all;
