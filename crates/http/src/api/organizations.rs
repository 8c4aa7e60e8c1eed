//! Organizations: clients validate their token with these and read the name.

pub(super) mod list;
pub(super) mod show;
