//! What only `demo` has besides the service: a sign-in provider where one chooses whom to be, and a mail catcher.
//!
//! Each is served on a port of its own, for it is another site than the service.

mod guard;
mod mails;
mod pages;
mod server;
mod sign_in;
#[cfg(test)]
mod tests;

pub(crate) use mails::serve_mails;
pub(crate) use sign_in::serve_sign_in;
