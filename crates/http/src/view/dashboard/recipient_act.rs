//! What administrators can do to a recipient, and what stands in the way of it.

use super::{claim_state::ClaimState, mail_state::MailState, recipient::Recipient};

/// An act on a recipient. Below the recipient's page its code is the address: `GET` asks, `POST` does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecipientAct {
    /// The same link is mailed again.
    SendAgain,
    /// The mail address is corrected (field `mail`).
    CorrectAddress,
    /// The binding is cleared.
    Reset,
    /// A new link takes the place of the old one.
    Replace,
    /// Access is revoked.
    RevokeAccess,
    /// The credential is revoked (field `reason`).
    RevokeCredential,
    /// The recipient is deleted.
    Delete,
}

impl RecipientAct {
    /// Those that help a recipient along.
    pub(super) const MILD: [Self; 4] = [Self::SendAgain, Self::CorrectAddress, Self::Reset, Self::Replace];
    /// Those that take something away.
    pub(super) const GRAVE: [Self; 3] = [Self::RevokeAccess, Self::RevokeCredential, Self::Delete];

    /// The act that addresses call so.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::MILD
            .into_iter()
            .chain(Self::GRAVE)
            .find(|act| act.code() == code)
    }

    /// What addresses call it.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::SendAgain => "send-again",
            Self::CorrectAddress => "correct-address",
            Self::Reset => "reset",
            Self::Replace => "replace",
            Self::RevokeAccess => "revoke-access",
            Self::RevokeCredential => "revoke-credential",
            Self::Delete => "delete",
        }
    }

    /// The verb on its button.
    pub(super) const fn verb(self) -> &'static str {
        match self {
            Self::SendAgain => "Send again",
            Self::CorrectAddress => "Correct address",
            Self::Reset => "Reset",
            Self::Replace => "Replace link",
            Self::RevokeAccess => "Revoke access",
            Self::RevokeCredential => "Revoke credential",
            Self::Delete => "Delete recipient",
        }
    }

    /// What it does, in a sentence.
    pub(super) const fn meaning(self) -> &'static str {
        match self {
            Self::SendAgain => "The same link is mailed once more.",
            Self::CorrectAddress => {
                "For a mail that went to the wrong address: a new link goes to the right one."
            }
            Self::Reset => "The same link works again, for whoever connects first.",
            Self::Replace => "A new link is mailed, and the old one stops working.",
            Self::RevokeAccess => "The link can no longer claim. What is claimed already stays untouched.",
            Self::RevokeCredential => {
                "The credential stops being valid, and everybody who verifies it reads why."
            }
            Self::Delete => "The recipient, the credential and all personal data are gone.",
        }
    }

    /// What stands in its way.
    pub(crate) fn bar(self, recipient: &Recipient) -> Option<String> {
        let is_revoked = recipient.is_revoked();
        let bar = match (self, &recipient.claim) {
            (Self::Delete, _) => return None,
            (Self::RevokeCredential, _) => {
                return is_revoked.then(|| "The credential is revoked already.".to_owned());
            }
            (Self::RevokeAccess, claim) => {
                return claim
                    .is_revoked()
                    .then(|| "Access is revoked already.".to_owned());
            }
            _ if is_revoked => "The credential is revoked.",
            (Self::SendAgain, ClaimState::Revoked { .. }) => {
                "Access is revoked, so the link is worth nothing. Replace it to send a new one."
            }
            (Self::SendAgain, _) => return recipient.too_soon(),
            (Self::CorrectAddress, claim) if claim.was_claimed() => {
                "It was claimed, so the mail has reached somebody."
            }
            (Self::Reset, ClaimState::Free { .. }) => "Nobody has claimed it, so there is nothing to reset.",
            (Self::Reset, ClaimState::Revoked { .. }) => "Access is revoked. Replace the link instead.",
            (Self::CorrectAddress | Self::Reset | Self::Replace, _) => return None,
        };
        Some(bar.to_owned())
    }
}

impl Recipient {
    /// Why the link cannot be sent again at this moment.
    fn too_soon(&self) -> Option<String> {
        if matches!(self.mail_state, MailState::Waiting { .. } | MailState::Held) {
            return Some("A mail with it waits to be sent already.".to_owned());
        }
        self.resend_from
            .as_ref()
            .map(|from| format!("It was sent not long ago. It can be sent again {}.", from.told()))
    }
}
