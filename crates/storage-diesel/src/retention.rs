//! Removing what is too old, in small steps: others write between them, and none of them has to wait for long.

#[cfg(test)]
mod tests;

use diesel::QueryResult;
use symbolon_domain::port::StoreError;

use crate::{DieselStore, connection::AnyConnection};

/// How many rows a step removes at most: some milliseconds.
const STEP: i64 = 1_000;

impl DieselStore {
    /// Repeats a step, each time in a transaction of its own, until one finds less to do than it may; how many rows it were.
    pub(crate) async fn in_steps<F>(&self, step: F) -> Result<u64, StoreError>
    where
        F: FnMut(&mut AnyConnection, i64) -> QueryResult<usize> + Clone + Send + 'static,
    {
        let mut all = 0;
        loop {
            let mut step = step.clone();
            let done = self.write(move |connection| Ok(step(connection, STEP)?)).await?;
            let done = i64::try_from(done).unwrap_or(i64::MAX);
            all += u64::try_from(done).unwrap_or(0);
            if done < STEP {
                return Ok(all);
            }
        }
    }
}

/// Removes some of the rows of a table that fulfil a condition: `most` of them at once.
macro_rules! remove_some {
    ($connection:expr, $table:expr, $key:expr => $type:ty, $condition:expr, $most:expr) => {{
        let some: Vec<$type> = $table
            .filter($condition)
            .select($key)
            .limit($most)
            .load($connection)?;
        // The condition once more: what no longer fulfils it stays.
        diesel::delete($table)
            .filter($key.eq_any(some))
            .filter($condition)
            .execute($connection)
    }};
}

pub(crate) use remove_some;
