//! The words by which recipients are found. The table of words follows the column of recipients by triggers; here it is read.

#[cfg(test)]
mod tests;

use diesel::{dsl::auto_type, prelude::*};

use super::{
    few::{OF_A_PAGE, Shown},
    list::matching,
};
use crate::{
    connection::AnyConnection,
    schema::{recipient_words as having, recipients as recipient},
    types::Key,
};

/// Of how many with one word a set is made, in which whoever is next in a list is looked up without reading their row: it
/// takes some milliseconds. Of more, enough stand everywhere in a list to fill a page soon, mostly.
pub(super) const COUNTABLE: i64 = 50_000;

/// Of how many with a word it is asked how many have another, and how many of them would fill a page soon.
const ASKED: i64 = 1_000;
const RARE: i64 = 10;

/// Who may have all these words, and be on this template if there is one: some of those with one of the words, or those with
/// two, or those with one on the template, where these are at most `few`.
pub(super) fn holders(
    connection: &mut AnyConnection,
    organization: Key,
    template: Option<Key>,
    sought: &[String],
    few: i64,
) -> QueryResult<Shown> {
    // A word that fewer have first, whichever was typed first.
    if let Some(ids) = having_one(connection, organization, sought, OF_A_PAGE.min(few))? {
        return Ok(Shown::Few(ids));
    }
    let mut countable = Vec::new();
    for word in sought {
        if has_at_most(connection, organization, word, COUNTABLE)? {
            countable.push(word.clone());
        }
    }
    let is_template_countable = match template {
        Some(template) => on_template_are_at_most(connection, template, COUNTABLE)?,
        None => false,
    };
    let in_two_ways = match (countable.as_slice(), template) {
        ([word, ..], Some(template)) if is_template_countable => {
            Some(having_and_on(connection, organization, word, template, few + 1)?)
        }
        ([one, other, ..], _) => Some(having_both(connection, organization, [one, other], few + 1)?),
        _ => None,
    };
    if let Some(ids) = in_two_ways.filter(|ids| are_at_most(ids, few)) {
        return Ok(Shown::Few(ids));
    }
    if few > OF_A_PAGE
        && let Some(ids) = having_one(connection, organization, sought, few)?
    {
        return Ok(Shown::Few(ids));
    }
    if countable.is_empty()
        && !is_template_countable
        && let [one, other, ..] = sought
        && are_rarely_together(connection, organization, one, other)?
    {
        let both = having_both(connection, organization, [one, other], few + 1)?;
        if are_at_most(&both, few) {
            return Ok(Shown::Few(both));
        }
    }
    Ok(Shown::Having(countable))
}

fn are_at_most(ids: &[Key], most: i64) -> bool {
    i64::try_from(ids.len()).is_ok_and(|count| count <= most)
}

/// Those with the first of these words that at most so many have.
fn having_one(
    connection: &mut AnyConnection,
    organization: Key,
    sought: &[String],
    most: i64,
) -> QueryResult<Option<Vec<Key>>> {
    for word in sought {
        if has_at_most(connection, organization, word, most)? {
            let (from, to) = range(word);
            return having_one_in(organization, from, to)
                .distinct()
                .load(connection)
                .map(Some);
        }
    }
    Ok(None)
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

/// Who has a word and is on a template; not all, where they are more than enough.
fn having_and_on(
    connection: &mut AnyConnection,
    organization: Key,
    word: &str,
    template: Key,
    enough: i64,
) -> QueryResult<Vec<Key>> {
    let (from, to) = range(word);
    having_one_in(organization, from, to)
        // As for those who have both.
        .filter(having::recipient_id.eq_any(on(template)).eq(true))
        .distinct()
        .limit(enough)
        .load(connection)
}

/// Whether of those with one word so few have the other too that a list of them would be sought everywhere. Of words that many
/// have, as two hosts of mail addresses, often nobody has both.
fn are_rarely_together(
    connection: &mut AnyConnection,
    organization: Key,
    one: &str,
    other: &str,
) -> QueryResult<bool> {
    let some = some_with(connection, organization, one, ASKED)?;
    let asked = recipient::table.filter(recipient::id.eq_any(some)).into_boxed();
    let both: i64 = matching(asked, &[other.to_owned()])
        .count()
        .get_result(connection)?;
    Ok(both < RARE)
}

/// Some who have a word: the first that the index names, perhaps with several words that begin so. Without a `DISTINCT`, for
/// which PostgreSQL reads everybody who has it.
pub(super) fn some_with(
    connection: &mut AnyConnection,
    organization: Key,
    word: &str,
    enough: i64,
) -> QueryResult<Vec<Key>> {
    let (from, to) = range(word);
    having_one_in(organization, from, to)
        .limit(enough)
        .load(connection)
}

diesel::alias!(having as having_too: HavingToo);

/// Who has one word and the other; not all, where they are more than enough.
fn having_both(
    connection: &mut AnyConnection,
    organization: Key,
    [one, other]: [&str; 2],
    enough: i64,
) -> QueryResult<Vec<Key>> {
    let (from, to) = range(other);
    let others = having_too
        .filter(having_too.field(having::organization_id).eq(organization))
        .filter(having_too.field(having::word).ge(from))
        .filter(having_too.field(having::word).lt(to))
        .select(having_too.field(having::recipient_id));
    let (from, to) = range(one);
    having_one_in(organization, from, to)
        // Compared with `true`, so that PostgreSQL looks it up in a set: to join the table with itself takes seconds where
        // it has no statistics yet.
        .filter(having::recipient_id.eq_any(others).eq(true))
        .distinct()
        .limit(enough)
        .load(connection)
}

/// Whether no more than so many words begin like this.
fn has_at_most(
    connection: &mut AnyConnection,
    organization: Key,
    word: &str,
    most: i64,
) -> QueryResult<bool> {
    let (from, to) = range(word);
    let next: Vec<Key> = having_one_in(organization, from, to)
        .limit(1)
        .offset(most)
        .load(connection)?;
    Ok(next.is_empty())
}

/// The ids of those who have a word in a [range](range), once for each.
#[auto_type(no_type_alias)]
pub(super) fn having_one_in(organization: Key, from: String, to: String) -> _ {
    having::table
        .filter(having::organization_id.eq(organization))
        .filter(having::word.ge(from))
        .filter(having::word.lt(to))
        .select(having::recipient_id)
}

/// From a word up to what follows everything that begins like it: no letter is greater than the last one there is.
pub(super) fn range(word: &str) -> (String, String) {
    (word.to_owned(), format!("{word}{}", char::MAX))
}
