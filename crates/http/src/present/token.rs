//! An authorization token, as JSON has it.

use serde::Serialize;
use symbolon_domain::{
    authorization_token::{AuthorizationToken, Standing},
    organization::Organization,
    permissions::Permission,
    secret::TokenSecret,
    service::{create_token::MadeToken, reveal::ShownToken},
};

use super::organization::organization_url;
use crate::PublicUrl;

/// An authorization token, possibly with its value: it is for answers, and has no `Debug`.
#[derive(Serialize)]
pub struct TokenObject {
    id: String,
    token: Option<String>,
    owner_id: String,
    description: Option<String>,
    write_enabled: bool,
    read_enabled: bool,
    delete_enabled: bool,
    created_at: String,
    expires_at: String,
    last_used_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    served_until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reuse_count: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rotated_from: Option<String>,
    owner: OwnerObject,
}

#[derive(Serialize)]
struct OwnerObject {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
    name: String,
    url: String,
}

impl TokenObject {
    /// A token that was just made, with its value.
    #[must_use]
    pub fn made(made: &MadeToken, public_url: &PublicUrl) -> Self {
        let token = &made.made.token;
        Self {
            rotated_from: token.rotated_from.map(|id| id.to_string()),
            ..Self::new(token, &made.made.owner, Some(&made.secret), public_url)
        }
    }

    /// A token of a list of live ones.
    #[must_use]
    pub fn listed(shown: &ShownToken, owner: &Organization, public_url: &PublicUrl) -> Self {
        Self::new(&shown.token, owner, shown.secret.as_ref(), public_url)
    }

    /// A token that may be retired, with its state.
    #[must_use]
    pub fn with_state(shown: &ShownToken, owner: &Organization, public_url: &PublicUrl) -> Self {
        Self {
            state: Some(shown.standing.name()),
            served_until: Some(shown.token.served_until().to_string()),
            reuse_count: Some(shown.token.reuse_count),
            ..Self::listed(shown, owner, public_url)
        }
    }

    /// A token with the state it was found in.
    #[must_use]
    pub fn in_standing(
        token: &AuthorizationToken,
        standing: Standing,
        owner: &Organization,
        public_url: &PublicUrl,
    ) -> Self {
        Self {
            state: Some(standing.name()),
            served_until: Some(token.served_until().to_string()),
            reuse_count: Some(token.reuse_count),
            ..Self::new(token, owner, None, public_url)
        }
    }

    fn new(
        token: &AuthorizationToken,
        owner: &Organization,
        secret: Option<&TokenSecret>,
        public_url: &PublicUrl,
    ) -> Self {
        Self {
            id: token.id.to_string(),
            token: secret.map(|secret| secret.expose().to_owned()),
            owner_id: token.organization.to_string(),
            description: token.description.as_ref().map(ToString::to_string),
            write_enabled: token.permissions.contains(Permission::Write),
            read_enabled: token.permissions.contains(Permission::Read),
            delete_enabled: token.permissions.contains(Permission::Delete),
            created_at: token.created_at.to_string(),
            expires_at: token.expires_at.to_string(),
            last_used_at: token.last_used_at.map(|at| at.to_string()),
            state: None,
            served_until: None,
            reuse_count: None,
            rotated_from: None,
            owner: OwnerObject {
                kind: "Organization",
                id: owner.id.to_string(),
                name: owner.name.to_string(),
                url: organization_url(owner, public_url),
            },
        }
    }
}
