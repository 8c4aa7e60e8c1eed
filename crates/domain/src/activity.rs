//! The activity log: who did what, when. Entries are only ever added.

pub mod names;

use std::net::IpAddr;

use crate::{
    access_token::AccessToken,
    id::{
        AccessTokenId, ActivityId, AdministratorId, AuthorizationTokenId, OrganizationId, RecipientId,
        TemplateId,
    },
    time::Timestamp,
};

/// One entry of the activity log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityEntry {
    /// Names it.
    pub id: ActivityId,
    /// In whose log it stands.
    pub organization: OrganizationId,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub attribution: Attribution,
    /// What was done.
    pub action: Action,
    /// What it was done to, besides the organization.
    pub about: About,
}

/// What an act was done to. Ids only: when a recipient is deleted, the log keeps a pseudonym and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct About {
    /// The authorization token.
    pub token: Option<AuthorizationTokenId>,
    /// The other authorization token that took part: a successor.
    pub other_token: Option<AuthorizationTokenId>,
    /// The template.
    pub template: Option<TemplateId>,
    /// The recipient.
    pub recipient: Option<RecipientId>,
    /// The access token.
    pub access_token: Option<AccessTokenId>,
    /// The administrator.
    pub administrator: Option<AdministratorId>,
}

impl About {
    /// An administrator.
    #[must_use]
    pub fn administrator(administrator: AdministratorId) -> Self {
        Self {
            administrator: Some(administrator),
            ..Self::default()
        }
    }

    /// An authorization token.
    #[must_use]
    pub fn token(token: AuthorizationTokenId) -> Self {
        Self {
            token: Some(token),
            ..Self::default()
        }
    }

    /// An authorization token and its successor.
    #[must_use]
    pub fn rotation(token: AuthorizationTokenId, successor: AuthorizationTokenId) -> Self {
        Self {
            token: Some(token),
            other_token: Some(successor),
            ..Self::default()
        }
    }

    /// A template.
    #[must_use]
    pub fn template(template: TemplateId) -> Self {
        Self {
            template: Some(template),
            ..Self::default()
        }
    }

    /// A recipient.
    #[must_use]
    pub fn recipient(recipient: RecipientId) -> Self {
        Self {
            recipient: Some(recipient),
            ..Self::default()
        }
    }

    /// A recipient, their access token and their template.
    #[must_use]
    pub fn access(token: &AccessToken, template: TemplateId) -> Self {
        Self {
            template: Some(template),
            recipient: Some(token.recipient),
            access_token: Some(token.id),
            ..Self::default()
        }
    }
}

/// Who did something, and where from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Who.
    pub actor: Actor,
    /// The request, as its answer's `X-Request-Id` names it.
    pub request_id: Option<String>,
    /// The address the request came from.
    pub address: Option<IpAddr>,
}

impl Attribution {
    /// An act at the command line.
    #[must_use]
    pub const fn operator() -> Self {
        Self {
            actor: Actor::Operator,
            request_id: None,
            address: None,
        }
    }
}

/// Who can do things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A program that showed this token.
    Token(AuthorizationTokenId),
    /// Somebody who is signed in to the dashboard.
    Administrator(AdministratorId),
    /// Somebody at the command line of the service.
    Operator,
    /// Somebody with a recipient's link. Who, the log does not keep: it can never be deleted from it.
    Recipient,
}

/// Where a request came from, before it is known who made it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RequestOrigin {
    /// The request, as its answer's `X-Request-Id` names it.
    pub request_id: Option<String>,
    /// The address it came from.
    pub address: Option<IpAddr>,
}

impl RequestOrigin {
    /// The attribution of an act by the bearer of this token.
    #[must_use]
    pub fn by_token(&self, token: AuthorizationTokenId) -> Attribution {
        Attribution {
            actor: Actor::Token(token),
            request_id: self.request_id.clone(),
            address: self.address,
        }
    }

    /// The attribution of an act by this administrator.
    #[must_use]
    pub fn by_administrator(&self, administrator: AdministratorId) -> Attribution {
        Attribution {
            actor: Actor::Administrator(administrator),
            request_id: self.request_id.clone(),
            address: self.address,
        }
    }

    /// The attribution of an act by somebody with a recipient's link. Where they came from is not kept.
    #[must_use]
    pub fn by_recipient(&self) -> Attribution {
        Attribution {
            actor: Actor::Recipient,
            request_id: self.request_id.clone(),
            address: None,
        }
    }
}

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal;)*) => {
        /// What can be done. The names are stored and shown, and never change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Action {
            $($(#[$doc])* $variant,)*
        }

        impl Action {
            /// Every action.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stored name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Reads the stored name.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|action| action.name() == name)
            }
        }
    };
}

