//! The activity log: a page of it, and files to take away.

pub(super) mod export;
mod present;
pub(super) mod show;
mod wanted;
