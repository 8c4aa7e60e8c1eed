//! Creating an authorization token, and its value, shown once.

use askama::Template;

use super::{
    super::frame::Page,
    field::{Field, Problem},
    frame::DashboardFrame,
    paths,
    since::Since,
    token_state::Permissions,
};

/// The form that creates an authorization token.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/token_form.html")]
pub(crate) struct TokenFormPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// What it is for.
    pub(crate) description: Field,
    /// What it may do; nothing but `read` to begin with.
    pub(crate) permissions: Permissions,
    /// What is wrong with the permissions, such as that none is set.
    pub(crate) permissions_problem: Option<Problem>,
    /// For how many days: `180` to begin with. What is none of those offered stands in `own_days`, and the form sends
    /// `own` as `expires_in_days`.
    pub(crate) expires_in_days: Field,
    /// What is wrong with all of it: too many live tokens, for example. A whole sentence.
    pub(crate) problem: Option<String>,
}

/// A new authorization token: created or rotated a moment ago.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/token_made.html")]
pub(crate) struct TokenMadePage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// Names it.
    pub(crate) id: String,
    /// What it is for.
    pub(crate) description: Option<String>,
    /// Its value.
    pub(crate) value: String,
    /// The line that tries it.
    pub(crate) curl: String,
    /// When it expires.
    pub(crate) expires: Since,
    /// Whether it can be shown again: the reveal policy is `always`.
    pub(crate) is_revealable: bool,
    /// The old one's end, when this one succeeds it.
    pub(crate) rotation: Option<Rotation>,
}

/// What becomes of the token that was rotated away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Rotation {
    /// It is not served any more.
    Over,
    /// It is served until then.
    Grace(Since),
}

/// The lives that are offered, in days.
const LIVES: [(&str, &str); 4] = [
    ("30", "30 days"),
    ("90", "90 days"),
    ("180", "180 days"),
    ("366", "366 days, the longest"),
];

impl Page for TokenFormPage {
    fn heading(&self) -> String {
        "Create an authorization token".into()
    }

    fn status(&self) -> u16 {
        let is_good = self.description.is_good()
            && self.permissions_problem.is_none()
            && self.expires_in_days.is_good()
            && self.problem.is_none();
        if is_good { 200 } else { 422 }
    }
}

impl Page for TokenMadePage {
    fn heading(&self) -> String {
        match self.rotation {
            None => "Your new authorization token".into(),
            Some(_) => "The authorization token was rotated".into(),
        }
    }
}

impl TokenFormPage {
    /// Name, word, meaning and state of each permission.
    const fn choices(&self) -> [(&'static str, &'static str, &'static str, bool); 3] {
        let Permissions { read, write, delete } = self.permissions;
        [
            ("read_enabled", "Read", Permissions::READ, read),
            ("write_enabled", "Write", Permissions::WRITE, write),
            ("delete_enabled", "Delete", Permissions::DELETE, delete),
        ]
    }

    /// Whether none of the lives that are offered was chosen.
    fn is_own(&self) -> bool {
        LIVES.iter().all(|(days, _)| *days != self.expires_in_days.value)
    }
}
