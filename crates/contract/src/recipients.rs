//! The promises of [`Recipients`](symbolon_domain::port::recipients::Recipients).

mod correction;
mod filters;
mod finding;
mod holders;
mod holdings;
mod issue;
mod keeping;
mod orders;
mod races;
mod removal;
mod requests;
mod revocation;
mod succession;
mod walks;

pub use correction::*;
pub use filters::*;
pub use finding::*;
pub use holders::*;
pub use holdings::*;
pub use issue::*;
pub use keeping::*;
pub use orders::*;
pub use races::*;
pub use removal::*;
pub use requests::*;
pub use revocation::*;
pub use succession::*;
pub use walks::*;
