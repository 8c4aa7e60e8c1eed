//! The rules of Symbolon's tokens, and nothing else.
//!
//! This crate is pure: it does no I/O, has no runtime, reads no clock, draws no random bytes and knows no SQL. Time,
//! randomness and storage are asked for through [`port`]s, which adapters implement and `symbolon-contract` proves.
//!
//! # A map
//!
//! | what | where |
//! | --- | --- |
//! | instants, lifetimes, the one comparison with *now* | [`time`] |
//! | typed ids | [`id`] |
//! | what an authorization token may do | [`permissions`] |
//! | the token itself and its standing | [`authorization_token`] |
//! | its secret value: format, checksum, redaction | [`secret`] |
//! | its owner | [`organization`] |
//! | what is awarded, to whom, and until when | [`template`], [`recipient`] |
//! | who is found by what somebody types | [`search`] |
//! | a recipient's key, and the truth table of what it opens | [`access_token`] |
//! | who somebody is at a sign-in provider; sign-ins under way; sessions | [`social_profile`], [`sign_in`], [`session`] |
//! | who uses the dashboard, and what each may do there | [`administrator`] |
//! | how they prove who they are | [`password`], [`second_factor`], [`administrator_link`], [`sign_in_attempts`] |
//! | their sessions | [`administrator_session`] |
//! | mail that waits: to recipients, and to administrators | [`mail`], [`notice`] |
//! | long work: imports, acts on many | [`job`] |
//! | pages of a list | [`page`] |
//! | replay of lost answers | [`idempotency`] |
//! | who did what, when | [`activity`] |
//! | what must be promised by the outside | [`port`] |
//! | the use cases | [`service`] |
//!
//! # Reading a token
//!
//! ```
//! use symbolon_domain::secret::TokenSecret;
//!
//! // A typing error is found before any storage is asked.
//! assert!(TokenSecret::parse("symorg_000000000000000000000000000000000000").is_err());
//! ```
//!
//! # Embedding it
//!
//! `examples/embed.rs` in this crate runs the use cases inside another program, with a store in memory and a clock
//! of its own.

pub mod access_token;
pub mod activity;
pub mod administrator;
pub mod administrator_link;
pub mod administrator_session;
pub mod authorization_token;
pub mod id;
pub mod idempotency;
pub mod job;
pub mod mail;
pub mod notice;
pub mod organization;
pub mod page;
pub mod password;
pub mod permissions;
pub mod port;
pub mod recipient;
pub mod sealed;
pub mod search;
pub mod second_factor;
pub mod secret;
pub mod service;
pub mod session;
pub mod sign_in;
pub mod sign_in_attempts;
pub mod social_profile;
pub mod template;
pub mod text;
pub mod time;
