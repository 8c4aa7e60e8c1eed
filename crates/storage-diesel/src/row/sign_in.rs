//! Rows of sign-ins under way.

use diesel::{Insertable, Queryable, Selectable};
use symbolon_domain::{
    sign_in::{PendingSignIn, SignInPurpose},
    social_profile::ProviderId,
};

use super::{read_digest, unreadable};
use crate::{
    error::Unreadable,
    schema::sign_ins,
    types::{At, Key},
};

/// A sign-in under way as it is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sign_ins, treat_none_as_default_value = false)]
pub(crate) struct SignInRow {
    state_digest: Vec<u8>,
    state_pepper_id: String,
    browser_digest: Vec<u8>,
    browser_pepper_id: String,
    provider: String,
    pub(crate) access_token_id: Option<Key>,
    expires_at: At,
    purpose: String,
    subject_id: Option<Key>,
}

impl From<&PendingSignIn> for SignInRow {
    fn from(sign_in: &PendingSignIn) -> Self {
        Self {
            state_digest: sign_in.state.bytes.to_vec(),
            state_pepper_id: sign_in.state.pepper.as_str().to_owned(),
            browser_digest: sign_in.browser.bytes.to_vec(),
            browser_pepper_id: sign_in.browser.pepper.as_str().to_owned(),
            provider: sign_in.provider.as_str().to_owned(),
            access_token_id: sign_in.purpose.token().map(Key::from),
            expires_at: At(sign_in.expires_at),
            purpose: sign_in.purpose.name().to_owned(),
            subject_id: sign_in.purpose.subject().map(Key),
        }
    }
}

impl TryFrom<SignInRow> for PendingSignIn {
    type Error = Unreadable;

    fn try_from(row: SignInRow) -> Result<Self, Unreadable> {
        let token = row.access_token_id.map(Into::into);
        let subject = row.subject_id.map(|Key(subject)| subject);
        Ok(Self {
            state: read_digest("sign_ins", &row.state_pepper_id, row.state_digest)?,
            browser: read_digest("sign_ins", &row.browser_pepper_id, row.browser_digest)?,
            provider: ProviderId::parse(&row.provider).ok_or_else(|| unreadable("sign_ins", "provider"))?,
            purpose: SignInPurpose::from_kept(&row.purpose, token, subject)
                .ok_or_else(|| unreadable("sign_ins", "purpose"))?,
            expires_at: row.expires_at.0,
        })
    }
}
