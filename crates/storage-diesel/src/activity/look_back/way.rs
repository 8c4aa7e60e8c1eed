//! The ways in which an entry can be what a filter names.

use diesel::prelude::*;
use symbolon_domain::{
    activity::Action,
    port::activity::{ActivityFilter, ActorKind},
};

use super::Entries;
use crate::{schema::activity, types::Key};

/// A condition that an index answers.
#[derive(Clone, Copy)]
pub(super) enum Way {
    /// The entry names this id in this column.
    Names(Column, Key),
    /// This was done.
    Did(Action),
    /// This kind of actor did it.
    By(ActorKind),
}

type Column = fn(Entries, Key) -> Entries;

/// The columns that can name a token.
const OF_TOKEN: [Column; 3] = [
    |entries, id| entries.filter(activity::actor_token_id.eq(id)),
    |entries, id| entries.filter(activity::token_id.eq(id)),
    |entries, id| entries.filter(activity::other_token_id.eq(id)),
];

/// The columns that can name an administrator.
const OF_ADMINISTRATOR: [Column; 2] = [
    |entries, id| entries.filter(activity::actor_administrator_id.eq(id)),
    |entries, id| entries.filter(activity::administrator_id.eq(id)),
];

impl Way {
    /// Those of these entries that are so.
    pub(super) fn of(self, entries: Entries) -> Entries {
        match self {
            Self::Names(column, id) => column(entries, id),
            Self::Did(action) => entries.filter(activity::action.eq(action.name())),
            Self::By(actor) => entries.filter(activity::actor.eq(actor.name())),
        }
    }
}

/// Every combination of what a filter names; the one without any condition, where it names nothing.
pub(super) fn ways(filter: &ActivityFilter) -> Vec<Vec<Way>> {
    let mut ways = vec![Vec::new()];
    if let Some(token) = filter.token {
        ways = with(&ways, OF_TOKEN.map(|column| Way::Names(column, token.into())));
    }
    if let Some(administrator) = filter.administrator {
        let columns = OF_ADMINISTRATOR.map(|column| Way::Names(column, administrator.into()));
        ways = with(&ways, columns);
    }
    if filter.actions.is_none() && filter.actor.is_none() {
        return ways;
    }
    // Their index has both. Which actions there are is known, and so are the kinds of actors.
    let actions = filter.actions.as_deref().unwrap_or(Action::ALL);
    ways = with(&ways, actions.iter().copied().map(Way::Did));
    match filter.actor {
        Some(actor) => with(&ways, [Way::By(actor)]),
        None => with(&ways, ActorKind::ALL.map(Way::By)),
    }
}

/// Each of these ways, with each of these conditions.
fn with(ways: &[Vec<Way>], conditions: impl IntoIterator<Item = Way>) -> Vec<Vec<Way>> {
    conditions
        .into_iter()
        .flat_map(|condition| {
            ways.iter()
                .map(move |way| way.iter().copied().chain([condition]).collect())
        })
        .collect()
}
