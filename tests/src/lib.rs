//! Journeys through the built binary, as its users make them: the command line and HTTP, on SQLite and on PostgreSQL.
//!
//! Nothing here knows a crate of the product. What the journeys share is in this library; each file of `tests/` holds the
//! journeys of one kind. `cargo xtask test` builds the binary, starts a PostgreSQL, and runs them.
#![expect(
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    reason = "a panic is how a test says that something is not as it must be"
)]

mod browser;
mod chance;
mod claimant;
mod client;
mod database;
mod environment;
mod html;
mod issuer;
mod kept;
mod lines;
mod mail;
mod office;
mod one_time_code;
mod open_id;
mod part;
mod person;
mod post_office;
mod printed;
mod process;
mod proxy;
mod raw;
mod rogue;
mod service;
mod site;
mod smtp;
mod stage;
mod tls;
mod visitor;
mod wait;

pub use browser::{Browser, Colours, Press, Spot};
pub use chance::Chance;
pub use claimant::{Arrived, Claimant};
pub use client::{Answer, Client, Key, http, try_send};
pub use database::PostgresDatabase;
pub use environment::command;
pub use html::Form;
pub use issuer::Issuer;
pub use kept::find;
pub use lines::Lines;
pub use mail::Mail;
pub use office::Office;
pub use one_time_code::one_time_code;
pub use open_id::OpenId;
pub use person::Person;
pub use post_office::{PostOffice, token_in, wish};
pub use printed::Printed;
pub use process::Process;
pub use proxy::Proxy;
pub use raw::Raw;
pub use rogue::{Endpoint, Lie, Rogue};
pub use service::Service;
pub use site::{Kind, Site};
pub use smtp::{Behaviour, Slip, SmtpDemands, SmtpServer};
pub use stage::{Recipient, Stage};
pub use tls::Certificate;
pub use visitor::{Reply, Visitor};
pub use wait::{DEADLINE, until};

/// Signals, for [`Process::signal`].
pub use nix::sys::signal::Signal;

/// Makes two tests of each journey, an `async fn(Site)`: `journey::on_sqlite` and `journey::on_postgres`.
#[macro_export]
macro_rules! on_both {
    ($($journey:ident),+ $(,)?) => {
        $(
            mod $journey {
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_sqlite() {
                    super::$journey($crate::Site::new($crate::Kind::Sqlite)).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_postgres() {
                    super::$journey($crate::Site::new($crate::Kind::Postgres)).await;
                }
            }
        )+
    };
}
