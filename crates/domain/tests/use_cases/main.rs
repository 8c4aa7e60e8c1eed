//! The use cases over the store in memory and a real vault. What HTTP shows of them is tested in `symbolon-http`.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod access;
mod hand_over;
mod issuing;
mod links;
mod operators;
mod pending_uses;
mod post;
mod providers;
mod replacing;
mod revealing;
mod sign_in;
mod sign_in_refusals;
mod support;
