//! The words by which recipients are found. The table of words follows the column of recipients by triggers: here it is read,
//! and the column is filled in for those whom an earlier version has added.

#[cfg(test)]
mod tests;

use diesel::{prelude::*, result::Error};
use symbolon_domain::recipient::Recipient;

use crate::{
    connection::{AnyConnection, MultiBackend},
    row::recipient::{RecipientRow, words},
    schema::{recipient_words as having, recipients as recipient},
    types::Key,
};

/// How many recipients are filled in at once.
const CHUNK: i64 = 1_000;

/// Up to how many with one word are looked for among those with another: to go through an index so far takes some
/// milliseconds. Where every word has more, those with all of them are many too, or the words have nothing to do with each
/// other.
const COUNTABLE: i64 = 50_000;

diesel::alias!(having as other_words: OtherWords);

/// The ids of those who have all these words, and perhaps of some more; not all where they are more than `few`. `None` where
/// it takes long to know.
pub(super) fn holders(
    connection: &mut AnyConnection,
    organization: Key,
    sought: &[String],
    few: i64,
) -> QueryResult<Option<Vec<Key>>> {
    for word in sought {
        if has_at_most(connection, organization, word, few)? {
            return beginning(organization, word)
                .select(having::recipient_id)
                .distinct()
                .load(connection)
                .map(Some);
        }
    }
    let mut countable = Vec::new();
    for word in sought {
        if countable.len() < 2 && has_at_most(connection, organization, word, COUNTABLE)? {
            countable.push(word);
        }
    }
    let [one, other] = countable.as_slice() else {
        return Ok(None);
    };
    let (from, to) = range(other);
    let others = other_words
        .filter(other_words.field(having::organization_id).eq(organization))
        .filter(other_words.field(having::word).ge(from))
        .filter(other_words.field(having::word).lt(to))
        .select(other_words.field(having::recipient_id));
    beginning(organization, one)
        .filter(having::recipient_id.eq_any(others))
        .select(having::recipient_id)
        .distinct()
        .limit(few + 1)
        .load(connection)
        .map(Some)
}

/// Whether no more than so many words begin like this.
fn has_at_most(
    connection: &mut AnyConnection,
    organization: Key,
    word: &str,
    most: i64,
) -> QueryResult<bool> {
    let next: Vec<Key> = beginning(organization, word)
        .select(having::recipient_id)
        .limit(1)
        .offset(most)
        .load(connection)?;
    Ok(next.is_empty())
}

/// The words that begin like this, with whose they are.
fn beginning(organization: Key, word: &str) -> having::BoxedQuery<'static, MultiBackend> {
    let (from, to) = range(word);
    having::table
        .filter(having::organization_id.eq(organization))
        .filter(having::word.ge(from))
        .filter(having::word.lt(to))
        .into_boxed()
}

/// From the word itself up to what follows everything that begins like it: no letter is greater than the last one there is.
fn range(word: &str) -> (String, String) {
    (word.to_owned(), format!("{word}{}", char::MAX))
}

/// Makes the words of those who have none yet.
pub(crate) fn fill_in(connection: &mut AnyConnection) -> QueryResult<()> {
    loop {
        let rows: Vec<RecipientRow> = recipient::table
            .filter(recipient::words.is_null())
            .order(recipient::id)
            .limit(CHUNK)
            .select(RecipientRow::as_select())
            .load(connection)?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            let id = row.id;
            let read = Recipient::try_from(row).map_err(Error::from)?;
            diesel::update(recipient::table.find(id))
                .set(recipient::words.eq(words(&read)))
                .execute(connection)?;
        }
    }
}
