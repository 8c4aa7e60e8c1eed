//! One authorization token: what it is, what it may do, where it comes from, and what can be done with it.

use askama::Template;

use super::{
    super::frame::Page,
    field::Field,
    frame::DashboardFrame,
    listing::counted,
    paths,
    since::Since,
    token_list::name_of,
    token_state::{Expiry, Permissions, Reuse, TokenState},
};

/// One authorization token.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/token_page.html")]
pub(crate) struct TokenPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// Names it.
    pub(crate) id: String,
    /// What it is for, as it counts.
    pub(crate) description: Option<String>,
    /// The last characters of its value where they are known, else of its id.
    pub(crate) ending: String,
    /// Whether it is served.
    pub(crate) state: TokenState,
    /// What it may do.
    pub(crate) permissions: Permissions,
    /// When it was made.
    pub(crate) created: Since,
    /// Who made it: an administrator's name, another token's description, or "the operator".
    pub(crate) made_by: String,
    /// When it expires.
    pub(crate) expires: Expiry,
    /// When it was rotated away or revoked.
    pub(crate) closed: Option<Since>,
    /// When it was used last.
    pub(crate) last_used: Option<Since>,
    /// Its use after it was rotated away.
    pub(crate) reuse: Option<Reuse>,
    /// The token it succeeded.
    pub(crate) rotated_from: Option<TokenLink>,
    /// The token that succeeded it.
    pub(crate) rotated_to: Option<TokenLink>,
    /// The tokens that were made with it, and with those, in the order of the tree.
    pub(crate) descendants: Vec<Descendant>,
    /// What becomes of its value.
    pub(crate) value: TokenValue,
    /// The form of its description; it differs from `description` only after a problem.
    pub(crate) describe: Field,
    /// Whether who looks may change it.
    pub(crate) may_act: bool,
}

/// Another token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TokenLink {
    /// Names it.
    pub(crate) id: String,
    /// What it is for.
    pub(crate) description: Option<String>,
    /// Whether it is served.
    pub(crate) state: TokenState,
}

/// A token that was made with another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Descendant {
    /// Which.
    pub(crate) token: TokenLink,
    /// How far down: 1 for those that it made itself. Deeper than 3 looks like 3.
    pub(crate) depth: u8,
}

/// What becomes of a token's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TokenValue {
    /// It is kept, and can be shown.
    Hidden,
    /// It is shown now.
    Shown {
        /// It.
        value: String,
        /// The line that tries it.
        curl: String,
    },
    /// It is not kept: the reveal policy is `once`, or the token is not live.
    NotKept,
    /// It is kept, and who looks may not see it.
    NotForYou,
}

impl Page for TokenPage {
    fn heading(&self) -> String {
        name_of(self.description.as_ref()).to_owned()
    }

    fn status(&self) -> u16 {
        if self.describe.is_good() { 200 } else { 422 }
    }
}

impl TokenPage {
    /// The address of one of its acts.
    fn act(&self, name: &str) -> String {
        self.frame
            .below(paths::DEVELOPERS, &format!("{}/{name}", self.id))
    }

    fn family(&self) -> bool {
        self.rotated_from.is_some() || self.rotated_to.is_some() || !self.descendants.is_empty()
    }

    /// Whether there is more to list than the token that succeeded it, which is named before.
    fn are_more(&self) -> bool {
        self.descendants.len() > usize::from(self.rotated_to.is_some())
    }

    fn made(&self) -> String {
        let count = u64::try_from(self.descendants.len()).unwrap_or(u64::MAX);
        counted(count, "token was made with it", "tokens were made with it")
    }
}

impl TokenLink {
    fn name(&self) -> &str {
        name_of(self.description.as_ref())
    }
}

impl Descendant {
    const fn class(&self) -> &'static str {
        match self.depth {
            0 | 1 => "depth-1",
            2 => "depth-2",
            _ => "depth-3",
        }
    }
}
