//! What callers cannot bring about and operators will: a database that is away, slow, locked, damaged or not migrated.
//! In all of it a call ends in time with an error, and never with absence, a panic or a password in its text.
#![cfg(test)]

#[path = "trouble/calls.rs"]
mod calls;
#[path = "trouble/diagnosis.rs"]
mod diagnosis;
#[path = "trouble/postgres.rs"]
mod postgres;
#[path = "trouble/proxy.rs"]
mod proxy;
#[path = "trouble/sqlite.rs"]
mod sqlite;
#[path = "support/stores.rs"]
mod support;
#[path = "trouble/unreadable.rs"]
mod unreadable;
#[path = "trouble/unreadable_administrators.rs"]
mod unreadable_administrators;
#[path = "trouble/unreadable_jobs.rs"]
mod unreadable_jobs;
