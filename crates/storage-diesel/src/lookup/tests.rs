//! What is kept is as it stands in the database, whoever has changed it, and however.

use std::time::{Duration, Instant};

use diesel::{connection::SimpleConnection, prelude::*};
use futures_util::future::join_all;
use symbolon_contract::sample::{Samples, now};
use symbolon_domain::{
    activity::Action,
    authorization_token::{AuthorizationToken, Standing},
    port::{
        authorization_tokens::{AuthorizationTokens, Insertion, Record},
        organizations::Organizations,
    },
};

use super::{own::Own, own_seat};
use crate::{
    DatabaseUrl, DieselStore, Settings,
    connection::AnyConnection,
    schema::changed_tokens,
    support::{Postgres, Sqlite},
};

/// An organization with tokens, and two instances on their database.
struct Scene {
    samples: Samples,
    here: DieselStore,
    there: DieselStore,
    tokens: Vec<AuthorizationToken>,
}

impl Scene {
    async fn with(settings: &Settings, tokens: usize) -> Self {
        let samples = Samples::default();
        let open = || DieselStore::open(settings.clone()).unwrap();
        let (here, there) = (open(), open());
        let owner = samples.organization();
        let entry = samples.entry(owner.id, Action::OrganizationCreated);
        Organizations::insert(&there, &owner, &entry).await.unwrap();
        let tokens: Vec<_> = (0..tokens).map(|_| samples.token(owner.id)).collect();
        for token in &tokens {
            let entry = samples.entry(owner.id, Action::TokenCreated);
            let record = Record {
                entry: &entry,
                answer: None,
                notices: &[],
            };
            let kept = AuthorizationTokens::insert(&there, token, record, now()).await;
            assert_eq!(kept.unwrap(), Insertion::Inserted);
        }
        Self {
            samples,
            here,
            there,
            tokens,
        }
    }

    fn token(&self) -> &AuthorizationToken {
        self.tokens.first().unwrap()
    }

    /// What this instance says of the first token.
    async fn standing(&self) -> Option<Standing> {
        let found = self.here.find_by_digest(&self.token().digest).await.unwrap()?;
        Some(found.standing(now()))
    }

    /// Has the first token kept by whatever thread answers.
    async fn is_kept(&self) {
        for _ in 0..3 {
            assert_eq!(self.standing().await, Some(Standing::Live));
        }
    }

    /// What another program does to the database.
    fn does(&self, statement: &str) {
        self.there
            .maintenance()
            .unwrap()
            .batch_execute(statement)
            .unwrap();
    }
}

/// A test for each database. One thread does everything, and so has one seat.
macro_rules! on_both {
    ($($name:ident)*) => {
        mod sqlite {
            use super::Sqlite;
            $(#[tokio::test]
            async fn $name() {
                super::$name(&Sqlite::migrated().settings).await;
            })*
        }
        mod postgres {
            use super::Postgres;
            $(#[tokio::test]
            async fn $name() {
                super::$name(&Postgres::migrated().settings).await;
            })*
        }
    };
}

on_both! {
    what_is_kept_is_not_read_again
    what_another_instance_does_is_seen_at_once
    a_kept_token_among_others_is_as_it_stands
    every_change_is_noted
    of_uses_the_first_is_noted
    a_change_stays_for_five_minutes_from_when_it_was_seen
    everybody_gets_their_own_answer
    trouble_ends_with_its_cause
}

async fn what_is_kept_is_not_read_again(settings: &Settings) {
    let scene = Scene::with(settings, 1).await;
    scene.is_kept().await;
    // A change that nobody is told of shows what is kept, and why everybody must be told.
    let of_table = if settings.url.is_sqlite() {
        ""
    } else {
        "ON authorization_tokens"
    };
    scene.does(&format!("DROP TRIGGER authorization_tokens_changed {of_table}"));
    scene.does("UPDATE authorization_tokens SET sealed = NULL, revoked_at = created_at");
    assert_eq!(scene.standing().await, Some(Standing::Live));
    let elsewhere = DieselStore::open(settings.clone()).unwrap();
    let read = elsewhere.find_by_digest(&scene.token().digest).await.unwrap();
    assert_eq!(read.unwrap().standing(now()), Standing::Revoked);
}

