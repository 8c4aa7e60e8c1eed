//! An invitation that somebody accepts: they become an administrator.

use askama::Template;

use super::{
    super::{connect::Provider, frame::Page},
    field::Field,
    frame::Role,
    outside::OutsideFrame,
    paths,
    sign_in::Refusal,
};

/// The form that accepts an invitation. The link's value stays in its cookie and is no field.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/invitation.html")]
pub(crate) struct InvitationPage {
    /// Around it.
    pub(crate) frame: OutsideFrame,
    /// Who invites.
    pub(crate) organization: String,
    /// As what.
    pub(crate) role: Role,
    /// Where the invitation was mailed to; they sign in with it.
    pub(crate) mail: String,
    /// Their name.
    pub(crate) name: Field,
    /// Their password; only its problem counts.
    pub(crate) password: Field,
    /// The providers that can be used instead of a password.
    pub(crate) providers: Vec<Provider>,
    /// Why joining with a provider did not succeed.
    pub(crate) refusal: Option<Refusal>,
}

impl Page for InvitationPage {
    fn heading(&self) -> String {
        format!("Join {}", self.organization)
    }

    fn status(&self) -> u16 {
        let is_good = self.name.is_good() && self.password.is_good();
        let refused = self.refusal.as_ref().map(Refusal::status);
        refused.unwrap_or(if is_good { 200 } else { 422 })
    }
}

impl Role {
    /// What they may do, as a whole sentence.
    const fn promise(self) -> &'static str {
        match self {
            Self::Owner => "Owners do everything, and say who else manages the organization.",
            Self::Administrator => "Administrators manage templates, recipients and authorization tokens.",
            Self::Viewer => "Viewers look at everything and change nothing.",
        }
    }
}
