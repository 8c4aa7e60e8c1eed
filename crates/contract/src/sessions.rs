//! The promises of [`Sessions`](symbolon_domain::port::sessions::Sessions).

mod ending;
mod keeping;

pub use ending::*;
pub use keeping::*;