async fn what_another_instance_does_is_seen_at_once(settings: &Settings) {
    let scene = Scene::with(settings, 2).await;
    let [one, other] = scene.tokens.as_slice() else {
        panic!("there are two");
    };
    scene.is_kept().await;
    let entry = scene.samples.entry(one.organization, Action::TokenRevoked);
    let revoked = scene
        .there
        .revoke(other.organization, other.id, &entry, now())
        .await;
    revoked.unwrap();
    // Another token's change leaves this one as it is.
    scene.is_kept().await;
    let entry = scene.samples.entry(one.organization, Action::TokenRevoked);
    let revoked = scene.there.revoke(one.organization, one.id, &entry, now()).await;
    revoked.unwrap();
    assert_eq!(scene.standing().await, Some(Standing::Revoked));
    scene.does("UPDATE organizations SET cancelled_at = created_at");
    assert_eq!(scene.standing().await, Some(Standing::OrganizationCancelled));
    scene.does("DELETE FROM authorization_tokens");
    assert_eq!(scene.standing().await, None);
}

/// A batch of which most is not kept is read as a whole, and asks for no changes.
async fn a_kept_token_among_others_is_as_it_stands(settings: &Settings) {
    let scene = Scene::with(settings, 5).await;
    scene.is_kept().await;
    scene.does("UPDATE authorization_tokens SET sealed = NULL, revoked_at = created_at");
    let standings = scene.tokens.iter().map(async |token| {
        let found = scene.here.find_by_digest(&token.digest).await.unwrap();
        found.unwrap().standing(now())
    });
    assert_eq!(join_all(standings).await, [Standing::Revoked; 5]);
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = diesel::sql_types::Text)]
    name: String,
}

fn columns(connection: &mut AnyConnection, table: &str) -> Vec<String> {
    let rows: Vec<Column> = match connection {
        AnyConnection::Sqlite(sqlite) => {
            diesel::sql_query(format!("SELECT name FROM pragma_table_info('{table}')")).load(sqlite)
        }
        AnyConnection::Postgres(postgres) => diesel::sql_query(format!(
            "SELECT column_name AS name FROM information_schema.columns \
             WHERE table_name = '{table}' AND table_schema = current_schema()"
        ))
        .load(postgres),
    }
    .unwrap();
    rows.into_iter().map(|row| row.name).collect()
}

/// How many changes a statement leaves behind.
fn noted(connection: &mut AnyConnection, statement: &str) -> i64 {
    let count = |connection: &mut AnyConnection| match connection {
        AnyConnection::Sqlite(sqlite) => changed_tokens::table.count().get_result::<i64>(sqlite).unwrap(),
        AnyConnection::Postgres(postgres) => {
            changed_tokens::table.count().get_result::<i64>(postgres).unwrap()
        }
    };
    let before = count(connection);
    connection.batch_execute(statement).unwrap();
    count(connection) - before
}

async fn every_change_is_noted(settings: &Settings) {
    let scene = Scene::with(settings, 1).await;
    let connection = &mut scene.there.maintenance().unwrap();
    for (table, silent) in [
        ("authorization_tokens", "last_used_at"),
        ("organizations", "revision"),
    ] {
        let columns = columns(connection, table);
        assert!(columns.len() > 5, "{columns:?}");
        for column in columns {
            let noted = noted(connection, &format!("UPDATE {table} SET {column} = {column}"));
            let wanted = i64::from(column != silent || table == "authorization_tokens");
            assert_eq!(noted, wanted, "{table}.{column}");
        }
    }
    assert_eq!(noted(connection, "DELETE FROM authorization_tokens"), 1);
}

/// It decides whether a rotation can be repeated; the others decide nothing.
async fn of_uses_the_first_is_noted(settings: &Settings) {
    let scene = Scene::with(settings, 1).await;
    let connection = &mut scene.there.maintenance().unwrap();
    let used = "UPDATE authorization_tokens SET last_used_at = created_at";
    assert_eq!(noted(connection, used), 1);
    assert_eq!(noted(connection, used), 0);
}

/// Not from when it was written: that may be long before anybody could see it.
async fn a_change_stays_for_five_minutes_from_when_it_was_seen(settings: &Settings) {
    let scene = Scene::with(settings, 1).await;
    let connection = &mut scene.there.maintenance().unwrap();
    let begun = Instant::now();
    let swept = async |minutes: u64| {
        let now = begun + Duration::from_mins(minutes);
        scene.there.forget_changes(now).await.unwrap()
    };
    let change = "UPDATE authorization_tokens SET generation = generation";
    swept(0).await;
    assert_eq!(noted(connection, change), 1);
    if !settings.url.is_sqlite() {
        connection.batch_execute(&format!("BEGIN; {change}")).unwrap();
    }
    assert_eq!(swept(5).await, 0, "it was not seen before");
    if !settings.url.is_sqlite() {
        connection.batch_execute("COMMIT").unwrap();
    }
    assert_eq!(noted(connection, change), 1);
    assert_eq!(swept(9).await, 0);
    assert_eq!(swept(10).await, 1);
    let rest = if settings.url.is_sqlite() { 1 } else { 2 };
    assert_eq!(swept(15).await, rest);
}

