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

pub(super) fn names(
    connection: &mut AnyConnection,
    organization: Key,
    mentioned: &Mentioned,
) -> QueryResult<Names> {
    snapshot(connection, |connection| {
        let tokens: Vec<(Key, Option<String>)> = token::table
            .filter(token::id.eq_any(keys(&mentioned.tokens)))
            .filter(token::organization_id.eq(organization))
            .select((token::id, token::description))
            .load(connection)?;
        let templates: Vec<(Key, String)> = template::table
            .filter(template::id.eq_any(keys(&mentioned.templates)))
            .filter(template::organization_id.eq(organization))
            .select((template::id, template::name))
            .load(connection)?;
        let recipients: Vec<(Key, String, Option<String>)> = recipient::table
            .filter(recipient::id.eq_any(keys(&mentioned.recipients)))
            .filter(recipient::organization_id.eq(organization))
            .select((recipient::id, recipient::first_name, recipient::last_name))
            .load(connection)?;
        let administrators: Vec<(Key, Option<String>, String)> = administrator::table
            .filter(administrator::id.eq_any(keys(&mentioned.administrators)))
            .filter(administrator::organization_id.eq(organization))
            .select((administrator::id, administrator::name, administrator::mail))
            .load(connection)?;
        Ok(Names {
            tokens: tokens.into_iter().map(|(id, text)| (id.into(), text)).collect(),
            templates: templates
                .into_iter()
                .map(|(id, name)| (id.into(), name))
                .collect(),
            recipients: recipients
                .into_iter()
                .map(|(id, first, last)| (id.into(), person(first, last)))
                .collect(),
            administrators: administrators
                .into_iter()
                .map(|(id, name, mail)| (id.into(), name.unwrap_or(mail)))
                .collect(),
        })
    })
}

fn keys<'a, I: Copy + Into<Key> + 'a>(ids: impl IntoIterator<Item = &'a I>) -> Vec<Key> {
    ids.into_iter().map(|id| (*id).into()).collect()
}

fn person(first: String, last: Option<String>) -> String {
    match last {
        Some(last) => format!("{first} {last}"),
        None => first,
    }
}
