//! Rows of attempts to sign in to the dashboard.

use diesel::{AsChangeset, Insertable, Queryable};
use symbolon_domain::{idempotency::RequestFingerprint, sign_in_attempts::Attempts};

use super::unreadable;
use crate::{error::Unreadable, schema::sign_in_attempts, types::At};

/// The attempts at an account as they are kept.
#[derive(Debug, Insertable)]
#[diesel(table_name = sign_in_attempts)]
pub(crate) struct AttemptRow {
    account: Vec<u8>,
    #[diesel(embed)]
    counted: CountColumns,
}

/// What is counted.
#[derive(Debug, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = sign_in_attempts)]
pub(crate) struct CountColumns {
    failures: i64,
    blocked_until: At,
    remembered_until: At,
}

impl AttemptRow {
    pub(crate) fn new(account: &RequestFingerprint, attempts: Attempts) -> Self {
        Self {
            account: account.0.to_vec(),
            counted: attempts.into(),
        }
    }
}

impl From<Attempts> for CountColumns {
    fn from(attempts: Attempts) -> Self {
        Self {
            failures: attempts.failures.into(),
            blocked_until: At(attempts.blocked_until),
            remembered_until: At(attempts.remembered_until),
        }
    }
}

impl TryFrom<CountColumns> for Attempts {
    type Error = Unreadable;

    fn try_from(row: CountColumns) -> Result<Self, Unreadable> {
        Ok(Self {
            failures: row
                .failures
                .try_into()
                .map_err(|_| unreadable("sign_in_attempts", "failures"))?,
            blocked_until: row.blocked_until.0,
            remembered_until: row.remembered_until.0,
        })
    }
}