async fn everybody_gets_their_own_answer(settings: &Settings) {
    let scene = Scene::with(settings, 40).await;
    for _ in 0..3 {
        let known = scene.tokens.iter().map(|token| (token.digest, Some(token.id)));
        let unknown = (0..10).map(|_| (scene.samples.digest(), None));
        let asked: Vec<_> = known.chain(unknown).collect();
        let answers = asked.iter().cycle().take(500).map(async |(digest, wanted)| {
            let found = scene.here.find_by_digest(digest).await.unwrap();
            assert_eq!(found.map(|found| found.token.id), *wanted);
        });
        join_all(answers).await;
    }
}

async fn trouble_ends_with_its_cause(settings: &Settings) {
    let scene = Scene::with(settings, 1).await;
    scene.is_kept().await;
    scene.does("ALTER TABLE changed_tokens RENAME TO away");
    scene.does("ALTER TABLE authorization_tokens RENAME TO gone");
    for _ in 0..3 {
        let found = scene.here.find_by_digest(&scene.token().digest).await;
        assert!(found.is_err(), "an absent table is no absent token");
    }
    scene.does("ALTER TABLE gone RENAME TO authorization_tokens");
    scene.does("ALTER TABLE away RENAME TO changed_tokens");
    scene.is_kept().await;
}

/// Its row was written long before others that were seen, and became visible after them.
#[tokio::test]
async fn a_change_that_commits_late_is_seen() {
    let fixture = Postgres::migrated();
    let scene = Scene::with(&fixture.settings, 2).await;
    let [one, other] = scene.tokens.as_slice() else {
        panic!("there are two");
    };
    scene.is_kept().await;
    let mut late = scene.there.maintenance().unwrap();
    let revoke = |id: &symbolon_domain::id::AuthorizationTokenId| {
        format!("UPDATE authorization_tokens SET sealed = NULL, revoked_at = created_at WHERE id = '{id}'")
    };
    late.batch_execute(&format!("BEGIN; {}", revoke(&one.id)))
        .unwrap();
    scene.does(&revoke(&other.id));
    scene.is_kept().await;
    late.batch_execute("COMMIT").unwrap();
    assert_eq!(scene.standing().await, Some(Standing::Revoked));
}

/// Until this thread's seat has a connection of its own.
async fn has_its_own(scene: &Scene) {
    let is_here = || {
        let seat = scene.here.lookups.seat(own_seat());
        seat.keeper
            .as_ref()
            .is_some_and(|keeper| matches!(keeper.own, Own::Here(..)))
    };
    while !is_here() {
        assert_eq!(scene.standing().await, Some(Standing::Live));
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn verifying_waits_for_no_other_work() {
    let fixture = Postgres::migrated();
    let settings = Settings {
        connections: 1,
        ..fixture.settings.clone()
    };
    let scene = Scene::with(&settings, 1).await;
    has_its_own(&scene).await;
    let (done, waits) = std::sync::mpsc::channel::<()>();
    let (begin, begun) = tokio::sync::oneshot::channel();
    let readers = scene.here.readers.clone();
    let other = tokio::spawn(async move {
        readers
            .with(move |_| {
                begin.send(()).unwrap();
                let _ = waits.recv();
                Ok(())
            })
            .await
    });
    begun.await.unwrap();
    assert_eq!(scene.standing().await, Some(Standing::Live));
    scene.does("UPDATE authorization_tokens SET sealed = NULL, revoked_at = created_at");
    assert_eq!(scene.standing().await, Some(Standing::Revoked));
    done.send(()).unwrap();
    other.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_connection_that_is_lost_is_made_anew() {
    let fixture = Postgres::migrated();
    let name = fixture.settings.postgres_schema.clone().unwrap();
    let server = crate::support::test_server();
    let separator = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{separator}application_name={name}");
    let settings = Settings {
        url: DatabaseUrl::parse(&url).unwrap(),
        ..fixture.settings.clone()
    };
    let scene = Scene::with(&settings, 1).await;
    for _ in 0..3 {
        has_its_own(&scene).await;
        fixture
            .store
            .maintenance()
            .unwrap()
            .batch_execute(&format!(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = '{name}'"
            ))
            .unwrap();
        assert_eq!(scene.standing().await, Some(Standing::Live));
    }
}
