//! The promises of [`AdministratorSessions`](symbolon_domain::port::administrator_sessions::AdministratorSessions).

mod beginning;
mod ending;
mod keeping;
mod races;

pub use beginning::*;
pub use ending::*;
pub use keeping::*;
pub use races::*;
