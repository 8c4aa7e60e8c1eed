//! Rows of authorization tokens.

use diesel::{Insertable, Queryable, Selectable};
use symbolon_domain::{
    authorization_token::AuthorizationToken,
    permissions::Permissions,
    sealed::{KeyId, SealedSecret, TokenDigest},
    text::Description,
};

use super::{maybe, unreadable};
use crate::{
    error::Unreadable,
    schema::authorization_tokens,
    types::{At, Key},
};

/// A token as it is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = authorization_tokens, treat_none_as_default_value = false)]
pub(crate) struct TokenRow {
    pub(crate) id: Key,
    pub(crate) organization_id: Key,
    pepper_id: String,
    digest: Vec<u8>,
    sealed: Option<Vec<u8>>,
    description: Option<String>,
    permissions: i16,
    pub(crate) created_at: At,
    expires_at: At,
    pub(crate) created_by: Option<Key>,
    rotated_from: Option<Key>,
    generation: i64,
    replayable_until: Option<At>,
    rotated_at: Option<At>,
    grace_until: Option<At>,
    revoked_at: Option<At>,
    expiry_seen_at: Option<At>,
    last_used_at: Option<At>,
    reuse_count: i64,
    announce_at: Option<At>,
}

impl TokenRow {
    /// The same token, to be shown once only.
    pub(crate) fn without_sealed_copy(&self) -> Self {
        Self {
            sealed: None,
            ..self.clone()
        }
    }
}

impl From<&AuthorizationToken> for TokenRow {
    fn from(token: &AuthorizationToken) -> Self {
        Self {
            id: token.id.into(),
            organization_id: token.organization.into(),
            pepper_id: token.digest.pepper.as_str().to_owned(),
            digest: token.digest.bytes.to_vec(),
            sealed: token.sealed.as_ref().map(|sealed| sealed.as_bytes().to_vec()),
            description: token.description.as_ref().map(|text| text.as_str().to_owned()),
            permissions: token.permissions.bits().into(),
            created_at: At(token.created_at),
            expires_at: At(token.expires_at),
            created_by: token.created_by.map(Key::from),
            rotated_from: token.rotated_from.map(Key::from),
            generation: token.generation.into(),
            replayable_until: maybe(token.replayable_until),
            rotated_at: maybe(token.rotated_at),
            grace_until: maybe(token.grace_until),
            revoked_at: maybe(token.revoked_at),
            expiry_seen_at: maybe(token.expiry_seen_at),
            last_used_at: maybe(token.last_used_at),
            reuse_count: i64::try_from(token.reuse_count).unwrap_or(i64::MAX),
            announce_at: maybe(token.announce_at),
        }
    }
}

impl TryFrom<TokenRow> for AuthorizationToken {
    type Error = Unreadable;

    fn try_from(row: TokenRow) -> Result<Self, Unreadable> {
        let column = |column| move || unreadable("authorization_tokens", column);
        Ok(Self {
            id: row.id.into(),
            organization: row.organization_id.into(),
            digest: TokenDigest {
                pepper: KeyId::parse(&row.pepper_id).ok_or_else(column("pepper_id"))?,
                bytes: row.digest.try_into().map_err(|_| column("digest")())?,
            },
            sealed: row.sealed.map(SealedSecret::from_bytes),
            description: row
                .description
                .map(|text| Description::parse(&text))
                .transpose()
                .map_err(|_| column("description")())?,
            permissions: u8::try_from(row.permissions)
                .ok()
                .and_then(Permissions::from_bits)
                .ok_or_else(column("permissions"))?,
            created_at: row.created_at.0,
            expires_at: row.expires_at.0,
            created_by: row.created_by.map(Into::into),
            rotated_from: row.rotated_from.map(Into::into),
            generation: row.generation.try_into().map_err(|_| column("generation")())?,
            replayable_until: row.replayable_until.map(|at| at.0),
            rotated_at: row.rotated_at.map(|at| at.0),
            grace_until: row.grace_until.map(|at| at.0),
            revoked_at: row.revoked_at.map(|at| at.0),
            expiry_seen_at: row.expiry_seen_at.map(|at| at.0),
            last_used_at: row.last_used_at.map(|at| at.0),
            reuse_count: row.reuse_count.try_into().map_err(|_| column("reuse_count")())?,
            announce_at: row.announce_at.map(|at| at.0),
        })
    }
}
