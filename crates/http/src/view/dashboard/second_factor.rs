//! The second step of signing in: a code from an app, or a recovery code.

use askama::Template;

use super::{
    super::connect::Provider, super::frame::Page, field::Field, outside::OutsideFrame, paths,
    sign_in::Refusal,
};

/// The form for the code.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/second_factor.html")]
pub(crate) struct SecondFactorPage {
    /// Around it.
    pub(crate) frame: OutsideFrame,
    /// The code; only its problem counts.
    pub(crate) code: Field,
    /// Where to go afterwards: a path of ours, or empty.
    pub(crate) next: String,
    /// Too many tries.
    pub(crate) refusal: Option<Refusal>,
}

/// Asks once more who sits there, before an act that reveals or decides much.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/confirm.html")]
pub(crate) struct ConfirmPage {
    /// Around it.
    pub(crate) frame: OutsideFrame,
    /// Who should sit there.
    pub(crate) mail: String,
    /// What for.
    pub(crate) reason: ConfirmReason,
    /// Whether they have a password; somebody who joined with a provider may have none.
    pub(crate) has_password: bool,
    /// The password; only its problem counts.
    pub(crate) password: Field,
    /// The code, where a second factor is set up; only its problem counts.
    pub(crate) code: Option<Field>,
    /// Where to go afterwards: a path of ours.
    pub(crate) next: String,
    /// The provider of the account that they have connected.
    pub(crate) providers: Vec<Provider>,
    /// Too many tries, or what a provider said.
    pub(crate) refusal: Option<Refusal>,
}

/// Why it is asked who sits there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ConfirmReason {
    /// An authorization token is made, shown or ended.
    Tokens,
    /// Data leave the service.
    Export,
    /// Somebody may do more or less afterwards.
    Roles,
    /// Password, second factor or sessions change.
    Account,
}

impl Page for SecondFactorPage {
    fn heading(&self) -> String {
        "Enter your code".into()
    }

    fn status(&self) -> u16 {
        status(&[&self.code], self.refusal.as_ref())
    }
}

impl Page for ConfirmPage {
    fn heading(&self) -> String {
        "Confirm that it is you".into()
    }

    fn status(&self) -> u16 {
        let none = Field::default();
        let code = self.code.as_ref().unwrap_or(&none);
        status(&[&self.password, code], self.refusal.as_ref())
    }
}

impl ConfirmPage {
    const fn why(&self) -> &'static str {
        match self.reason {
            ConfirmReason::Tokens => {
                "An authorization token acts for the whole organization, so only you may make, show or end one."
            }
            ConfirmReason::Export => {
                "An export takes people’s data out of this service, so only you may start it."
            }
            ConfirmReason::Roles => "What others may do here is yours to decide, and nobody else’s.",
            ConfirmReason::Account => "How you sign in is yours to change, and nobody else’s.",
        }
    }
}

fn status(fields: &[&Field], refusal: Option<&Refusal>) -> u16 {
    let is_good = fields.iter().all(|field| field.is_good());
    refusal.map_or(if is_good { 200 } else { 422 }, Refusal::status)
}
