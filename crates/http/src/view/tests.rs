//! Checks over every page.

mod escaping;
mod gallery;
mod snapshots;
mod structure;
