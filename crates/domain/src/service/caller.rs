//! On whose authority something is done.

use std::sync::Arc;

use super::Fault;
use crate::{
    activity::{About, Action, ActivityEntry, Attribution, RequestOrigin},
    administrator::{Member, Right},
    administrator_session::AdministratorSession,
    authorization_token::{OwnedToken, Standing, TokenFilter, TokenStates},
    id::{ActivityId, AdministratorId, AuthorizationTokenId, OrganizationId},
    organization::Organization,
    permissions::{Permission, Permissions},
    port::{Ports, entropy::EntropyError},
    time::Timestamp,
};

/// The bearer of a token that was found good.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The token and its organization, as they were when it was found good.
    pub owned: Arc<OwnedToken>,
    /// What it was found good for: [`Standing::Live`] or [`Standing::Grace`].
    pub standing: Standing,
    /// Where the request came from.
    pub origin: RequestOrigin,
}

impl Caller {
    /// Whether the token permits this kind of act.
    ///
    /// # Errors
    /// [`PermissionLacking`] if not.
    pub fn require(&self, permission: Permission) -> Result<(), PermissionLacking> {
        if self.owned.token.permissions.contains(permission) {
            Ok(())
        } else {
            Err(PermissionLacking(permission))
        }
    }
}

/// An administrator who is signed in to the dashboard.
#[derive(Debug, Clone)]
pub struct SignedInAdministrator {
    /// Their session.
    pub session: AdministratorSession,
    /// Who they are, as they were when the session was looked at.
    pub member: Member,
    /// Where the request came from.
    pub origin: RequestOrigin,
}

impl SignedInAdministrator {
    /// Names them.
    #[must_use]
    pub const fn id(&self) -> AdministratorId {
        self.member.administrator.id
    }

    /// Whether they have this right.
    #[must_use]
    pub const fn has(&self, right: Right) -> bool {
        self.member.administrator.role.has(right)
    }

    /// An entry about something of theirs or their organization's.
    pub(crate) fn entry(
        &self,
        ports: &Ports,
        action: Action,
        about: About,
        now: Timestamp,
    ) -> Result<ActivityEntry, Fault> {
        Ok(Authority::Administrator(self).entry(ports, action, about, now)?)
    }
}

/// An administrator on whose behalf work goes on after they have asked for it.
#[derive(Debug, Clone)]
pub struct Mandate {
    /// Who they are, as they were when the work was taken up.
    pub member: Member,
    /// Where the request came from that asked for it.
    pub origin: RequestOrigin,
}

/// The token does not permit this kind of act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the authorization token lacks the {} permission", .0.name())]
pub struct PermissionLacking(pub Permission);

/// Who answers for an act: the bearer of a token within its permissions, an administrator within their role, or an
/// operator at the command line.
#[derive(Debug, Clone, Copy)]
pub enum Authority<'a> {
    /// A token's bearer.
    Token(&'a Caller),
    /// An administrator in the dashboard. What their [role](crate::administrator::Role) lets them do was asked before.
    Administrator(&'a SignedInAdministrator),
    /// An administrator who asked for long work. Whether they may still do it was asked when it was taken up.
    Mandate(&'a Mandate),
    /// An operator, acting for this organization.
    Operator(&'a Organization),
}

impl<'a> Authority<'a> {
    /// Within which organization the act takes place.
    #[must_use]
    pub fn organization(self) -> &'a Organization {
        match self {
            Self::Token(caller) => &caller.owned.owner,
            Self::Administrator(administrator) => &administrator.member.organization,
            Self::Mandate(mandate) => &mandate.member.organization,
            Self::Operator(organization) => organization,
        }
    }

    /// The most that may be seen or given out.
    #[must_use]
    pub fn permissions(self) -> Permissions {
        match self {
            Self::Token(caller) => caller.owned.token.permissions,
            Self::Administrator(_) | Self::Mandate(_) | Self::Operator(_) => Permissions::ALL,
        }
    }

    /// The token that acts, if one does.
    #[must_use]
    pub fn token(self) -> Option<AuthorizationTokenId> {
        match self {
            Self::Token(caller) => Some(caller.owned.token.id),
            Self::Administrator(_) | Self::Mandate(_) | Self::Operator(_) => None,
        }
    }

    /// What the activity log says about who did it.
    #[must_use]
    pub fn attribution(self) -> Attribution {
        match self {
            Self::Token(caller) => caller.origin.by_token(caller.owned.token.id),
            Self::Administrator(administrator) => administrator.origin.by_administrator(administrator.id()),
            Self::Mandate(mandate) => mandate.origin.by_administrator(mandate.member.administrator.id),
            Self::Operator(_) => Attribution::operator(),
        }
    }

    /// What a list shows on this authority.
    pub(crate) fn filter(self, states: TokenStates) -> TokenFilter {
        TokenFilter {
            visible_to: self.permissions(),
            states,
        }
    }

    /// An entry about something of the organization's.
    pub(crate) fn entry(
        self,
        ports: &Ports,
        action: Action,
        about: About,
        now: Timestamp,
    ) -> Result<ActivityEntry, EntropyError> {
        entry(
            ports,
            self.organization().id,
            self.attribution(),
            action,
            about,
            now,
        )
    }
}

/// A fresh entry for the activity log.
pub(crate) fn entry(
    ports: &Ports,
    organization: OrganizationId,
    attribution: Attribution,
    action: Action,
    about: About,
    now: Timestamp,
) -> Result<ActivityEntry, EntropyError> {
    Ok(ActivityEntry {
        id: ActivityId::fresh(now, ports.id_entropy()?),
        organization,
        at: now,
        attribution,
        action,
        about,
    })
}
