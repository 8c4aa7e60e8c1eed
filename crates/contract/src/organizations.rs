//! The promises of [`Organizations`](symbolon_domain::port::organizations::Organizations).

mod cancellation;
mod editing;
mod keeping;
mod listing;
mod races;
mod reveal_policy;

pub use cancellation::*;
pub use editing::*;
pub use keeping::*;
pub use listing::*;
pub use races::*;
pub use reveal_policy::*;
