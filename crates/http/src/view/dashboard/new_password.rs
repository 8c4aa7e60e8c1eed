//! A forgotten password: asking for a link, and choosing a new one with it.

use askama::Template;

use super::{super::frame::Page, field::Field, outside::OutsideFrame, paths};

/// The form that asks for a link.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/forgotten.html")]
pub(crate) struct ForgottenPage {
    /// Around it.
    pub(crate) frame: OutsideFrame,
    /// The mail address.
    pub(crate) mail: Field,
}

/// What is answered, whether the address is known or not.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/forgotten_sent.html")]
pub(crate) struct ForgottenSentPage {
    /// Around it.
    pub(crate) frame: OutsideFrame,
}

/// The form that the mailed link leads to. The link's value stays in its cookie and is no field.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/new_password.html")]
pub(crate) struct NewPasswordPage {
    /// Around it.
    pub(crate) frame: OutsideFrame,
    /// Whose password it will be.
    pub(crate) mail: String,
    /// The password; only its problem counts.
    pub(crate) password: Field,
}

impl Page for ForgottenPage {
    fn heading(&self) -> String {
        "Forgotten your password?".into()
    }

    fn status(&self) -> u16 {
        if self.mail.is_good() { 200 } else { 422 }
    }
}

impl Page for ForgottenSentPage {
    fn heading(&self) -> String {
        "Look into your mail".into()
    }
}

impl Page for NewPasswordPage {
    fn heading(&self) -> String {
        "Choose a new password".into()
    }

    fn status(&self) -> u16 {
        if self.password.is_good() { 200 } else { 422 }
    }
}
