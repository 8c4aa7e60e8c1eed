//! Access tokens: a recipient's key to their credential, and what may be done with it.
//!
//! The truth table of the product stands here, as pure judgements on a [`Dossier`], and nowhere else.

use crate::{
    id::{AccessTokenId, OrganizationId, RecipientId},
    mail::{MailKind, MailState},
    organization::Organization,
    recipient::{CredentialStanding, Recipient, Revocation},
    sealed::{SealBinding, SealPurpose, SealedSecret, TokenDigest},
    social_profile::{Connection, ProfileHint, ProviderId, SocialProfile},
    template::Template,
    time::Timestamp,
};

/// An access token as it is kept: everything but its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// Names it; not a secret.
    pub id: AccessTokenId,
    /// Whose credential it opens.
    pub recipient: RecipientId,
    /// Who issued it.
    pub organization: OrganizationId,
    /// Finds it by its value.
    pub digest: TokenDigest,
    /// The value, sealed, so that the link can be mailed and shown again; only while the token is usable.
    pub sealed: Option<SealedSecret>,
    /// How many replaced tokens of the same recipient lie behind it.
    pub generation: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// The social profile that claimed it.
    pub binding: Option<Binding>,
    /// When access was revoked: it can no longer claim; what was claimed stays.
    pub revoked_at: Option<Timestamp>,
    /// When a newer token was mailed in its place.
    pub replaced_at: Option<Timestamp>,
    /// When somebody who could not claim it asked the issuer for a reset, and who that was.
    pub reset_request: Option<ResetRequest>,
    /// When its link was first opened, by a person or by a mail scanner.
    pub first_opened_at: Option<Timestamp>,
    /// How often its link was opened, by whomever.
    pub opens: u64,
}

/// The social profile that claimed a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Who it is, and by which provider.
    pub connection: Connection,
    /// When it was bound.
    pub bound_at: Timestamp,
}

/// A wish for a reset, by somebody who has the link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResetRequest {
    /// When it was made.
    pub at: Timestamp,
    /// The provider and the hint of the profile that was refused, where one was connected.
    pub by: Option<(ProviderId, ProfileHint)>,
}

impl AccessToken {
    /// The word for its state.
    #[must_use]
    pub const fn state(&self) -> AccessState {
        if self.replaced_at.is_some() {
            AccessState::Replaced
        } else if self.revoked_at.is_some() {
            AccessState::Revoked
        } else if self.binding.is_some() {
            AccessState::Bound
        } else {
            AccessState::Free
        }
    }

    /// Whether this profile claimed it.
    #[must_use]
    pub fn is_bound_to(&self, profile: &SocialProfile) -> bool {
        self.binding
            .as_ref()
            .is_some_and(|binding| binding.connection.profile == *profile)
    }

    /// The row that its sealed copy belongs to.
    #[must_use]
    pub const fn seal_binding(&self) -> SealBinding {
        SealBinding {
            purpose: SealPurpose::Link,
            organization: self.organization,
            token: *self.id.as_uuid(),
            generation: self.generation,
        }
    }
}

/// What administrators are shown of an access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AccessState {
    /// Waits for the first social profile to connect.
    Free,
    /// Claimed.
    Bound,
    /// Access was revoked, whether it was claimed before or not.
    Revoked,
    /// Another token has taken its place.
    Replaced,
}

impl AccessState {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Bound => "bound",
            Self::Revoked => "revoked",
            Self::Replaced => "replaced",
        }
    }
}

/// A recipient with everything that decides about their access token, read at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// The issuer.
    pub organization: Organization,
    /// What was awarded.
    pub template: Template,
    /// The person and the credential.
    pub recipient: Recipient,
    /// The token: the one that was asked for by its value, otherwise the one that has not been replaced.
    pub token: AccessToken,
    /// What became of the latest mail that carried this token's link.
    pub mail: Option<MailState>,
}

/// What a mailed link is to somebody of whom nothing else is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkStanding {
    /// Whoever connects first, claims.
    Free,
    /// Claimed: the profile that did so may enter, nobody else.
    Claimed,
    /// Of no use to anybody.
    Closed(Refusal),
}

/// What a connected profile is to a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimStanding {
    /// The token is free: connecting binds it.
    MayClaim,
    /// It is bound to this profile already.
    AlreadyYours,
    /// Nothing changes, for this reason.
    Refused(Refusal),
}

