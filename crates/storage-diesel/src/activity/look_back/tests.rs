//! A step back costs the same however long the log is: each question is answered from the end of one index, without a
//! sort, on both databases.

use diesel::{
    QueryableByName,
    connection::SimpleConnection,
    sql_types::{BigInt, Text},
};
use symbolon_contract::sample::Samples;
use symbolon_domain::{
    activity::Action,
    id::{AdministratorId, AuthorizationTokenId, OrganizationId, RecipientId},
    port::{activity::ActorKind, organizations::Organizations},
};
use uuid::Uuid;

use super::*;
use crate::{
    DieselStore,
    plan::plan,
    support::{Postgres, Sqlite},
    types::Id,
};

/// A step of SQLite's plan.
#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// A line of PostgreSQL's.
#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    text: String,
}

const FREQUENT: Uuid = Uuid::from_u128(1);
const RARE: Uuid = Uuid::from_u128(2);

/// A long log, in which one token and one administrator do half of everything, and half of it is done to them.
fn fill(connection: &mut AnyConnection, organization: OrganizationId) {
    let (owner, frequent) = (organization.as_uuid().simple(), FREQUENT.simple());
    let columns = "id, organization_id, at, actor, action, actor_token_id, actor_administrator_id, token_id, \
        other_token_id, administrator_id, recipient_id";
    let statements = match connection {
        AnyConnection::Sqlite(_) => format!(
            "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20000), \
                row AS (SELECT n, iif(n % 2, x'{frequent}', NULL) AS odd, iif(n % 2, NULL, x'{frequent}') AS even FROM n) \
             INSERT INTO activity ({columns}) \
             SELECT randomblob(16), x'{owner}', n * 600000, iif(n % 2, 'token', 'administrator'), 'credential.issued', odd, even, odd, \
                odd, even, randomblob(16) \
             FROM row"
        ),
        AnyConnection::Postgres(_) => format!(
            "WITH row AS (SELECT n, CASE n % 2 WHEN 1 THEN '{frequent}'::uuid END AS odd, \
                    CASE n % 2 WHEN 0 THEN '{frequent}'::uuid END AS even \
                FROM generate_series(1, 20000) AS n) \
             INSERT INTO activity ({columns}) \
             SELECT gen_random_uuid(), '{owner}', to_timestamp(n * 600), \
                CASE n % 2 WHEN 1 THEN 'token' ELSE 'administrator' END, 'credential.issued', odd, even, odd, \
                odd, even, gen_random_uuid() \
             FROM row; \
             ANALYZE activity"
        ),
    };
    connection.batch_execute(&statements).unwrap();
}

async fn steps_back_cost_the_same(store: &DieselStore) {
    let samples = Samples::default();
    let owner = samples.organization();
    let entry = samples.entry(owner.id, Action::OrganizationCreated);
    Organizations::insert(store, &owner, &entry).await.unwrap();
    let connection = &mut store.maintenance().unwrap();
    fill(connection, owner.id);

    let by_token = [
        "activity_by_token",
        "activity_of_token",
        "activity_of_other_token",
    ];
    let by_administrator = ["activity_by_administrator", "activity_of_administrator"];
    let token = |id| ActivityFilter {
        token: Some(AuthorizationTokenId::from_uuid(id)),
        ..ActivityFilter::default()
    };
    let administrator = |id| ActivityFilter {
        administrator: Some(AdministratorId::from_uuid(id)),
        ..ActivityFilter::default()
    };
    let recipient = ActivityFilter {
        recipient: Some(RecipientId::from_uuid(RARE)),
        ..ActivityFilter::default()
    };
    let kind = |actions, actor| ActivityFilter {
        actions,
        actor,
        ..ActivityFilter::default()
    };
    let actions = || Some(vec![Action::CredentialIssued, Action::TokenRevoked]);
    let by_kind = vec!["activity_of_actions"; Action::ALL.len().max(2 * ActorKind::ALL.len())];
    let (any, every, both) = (
        by_kind.get(..2 * ActorKind::ALL.len()).unwrap(),
        by_kind.get(..Action::ALL.len()).unwrap(),
        by_kind.get(..2).unwrap(),
    );
    let cases: [(ActivityFilter, &[&str]); 10] = [
        (ActivityFilter::default(), &["activity_log"]),
        (recipient, &["activity_of_recipient"]),
        (token(FREQUENT), &by_token),
        (token(RARE), &by_token),
        (administrator(FREQUENT), &by_administrator),
        (administrator(RARE), &by_administrator),
        (kind(actions(), None), any),
        (kind(None, Some(ActorKind::Administrator)), every),
        (kind(None, Some(ActorKind::Operator)), every),
        (kind(actions(), Some(ActorKind::Operator)), both),
    ];
    let here = LogPlace(9_000);
    let sides = [None, Some(LogSide::Before(here)), Some(LogSide::After(here))];
    for (filter, indexes) in cases {
        for side in sides {
            let questions = questions(owner.id.into(), &filter, Span::default(), side, 50);
            assert_eq!(questions.len(), indexes.len());
            for (question, index) in questions.into_iter().zip(indexes) {
                let plan = plan(connection, question);
                assert!(plan.contains(&format!(" {index} ")), "{filter:?}: {plan}");
                for costly in ["SCAN", "Seq Scan", "Bitmap", "Sort", "TEMP B-TREE"] {
                    assert!(!plan.contains(costly), "{filter:?}: {plan}");
                }
            }
        }
    }

    let plan = plan_of_days(connection, owner.id.into());
    assert!(plan.contains(" activity_of_days "), "{plan}");
    for costly in ["SCAN activity", "Seq Scan on activity", "Sort", "TEMP B-TREE"] {
        assert!(!plan.contains(costly), "{plan}");
    }
}

/// Whatever the filter, days are looked up one by one.
fn plan_of_days(connection: &mut AnyConnection, owner: Key) -> String {
    let question = span::places_of_days(connection);
    let explained = |explain| {
        diesel::sql_query(format!("{explain} {question}"))
            .bind::<Id, _>(owner)
            .bind::<BigInt, _>(20_i64)
            .bind::<BigInt, _>(70_i64)
    };
    let lines: Vec<String> = match connection {
        AnyConnection::Sqlite(_) => {
            let steps: Vec<Step> = explained("EXPLAIN QUERY PLAN").load(connection).unwrap();
            steps.into_iter().map(|step| step.detail).collect()
        }
        AnyConnection::Postgres(_) => {
            let lines: Vec<Line> = explained("EXPLAIN").load(connection).unwrap();
            lines.into_iter().map(|line| line.text).collect()
        }
    };
    lines.join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_back_cost_the_same_on_sqlite() {
    steps_back_cost_the_same(&Sqlite::migrated().store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_back_cost_the_same_on_postgres() {
    steps_back_cost_the_same(&Postgres::migrated().store).await;
}
