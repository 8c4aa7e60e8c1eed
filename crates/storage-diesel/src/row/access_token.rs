//! Rows of access tokens.

use diesel::{AsChangeset, Insertable, Queryable, Selectable};
use symbolon_domain::{
    access_token::{AccessToken, Binding, ResetRequest},
    sealed::SealedSecret,
    social_profile::{Connection, ProfileHint, ProviderId, SocialProfile},
    time::Timestamp,
};

use super::{maybe, read_digest, unreadable};
use crate::{
    error::Unreadable,
    schema::access_tokens,
    types::{At, Key},
};

/// An access token as it is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = access_tokens, treat_none_as_default_value = false)]
pub(crate) struct AccessTokenRow {
    pub(crate) id: Key,
    pub(crate) recipient_id: Key,
    pub(crate) organization_id: Key,
    pepper_id: String,
    digest: Vec<u8>,
    sealed: Option<Vec<u8>>,
    pub(crate) generation: i64,
    created_at: At,
    #[diesel(embed)]
    binding: BindingColumns,
    revoked_at: Option<At>,
    replaced_at: Option<At>,
    #[diesel(embed)]
    reset: ResetColumns,
    first_opened_at: Option<At>,
    opens: i64,
}

/// The binding of a token: all of it, or none.
#[derive(Debug, Clone, Default, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(
    table_name = access_tokens,
    treat_none_as_default_value = false,
    treat_none_as_null = true
)]
pub(crate) struct BindingColumns {
    #[diesel(column_name = bound_provider)]
    provider: Option<String>,
    #[diesel(column_name = bound_issuer)]
    issuer: Option<String>,
    #[diesel(column_name = bound_subject)]
    subject: Option<String>,
    #[diesel(column_name = bound_hint)]
    hint: Option<String>,
    #[diesel(column_name = bound_at)]
    at: Option<At>,
}

/// A request for a reset.
#[derive(Debug, Clone, Default, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(
    table_name = access_tokens,
    treat_none_as_default_value = false,
    treat_none_as_null = true
)]
pub(crate) struct ResetColumns {
    #[diesel(column_name = reset_requested_at)]
    at: Option<At>,
    #[diesel(column_name = reset_provider)]
    provider: Option<String>,
    #[diesel(column_name = reset_hint)]
    hint: Option<String>,
}

impl BindingColumns {
    pub(crate) fn of(connection: &Connection, at: Timestamp) -> Self {
        Self {
            provider: Some(connection.provider.as_str().to_owned()),
            issuer: Some(connection.profile.issuer().to_owned()),
            subject: Some(connection.profile.subject().to_owned()),
            hint: Some(connection.hint.as_str().to_owned()),
            at: Some(At(at)),
        }
    }
}

impl TryFrom<BindingColumns> for Option<Binding> {
    type Error = Unreadable;

    fn try_from(columns: BindingColumns) -> Result<Self, Unreadable> {
        let Some(bound_at) = columns.at else {
            return Ok(None);
        };
        let column = |column| move || unreadable("access_tokens", column);
        let issuer = columns.issuer.ok_or_else(column("bound_issuer"))?;
        let subject = columns.subject.ok_or_else(column("bound_subject"))?;
        Ok(Some(Binding {
            connection: Connection {
                provider: columns
                    .provider
                    .as_deref()
                    .and_then(ProviderId::parse)
                    .ok_or_else(column("bound_provider"))?,
                profile: SocialProfile::new(&issuer, &subject).ok_or_else(column("bound_subject"))?,
                hint: columns
                    .hint
                    .map(ProfileHint::from_kept)
                    .ok_or_else(column("bound_hint"))?,
            },
            bound_at: bound_at.0,
        }))
    }
}

impl From<&ResetRequest> for ResetColumns {
    fn from(request: &ResetRequest) -> Self {
        let by = request.by.as_ref();
        Self {
            at: Some(At(request.at)),
            provider: by.map(|(provider, _)| provider.as_str().to_owned()),
            hint: by.map(|(_, hint)| hint.as_str().to_owned()),
        }
    }
}

impl TryFrom<ResetColumns> for Option<ResetRequest> {
    type Error = Unreadable;

    fn try_from(columns: ResetColumns) -> Result<Self, Unreadable> {
        let Some(at) = columns.at else {
            return Ok(None);
        };
        let unreadable = || unreadable("access_tokens", "reset_provider");
        let by = match (columns.provider, columns.hint) {
            (None, None) => None,
            (Some(provider), Some(hint)) => {
                let provider = ProviderId::parse(&provider).ok_or_else(unreadable)?;
                Some((provider, ProfileHint::from_kept(hint)))
            }
            _ => return Err(unreadable()),
        };
        Ok(Some(ResetRequest { at: at.0, by }))
    }
}

impl From<&AccessToken> for AccessTokenRow {
    fn from(token: &AccessToken) -> Self {
        let binding = token.binding.as_ref();
        Self {
            id: token.id.into(),
            recipient_id: token.recipient.into(),
            organization_id: token.organization.into(),
            pepper_id: token.digest.pepper.as_str().to_owned(),
            digest: token.digest.bytes.to_vec(),
            sealed: token.sealed.as_ref().map(|sealed| sealed.as_bytes().to_vec()),
            generation: token.generation.into(),
            created_at: At(token.created_at),
            binding: binding
                .map(|binding| BindingColumns::of(&binding.connection, binding.bound_at))
                .unwrap_or_default(),
            revoked_at: maybe(token.revoked_at),
            replaced_at: maybe(token.replaced_at),
            reset: token.reset_request.as_ref().map(Into::into).unwrap_or_default(),
            first_opened_at: maybe(token.first_opened_at),
            opens: i64::try_from(token.opens).unwrap_or(i64::MAX),
        }
    }
}

impl TryFrom<AccessTokenRow> for AccessToken {
    type Error = Unreadable;

    fn try_from(row: AccessTokenRow) -> Result<Self, Unreadable> {
        let column = |column| move || unreadable("access_tokens", column);
        Ok(Self {
            id: row.id.into(),
            recipient: row.recipient_id.into(),
            organization: row.organization_id.into(),
            digest: read_digest("access_tokens", &row.pepper_id, row.digest)?,
            sealed: row.sealed.map(SealedSecret::from_bytes),
            generation: row.generation.try_into().map_err(|_| column("generation")())?,
            created_at: row.created_at.0,
            binding: row.binding.try_into()?,
            revoked_at: row.revoked_at.map(|at| at.0),
            replaced_at: row.replaced_at.map(|at| at.0),
            reset_request: row.reset.try_into()?,
            first_opened_at: row.first_opened_at.map(|at| at.0),
            opens: row.opens.try_into().map_err(|_| column("opens")())?,
        })
    }
}
