//! Symbolon's HTTP API and pages: parses requests into the domain's types, calls one use case each, and presents what it says.
//!
//! It knows the domain only; which store, vault and clock are behind the [ports](symbolon_domain::port) is the
//! application's affair.
//!
//! | what | where |
//! | --- | --- |
//! | every endpoint, with what it needs | [`api::ENDPOINTS`] |
//! | every page | [`page::PAGES`] |
//! | how a token is read from the `Authorization` header | [`basic_auth`] |
//! | every error and its shape | [`error`] |
//! | limits on size and time | [`limits`] |
//! | headers of every answer | [`headers`] |
//! | the server | [`server`] |

pub mod api;
pub mod basic_auth;
pub mod error;
pub mod headers;
pub mod limits;
pub mod metrics;
pub mod operations;
pub mod page;
pub mod present;
pub mod server;

mod bearer;
mod body;
mod client_address;
#[cfg(test)]
mod coverage;
mod deadline;
mod envelope;
mod error_shape;
mod fields;
mod list_query;
#[cfg(test)]
mod out_of_reach;
mod repeatable;
mod request_log;
mod state;
mod surroundings;
#[cfg(test)]
mod test_app;
#[cfg(test)]
mod test_person;
#[cfg(test)]
mod test_provider;
#[cfg(test)]
mod transport;
mod unread_body;
mod view;

pub use page::{Rates, Studio};
pub use state::{PublicUrl, PublicUrlError, State};
pub use view::assets::stylesheet;