actions! {
    /// An organization was made.
    OrganizationCreated = "organization.created";
    /// An organization was cancelled: its tokens stopped working.
    OrganizationCancelled = "organization.cancelled";
    /// A cancelled organization was made active again.
    OrganizationReactivated = "organization.reactivated";
    /// Whether token values can be shown again was changed.
    RevealPolicyChanged = "organization.reveal_policy_changed";
    /// A token was made.
    TokenCreated = "token.created";
    /// A token was rotated away for another.
    TokenRotated = "token.rotated";
    /// A lost creation was answered again.
    CreationReplayed = "token.creation_replayed";
    /// A lost rotation was answered again.
    RotationReplayed = "token.rotation_replayed";
    /// A token's description was changed.
    TokenDescribed = "token.described";
    /// A token was revoked.
    TokenRevoked = "token.revoked";
    /// Values of tokens were shown in a list or by id.
    TokenRevealed = "token.revealed";
    /// A token that was rotated away was shown again.
    TokenReuseDetected = "token.reuse_detected";
    /// A template was made.
    TemplateCreated = "template.created";
    /// A template was changed.
    TemplateChanged = "template.changed";
    /// A template was paused: its links stopped working, and its mail waits.
    TemplatePaused = "template.paused";
    /// A paused template was resumed.
    TemplateResumed = "template.resumed";
    /// A template on which nothing was issued was deleted.
    TemplateDeleted = "template.deleted";
    /// A credential was issued to a recipient.
    CredentialIssued = "credential.issued";
    /// A credential was revoked.
    CredentialRevoked = "credential.revoked";
    /// The mail address of a recipient was corrected, and their access token replaced.
    AddressCorrected = "recipient.address_corrected";
    /// A recipient was deleted, with their credential and personal data.
    RecipientDeleted = "recipient.deleted";
    /// The value of an access token was shown.
    AccessRevealed = "access.revealed";
    /// A social profile was bound to an access token.
    AccessClaimed = "access.claimed";
    /// Somebody who could not claim asked for a reset.
    ResetRequested = "access.reset_requested";
    /// A request for a reset was dismissed.
    ResetDismissed = "access.request_dismissed";
    /// The binding of an access token was cleared.
    AccessReset = "access.reset";
    /// Access was revoked: the token can no longer claim.
    AccessRevoked = "access.revoked";
    /// A new access token was put in the place of another.
    AccessReplaced = "access.replaced";
    /// The same link was mailed again.
    AccessMailedAgain = "access.mailed_again";
    /// What an organization says about itself was changed.
    OrganizationChanged = "organization.changed";
    /// Somebody set the service up, and is its first administrator.
    AdministratorSetUp = "administrator.set_up";
    /// An administrator was invited, or invited again.
    AdministratorInvited = "administrator.invited";
    /// An administrator accepted the invitation.
    AdministratorJoined = "administrator.joined";
    /// An administrator got another role.
    RoleChanged = "administrator.role_changed";
    /// An administrator was removed.
    AdministratorRemoved = "administrator.removed";
    /// An administrator signed in.
    AdministratorSignedIn = "administrator.signed_in";
    /// An administrator chose a new password.
    PasswordChanged = "administrator.password_changed";
    /// An administrator began to use a second factor.
    SecondFactorAdded = "administrator.second_factor_added";
    /// An administrator uses no second factor any more.
    SecondFactorRemoved = "administrator.second_factor_removed";
    /// An administrator got new recovery codes.
    RecoveryCodesRenewed = "administrator.recovery_codes_renewed";
    /// A recovery code stood in for a second factor.
    RecoveryCodeUsed = "administrator.recovery_code_used";
    /// An administrator connected an account at a sign-in provider.
    AccountConnected = "administrator.account_connected";
    /// An administrator disconnected it.
    AccountDisconnected = "administrator.account_disconnected";
    /// An administrator ended sessions of theirs.
    SessionsEnded = "administrator.sessions_ended";
    /// An import, or an act on many recipients, was started. What it does to each has an entry of its own.
    JobStarted = "job.started";
    /// Such work was stopped before its end.
    JobStopped = "job.stopped";
    /// The activity log was taken away as a file.
    ActivityExported = "activity.exported";
    /// Recipients were taken away as a file.
    RecipientsExported = "recipient.exported";
    /// A sealed copy did not open: somebody changed the database, or a key is wrong.
    IntegrityFailed = "integrity.failed";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_read_back_by_its_name() {
        for action in Action::ALL {
            assert_eq!(Action::parse(action.name()), Some(*action));
        }
        assert_eq!(Action::parse("token.eaten"), None);
    }
}
