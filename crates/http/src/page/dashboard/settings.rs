//! Settings: the organization, its administrators, and the own account.

pub(super) mod account;
pub(super) mod administrators;
mod browser;
pub(super) mod organization;
pub(super) mod second_factor;
pub(super) mod sessions;
