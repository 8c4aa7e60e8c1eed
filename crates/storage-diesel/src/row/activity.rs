//! Rows of the activity log.

use diesel::{Insertable, Queryable, Selectable};
use symbolon_domain::activity::{About, Action, ActivityEntry};

use super::{attribution::Attributed, unreadable};
use crate::{
    error::Unreadable,
    schema::activity,
    types::{At, Key},
};

/// An entry as it is kept, without its place in the log, which the database gives.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = activity, treat_none_as_default_value = false)]
pub(crate) struct EntryRow {
    id: Key,
    organization_id: Key,
    at: At,
    actor: String,
    actor_token_id: Option<Key>,
    request_id: Option<String>,
    address: Option<String>,
    action: String,
    pub(crate) token_id: Option<Key>,
    other_token_id: Option<Key>,
    template_id: Option<Key>,
    recipient_id: Option<Key>,
    access_token_id: Option<Key>,
    actor_administrator_id: Option<Key>,
    administrator_id: Option<Key>,
}

impl From<&ActivityEntry> for EntryRow {
    fn from(entry: &ActivityEntry) -> Self {
        let by = Attributed::from(&entry.attribution);
        Self {
            id: entry.id.into(),
            organization_id: entry.organization.into(),
            at: At(entry.at),
            actor: by.actor,
            actor_token_id: by.token,
            request_id: by.request_id,
            address: by.address,
            action: entry.action.name().to_owned(),
            token_id: entry.about.token.map(Key::from),
            other_token_id: entry.about.other_token.map(Key::from),
            template_id: entry.about.template.map(Key::from),
            recipient_id: entry.about.recipient.map(Key::from),
            access_token_id: entry.about.access_token.map(Key::from),
            actor_administrator_id: by.administrator,
            administrator_id: entry.about.administrator.map(Key::from),
        }
    }
}

impl TryFrom<EntryRow> for ActivityEntry {
    type Error = Unreadable;

    fn try_from(row: EntryRow) -> Result<Self, Unreadable> {
        let column = |column| move || unreadable("activity", column);
        let by = Attributed {
            actor: row.actor,
            token: row.actor_token_id,
            administrator: row.actor_administrator_id,
            request_id: row.request_id,
            address: row.address,
        };
        Ok(Self {
            id: row.id.into(),
            organization: row.organization_id.into(),
            at: row.at.0,
            attribution: by.read("activity")?,
            action: Action::parse(&row.action).ok_or_else(column("action"))?,
            about: About {
                token: row.token_id.map(Into::into),
                other_token: row.other_token_id.map(Into::into),
                template: row.template_id.map(Into::into),
                recipient: row.recipient_id.map(Into::into),
                access_token: row.access_token_id.map(Into::into),
                administrator: row.administrator_id.map(Into::into),
            },
        })
    }
}
