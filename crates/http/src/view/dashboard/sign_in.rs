//! Signing in to the dashboard.

use askama::Template;

use super::{
    super::frame::Page,
    super::{connect::Provider, moment::Moment},
    field::Field,
    outside::OutsideFrame,
    paths,
};
use crate::view::words;

/// The form for mail address and password, and the providers.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/sign_in.html")]
pub(crate) struct DashboardSignInPage {
    /// Around it.
    pub(crate) frame: OutsideFrame,
    /// The mail address; its problem is not told, see `refusal`.
    pub(crate) mail: Field,
    /// Where to go afterwards: a path of ours, or empty.
    pub(crate) next: String,
    /// The providers that the operator has configured for administrators.
    pub(crate) providers: Vec<Provider>,
    /// Why the try before did not succeed.
    pub(crate) refusal: Option<Refusal>,
}

/// Why signing in did not succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Mail address or password are wrong; which one is not told.
    Wrong,
    /// Too many tries.
    TooMany {
        /// After how many seconds the next is heard.
        retry_after: u64,
        /// When that is.
        until: Moment,
    },
    /// A provider's profile belongs to no administrator.
    Unknown {
        /// What people call the provider.
        provider: String,
    },
    /// A provider did not say who it is.
    ProviderFailed {
        /// What people call the provider.
        provider: String,
    },
    /// A provider's profile belongs to another administrator than the one who would join with it.
    Taken {
        /// What people call the provider.
        provider: String,
    },
    /// A provider's profile is not the one that who sits there has connected.
    AnotherProfile {
        /// What people call the provider.
        provider: String,
    },
    /// A provider does not say when somebody authenticated there.
    Undated {
        /// What people call the provider.
        provider: String,
    },
    /// A provider has let somebody through without asking who they are.
    NotAnew {
        /// What people call the provider.
        provider: String,
    },
}

/// From how many seconds on people are told the time of day.
const TIME_FROM: u64 = 100;

impl Refusal {
    /// When to try again, never too early.
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::Wrong => "The mail address or the password is wrong.".into(),
            Self::TooMany {
                retry_after: 0..=1, ..
            } => "Too many tries. Try again in a second.".into(),
            Self::TooMany { retry_after, .. } if *retry_after < TIME_FROM => {
                format!("Too many tries. Try again in {retry_after} seconds.")
            }
            Self::TooMany { until, .. } => {
                format!(
                    "Too many tries. Try again after {}.",
                    until.exact(&words::ENGLISH)
                )
            }
            Self::Unknown { provider } => format!(
                "Nobody has connected this {provider} account. Sign in with your password, and connect it under Settings, \
                 Your account."
            ),
            Self::ProviderFailed { provider } => {
                format!("{provider} did not say who you are. Try again, or use a password.")
            }
            Self::Taken { provider } => format!(
                "Another administrator signs in with this {provider} account. Use another one, or choose a password."
            ),
            Self::AnotherProfile { provider } => format!(
                "That is not the {provider} account that you have connected. Choose that one there, or use a password."
            ),
            Self::Undated { provider } => format!(
                "{provider} does not say when you signed in there, so it cannot confirm that it is you. Use a password \
                 instead."
            ),
            Self::NotAnew { provider } => format!(
                "{provider} did not ask who you are before it sent you back, so it cannot confirm that it is you. Use a \
                 password instead."
            ),
        }
    }

    /// The status that it is sent with.
    pub(super) const fn status(&self) -> u16 {
        match self {
            Self::TooMany { .. } => 429,
            Self::Wrong
            | Self::Unknown { .. }
            | Self::ProviderFailed { .. }
            | Self::Taken { .. }
            | Self::AnotherProfile { .. }
            | Self::Undated { .. }
            | Self::NotAnew { .. } => 422,
        }
    }
}

impl Page for DashboardSignInPage {
    fn heading(&self) -> String {
        "Sign in".into()
    }

    fn status(&self) -> u16 {
        self.refusal.as_ref().map_or(200, Refusal::status)
    }
}
