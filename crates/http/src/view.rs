//! The pages that recipients, verifiers and administrators see: plain values in, HTML out.
//!
//! It knows neither the domain nor the web: a handler fills a page's struct and sends what `render()` says with the
//! page's [`status`](Page::status). Every page stands in one frame (`templates/base.html`), every fixed word in
//! [`words`], every act's address in [`paths`]. Askama escapes all that is written; values that bring
//! their own HTML have a template of their own, such as [`sentence`].
//!
//! A page is added with a struct in a file of its own, a template of the same name, its words in both languages, and
//! its variants in `samples`, from where the snapshots and the checks of structure take them. The pages of administrators
//! stand apart, in [`dashboard`]: they speak English only.

pub(crate) mod assets;
pub(crate) mod dashboard;
pub(crate) mod paths;

mod access;
mod closed_link;
mod connect;
mod credential;
mod error;
mod fact;
mod frame;
mod holdings;
mod home;
mod issuer;
mod kind;
mod language;
mod linked_in;
mod moment;
mod percent;
mod recipient_view;
mod retrieve;
#[cfg(test)]
mod samples;
mod sentence;
mod sign_in;
mod sign_in_problem;
mod signed_out;
mod standing;
#[cfg(test)]
mod tests;
mod verify;
mod words;

pub(crate) use access::{AccessOffer, AccessPage};
pub(crate) use closed_link::{ClosedLink, ClosedLinkPage, InUse};
pub(crate) use connect::Provider;
pub(crate) use credential::CredentialPage;
pub(crate) use error::{ErrorPage, PageError};
pub(crate) use frame::{Frame, Page, Profile};
pub(crate) use holdings::{Bar, Holding, HoldingsPage, Pager};
pub(crate) use home::HomePage;
pub(crate) use issuer::Issuer;
pub(crate) use kind::Kind;
pub(crate) use language::Language;
pub(crate) use moment::Moment;
pub(crate) use recipient_view::RecipientViewPage;
pub(crate) use retrieve::{RetrievePage, RetrieveSentPage};
pub(crate) use sign_in::SignInPage;
pub(crate) use sign_in_problem::{SignInProblem, SignInProblemPage, WayBack};
pub(crate) use signed_out::SignedOutPage;
pub(crate) use standing::Standing;
pub(crate) use verify::{Facts, Finding, VerifyPage};
