//! What every page of the dashboard has around it.

use super::{super::assets, icon::Icon, mark::Tone, outcome::Outcome, paths};

/// What every page of the dashboard is told.
#[derive(Debug, Clone)]
pub(crate) struct DashboardFrame {
    /// The path of the public URL without a slash at its end: empty, or such as `/symbolon`.
    pub(crate) base: String,
    /// What every form of the page carries as `csrf`.
    pub(crate) csrf: String,
    /// The name of the organization.
    pub(crate) organization: String,
    /// The name of who is signed in.
    pub(crate) administrator: String,
    /// What they may do.
    pub(crate) role: Role,
    /// Where the page stands.
    pub(crate) section: Section,
    /// What the act before has done: from `?done=…` by [`Outcome::from_code`].
    pub(crate) outcome: Option<Outcome>,
    /// What every page warns of.
    pub(crate) alerts: Vec<Alert>,
    /// How many reset requests wait.
    pub(crate) requests: u64,
}

/// What an administrator may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Everything, administrators included.
    Owner,
    /// Everything but administrators and the organization itself.
    Administrator,
    /// Only look.
    Viewer,
}

/// A part of the dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// The first page; the wordmark leads to it.
    Overview,
    /// What is awarded.
    Templates,
    /// To whom.
    Recipients,
    /// Who did what.
    Activity,
    /// Authorization tokens.
    Developers,
    /// The organization, its administrators, the own account.
    Settings,
}

/// What every page warns of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Alert {
    /// Authorization tokens will stop working.
    TokensExpire {
        /// How many.
        count: u64,
        /// Within how many days.
        days: u64,
    },
    /// An authorization token that was rotated away is still used.
    RotatedTokenUsed {
        /// Names it.
        id: String,
        /// What it is for.
        description: Option<String>,
    },
    /// Mail could not be delivered.
    MailFailed {
        /// To how many recipients.
        count: u64,
    },
}

/// A link of the rail.
pub(super) struct RailLink {
    /// Its address.
    pub(super) address: String,
    /// Its sign.
    pub(super) icon: Icon,
    /// Its word.
    pub(super) name: &'static str,
    /// Whether the page stands there.
    pub(super) is_current: bool,
    /// How much waits there.
    pub(super) waiting: u64,
}

impl DashboardFrame {
    /// The address of one of the [`paths`].
    pub(super) fn to(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The address of something below one of the [`paths`].
    pub(super) fn below(&self, path: &str, rest: &str) -> String {
        format!("{}{path}/{rest}", self.base)
    }

    /// The address of an asset.
    pub(super) fn asset(&self, name: &str) -> String {
        self.to(assets::path(name))
    }

    /// The address of the overview.
    pub(super) fn overview(&self) -> String {
        self.to(paths::OVERVIEW)
    }

    /// Whether this is the overview.
    pub(super) const fn is_overview(&self) -> bool {
        matches!(self.section, Section::Overview)
    }

    /// The address of the settings of who is signed in.
    pub(super) fn account(&self) -> String {
        self.to(paths::ACCOUNT)
    }

    /// Where signing out posts.
    pub(super) fn sign_out(&self) -> String {
        self.to(paths::SIGN_OUT)
    }

    /// The links of the rail; the wordmark leads to the overview.
    pub(super) fn rail(&self) -> [RailLink; 5] {
        use Section::{Activity, Developers, Recipients, Settings, Templates};
        [Templates, Recipients, Activity, Developers, Settings].map(|section| RailLink {
            address: self.to(section.path()),
            icon: section.icon(),
            name: section.name(),
            is_current: section == self.section,
            waiting: if section == Recipients { self.requests } else { 0 },
        })
    }
}

impl Role {
    /// The word for it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Administrator => "administrator",
            Self::Viewer => "viewer",
        }
    }

    /// The word with its article.
    pub(super) const fn with_article(self) -> &'static str {
        match self {
            Self::Owner => "an owner",
            Self::Administrator => "an administrator",
            Self::Viewer => "a viewer",
        }
    }
}

impl Section {
    const fn name(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Templates => "Templates",
            Self::Recipients => "Recipients",
            Self::Activity => "Activity",
            Self::Developers => "Developers",
            Self::Settings => "Settings",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Overview => Icon::Dot,
            Self::Templates => Icon::Template,
            Self::Recipients => Icon::People,
            Self::Activity => Icon::Activity,
            Self::Developers => Icon::Developers,
            Self::Settings => Icon::Settings,
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Overview => paths::OVERVIEW,
            Self::Templates => paths::TEMPLATES,
            Self::Recipients => paths::RECIPIENTS,
            Self::Activity => paths::ACTIVITY,
            Self::Developers => paths::DEVELOPERS,
            Self::Settings => paths::SETTINGS,
        }
    }
}

impl Alert {
    pub(super) const fn tone(&self) -> Tone {
        match self {
            Self::TokensExpire { days: 0..=7, .. } | Self::RotatedTokenUsed { .. } => Tone::Danger,
            Self::TokensExpire { .. } | Self::MailFailed { .. } => Tone::Attention,
        }
    }

    pub(super) fn sentence(&self) -> String {
        match self {
            Self::TokensExpire {
                count: 1,
                days: 0..=1,
            } => "1 authorization token expires within a day.".into(),
            Self::TokensExpire { count: 1, days } => {
                format!("1 authorization token expires within {days} days.")
            }
            Self::TokensExpire { count, days: 0..=1 } => {
                format!("{count} authorization tokens expire within a day.")
            }
            Self::TokensExpire { count, days } => {
                format!("{count} authorization tokens expire within {days} days.")
            }
            Self::RotatedTokenUsed {
                description: Some(description),
                ..
            } => format!(
                "The authorization token “{description}” was rotated away, and somebody still uses the old one."
            ),
            Self::RotatedTokenUsed {
                description: None, ..
            } => "An authorization token was rotated away, and somebody still uses the old one.".into(),
            Self::MailFailed { count: 1 } => "Mail to 1 recipient could not be delivered.".into(),
            Self::MailFailed { count } => format!("Mail to {count} recipients could not be delivered."),
        }
    }

    /// Where to see to it.
    pub(super) fn address(&self, frame: &DashboardFrame) -> String {
        match self {
            Self::TokensExpire { .. } => frame.to(paths::DEVELOPERS),
            Self::RotatedTokenUsed { id, .. } => frame.below(paths::DEVELOPERS, id),
            Self::MailFailed { .. } => format!("{}?mail=failed", frame.to(paths::RECIPIENTS)),
        }
    }

    /// What that link says.
    pub(super) const fn link(&self) -> &'static str {
        match self {
            Self::TokensExpire { .. } => "See which",
            Self::RotatedTokenUsed { .. } => "See what happened",
            Self::MailFailed { .. } => "See whom",
        }
    }
}
