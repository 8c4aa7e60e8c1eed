//! The domain's tokens in the pages' words.

use symbolon_domain::{
    authorization_token::{AuthorizationToken, Standing},
    id::AuthorizationTokenId,
    permissions::{self, Permission},
    time::Timestamp,
};

use crate::{
    State,
    view::dashboard::{Expiry, Permissions, Reuse, Since, TokenLink, TokenState},
};

pub(super) fn state(token: &AuthorizationToken, now: Timestamp) -> TokenState {
    match (token.own_standing(now), token.grace_until) {
        (Standing::Live, _) => TokenState::Live,
        (Standing::Grace, Some(until)) => TokenState::InGrace {
            until: Since::of(until, now),
        },
        (Standing::Grace | Standing::Rotated, _) => TokenState::Rotated,
        (Standing::Expired, _) => TokenState::Expired,
        (Standing::Revoked | Standing::OrganizationCancelled, _) => TokenState::Revoked,
    }
}

pub(super) fn permissions(permissions: permissions::Permissions) -> Permissions {
    Permissions {
        read: permissions.contains(Permission::Read),
        write: permissions.contains(Permission::Write),
        delete: permissions.contains(Permission::Delete),
    }
}

pub(super) fn expiry(token: &AuthorizationToken, now: Timestamp) -> Expiry {
    Expiry(Since::of(token.expires_at, now))
}

pub(super) fn description(token: &AuthorizationToken) -> Option<String> {
    token.description.as_ref().map(ToString::to_string)
}

pub(super) fn last_used(token: &AuthorizationToken, now: Timestamp) -> Option<Since> {
    token.last_used_at.map(|at| Since::of(at, now))
}

/// The end of the token's id: its value is not at hand, and need not be.
pub(super) fn ending(token: &AuthorizationToken) -> String {
    ending_of(token.id)
}

/// The same of a token of which no more is known than its id.
pub(in crate::page::dashboard) fn ending_of(id: AuthorizationTokenId) -> String {
    let id = id.to_string();
    id.chars().skip(id.len().saturating_sub(4)).collect()
}

pub(super) fn reuse(token: &AuthorizationToken) -> Option<Reuse> {
    (token.reuse_count > 0).then_some(Reuse {
        count: token.reuse_count,
    })
}

pub(super) fn link(token: &AuthorizationToken, now: Timestamp) -> TokenLink {
    TokenLink {
        id: token.id.to_string(),
        description: description(token),
        state: state(token, now),
    }
}

/// What a token is for, in a sentence: “Learning platform”.
pub(super) fn quoted(description: &str) -> String {
    format!("“{description}”")
}

/// The line that tries a token.
pub(super) fn curl(token: &AuthorizationToken, value: &str, state: &State) -> String {
    let path = format!(
        "/v1/organizations/{}/authorization_tokens/current",
        token.organization
    );
    format!("curl -u '{value}:' {}", state.public_url.at(&path))
}
