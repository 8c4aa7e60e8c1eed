//! What an act has done, told on the page that follows it.

use super::mark::Tone;

macro_rules! outcomes {
    ($($(#[$about:meta])* $outcome:ident $code:literal $tone:ident $sentence:literal)+) => {
        /// What an act has done. A redirect names it by its code: `/dashboard/developers?done=token-revoked`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Outcome {
            $($(#[$about])* $outcome,)+
        }

        impl Outcome {
            /// All of them.
            pub(crate) const ALL: &[Self] = &[$(Self::$outcome,)+];

            /// What stands in the address.
            pub(crate) const fn code(self) -> &'static str {
                match self {
                    $(Self::$outcome => $code,)+
                }
            }

            /// What is told.
            pub(super) const fn sentence(self) -> &'static str {
                match self {
                    $(Self::$outcome => $sentence,)+
                }
            }

            /// In which colour.
            pub(super) const fn tone(self) -> Tone {
                match self {
                    $(Self::$outcome => Tone::$tone,)+
                }
            }
        }
    };
}

outcomes! {
    /// An organization and its first owner were set up.
    SetUp "set-up" Good "Your organization is set up, and you are its owner."
    /// Signed out.
    SignedOut "signed-out" Good "You have signed out."
    /// The session was ended by time.
    Inactive "inactive" Attention "You were signed out because nothing happened for 30 minutes. Sign in to go on."
    /// The session was ended from elsewhere.
    SessionEnded "session-ended" Attention "Your session has ended. Sign in to go on."
    /// A new password counts.
    PasswordChanged "password-changed" Good "Your new password counts from now on. All other sessions were ended."
    /// An authorization token was described.
    TokenDescribed "token-described" Good "The description was changed."
    /// An authorization token was revoked.
    TokenRevoked "token-revoked" Good "The authorization token was revoked. Nothing is served to it any more."
    /// It and all that it made were revoked.
    TokensRevoked "tokens-revoked" Good "The authorization token and those made with it were revoked. Nothing is served to them any more."
    /// Somebody else was faster.
    TokenAlreadyClosed "token-already-closed" Attention "Nothing was done: this authorization token is no longer live."
    /// A template was created.
    TemplateCreated "template-created" Good "The template was created. Add its first recipient, or import them from a file."
    /// A template was changed.
    TemplateChanged "template-changed" Good "The template was changed. Its name and description count everywhere at once, its validity for what is issued from now on."
    /// A template was paused.
    TemplatePaused "template-paused" Attention "The template is paused: its links do not work and its mail waits until you resume it."
    /// A template was resumed.
    TemplateResumed "template-resumed" Good "The template is active again: its links work, and mail that waited is being sent."
    /// A template was deleted.
    TemplateDeleted "template-deleted" Good "The template was deleted."
    /// A template has recipients.
    TemplateInUse "template-in-use" Attention "Nothing was deleted: the template has recipients. Pause it instead, or delete its recipients first."
    /// A recipient was added.
    RecipientAdded "recipient-added" Good "The recipient was added, and the mail with their link is on its way."
    /// A recipient was added, and no mail was wanted.
    RecipientAddedUnmailed "recipient-added-unmailed" Good "The recipient was added. No mail was sent: hand over the link or the token yourself."
    /// The link is mailed again.
    SentAgain "sent-again" Good "The link is being mailed again."
    /// Nothing was mailed.
    NotSentAgain "not-sent-again" Attention "Nothing was sent: it was mailed not long ago, or a mail waits already."
    /// A mail address was corrected.
    AddressCorrected "address-corrected" Good "The mail address was corrected. A new link is on its way, and the old one stopped working."
    /// A binding was cleared.
    AccessReset "access-reset" Good "The access was reset. The same link works again, for whoever connects first; a mail says so."
    /// A reset request was dismissed.
    RequestDismissed "request-dismissed" Good "The reset request was dismissed. Nothing else was changed."
    /// A reset request is not there any more.
    RequestGone "request-gone" Attention "Nothing was done: this reset request does not wait any more."
    /// A link was replaced.
    AccessReplaced "access-replaced" Good "The link was replaced. The new one is on its way, and the old one stopped working."
    /// Access was revoked.
    AccessRevoked "access-revoked" Good "Access was revoked. The link can no longer claim."
    /// A credential was revoked.
    CredentialRevoked "credential-revoked" Good "The credential was revoked. Whoever verifies it reads so from now on."
    /// A recipient was deleted.
    RecipientDeleted "recipient-deleted" Good "The recipient was deleted, with their credential and all personal data."
    /// A recipient is not as the act needs them.
    RecipientChanged "recipient-changed" Attention "Nothing was done: the recipient was changed meanwhile. Look at what it is like now."
    /// The organization was changed.
    OrganizationChanged "organization-changed" Good "The organization was changed. Its name counts from now on, also on what was issued before."
    /// The reveal policy was changed.
    RevealPolicyChanged "reveal-policy-changed" Good "When tokens are shown was changed."
    /// An administrator was invited.
    AdministratorInvited "administrator-invited" Good "The invitation is on its way. It works once, and not for ever."
    /// An administrator got another role.
    RoleChanged "role-changed" Good "The role was changed. Their sessions have ended: they sign in again."
    /// An administrator was removed.
    AdministratorRemoved "administrator-removed" Good "The administrator was removed, and is signed out everywhere."
    /// Without an owner nobody could repair anything.
    LastOwner "last-owner" Attention "Nothing was done: an organization needs an owner. Make somebody else an owner first."
    /// An administrator is not as the act needs them.
    AdministratorChanged "administrator-changed" Attention "Nothing was done: the administrator was changed meanwhile. Look at what it is like now."
    /// The own name was changed.
    NameChanged "name-changed" Good "Your name was changed."
    /// The second factor was removed.
    SecondFactorRemoved "second-factor-removed" Attention "Your second factor is off. Your password alone lets in from now on."
    /// Somebody joined with an account at a provider.
    Joined "joined" Good "You have joined, and sign in with your account at the provider from now on. Say here how others shall call you."
    /// An account at a provider was connected.
    AccountConnected "account-connected" Good "The account is connected: you can sign in with it."
    /// An account at a provider belongs to somebody else here, or was not confirmed.
    AccountNotConnected "account-not-connected" Attention "Nothing was connected: the provider did not say who you are, or another administrator has this account."
    /// An account at a provider was disconnected.
    AccountDisconnected "account-disconnected" Good "The account is disconnected."
    /// A session was ended from here.
    SessionClosed "session-closed" Good "The session was ended."
    /// All other sessions were ended from here.
    SessionsClosed "sessions-closed" Good "All other sessions were ended."
    /// No recipient was chosen for a bulk act.
    NobodyChosen "nobody-chosen" Attention "Nothing was done: choose recipients in the list first."
    /// No act was chosen for the chosen recipients.
    NoActChosen "no-act-chosen" Attention "Nothing was done: choose what to do with them."
    /// Too much long work waits.
    TooManyJobs "too-many-jobs" Attention "Nothing was done: too many imports and bulk acts wait already. Wait until one is over, or stop one."
    /// Long work was stopped.
    JobCancelled "job-cancelled" Good "It was stopped. What is done stays done."
    /// Long work was over already.
    JobOver "job-over" Attention "Nothing was stopped: it was over already."
    /// An import was begun elsewhere, or was given up.
    ImportGone "import-gone" Attention "This import was begun already, or was put aside because nothing happened. Choose the file once more."
}

impl Outcome {
    /// The outcome that an address names, if it names one.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|outcome| outcome.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn an_outcome_is_known_by_its_code_alone() {
        let codes: HashSet<_> = Outcome::ALL.iter().map(|outcome| outcome.code()).collect();
        assert_eq!(codes.len(), Outcome::ALL.len());
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_code(outcome.code()), Some(*outcome));
            assert!(outcome.sentence().ends_with('.'), "{outcome:?}");
        }
        assert_eq!(Outcome::from_code("<script>"), None);
    }
}
