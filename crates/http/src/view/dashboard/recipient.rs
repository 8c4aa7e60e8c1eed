//! A recipient, as their page and the questions about them need them.

use super::{
    super::{kind::Kind, language::Language, moment::Moment, percent, standing::Standing, words},
    claim_state::ClaimState,
    frame::DashboardFrame,
    icon::Icon,
    mail_state::MailState,
    mark::{Mark, Tone},
    named::Named,
    paths,
    recipient_act::RecipientAct,
    since::Since,
};

/// A recipient and their credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recipient {
    /// Names them.
    pub(crate) id: String,
    /// First and last name.
    pub(crate) name: String,
    /// The mail address.
    pub(crate) mail: String,
    /// In which language they are written to.
    pub(crate) language: Language,
    /// What the issuer's own records call them.
    pub(crate) external_id: Option<String>,
    /// Whether this is an administrator who tries things out.
    pub(crate) is_test: bool,
    /// Their template.
    pub(crate) template: Named,
    /// What it is.
    pub(crate) kind: Kind,
    /// Whether the template is paused.
    pub(crate) is_paused: bool,
    /// When they were added.
    pub(crate) added: Since,
    /// The date on the credential.
    pub(crate) issued_at: Moment,
    /// Until when it is valid; for ever without.
    pub(crate) expires_at: Option<Moment>,
    /// What the credential is worth.
    pub(crate) standing: Standing,
    /// What became of the last mail with the link.
    pub(crate) mail_state: MailState,
    /// From when on the link can be sent again, where that lies ahead.
    pub(crate) resend_from: Option<Since>,
    /// The state of their access token.
    pub(crate) claim: ClaimState,
}

impl Recipient {
    /// Whether the credential was revoked.
    pub(super) const fn is_revoked(&self) -> bool {
        matches!(self.standing, Standing::Revoked { .. })
    }

    /// The word for what they have.
    pub(super) const fn noun(&self) -> &'static str {
        self.kind.name(&words::ENGLISH)
    }

    /// The address of their page.
    pub(super) fn address(&self, frame: &DashboardFrame) -> String {
        frame.below(paths::RECIPIENTS, &self.id)
    }

    /// The address of something below their page.
    pub(super) fn below(&self, frame: &DashboardFrame, rest: &str) -> String {
        frame.below(paths::RECIPIENTS, &format!("{}/{rest}", self.id))
    }

    /// The address where an act is asked for and done.
    pub(super) fn act(&self, frame: &DashboardFrame, act: RecipientAct) -> String {
        self.below(frame, act.code())
    }

    /// Where an administrator adds themselves to try this template out.
    pub(super) fn try_out(&self, frame: &DashboardFrame) -> String {
        let template = percent::encode(&self.template.id);
        frame.to(&format!("{}?test=1&template={template}", paths::RECIPIENTS_NEW))
    }

    /// What the credential is worth, as pages of the dashboard show it.
    pub(super) fn credential(&self) -> Mark {
        match self.standing {
            Standing::Valid => Mark::new(Tone::Good, Icon::Check, "Valid"),
            Standing::Expired { .. } => Mark::new(Tone::Attention, Icon::Clock, "Expired"),
            Standing::Revoked { .. } => Mark::new(Tone::Danger, Icon::Cross, "Revoked"),
        }
    }

    /// What its picture shows.
    pub(super) fn picture(&self) -> String {
        format!("The {} “{}” of {}", self.noun(), self.template.name, self.name)
    }
}
