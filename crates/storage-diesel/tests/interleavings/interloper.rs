//! A store with an organization, and somebody else who is in the middle of a transaction on it.

use std::{
    fmt::Write,
    time::{Duration, Instant},
};

use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl, connection::SimpleConnection, sql_types::Bool,
};
use symbolon_contract::sample::{Samples, now};
use symbolon_domain::{
    activity::Action,
    authorization_token::AuthorizationToken,
    organization::Organization,
    port::{
        authorization_tokens::{AuthorizationTokens, Insertion, Record, Rotation},
        organizations::Organizations,
    },
};
use symbolon_storage_diesel::DieselStore;
use tokio::task::JoinHandle;

use crate::support::{Postgres, test_server};

pub(crate) struct Scene {
    pub(crate) fixture: Postgres,
    pub(crate) samples: Samples,
    pub(crate) owner: Organization,
}

impl Scene {
    pub(crate) async fn open() -> Self {
        let fixture = Postgres::migrated();
        let samples = Samples::default();
        let owner = samples.organization();
        let entry = samples.entry(owner.id, Action::OrganizationCreated);
        Organizations::insert(&fixture.store, &owner, &entry)
            .await
            .unwrap();
        Self {
            fixture,
            samples,
            owner,
        }
    }

    pub(crate) fn store(&self) -> DieselStore {
        self.fixture.store.clone()
    }

    /// A token that is kept.
    pub(crate) async fn token(&self) -> AuthorizationToken {
        let token = self.samples.token(self.owner.id);
        assert_eq!(self.inserting(&token).await.unwrap(), Insertion::Inserted);
        token
    }

    /// An insertion on its way.
    pub(crate) fn inserting(&self, token: &AuthorizationToken) -> JoinHandle<Insertion> {
        let (store, token) = (self.store(), token.clone());
        let entry = self.samples.entry_by(&token, Action::TokenCreated);
        tokio::spawn(async move {
            let record = Record {
                entry: &entry,
                answer: None,
                notices: &[],
            };
            AuthorizationTokens::insert(&store, &token, record, now())
                .await
                .unwrap()
        })
    }

    /// A rotation on its way, and the successor that it shall keep.
    pub(crate) fn rotating(
        &self,
        current: &AuthorizationToken,
    ) -> (AuthorizationToken, JoinHandle<Rotation>) {
        let (store, id) = (self.store(), current.id);
        let successor = self.samples.successor(current);
        let entry = self.samples.entry_by(current, Action::TokenRotated);
        let kept = successor.clone();
        let rotation = tokio::spawn(async move {
            let record = Record {
                entry: &entry,
                answer: None,
                notices: &[],
            };
            store.rotate(id, &kept, None, record, now()).await.unwrap()
        });
        (successor, rotation)
    }

    /// Somebody else, in the middle of a transaction in which these statements were run.
    pub(crate) fn interloper(&self, statements: &str) -> Interloper {
        let mut connection = PgConnection::establish(&test_server()).unwrap();
        let schema = self.fixture.settings.postgres_schema.as_ref().unwrap();
        connection
            .batch_execute(&format!("SET search_path TO {schema}; BEGIN"))
            .unwrap();
        connection.batch_execute(statements).unwrap();
        Interloper(connection)
    }
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Bool)]
    is_waited_for: bool,
}

pub(crate) struct Interloper(PgConnection);

impl Interloper {
    /// Returns when the call waits for this transaction.
    pub(crate) async fn holds<T>(&mut self, call: &JoinHandle<T>) {
        let start = Instant::now();
        loop {
            let answer: Answer = diesel::sql_query(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted \
                    AND pg_backend_pid() = ANY (pg_blocking_pids(pid))) AS is_waited_for",
            )
            .get_result(&mut self.0)
            .unwrap();
            if answer.is_waited_for {
                return;
            }
            assert!(
                !call.is_finished(),
                "the call must wait for the other transaction"
            );
            assert!(
                start.elapsed() < Duration::from_secs(10),
                "the call must come this far"
            );
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// What a call comes to that has to wait for this transaction, which ends as is said.
    pub(crate) async fn decides<T>(mut self, commits: bool, call: JoinHandle<T>) -> T {
        self.holds(&call).await;
        if commits {
            self.commits();
        } else {
            self.gives_up();
        }
        call.await.unwrap()
    }

    /// Whether a statement can be run without waiting for anybody.
    pub(crate) fn could(&mut self, statement: &str) -> bool {
        self.0
            .batch_execute(&format!("SAVEPOINT attempt; {statement}"))
            .inspect_err(|_| self.0.batch_execute("ROLLBACK TO attempt").unwrap())
            .is_ok()
    }

    pub(crate) fn commits(mut self) {
        self.0.batch_execute("COMMIT").unwrap();
    }

    pub(crate) fn gives_up(mut self) {
        self.0.batch_execute("ROLLBACK").unwrap();
    }
}

/// Bytes as a statement has them.
pub(crate) fn literal(bytes: &[u8]) -> String {
    let hex = bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    });
    format!("'\\x{hex}'")
}
