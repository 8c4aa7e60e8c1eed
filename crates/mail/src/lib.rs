//! Symbolon's mail: what it says, how it looks, and how it is handed to a mail server.
//!
//! The crate knows a [`Letter`](symbolon_domain::mail::Letter) to or about a recipient, a
//! [`NoticeLetter`](symbolon_domain::notice::NoticeLetter) to an administrator, and nothing else of the product: no store, no
//! HTTP, no environment; the time is asked of a [`Clock`](symbolon_domain::port::clock::Clock).
//!
//! | what | where |
//! | --- | --- |
//! | the sender's address and where links lead, the same in all mails | [`Letterhead`] |
//! | one mail, ready to be looked at, and what names it | [`Rendered`], [`PostId`] |
//! | handing mails to a mail server | [`SmtpMailer`], [`SmtpSettings`] |
//! | keeping mails instead, for a demonstration | [`Catcher`] |
//!
//! All strings of a language stand in one table, `src/words/`; the looks stand in `templates/`. To see every mail:
//! `cargo run -p symbolon-mail --example mails -- DIR`.
//!
//! What is written about lettre: its connection is used, its transport is not, for that does not tell which command a
//! mail server refused; and its feature `tracing` must stay off, for that logs passwords and links.

// The letters of the tests are shared with the gallery, which knows the crate by its name.
#[cfg(test)]
extern crate self as symbolon_mail;

mod ahead;
mod catcher;
mod date;
mod eml;
mod fill;
mod letter;
mod letterhead;
mod notice;
mod post_id;
mod rendered;
mod smtp;
#[cfg(test)]
mod tests;
mod words;
mod wrap;

pub use catcher::{Catcher, Caught};
pub use letterhead::Letterhead;
pub use post_id::PostId;
pub use rendered::{Correspondent, RenderError, Rendered, render_eml};
pub use smtp::{Encryption, SmtpError, SmtpMailer, SmtpSettings, SmtpSettingsError};
