//! Developers: the organization's authorization tokens.

use askama::Template;

use super::{
    super::frame::Page,
    frame::DashboardFrame,
    listing::{Listing, counted},
    paths,
    since::Since,
    token_state::{Expiry, Permissions, Reuse, TokenState},
};

/// The list of authorization tokens.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/token_list.html")]
pub(crate) struct TokenListPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// Which of them are shown.
    pub(crate) shown: TokensShown,
    /// Those of this page, the newest first.
    pub(crate) tokens: Vec<TokenRow>,
    /// Which page it is; with `("show", "all")` among its filters where all are shown.
    pub(crate) listing: Listing,
    /// What secret scanners look for: the regular expression of authorization tokens.
    pub(crate) pattern: String,
    /// Whether who looks may create tokens.
    pub(crate) may_act: bool,
}

/// Which authorization tokens are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokensShown {
    /// Those that are served (the default).
    Live,
    /// Also those that are not any more (`?show=all`).
    All,
}

/// An authorization token in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TokenRow {
    /// Names it.
    pub(crate) id: String,
    /// What it is for.
    pub(crate) description: Option<String>,
    /// What people tell it by: the last characters of its value where they are known, else of its id.
    pub(crate) ending: String,
    /// Whether it is served.
    pub(crate) state: TokenState,
    /// What it may do.
    pub(crate) permissions: Permissions,
    /// When it was made.
    pub(crate) created: Since,
    /// By whom.
    pub(crate) made_by: String,
    /// When it expires.
    pub(crate) expires: Expiry,
    /// When it was used last.
    pub(crate) last_used: Option<Since>,
    /// Its use after it was rotated away.
    pub(crate) reuse: Option<Reuse>,
}

impl Page for TokenListPage {
    fn heading(&self) -> String {
        "Authorization tokens".into()
    }
}

impl TokenListPage {
    fn count(&self) -> String {
        match self.shown {
            TokensShown::Live => counted(self.listing.total, "live token", "live tokens"),
            TokensShown::All => counted(self.listing.total, "token", "tokens"),
        }
    }
}

/// What a token without a description is called.
pub(super) fn name_of(description: Option<&String>) -> &str {
    description.map_or("No description", String::as_str)
}
