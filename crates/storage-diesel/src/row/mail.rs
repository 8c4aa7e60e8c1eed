//! Rows of mail.

use diesel::{Insertable, Queryable, Selectable};
use symbolon_domain::mail::{Mail, MailKind};

use super::{read_state, unreadable};
use crate::{
    error::Unreadable,
    schema::mails,
    types::{At, Key},
};

/// A mail as it is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = mails, treat_none_as_default_value = false)]
pub(crate) struct MailRow {
    pub(crate) id: Key,
    recipient_id: Key,
    pub(crate) access_token_id: Key,
    organization_id: Key,
    kind: String,
    created_at: At,
    state: String,
    attempts: i64,
    due_at: At,
    sent_at: Option<At>,
    failure: Option<String>,
}

impl From<&Mail> for MailRow {
    fn from(mail: &Mail) -> Self {
        Self {
            id: mail.id.into(),
            recipient_id: mail.recipient.into(),
            access_token_id: mail.token.into(),
            organization_id: mail.organization.into(),
            kind: mail.kind.name().to_owned(),
            created_at: At(mail.created_at),
            state: mail.state.name().to_owned(),
            attempts: mail.attempts.into(),
            due_at: At(mail.due_at),
            sent_at: mail.sent_at.map(At),
            failure: mail.failure.clone(),
        }
    }
}

impl TryFrom<MailRow> for Mail {
    type Error = Unreadable;

    fn try_from(row: MailRow) -> Result<Self, Unreadable> {
        Ok(Self {
            id: row.id.into(),
            recipient: row.recipient_id.into(),
            token: row.access_token_id.into(),
            organization: row.organization_id.into(),
            kind: MailKind::parse(&row.kind).ok_or_else(|| unreadable("mails", "kind"))?,
            created_at: row.created_at.0,
            state: read_state("mails", &row.state)?,
            attempts: row
                .attempts
                .try_into()
                .map_err(|_| unreadable("mails", "attempts"))?,
            due_at: row.due_at.0,
            sent_at: row.sent_at.map(|at| at.0),
            failure: row.failure,
        })
    }
}
