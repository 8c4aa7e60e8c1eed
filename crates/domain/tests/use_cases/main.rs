//! The use cases over the store in memory and a real vault. What HTTP shows of them is tested in `symbolon-http`.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod operators;
mod pending_uses;
mod support;
