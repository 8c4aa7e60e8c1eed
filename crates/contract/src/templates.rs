//! The promises of [`Templates`](symbolon_domain::port::templates::Templates).

mod changes;
mod keeping;
mod listing;
mod races;
mod removal;

pub use changes::*;
pub use keeping::*;
pub use listing::*;
pub use races::*;
pub use removal::*;
