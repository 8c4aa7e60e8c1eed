//! Rows of stored answers.

use diesel::{Insertable, Queryable, Selectable};
use symbolon_domain::{
    idempotency::{IdempotencyKey, Repeatable, RequestFingerprint, StoredAnswer},
    sealed::SealedSecret,
    text::Description,
    time::Timestamp,
};

use super::unreadable;
use crate::{
    error::Unreadable,
    schema::stored_answers,
    types::{At, Key},
};

/// A stored answer as it is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = stored_answers, treat_none_as_default_value = false)]
pub(crate) struct AnswerRow {
    pub(crate) caller_id: Key,
    pub(crate) key: String,
    fingerprint: Vec<u8>,
    token_id: Key,
    sealed: Vec<u8>,
    description: Option<String>,
    expires_at: At,
}

impl AnswerRow {
    /// Whether it can still be given.
    pub(crate) fn is_kept(&self, now: Timestamp) -> bool {
        self.expires_at.0.is_ahead_of(now)
    }
}

impl From<&StoredAnswer> for AnswerRow {
    fn from(answer: &StoredAnswer) -> Self {
        Self {
            caller_id: answer.caller.into(),
            key: answer.request.key.as_str().to_owned(),
            fingerprint: answer.request.fingerprint.0.to_vec(),
            token_id: answer.token.into(),
            sealed: answer.sealed.as_bytes().to_vec(),
            description: answer.description.as_ref().map(|text| text.as_str().to_owned()),
            expires_at: At(answer.expires_at),
        }
    }
}

impl TryFrom<AnswerRow> for StoredAnswer {
    type Error = Unreadable;

    fn try_from(row: AnswerRow) -> Result<Self, Unreadable> {
        let column = |column| move || unreadable("stored_answers", column);
        Ok(Self {
            caller: row.caller_id.into(),
            request: Repeatable {
                key: IdempotencyKey::parse(&row.key).ok_or_else(column("key"))?,
                fingerprint: RequestFingerprint(
                    row.fingerprint.try_into().map_err(|_| column("fingerprint")())?,
                ),
            },
            token: row.token_id.into(),
            sealed: SealedSecret::from_bytes(row.sealed),
            description: row
                .description
                .map(|text| Description::parse(&text))
                .transpose()
                .map_err(|_| column("description")())?,
            expires_at: row.expires_at.0,
        })
    }
}
