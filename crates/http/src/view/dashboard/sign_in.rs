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
                "No administrator has this {provider} profile. Sign in with your password, or ask an owner of your organization."
            ),
            Self::ProviderFailed { provider } => {
                format!("{provider} did not say who you are. Try again, or sign in with your password.")
            }
        }
    }

    /// The status that it is sent with.
    pub(super) const fn status(&self) -> u16 {
        match self {
            Self::TooMany { .. } => 429,
            Self::Wrong | Self::Unknown { .. } | Self::ProviderFailed { .. } => 422,
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
