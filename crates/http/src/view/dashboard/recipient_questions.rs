//! The questions before acts on a recipient: what each would mean for this one.

use super::{
    super::frame::Profile,
    claim_state::ClaimState,
    field::{Field, Problem},
    frame::DashboardFrame,
    question::{QuestionField, QuestionPage},
    recipient::Recipient,
    recipient_act::RecipientAct,
};

impl QuestionPage {
    /// Asks whether to act on a recipient where nothing [bars](RecipientAct::bar) it; posts to the act's own address, for
    /// [`CorrectAddress`](RecipientAct::CorrectAddress) `mail`, for [`RevokeCredential`](RecipientAct::RevokeCredential)
    /// `reason`. `said` is what was sent before, with what is wrong with it.
    pub(crate) fn about_recipient(
        frame: DashboardFrame,
        act: RecipientAct,
        recipient: &Recipient,
        said: Option<Field>,
    ) -> Self {
        Self {
            title: recipient.title(act),
            consequences: recipient.consequences(act),
            fields: field(act, said).into_iter().collect(),
            verb: act.verb().into(),
            action: recipient.act(&frame, act),
            cancel: recipient.address(&frame),
            is_danger: RecipientAct::GRAVE.contains(&act),
            frame,
        }
    }
}

/// What else can be said with the answer.
fn field(act: RecipientAct, said: Option<Field>) -> Option<QuestionField> {
    let field = said.unwrap_or_default();
    match act {
        RecipientAct::CorrectAddress => Some(QuestionField::Text {
            name: "mail",
            label: "The right mail address".into(),
            help: "The new link goes there, and belongs to whoever reads it.".into(),
            field,
            is_required: true,
        }),
        RecipientAct::RevokeCredential => Some(QuestionField::Text {
            name: "reason",
            label: "Reason".into(),
            help: "Everybody who verifies the credential reads it.".into(),
            field,
            is_required: false,
        }),
        _ => None,
    }
}

impl Problem {
    /// What is wrong with a mail address that another recipient of the template has.
    pub(crate) fn address_taken(name: &str) -> Self {
        Self::Other(format!("{name} has this mail address on the template already."))
    }
}

impl Recipient {
    fn title(&self, act: RecipientAct) -> String {
        let name = &self.name;
        match act {
            RecipientAct::SendAgain => format!("Send the link to {name} again?"),
            RecipientAct::CorrectAddress => format!("Correct the mail address of {name}?"),
            RecipientAct::Reset => format!("Reset the access of {name}?"),
            RecipientAct::Replace => format!("Replace the link of {name}?"),
            RecipientAct::RevokeAccess => format!("Revoke access for {name}?"),
            RecipientAct::RevokeCredential => format!("Revoke the credential of {name}?"),
            RecipientAct::Delete => format!("Delete {name}?"),
        }
    }

    fn consequences(&self, act: RecipientAct) -> Vec<String> {
        let mut told = match act {
            RecipientAct::SendAgain => self.when_sent_again(),
            RecipientAct::CorrectAddress => self.when_corrected(),
            RecipientAct::Reset => self.when_reset(),
            RecipientAct::Replace => self.when_replaced(),
            RecipientAct::RevokeAccess => self.when_access_revoked(),
            RecipientAct::RevokeCredential => self.when_credential_revoked(),
            RecipientAct::Delete => self.when_deleted(),
        };
        let is_mailed = !RecipientAct::GRAVE.contains(&act);
        if is_mailed && self.is_paused {
            told.push("The template is paused: the mail waits until you resume it.".into());
        }
        told
    }

    fn when_sent_again(&self) -> Vec<String> {
        let mail = &self.mail;
        let who = self.claim.profile().map_or_else(
            || "It still works for whoever connects first.".to_owned(),
            |by| {
                format!(
                    "It opens the {} for {} only, who has claimed it.",
                    self.noun(),
                    account(by)
                )
            },
        );
        vec![format!("The same link is mailed to {mail} once more. {who}")]
    }

