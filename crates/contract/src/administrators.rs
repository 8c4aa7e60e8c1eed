//! The promises of [`Administrators`](symbolon_domain::port::administrators::Administrators).

mod finding;
mod invitations;
mod keeping;
mod links;
mod owners;
mod proofs;
mod races;
mod redeeming;
mod roles;
mod second_factor;
mod set_up;

pub use finding::*;
pub use invitations::*;
pub use keeping::*;
pub use links::*;
pub use owners::*;
pub use proofs::*;
pub use races::*;
pub use redeeming::*;
pub use roles::*;
pub use second_factor::*;
pub use set_up::*;
