//! The words by which recipients are found. The table of words follows the column of recipients by triggers; here it is read.

#[cfg(test)]
mod tests;

use diesel::{
    dsl::{AsExprOf, auto_type},
    prelude::*,
    sql_types::BigInt,
};

use super::{
    few::{OF_A_PAGE, Shown},
    signature,
};
use crate::{
    connection::{AnyConnection, MultiBackend},
    schema::{recipient_words as having, recipients as recipient},
    types::Key,
};

/// Of how many with one word a set is made, in which whoever is next in a list is looked up without reading their row, or which
/// are sorted: it takes some milliseconds. Of more, enough stand everywhere in a list to fill a page soon, mostly.
const COUNTABLE: i64 = 30_000;

/// How many are few of those with a word that is not countable: more, for some of the many have the bits of words they lack, and
/// otherwise everybody may have to be looked at.
const FEW_OF_MANY: i64 = 10_000;

/// Of how many words it is asked whether they are countable, which takes as long: those with the most letters, for the others
/// are mostly more common.
const ASKED: usize = 2;

/// Those who have a word that begins so, and others too, as far as their signature says: whether they do is still to be looked
/// at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Holders {
    word: String,
    bits: i64,
}

impl Holders {
    fn of(word: &str, sought: &[String]) -> Self {
        Self {
            word: word.to_owned(),
            bits: signature::bits(sought.iter().map(String::as_str)),
        }
    }

    /// What the table says of them: once for each word that begins so, so that somebody may stand there several times.
    pub(super) fn entries(&self, organization: Key) -> Entries {
        entries(organization, self.word.clone(), beyond(&self.word), self.bits)
    }
}

pub(super) type Entries = entries;

#[auto_type]
fn entries(organization: Key, from: String, to: String, bits: i64) -> _ {
    let common: Common<having::signature, AsExprOf<i64, BigInt>> =
        Common::new(having::signature, bits.into_sql::<BigInt>());
    having::table
        .filter(having::organization_id.eq(organization))
        .filter(having::word.ge(from))
        .filter(having::word.lt(to))
        .filter(common.eq(bits))
}

diesel::infix_operator!(Common, " & ", BigInt);

/// What follows everything that begins like this word: no letter is greater than the last one there is.
fn beyond(word: &str) -> String {
    format!("{word}{}", char::MAX)
}

/// Who may have all these words, and be on this template if there is one: some of those with one of the words, who are at
/// most `few`.
pub(super) fn holders(
    connection: &mut AnyConnection,
    organization: Key,
    template: Option<Key>,
    sought: &[String],
    few: i64,
) -> QueryResult<Shown> {
    let mut longest: Vec<_> = sought.iter().collect();
    longest.sort_by_key(|word| std::cmp::Reverse(word.len()));
    // A word that fewer have first, whichever was typed first.
    let rare = with_at_most(connection, organization, &longest, OF_A_PAGE.min(few))?;
    if let Some(word) = rare {
        let entries = Holders::of(word, sought).entries(organization);
        if let Some(ids) = at_most(connection, entries.into_boxed(), few)? {
            return Ok(Shown::Few(ids));
        }
    }
    longest.truncate(ASKED);
    let rare = with_at_most(connection, organization, &longest, COUNTABLE)?;
    let Some(word) = rare.or(longest.first().copied()) else {
        return Ok(Shown::Anybody);
    };
    let holders = Holders::of(word, sought);
    let mut named = None;
    if sought.len() > 1 || few > OF_A_PAGE {
        let most = if rare.is_some() { few } else { few.max(FEW_OF_MANY) };
        named = at_most(connection, holders.entries(organization).into_boxed(), most)?;
    }
    if let (None, Some(_), Some(template)) = (&named, rare, template)
        && on_template_are_at_most(connection, template, COUNTABLE)?
    {
        // Compared with `true`, so that PostgreSQL looks it up in a set: to join tables takes seconds where it has no
        // statistics yet.
        let is_on_it = having::recipient_id.eq_any(on(template)).eq(true);
        let entries = holders.entries(organization).filter(is_on_it);
        named = at_most(connection, entries.into_boxed(), few)?;
    }
    Ok(match (named, rare) {
        (Some(ids), _) => Shown::Few(ids),
        (None, Some(_)) => Shown::Having(holders),
        (None, None) => Shown::Anybody,
    })
}

/// The first of these words that at most so many have.
fn with_at_most<'a>(
    connection: &mut AnyConnection,
    organization: Key,
    words: &[&'a String],
    most: i64,
) -> QueryResult<Option<&'a String>> {
    for word in words {
        let next: Vec<Key> = Holders::of(word, &[])
            .entries(organization)
            .select(having::recipient_id)
            .limit(1)
            .offset(most)
            .load(connection)?;
        if next.is_empty() {
            return Ok(Some(word));
        }
    }
    Ok(None)
}

/// Who they are, where they are at most so many.
fn at_most(
    connection: &mut AnyConnection,
    entries: having::BoxedQuery<'static, MultiBackend>,
    most: i64,
) -> QueryResult<Option<Vec<Key>>> {
    // Without a `DISTINCT`, for which PostgreSQL reads all of them.
    let mut ids: Vec<Key> = entries
        .select(having::recipient_id)
        .limit(most + 1)
        .load(connection)?;
    let are_all = i64::try_from(ids.len()).is_ok_and(|count| count <= most);
    ids.sort_unstable();
    ids.dedup();
    Ok(are_all.then_some(ids))
}

/// Whether a template has no more than so many recipients.
fn on_template_are_at_most(connection: &mut AnyConnection, template: Key, most: i64) -> QueryResult<bool> {
    let next: Vec<Key> = on(template).limit(1).offset(most).load(connection)?;
    Ok(next.is_empty())
}

#[auto_type(no_type_alias)]
fn on(template: Key) -> _ {
    recipient::table
        .filter(recipient::template_id.eq(template))
        .select(recipient::id)
}

/// Some who may have all these words: the first with one of them that the index names, perhaps several times.
pub(super) fn some_with(
    connection: &mut AnyConnection,
    organization: Key,
    word: &str,
    sought: &[String],
    enough: i64,
) -> QueryResult<Vec<Key>> {
    Holders::of(word, sought)
        .entries(organization)
        .select(having::recipient_id)
        .limit(enough)
        .load(connection)
}
