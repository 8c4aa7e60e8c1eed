//! Set-up: the first administrator, by the one-time link that the service prints while nobody exists.

use askama::Template;

use super::{super::frame::Page, field::Field, outside::OutsideFrame, paths};

/// The form of the set-up. The link's value stays in its cookie and is no field.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/welcome.html")]
pub(crate) struct WelcomePage {
    /// Around it.
    pub(crate) frame: OutsideFrame,
    /// For which organization.
    pub(crate) owned: Owned,
    /// The administrator's name.
    pub(crate) name: Field,
    /// The administrator's mail address.
    pub(crate) mail: Field,
    /// The password; only its problem counts.
    pub(crate) password: Field,
}

/// The organization that the first administrator will own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Owned {
    /// There is none yet: it is made.
    New {
        /// Its name (`organization`).
        organization: Field,
        /// The mail address where recipients reach it (`contact`).
        contact: Field,
        /// Its web site, or empty (`url`).
        url: Field,
    },
    /// One of those that exist (`organization_id`).
    OneOf {
        /// Id and name of each.
        organizations: Vec<(String, String)>,
        /// The id that was chosen.
        chosen: Field,
    },
}

impl Page for WelcomePage {
    fn heading(&self) -> String {
        "Welcome to Symbolon".into()
    }

    fn status(&self) -> u16 {
        let own = match &self.owned {
            Owned::New {
                organization,
                contact,
                url,
            } => organization.is_good() && contact.is_good() && url.is_good(),
            Owned::OneOf { chosen, .. } => chosen.is_good(),
        };
        let is_good = own && self.name.is_good() && self.mail.is_good() && self.password.is_good();
        if is_good { 200 } else { 422 }
    }
}
