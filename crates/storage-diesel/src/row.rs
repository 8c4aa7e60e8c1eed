//! Rows, and the way between them and the domain.
//!
//! A row that the domain does not know how to read is an error of the store, never a panic and never absence.

pub(crate) mod access_token;
pub(crate) mod activity;
pub(crate) mod administrator;
pub(crate) mod administrator_link;
pub(crate) mod administrator_session;
mod attribution;
pub(crate) mod authorization_token;
pub(crate) mod dossier;
pub(crate) mod job;
pub(crate) mod mail;
pub(crate) mod notice;
pub(crate) mod organization;
pub(crate) mod recipient;
pub(crate) mod session;
pub(crate) mod sign_in;
pub(crate) mod sign_in_attempt;
pub(crate) mod stored_answer;
pub(crate) mod template;

use symbolon_domain::{
    mail::MailState,
    sealed::{KeyId, TokenDigest},
    time::Timestamp,
};

use crate::{error::Unreadable, types::At};

/// Names a column in what the operator is told.
const fn unreadable(table: &'static str, column: &'static str) -> Unreadable {
    Unreadable { table, column }
}

/// An optional instant, as a query takes it.
fn maybe(at: Option<Timestamp>) -> Option<At> {
    at.map(At)
}

/// A digest, from the columns that keep it.
fn read_digest(table: &'static str, pepper: &str, bytes: Vec<u8>) -> Result<TokenDigest, Unreadable> {
    Ok(TokenDigest {
        pepper: KeyId::parse(pepper).ok_or_else(|| unreadable(table, "pepper_id"))?,
        bytes: bytes.try_into().map_err(|_| unreadable(table, "digest"))?,
    })
}

/// The state of a mail or a notice, by its stored name.
fn read_state(table: &'static str, name: &str) -> Result<MailState, Unreadable> {
    MailState::parse(name).ok_or_else(|| unreadable(table, "state"))
}