    fn when_corrected(&self) -> Vec<String> {
        vec![
            format!(
                "A new link is mailed to the right address. The one that went to {} stops working at once.",
                self.mail
            ),
            self.not_claimed(),
        ]
    }

    fn when_reset(&self) -> Vec<String> {
        let holder = self.claim.profile().map_or_else(
            || "Whoever has claimed it".to_owned(),
            |by| format!("{}, who has claimed it,", sentence_start(&account(by))),
        );
        vec![
            format!(
                "{holder} no longer sees the {}. The same link works again, for whoever connects first.",
                self.noun()
            ),
            format!(
                "A mail to {} says so. What everybody can verify stays as it is.",
                self.mail
            ),
        ]
    }

    fn when_replaced(&self) -> Vec<String> {
        let noun = self.noun();
        let before = match &self.claim {
            ClaimState::Free { .. } => self.not_claimed(),
            ClaimState::Claimed { by, .. } | ClaimState::Revoked { by: Some(by), .. } => format!(
                "{}, who has claimed the {noun}, no longer sees it, and it has to be claimed anew.",
                sentence_start(&account(by))
            ),
            ClaimState::Revoked { by: None, .. } => "Access was revoked: this gives it again.".to_owned(),
        };
        vec![
            format!(
                "A new link is mailed to {}. Whoever opens the old one reads that a newer mail has the link.",
                self.mail
            ),
            before,
        ]
    }

    fn when_access_revoked(&self) -> Vec<String> {
        let noun = self.noun();
        let link = "The link in the mail, and the access token, can no longer claim.";
        let (first, second) = match self.claim.profile() {
            Some(by) => (
                format!(
                    "{link} What is claimed already stays untouched: {} goes on seeing the {noun}, and everybody can verify it.",
                    account(by)
                ),
                format!("Should the {noun} itself stop being valid, revoke the credential instead."),
            ),
            None if self.claim.was_claimed() => (
                format!(
                    "{link} The {noun} was claimed once and reset since: nobody can claim it any more. What everybody can verify stays as it is."
                ),
                "Replace the link to give access again.".to_owned(),
            ),
            None => (
                format!("{link} {}", self.not_claimed()),
                "Replace the link to give access again.".to_owned(),
            ),
        };
        vec![first, second]
    }

    fn when_credential_revoked(&self) -> Vec<String> {
        let noun = self.noun();
        let now = if self.claim.was_claimed() {
            format!(
                "The {noun} stops being valid. Its verification page says so to everybody, with the day and the reason."
            )
        } else {
            format!(
                "{} The link in the mail will only say that the {noun} was revoked, with the day and the reason.",
                self.not_claimed()
            )
        };
        let holder = match self.claim.profile() {
            Some(by) => format!(
                "{} still sees it, marked as revoked. This cannot be undone.",
                sentence_start(&account(by))
            ),
            None => "Nobody can claim it any more. This cannot be undone.".to_owned(),
        };
        vec![now, holder]
    }

    fn when_deleted(&self) -> Vec<String> {
        let noun = self.noun();
        let verification = if self.claim.was_claimed() {
            format!(
                "The link leads nowhere, and verification no longer finds the {noun}. If people should read that it is not valid any more, revoke the credential instead."
            )
        } else {
            format!("{} The link in the mail leads nowhere.", self.not_claimed())
        };
        vec![
            format!(
                "Name, mail address, {noun}, access token and every mail about them are gone. This cannot be undone."
            ),
            verification,
            "The activity log keeps that somebody was deleted, but not who.".into(),
        ]
    }

    fn not_claimed(&self) -> String {
        if self.claim.was_claimed() {
            format!("The {} was reset and has not been claimed again.", self.noun())
        } else {
            format!("The {} has not been claimed.", self.noun())
        }
    }
}

/// An account, within a sentence.
fn account(profile: &Profile) -> String {
    format!("the {} account ({})", profile.provider, profile.hint)
}

/// A sentence that begins with this.
fn sentence_start(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
