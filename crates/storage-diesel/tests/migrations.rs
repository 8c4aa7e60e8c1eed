//! The migrations of the two databases: under the same names, reversible, making the same tables, safe when two apply
//! them at once. And the guards of the schema, each tried with a row that it must refuse.
#![cfg(test)]

#[path = "migrations/announcements.rs"]
mod announcements;
#[path = "migrations/back.rs"]
mod back;
#[path = "migrations/directories.rs"]
mod directories;
#[path = "migrations/guards.rs"]
mod guards;
#[path = "migrations/log.rs"]
mod log;
#[path = "migrations/raw.rs"]
mod raw;
#[path = "migrations/reversal.rs"]
mod reversal;
#[path = "migrations/rivals.rs"]
mod rivals;
#[path = "support/stores.rs"]
mod support;
#[path = "migrations/tallies.rs"]
mod tallies;