/// What a signed-in profile may see of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewStanding {
    /// All of it.
    Holder,
    /// Its issuer has paused it.
    Paused,
    /// Its issuer has closed its account.
    OrganizationCancelled,
    /// Nothing: it is somebody else's, or nobody's.
    NotYours,
}

/// Why a link or a claim is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The issuer has closed its account.
    OrganizationCancelled,
    /// A newer mail has the link.
    Replaced {
        /// Since when.
        at: Timestamp,
    },
    /// Paused by the issuer.
    TemplatePaused,
    /// Access was revoked.
    AccessRevoked,
    /// The credential was revoked.
    CredentialRevoked(Revocation),
    /// Another profile was first.
    InUseByAnother,
}

/// What everybody may know of a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verification {
    /// Nothing: it was never claimed.
    NotPublic,
    /// Its issuer has closed its account.
    IssuerClosed,
    /// What it is worth.
    Public(CredentialStanding),
}

impl Dossier {
    /// What closes the link to everybody, the bound profile included.
    fn closed(&self) -> Option<Refusal> {
        if !self.organization.is_active() {
            return Some(Refusal::OrganizationCancelled);
        }
        if let Some(at) = self.token.replaced_at {
            return Some(Refusal::Replaced { at });
        }
        self.template.paused_at.map(|_| Refusal::TemplatePaused)
    }

    /// What closes a token that is not bound to whoever asks.
    fn unclaimable(&self) -> Option<Refusal> {
        if self.token.revoked_at.is_some() {
            return Some(Refusal::AccessRevoked);
        }
        self.recipient.revocation.clone().map(Refusal::CredentialRevoked)
    }

    /// What the link is to a visitor who has not connected yet.
    #[must_use]
    pub fn link(&self) -> LinkStanding {
        if let Some(refusal) = self.closed() {
            return LinkStanding::Closed(refusal);
        }
        if self.token.binding.is_some() {
            return LinkStanding::Claimed;
        }
        self.unclaimable()
            .map_or(LinkStanding::Free, LinkStanding::Closed)
    }

    /// What happens when this profile connects.
    #[must_use]
    pub fn claim_by(&self, profile: &SocialProfile) -> ClaimStanding {
        if let Some(refusal) = self.closed() {
            return ClaimStanding::Refused(refusal);
        }
        if self.token.is_bound_to(profile) {
            return ClaimStanding::AlreadyYours;
        }
        if let Some(refusal) = self.unclaimable() {
            return ClaimStanding::Refused(refusal);
        }
        match self.token.binding {
            Some(_) => ClaimStanding::Refused(Refusal::InUseByAnother),
            None => ClaimStanding::MayClaim,
        }
    }

    /// What this profile may see once it is signed in.
    #[must_use]
    pub fn view_by(&self, profile: &SocialProfile) -> ViewStanding {
        // Told first: whether a credential is paused is nobody's business but its holder's. A replaced token has none: its
        // binding was erased.
        if !self.token.is_bound_to(profile) {
            return ViewStanding::NotYours;
        }
        if !self.organization.is_active() {
            return ViewStanding::OrganizationCancelled;
        }
        match self.template.paused_at {
            Some(_) => ViewStanding::Paused,
            None => ViewStanding::Holder,
        }
    }

    /// What the public verification says.
    #[must_use]
    pub fn verification(&self, now: Timestamp) -> Verification {
        if self.recipient.first_claimed_at.is_none() {
            return Verification::NotPublic;
        }
        if !self.organization.is_active() {
            return Verification::IssuerClosed;
        }
        Verification::Public(self.recipient.credential(now))
    }

    /// Whether a mail about this token may be sent at this moment.
    #[must_use]
    pub fn posting(&self, kind: MailKind) -> Posting {
        let has_cause = match kind {
            MailKind::Access | MailKind::AccessAgain | MailKind::AccessReset => true,
            MailKind::Claimed => self.token.binding.is_some(),
            MailKind::ResetRequested => self.token.reset_request.is_some(),
        };
        let is_usable = self.token.replaced_at.is_none()
            && self.token.revoked_at.is_none()
            && self.recipient.revocation.is_none();
        if !has_cause || !is_usable {
            Posting::Drop
        } else if self.template.paused_at.is_some() || !self.organization.is_active() {
            Posting::Wait
        } else {
            Posting::Send
        }
    }
}

/// What to do with a mail that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Posting {
    /// Send it.
    Send,
    /// Keep it until the template is resumed, or the organization reactivated.
    Wait,
    /// Never send it: its link is good for nothing any more.
    Drop,
}
