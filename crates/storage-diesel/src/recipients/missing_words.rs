//! Making the words of whoever has none: whom a version without words has added, or whose address it has corrected. No search
//! finds them until then.
//!
//! Only the texts are read of which words are made: what else of a row cannot be read keeps nobody from being found.

use diesel::{
    dsl::{auto_type, exists},
    prelude::*,
    sql_types::{Array, Text},
};
use symbolon_domain::{id::RecipientId, port::StoreError, search::Described};
use uuid::Uuid;

use crate::{
    DieselStore,
    cached::Cached,
    connection::AnyConnection,
    row::recipient::words,
    schema::recipients as recipient,
    types::{Id, Key},
};

/// Whose words are made in one transaction: on SQLite nobody else writes meanwhile, and on PostgreSQL nobody changes these.
const STEP: i64 = 500;

/// What a step has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordsMade {
    /// How many recipients have got their words.
    pub recipients: u64,
    /// The last of them, after whom the next step goes on.
    pub last: RecipientId,
}

impl DieselStore {
    /// How many recipients have no words yet, so that no search finds them.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn count_without_words(&self) -> Result<u64, StoreError> {
        self.read(|connection| {
            let count: i64 = without_words(Key(Uuid::nil())).count().get_result(connection)?;
            Ok(u64::try_from(count).unwrap_or(0))
        })
        .await
    }

    /// Makes the words of the next 500 recipients who have none, in the order of their ids and after this one; `None` where
    /// nobody is left. Whoever is being changed by somebody else is passed over, and is there for a later call. Any number
    /// of callers may do this at once, on any instance, beside earlier versions too.
    ///
    /// # Errors
    /// Where the database does not answer; the words of none of them are made then.
    pub async fn make_words(&self, after: Option<RecipientId>) -> Result<Option<WordsMade>, StoreError> {
        let after = after.map_or(Key(Uuid::nil()), Key::from);
        // Mostly there is nobody, and to see that takes no lock.
        let is_due: bool = self
            .read(move |connection| diesel::select(exists(without_words(after))).get_result(connection))
            .await?;
        if !is_due {
            return Ok(None);
        }
        self.write(move |connection| Ok(make(connection, after)?)).await
    }
}

/// Nobody changes those who were read until their words are written.
fn make(connection: &mut AnyConnection, after: Key) -> QueryResult<Option<WordsMade>> {
    let taken = take(connection, after)?;
    let made = taken
        .iter()
        .map(|(id, first_name, last_name, mail, external_id)| {
            let described = Described {
                first_name,
                last_name: last_name.as_deref(),
                mail,
                external_id: external_id.as_deref(),
            };
            (*id, words(described))
        });
    match connection {
        AnyConnection::Postgres(postgres) => {
            let (ids, lines): (Vec<_>, Vec<_>) = made.unzip();
            // One statement: each would wait for the network.
            diesel::sql_query(
                "UPDATE recipients SET words = made.words FROM unnest($1, $2) AS made (id, words) \
                 WHERE recipients.id = made.id",
            )
            .bind::<Array<Id>, _>(ids)
            .bind::<Array<Text>, _>(lines)
            .execute(postgres)?;
        }
        AnyConnection::Sqlite(sqlite) => {
            for (id, line) in made {
                let update = diesel::update(recipient::table.find(id)).set(recipient::words.eq(line));
                Cached::new(update).execute(sqlite)?;
            }
        }
    }
    Ok(taken.last().map(|(id, ..)| WordsMade {
        recipients: u64::try_from(taken.len()).unwrap_or(u64::MAX),
        last: (*id).into(),
    }))
}

/// Somebody's id, and the texts by which they are found.
type Taken = (Key, String, Option<String>, String, Option<String>);

fn take(connection: &mut AnyConnection, after: Key) -> QueryResult<Vec<Taken>> {
    let next = without_words(after).order(recipient::id).limit(STEP).select((
        recipient::id,
        recipient::first_name,
        recipient::last_name,
        recipient::mail,
        recipient::external_id,
    ));
    match connection {
        AnyConnection::Postgres(postgres) => next.for_no_key_update().skip_locked().load(postgres),
        // Nobody else writes.
        AnyConnection::Sqlite(sqlite) => next.load(sqlite),
    }
}

/// Those after this one who have no words. That is what the index has, so that whoever has got words is not looked at again.
#[auto_type(no_type_alias)]
pub(super) fn without_words(after: Key) -> _ {
    recipient::table
        .filter(recipient::words.is_null())
        .filter(recipient::id.gt(after))
}
