//! Who somebody is: sign-in with OpenID Connect and OAuth 2.0 providers, and the passwords and authenticator apps of
//! administrators.
//!
//! [`Providers`] is the domain's `SignIn`: it sends browsers to a provider, redeems the code that they come back with,
//! and says who it was, as `(issuer, subject)`. It knows nothing of stores, cookies or pages, reads no file and no
//! environment, and takes the time from the `Clock` port. [`Argon2Passwords`] is its `Passwords`, and [`Totp`] its
//! `OneTimeCodes`.
//!
//! | what | where |
//! | --- | --- |
//! | what an operator writes | [`ProviderSettings`] |
//! | what is peculiar to each provider | `preset.rs`, a table |
//! | the two protocols | `open_id.rs`, `plain.rs` |
//! | what an ID token has to be | `id_token.rs` |
//! | the only way out: 5 seconds, 1 MiB, TLS, no redirects | `web.rs` |
//! | hashing passwords, a few at once | [`Argon2Passwords`], [`PasswordCost`] |
//! | the codes of authenticator apps | [`Totp`] |
//! | a provider without passwords, for demonstrations on one machine | [`demonstration`] |
//!
//! # Settings
//!
//! In `symbolon.toml`, one `[[sign_in]]` for each provider. Register `PUBLIC_URL/sign-in/ID/callback` there as the
//! redirect URI, `ID` being the preset's name unless `id` gives another.
//!
//! ```toml
#![doc = include_str!("../example.toml")]
//! ```
//!
//! The application reads the file and the secrets:
//!
//! ```
//! use std::sync::Arc;
//!
//! use symbolon_domain::{port::clock::Clock, time::Timestamp};
//! use symbolon_identity::{ClientSecret, ProviderSettings, Providers};
//!
//! # struct SystemClock;
//! # impl Clock for SystemClock {
//! #     fn now(&self) -> Timestamp { Timestamp::from_millis(0) }
//! # }
//! # let text = include_str!("../example.toml");
//! let mut file: toml::Table = text.parse()?;
//! let settings: Vec<ProviderSettings> = file.remove("sign_in").unwrap().try_into()?;
//! let settings = settings.into_iter().map(|one| match one.secret_file() {
//!     Some(_) => one.with_secret(ClientSecret::new("what the file holds\n")),
//!     None => one,
//! });
//! let public_address = "https://symbolon.example.org".parse()?;
//! let clock: Arc<dyn Clock> = Arc::new(SystemClock);
//! let providers = Providers::new(settings.collect(), &public_address, &clock)?;
//!
//! let (id, redirect_uri) = providers.redirect_uris().last().unwrap();
//! assert_eq!(id.as_str(), "campus");
//! assert_eq!(redirect_uri, "https://symbolon.example.org/sign-in/campus/callback");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod address;
mod client;
mod client_secret;
mod code;
pub mod demonstration;
mod id_token;
mod issuer;
mod keys;
mod metadata;
mod one_time_codes;
mod open_id;
mod passwords;
mod plain;
mod preset;
mod providers;
mod settings;
mod shelf;
#[cfg(test)]
mod tests;
mod user;
mod web;

pub use client_secret::ClientSecret;
pub use one_time_codes::Totp;
pub use passwords::{Argon2Passwords, PasswordCost};
pub use preset::{AuthStyle, Preset};
pub use providers::Providers;
pub use settings::{ProviderSettings, SettingsError};
