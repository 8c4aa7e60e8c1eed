//! An authorization token, as JSON has it.

use serde::Serialize;
use symbolon_domain::{
    authorization_token::{AuthorizationToken, Standing},
    id::{AuthorizationTokenId, OrganizationId},
    organization::Organization,
    permissions::Permission,
    secret::TokenSecret,
    service::{create_token::MadeToken, reveal::ShownToken},
    time::Timestamp,
};

use super::{Text, organization::organization_url};
use crate::PublicUrl;

/// An authorization token, possibly with its value: it is for answers, and has no `Debug`.
#[derive(Serialize)]
pub struct TokenObject {
    id: Text<AuthorizationTokenId>,
    token: Option<String>,
    owner_id: Text<OrganizationId>,
    description: Option<String>,
    write_enabled: bool,
    read_enabled: bool,
    delete_enabled: bool,
    created_at: Text<Timestamp>,
    expires_at: Text<Timestamp>,
    last_used_at: Option<Text<Timestamp>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    served_until: Option<Text<Timestamp>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reuse_count: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rotated_from: Option<Text<AuthorizationTokenId>>,
    owner: OwnerObject,
}

#[derive(Serialize)]
struct OwnerObject {
    #[serde(rename = "type")]
    kind: &'static str,
    id: Text<OrganizationId>,
    name: String,
    url: String,
}

impl TokenObject {
    /// A token that was just made, with its value.
    #[must_use]
    pub fn made(made: &MadeToken, public_url: &PublicUrl) -> Self {
        let token = &made.made.token;
        Self {
            rotated_from: token.rotated_from.map(Text),
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
            served_until: Some(Text(shown.token.served_until())),
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
            served_until: Some(Text(token.served_until())),
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
            id: Text(token.id),
            token: secret.map(|secret| secret.expose().to_owned()),
            owner_id: Text(token.organization),
            description: token.description.as_ref().map(ToString::to_string),
            write_enabled: token.permissions.contains(Permission::Write),
            read_enabled: token.permissions.contains(Permission::Read),
            delete_enabled: token.permissions.contains(Permission::Delete),
            created_at: Text(token.created_at),
            expires_at: Text(token.expires_at),
            last_used_at: token.last_used_at.map(Text),
            state: None,
            served_until: None,
            reuse_count: None,
            rotated_from: None,
            owner: OwnerObject {
                kind: "Organization",
                id: Text(owner.id),
                name: owner.name.to_string(),
                url: organization_url(owner, public_url),
            },
        }
    }
}
