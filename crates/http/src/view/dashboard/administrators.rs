//! The administrators of an organization: who they are, and who may become one.

use askama::Template;

use super::{
    super::frame::Page,
    field::Field,
    frame::{DashboardFrame, Role},
    icon::Icon,
    listing::counted,
    mail_text::mail_text,
    mark::{Mark, Tone},
    paths,
    question::QuestionPage,
    since::Since,
};

/// The list of administrators, and the form that invites one.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/administrators.html")]
pub(crate) struct AdministratorsPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// All of them, in the order in which they came.
    pub(crate) administrators: Vec<AdministratorRow>,
    /// The mail address of who is to be invited.
    pub(crate) mail: Field,
    /// The role they are to have: `viewer`, `administrator` or `owner`.
    pub(crate) role: Field,
    /// The invitation that was made just now, where it could not be mailed; shown this once.
    pub(crate) invitation: Option<Invitation>,
    /// Whether who looks may change any of this: an owner.
    pub(crate) may_govern: bool,
}

/// An administrator in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AdministratorRow {
    /// Names them.
    pub(crate) id: String,
    /// What they are called, once they have said so.
    pub(crate) name: Option<String>,
    /// Their mail address.
    pub(crate) mail: String,
    /// What they may do.
    pub(crate) role: Role,
    /// Whether they have joined.
    pub(crate) membership: Membership,
    /// Whether it is who looks.
    pub(crate) is_you: bool,
    /// Whether no other owner has joined: then they stay one.
    pub(crate) is_last_owner: bool,
}

/// How far somebody has come with becoming an administrator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Membership {
    /// They have an invitation.
    Invited {
        /// Since when.
        at: Since,
    },
    /// They sign in.
    Joined {
        /// When they last did.
        signed_in: Option<Since>,
        /// Whether they use a second factor.
        has_second_factor: bool,
    },
}

/// An invitation that has to be handed over by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Invitation {
    /// Who is invited.
    pub(crate) mail: String,
    /// The link for them, which works once.
    pub(crate) link: String,
}

impl Page for AdministratorsPage {
    fn heading(&self) -> String {
        "Administrators".into()
    }

    fn status(&self) -> u16 {
        if self.mail.is_good() && self.role.is_good() {
            200
        } else {
            422
        }
    }
}

impl AdministratorsPage {
    /// The address of something below one of them.
    fn about(&self, row: &AdministratorRow, act: &str) -> String {
        self.frame
            .below(paths::ADMINISTRATORS, &format!("{}/{act}", row.id))
    }

    fn count(&self) -> String {
        let count = u64::try_from(self.administrators.len()).unwrap_or(u64::MAX);
        counted(count, "administrator", "administrators")
    }
}

impl AdministratorRow {
    /// What to call them.
    fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.mail)
    }
}

impl Membership {
    fn mark(&self) -> Mark {
        match self {
            Self::Invited { .. } => Mark::new(Tone::Quiet, Icon::Mail, "Invited"),
            Self::Joined { .. } => Mark::new(Tone::Good, Icon::Check, "Joined"),
        }
    }

    /// Whether they use a second factor, once they have joined.
    fn second_factor(&self) -> Option<Mark> {
        match self {
            Self::Invited { .. } => None,
            Self::Joined {
                has_second_factor: true,
                ..
            } => Some(Mark::new(Tone::Good, Icon::Lock, "On")),
            Self::Joined { .. } => Some(Mark::new(Tone::Attention, Icon::Alert, "Off")),
        }
    }
}

/// The roles to choose from, with what each may do.
fn roles() -> Vec<(String, String)> {
    [
        ("viewer", "Viewer: looks, changes nothing"),
        (
            "administrator",
            "Administrator: works with templates, recipients and tokens",
        ),
        ("owner", "Owner: also administrators and the organization"),
    ]
    .map(|(code, label)| (code.to_owned(), label.to_owned()))
    .into()
}

impl QuestionPage {
    /// Asks whether to remove an administrator who is not the last owner; posts to `…/administrators/{id}/remove`.
    pub(crate) fn remove_administrator(frame: DashboardFrame, row: &AdministratorRow) -> Self {
        let name = row.called();
        let (title, first) = match (&row.membership, row.is_you) {
            (_, true) => (
                "Remove yourself?".to_owned(),
                "You are signed out everywhere, and cannot sign in any more.".to_owned(),
            ),
            (Membership::Invited { .. }, _) => (
                format!("Take back the invitation of {name}?"),
                "The link in the invitation stops working.".to_owned(),
            ),
            (Membership::Joined { .. }, _) => (
                format!("Remove {name}?"),
                "They are signed out everywhere at once, and cannot sign in any more.".to_owned(),
            ),
        };
        Self {
            title,
            consequences: vec![
                first,
                "What they have done stays, authorization tokens included: look through those under Developers. The \
                 activity log keeps what they did."
                    .into(),
            ],
            fields: Vec::new(),
            verb: "Remove administrator".into(),
            action: frame.below(paths::ADMINISTRATORS, &format!("{}/remove", row.id)),
            cancel: frame.to(paths::ADMINISTRATORS),
            is_danger: true,
            frame,
        }
    }
}
