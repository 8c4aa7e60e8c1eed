//! The promises of [`AuthorizationTokens`](symbolon_domain::port::authorization_tokens::AuthorizationTokens).

mod answers;
mod descent;
mod description;
mod duels;
mod expiry;
mod finding;
mod grace;
mod immediately;
mod insertion;
mod keeping;
mod limit;
mod listing;
mod races;
mod reuse;
mod revocation;
mod rotation;
mod telling;
mod usage;

pub use answers::*;
pub use descent::*;
pub use description::*;
pub use duels::*;
pub use expiry::*;
pub use finding::*;
pub use grace::*;
pub use immediately::*;
pub use insertion::*;
pub use keeping::*;
pub use limit::*;
pub use listing::*;
pub use races::*;
pub use reuse::*;
pub use revocation::*;
pub use rotation::*;
pub use telling::*;
pub use usage::*;
