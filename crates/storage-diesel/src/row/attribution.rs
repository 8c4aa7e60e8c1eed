//! Who did something and where from, in columns that more than one table has.

use symbolon_domain::{
    activity::{Actor, Attribution},
    port::activity::ActorKind,
};

use super::unreadable;
use crate::{error::Unreadable, types::Key};

/// The values of these columns.
pub(super) struct Attributed {
    pub(super) actor: String,
    pub(super) token: Option<Key>,
    pub(super) administrator: Option<Key>,
    pub(super) request_id: Option<String>,
    pub(super) address: Option<String>,
}

impl From<&Attribution> for Attributed {
    fn from(attribution: &Attribution) -> Self {
        let (kind, token, administrator) = match attribution.actor {
            Actor::Token(id) => (ActorKind::Token, Some(id), None),
            Actor::Administrator(id) => (ActorKind::Administrator, None, Some(id)),
            Actor::Operator => (ActorKind::Operator, None, None),
            Actor::Recipient => (ActorKind::Recipient, None, None),
        };
        Self {
            actor: kind.name().to_owned(),
            token: token.map(Key::from),
            administrator: administrator.map(Key::from),
            request_id: attribution.request_id.clone(),
            address: attribution.address.map(|address| address.to_string()),
        }
    }
}

impl Attributed {
    /// What the columns of this table say.
    pub(super) fn read(self, table: &'static str) -> Result<Attribution, Unreadable> {
        let kind = ActorKind::parse(&self.actor).ok_or_else(|| unreadable(table, "actor"))?;
        let actor = match (kind, self.token, self.administrator) {
            (ActorKind::Token, Some(id), None) => Actor::Token(id.into()),
            (ActorKind::Administrator, None, Some(id)) => Actor::Administrator(id.into()),
            (ActorKind::Operator, None, None) => Actor::Operator,
            (ActorKind::Recipient, None, None) => Actor::Recipient,
            _ => return Err(unreadable(table, "actor")),
        };
        Ok(Attribution {
            actor,
            request_id: self.request_id,
            address: self
                .address
                .map(|address| address.parse())
                .transpose()
                .map_err(|_| unreadable(table, "address"))?,
        })
    }
}
