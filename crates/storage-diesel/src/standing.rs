//! The domain's judgement of a token, as conditions that a statement can decide.
//!
//! They mean [`AuthorizationToken::standing`](symbolon_domain::authorization_token::AuthorizationToken::standing), and
//! nothing else in this crate compares the instants that decide about a token. The test compares the
//! two, state by state.

#[cfg(test)]
mod tests;

use diesel::{dsl::auto_type, prelude::*};

use crate::{
    schema::{authorization_tokens as token, organizations as organization},
    types::At,
};

/// Neither retired nor expired. Of [`Standing::Live`](symbolon_domain::authorization_token::Standing::Live) this leaves
/// out the organization.
#[auto_type(no_type_alias)]
pub(crate) fn unretired(now: At) -> _ {
    token::rotated_at
        .is_null()
        .and(token::revoked_at.is_null())
        .and(token::expiry_seen_at.is_null())
        .and(token::expires_at.gt(now))
}

/// Unretired, or rotated away and in its grace.
#[auto_type(no_type_alias)]
pub(crate) fn served(now: At) -> _ {
    token::revoked_at
        .is_null()
        .and(token::expiry_seen_at.is_null())
        .and(token::expires_at.gt(now))
        .and(token::rotated_at.is_null().or(token::grace_until.gt(now)))
}

/// The organization of the token at hand is active.
#[auto_type(no_type_alias)]
pub(crate) fn owner_is_active() -> _ {
    diesel::dsl::exists(
        organization::table
            .filter(organization::id.eq(token::organization_id))
            .filter(organization::cancelled_at.is_null()),
    )
}
