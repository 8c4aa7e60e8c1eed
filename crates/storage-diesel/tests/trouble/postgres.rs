//! PostgreSQL out of reach, slow, locked, or back again.

use std::{net::TcpListener, time::Duration};

use diesel::{Connection, PgConnection, RunQueryDsl};
use symbolon_contract::sample::{Samples, now};
use symbolon_domain::{
    activity::Action,
    page::PageRequest,
    port::{
        authorization_tokens::AuthorizationTokens,
        organizations::{OrganizationChange, Organizations},
        readiness::Readiness,
    },
};
use symbolon_storage_diesel::{DatabaseUrl, DieselStore, Settings};

use crate::{
    calls,
    proxy::Proxy,
    support::{Postgres, test_server},
};

const PASSWORD: &str = "correct-horse";

/// Far beyond every limit of the store's: whoever waits so long waits for ever.
const DEADLINE: Duration = Duration::from_secs(30);

async fn in_time<T>(call: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, call)
        .await
        .expect("it must not wait without end")
}

fn at(address: std::net::SocketAddr) -> Settings {
    let url = format!("postgres://symbolon:{PASSWORD}@{address}/symbolon?sslmode=disable");
    Settings::new(DatabaseUrl::parse(&url).unwrap())
}

/// No password, and nothing of the driver's own.
fn is_fit_to_log(text: &str) {
    assert!(!text.contains(PASSWORD), "{text}");
    assert!(!text.contains('\n'), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_server_every_call_fails_in_time() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let settings = at(listener.local_addr().unwrap());
    drop(listener);
    let store = DieselStore::open(settings).unwrap();
    let failures = in_time(calls::all_fail(&store)).await;
    for failure in failures {
        is_fit_to_log(&format!("{failure} {failure:?}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_never_answers_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let store = DieselStore::open(at(listener.local_addr().unwrap())).unwrap();
    let failure = in_time(store.ready()).await.unwrap_err();
    is_fit_to_log(&failure.to_string());
}

#[test]
fn what_blocks_fails_too_and_names_no_password() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let settings = at(listener.local_addr().unwrap());
    drop(listener);
    let store = DieselStore::open(settings.clone()).unwrap();
    for failure in [
        store.migrate().unwrap_err(),
        store.revert(1).unwrap_err(),
        store.pending_migrations().unwrap_err(),
        store.database().unwrap_err(),
    ] {
        assert!(failure.to_string().contains("out of reach"), "{failure}");
        is_fit_to_log(&failure.to_string());
    }
    is_fit_to_log(&format!("{settings:?} {}", settings.url));
    for finding in store.diagnose() {
        is_fit_to_log(&format!("{finding:?}"));
    }
}

#[test]
fn a_refused_password_is_not_repeated() {
    let rest = test_server();
    let (_, place) = rest.rsplit_once('@').unwrap();
    let url = format!("postgres://nobody_of_this_name:{PASSWORD}@{place}");
    let store = DieselStore::open(Settings::new(DatabaseUrl::parse(&url).unwrap())).unwrap();
    is_fit_to_log(&store.database().unwrap_err().to_string());
}

#[test]
fn a_schema_whose_name_needs_quoting_is_refused() {
    for name in [
        "",
        "Symbolon",
        "a b",
        "a\"; DROP TABLE x; --",
        "1a",
        &"x".repeat(64),
    ] {
        let settings = Settings {
            postgres_schema: Some(name.to_owned()),
            ..Settings::new(DatabaseUrl::parse("postgres://localhost/d").unwrap())
        };
        assert!(DieselStore::open(settings).is_err(), "{name}");
    }
}

/// The test server as a session of this kind sees it.
fn with_options(options: &str) -> Settings {
    let separator = if test_server().contains('?') { '&' } else { '?' };
    let url = format!("{}{separator}options={options}", test_server());
    Settings::new(DatabaseUrl::parse(&url).unwrap())
}

/// What a standby is to its clients: a server that only reads. It answers with what was.
#[tokio::test(flavor = "multi_thread")]
async fn a_standby_is_not_served_from() {
    let settings = with_options("-c%20default_transaction_read_only%3Don");
    let store = DieselStore::open(settings).unwrap();
    in_time(calls::all_fail(&store)).await;
    let reason = store.database().unwrap_err().to_string();
    assert!(reason.contains("read-only"), "{reason}");
}

/// A fixture, and a second store that reaches its tables by a way that can be cut.
fn behind_a_proxy() -> (Postgres, Proxy, DieselStore) {
    let fixture = Postgres::migrated();
    let url = test_server();
    let (head, place) = url.rsplit_once('@').unwrap();
    let (target, path) = place.split_once('/').unwrap();
    let proxy = Proxy::to(target);
    let url = DatabaseUrl::parse(&format!("{head}@{}/{path}", proxy.address)).unwrap();
    let store = DieselStore::open(Settings {
        url,
        ..fixture.settings.clone()
    })
    .unwrap();
    (fixture, proxy, store)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_comes_back_is_found_again() {
    let (_fixture, proxy, store) = behind_a_proxy();
    store.ready().await.unwrap();
    proxy.cut();
    calls::all_fail(&store).await;

    proxy.mend();
    in_time(async { while store.ready().await.is_err() {} }).await;
    let organization = Samples::default().organization();
    assert_eq!(Organizations::find(&store, organization.id).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_died_in_the_pool_is_not_given_out() {
    let (_fixture, proxy, store) = behind_a_proxy();
    for _ in 0..5 {
        store.ready().await.unwrap();
        proxy.cut();
        proxy.mend();
    }
    store.ready().await.unwrap();
}

/// A transaction of somebody else that holds every organization.
fn holding_organizations(fixture: &Postgres) -> PgConnection {
    let mut other = PgConnection::establish(&test_server()).unwrap();
    let schema = fixture.settings.postgres_schema.as_ref().unwrap();
    for statement in [
        "BEGIN".to_owned(),
        format!("LOCK TABLE {schema}.organizations IN EXCLUSIVE MODE"),
    ] {
        diesel::sql_query(statement).execute(&mut other).unwrap();
    }
    other
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_of_somebody_else_is_not_waited_for_without_end() {
    let fixture = Postgres::migrated();
    let (store, samples) = (&fixture.store, Samples::default());
    let organization = samples.organization();
    let entry = samples.entry(organization.id, Action::OrganizationCreated);
    Organizations::insert(store, &organization, &entry).await.unwrap();

    let other = holding_organizations(&fixture);
    let entry = samples.entry(organization.id, Action::OrganizationCancelled);
    assert!(
        in_time(store.cancel(organization.id, &entry, now()))
            .await
            .is_err()
    );
    // Reading goes on meanwhile.
    let found = Organizations::find(store, organization.id).await.unwrap();
    assert_eq!(found.as_ref(), Some(&organization));

    drop(other);
    let change = store.cancel(organization.id, &entry, now()).await.unwrap();
    assert_eq!(change, OrganizationChange::Changed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_finds_no_free_connection_fails_in_time() {
    let fixture = Postgres::migrated();
    let store = DieselStore::open(Settings {
        connections: 1,
        acquire_timeout: Duration::from_millis(500),
        ..fixture.settings.clone()
    })
    .unwrap();
    let samples = Samples::default();
    let organization = samples.organization();
    let entry = samples.entry(organization.id, Action::OrganizationCreated);
    Organizations::insert(&store, &organization, &entry)
        .await
        .unwrap();

    let _other = holding_organizations(&fixture);
    let waiting = tokio::spawn({
        let (store, entry) = (store.clone(), entry.clone());
        async move { store.cancel(organization.id, &entry, now()).await }
    });
    // Not before the other call has the only connection: until then there is a free one.
    let failure = loop {
        if let Err(failure) = Organizations::list(&store, PageRequest::default()).await {
            break failure;
        }
        assert!(
            !waiting.is_finished(),
            "the other call must still hold the connection"
        );
    };
    assert!(
        failure.to_string().contains("no connection became free"),
        "{failure}"
    );
    assert!(waiting.await.unwrap().is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_service_sees_at_once_what_another_has_done() {
    let fixture = Postgres::migrated();
    let (one, other) = (
        fixture.store.clone(),
        DieselStore::open(fixture.settings.clone()).unwrap(),
    );
    let samples = Samples::default();
    for _ in 0..20 {
        let organization = samples.organization();
        let entry = samples.entry(organization.id, Action::OrganizationCreated);
        Organizations::insert(&one, &organization, &entry).await.unwrap();
        let found = Organizations::find(&other, organization.id).await.unwrap();
        assert_eq!(found.as_ref(), Some(&organization));
        let token = samples.token(organization.id);
        assert_eq!(other.find_by_digest(&token.digest).await.unwrap(), None);
    }
}
