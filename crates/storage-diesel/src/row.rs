//! Rows, and the way between them and the domain.
//!
//! A row that the domain does not know how to read is an error of the store, never a panic and never absence.

pub(crate) mod activity;
pub(crate) mod authorization_token;
pub(crate) mod organization;
pub(crate) mod stored_answer;

use symbolon_domain::time::Timestamp;

use crate::{error::Unreadable, types::At};

/// Names a column in what the operator is told.
const fn unreadable(table: &'static str, column: &'static str) -> Unreadable {
    Unreadable { table, column }
}

/// An optional instant, as a query takes it.
fn maybe(at: Option<Timestamp>) -> Option<At> {
    at.map(At)
}
