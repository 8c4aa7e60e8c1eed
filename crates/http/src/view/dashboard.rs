//! The dashboard: what administrators of an organization see.
//!
//! Its pages speak English only, so their words stand in their templates and files. Those for people who are signed in
//! stand in [`DashboardFrame`] (`templates/dashboard/base.html`), the others in [`OutsideFrame`]
//! (`templates/dashboard/outside.html`). Each works without script; what scripts add is in `assets/dashboard.js` and
//! in the `hx-` attributes of one template.
//!
//! Values that come with a sign or an exact time bring their own HTML: [`icon::Icon`], [`Since`], [`mark::Mark`], [`Field`]'s input.

mod field;
mod frame;
mod icon;
mod instant;
mod listing;
mod mark;
mod outcome;
mod outside;
pub(crate) mod paths;
#[cfg(test)]
pub(super) mod samples;
mod sign_in;
mod since;
mod token_list;
mod token_state;

pub(crate) use field::{Field, Problem};
pub(crate) use frame::{Alert, DashboardFrame, Role, Section};
pub(crate) use listing::Listing;
pub(crate) use outcome::Outcome;
pub(crate) use outside::OutsideFrame;
pub(crate) use sign_in::{DashboardSignInPage, Refusal};
pub(crate) use since::Since;
pub(crate) use token_list::{TokenListPage, TokenRow, TokensShown};
pub(crate) use token_state::{Expiry, Permissions, Reuse, TokenState};
