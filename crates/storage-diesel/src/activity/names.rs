//! What the things that entries mention are called: one query for each kind, however many they are.

use diesel::prelude::*;
use symbolon_domain::activity::names::{Mentioned, Names};

use crate::{
    connection::AnyConnection,
    schema::{
        administrators as administrator, authorization_tokens as token, recipients as recipient,
        templates as template,
    },
    transaction::snapshot,
    types::Key,
};

/// See the port's `names`. Whose a thing is, is looked at here: in the question SQLite would take it for the shorter way to the
/// few that are asked for, and read all that the organization has.
pub(super) fn names(
    connection: &mut AnyConnection,
    organization: Key,
    mentioned: &Mentioned,
) -> QueryResult<Names> {
    snapshot(connection, |connection| {
        let tokens: Vec<(Key, Key, Option<String>)> = token::table
            .filter(token::id.eq_any(keys(&mentioned.tokens)))
            .select((token::organization_id, token::id, token::description))
            .load(connection)?;
        let templates: Vec<(Key, Key, String)> = template::table
            .filter(template::id.eq_any(keys(&mentioned.templates)))
            .select((template::organization_id, template::id, template::name))
            .load(connection)?;
        let recipients: Vec<(Key, Key, (String, Option<String>))> = recipient::table
            .filter(recipient::id.eq_any(keys(&mentioned.recipients)))
            .select((
                recipient::organization_id,
                recipient::id,
                (recipient::first_name, recipient::last_name),
            ))
            .load(connection)?;
        let administrators: Vec<(Key, Key, (Option<String>, String))> = administrator::table
            .filter(administrator::id.eq_any(keys(&mentioned.administrators)))
            .select((
                administrator::organization_id,
                administrator::id,
                (administrator::name, administrator::mail),
            ))
            .load(connection)?;
        Ok(Names {
            tokens: of(organization, tokens, |text| text),
            templates: of(organization, templates, |name| name),
            recipients: of(organization, recipients, person),
            administrators: of(organization, administrators, |(name, mail)| name.unwrap_or(mail)),
        })
    })
}

/// What is an organization's, by its id.
fn of<I, T, N, M>(organization: Key, rows: Vec<(Key, Key, T)>, name: impl Fn(T) -> N) -> M
where
    I: From<Key>,
    M: FromIterator<(I, N)>,
{
    rows.into_iter()
        .filter(|(owner, ..)| *owner == organization)
        .map(|(_, id, text)| (id.into(), name(text)))
        .collect()
}

fn keys<'a, I: Copy + Into<Key> + 'a>(ids: impl IntoIterator<Item = &'a I>) -> Vec<Key> {
    ids.into_iter().map(|id| (*id).into()).collect()
}

fn person((first, last): (String, Option<String>)) -> String {
    match last {
        Some(last) => format!("{first} {last}"),
        None => first,
    }
}
