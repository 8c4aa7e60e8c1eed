//! Pages of lists that are cut, beside what a database finds by going through them.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use symbolon_contract::sample::{Samples, now};
use symbolon_domain::{
    activity::Action,
    authorization_token::{TokenFilter, TokenStates},
    id::OrganizationId,
    page::PageRequest,
    permissions::Permissions,
    port::{
        authorization_tokens::{AuthorizationTokens, Insertion, Record},
        recipients::{NewRecipient, RecipientFilter, RecipientKey, RecipientOrder, Recipients},
        tallies::Tallies as _,
    },
    template::Template,
    time::Timestamp,
};

use super::*;
use crate::{
    support::{Postgres, Sqlite, template},
    types::At,
};

/// Several sections.
const MANY_RECIPIENTS: i64 = 9_500;
/// So many were created at each instant.
const AT_ONCE: i64 = 7;

/// Recipients on two templates of an organization, many of them created at one instant.
async fn fill(store: &DieselStore, samples: &Samples, templates: [&Template; 2]) {
    let everybody: Vec<_> = (0..MANY_RECIPIENTS)
        .map(|number| {
            let on = if number % 3 == 0 {
                templates[0]
            } else {
                templates[1]
            };
            let mut recipient = samples.recipient(on);
            recipient.created_at = Timestamp::from_millis(number / AT_ONCE * 1_000);
            // In another order, whose lists are not cut.
            recipient.issued_at = Timestamp::from_millis(number * 7_919 % MANY_RECIPIENTS * 1_000);
            NewRecipient {
                mail: None,
                ..samples.new_for(recipient)
            }
        })
        .collect();
    for batch in everybody.chunks(500) {
        store.issue(batch).await.unwrap();
    }
}

/// Pages of each list are those that are found by passing over everybody before.
async fn are_as_found(store: &DieselStore, on: &Template) {
    let connection = &mut store.maintenance().unwrap();
    assert_eq!(are_right(connection), Ok(true));
    for template in [None, Some(on.id)] {
        for (key, is_falling) in [
            (RecipientKey::CreatedAt, false),
            (RecipientKey::CreatedAt, true),
            (RecipientKey::IssuedAt, false),
        ] {
            let order = RecipientOrder { key, is_falling };
            let mut all = recipient::table.select(recipient::id).into_boxed();
            if let Some(template) = template {
                all = all.filter(recipient::template_id.eq(Key::from(template)));
            }
            all = match (key, is_falling) {
                (RecipientKey::IssuedAt, _) => all.order((recipient::issued_at, recipient::id)),
                (_, true) => all.order((recipient::created_at.desc(), recipient::id.desc())),
                (_, false) => all.order((recipient::created_at, recipient::id)),
            };
            let all: Vec<Key> = all.load(connection).unwrap();
            let filter = RecipientFilter {
                template,
                ..RecipientFilter::default()
            };
            let count = u64::try_from(all.len()).unwrap();
            let last = count.div_ceil(50);
            for number in [1, 2, last / 3, 2 * last / 3, last - 1, last, last + 1] {
                let request = PageRequest::new(number, 50);
                let page = Recipients::list(store, on.organization, &filter, order, request)
                    .await
                    .unwrap();
                let seen: Vec<_> = page
                    .items
                    .iter()
                    .map(|dossier| Key::from(dossier.recipient.id))
                    .collect();
                let wanted = all.chunks(50).nth(usize::try_from(number).unwrap() - 1);
                assert_eq!(seen, wanted.unwrap_or_default(), "{order:?}, {number} of {last}");
                assert_eq!(page.total_count, count);
            }
        }
    }
}

async fn pages_are_where_they_would_be_found(store: &DieselStore) {
    let samples = Samples::default();
    let first = template(store, &samples).await;
    let second = samples.template(first.organization);
    let entry = samples.entry(first.organization, Action::TemplateCreated);
    symbolon_domain::port::templates::Templates::insert(store, &second, &entry)
        .await
        .unwrap();
    fill(store, &samples, [&first, &second]).await;
    // From notes alone; from sections and notes; from sections alone.
    are_as_found(store, &first).await;
    let connection = &mut store.maintenance().unwrap();
    assert_eq!(write(connection, |connection| Ok(settle(connection)?)), Ok(true));
    are_as_found(store, &first).await;
    while store.settle().await.unwrap() {}
    let sections: i64 = section::table.count().get_result(connection).unwrap();
    assert_eq!(sections, 3 + 1 + 2);
    are_as_found(store, &first).await;
    // Some go, and one comes.
    let gone: Vec<Key> = recipient::table
        .order(recipient::issued_at)
        .select(recipient::id)
        .limit(9)
        .load(connection)
        .unwrap();
    for id in gone {
        let entry = samples.entry(first.organization, Action::RecipientDeleted);
        assert!(store.remove(first.organization, id.into(), &entry).await.unwrap());
    }
    store.issue(&[samples.new_recipient(&first)]).await.unwrap();
    are_as_found(store, &first).await;
    while store.settle().await.unwrap() {}
    are_as_found(store, &first).await;
    // Lists of others have nobody of these.
    let other = samples.organization();
    let entry = samples.entry(other.id, Action::OrganizationCreated);
    symbolon_domain::port::organizations::Organizations::insert(store, &other, &entry)
        .await
        .unwrap();
    let filter = RecipientFilter {
        template: Some(first.id),
        ..RecipientFilter::default()
    };
    let page = Recipients::list(
        store,
        other.id,
        &filter,
        RecipientOrder::default(),
        PageRequest::new(1, 50),
    )
    .await
    .unwrap();
    assert_eq!((page.total_count, page.items.len()), (0, 0));
}

/// As after somebody has removed rows by hand.
async fn what_is_wrong_is_found_and_mended(store: &DieselStore) {
    let samples = Samples::default();
    let first = template(store, &samples).await;
    fill(store, &samples, [&first, &first]).await;
    let connection = &mut store.maintenance().unwrap();
    assert!(!store.mend_lists().unwrap());
    // By hand, past this program.
    let early = At(Timestamp::from_millis(1_000));
    diesel::delete(recipient::table.filter(recipient::created_at.lt(early)))
        .execute(connection)
        .unwrap();
    let is_told = store.diagnose().iter().any(|finding| {
        finding.name == "lists" && finding.advice.is_some_and(|advice| advice.contains("migrate"))
    });
    assert!(is_told);
    assert!(store.mend_lists().unwrap());
    assert!(section::table.count().get_result::<i64>(connection).unwrap() > 2);
    are_as_found(store, &first).await;
    assert!(!store.mend_lists().unwrap());
}

/// Many settle while recipients come and go.
async fn many_may_settle_at_once(store: &DieselStore) {
    let samples = Samples::default();
    let first = template(store, &samples).await;
    let mut everybody: Vec<_> = (0..MANY_RECIPIENTS)
        .map(|_| samples.new_recipient(&first))
        .collect();
    for (new, at) in everybody.iter_mut().zip(0..) {
        new.recipient.created_at = Timestamp::from_millis(at);
        new.mail = None;
    }
    let are_there = Arc::new(AtomicBool::new(false));
    let settlers: Vec<_> = (0..6)
        .map(|_| {
            let (store, are_there) = (store.clone(), Arc::clone(&are_there));
            tokio::spawn(async move {
                while !are_there.load(Ordering::SeqCst) {
                    let _ = store.settle().await.unwrap();
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();
    let parts = everybody.chunks(everybody.len() / 2).map(<[_]>::to_vec);
    let issuers: Vec<_> = parts
        .map(|part| {
            let store = store.clone();
            tokio::spawn(async move {
                for batch in part.chunks(50) {
                    store.issue(batch).await.unwrap();
                }
            })
        })
        .collect();
    for issuer in issuers {
        issuer.await.unwrap();
    }
    are_there.store(true, Ordering::SeqCst);
    for settler in settlers {
        settler.await.unwrap();
    }
    while store.settle().await.unwrap() {}
    let kept: i64 = difference::table
        .count()
        .get_result(&mut store.maintenance().unwrap())
        .unwrap();
    assert_eq!(kept, 0, "all is settled");
    are_as_found(store, &first).await;
}

/// Pages of all tokens of an organization are those that are found by passing over all before.
async fn token_lists_are_as_found(store: &DieselStore, owner: OrganizationId) {
    let connection = &mut store.maintenance().unwrap();
    assert_eq!(are_right(connection), Ok(true));
    let all: Vec<Key> = token::table
        .filter(token::organization_id.eq(Key::from(owner)))
        .order((token::created_at.desc(), token::id.desc()))
        .select(token::id)
        .load(connection)
        .unwrap();
    let count = u64::try_from(all.len()).unwrap();
    let last = count.div_ceil(50);
    let filter = TokenFilter {
        states: TokenStates::All,
        visible_to: Permissions::ALL,
    };
    for number in [1, 2, last / 3, 2 * last / 3, last - 1, last, last + 1] {
        let request = PageRequest::new(number, 50);
        let page = AuthorizationTokens::list(store, owner, filter, request, now())
            .await
            .unwrap();
        let seen: Vec<_> = page.items.iter().map(|token| Key::from(token.id)).collect();
        let wanted = all.chunks(50).nth(usize::try_from(number).unwrap() - 1);
        assert_eq!(seen, wanted.unwrap_or_default(), "{number} of {last}");
        assert_eq!(page.total_count, count);
    }
}

/// As after years: most are revoked, and were there before their list was cut.
async fn lists_of_tokens_are_cut_too(store: &DieselStore) {
    let samples = Samples::default();
    let first = template(store, &samples).await;
    let owner = first.organization;
    let id = owner.as_uuid().simple();
    let columns = "id, organization_id, pepper_id, digest, description, permissions, created_at, expires_at, generation, revoked_at";
    let connection = &mut store.maintenance().unwrap();
    let statement = match connection {
        AnyConnection::Sqlite(_) => format!(
            "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {MANY_RECIPIENTS}) \
             INSERT INTO authorization_tokens ({columns}) \
             SELECT randomblob(16), x'{id}', 'pepper01', randomblob(32), 'Program', 7, n / {AT_ONCE}, n + 9999999, 0, n FROM n"
        ),
        AnyConnection::Postgres(_) => format!(
            "INSERT INTO authorization_tokens ({columns}) \
             SELECT gen_random_uuid(), '{id}', 'pepper01', sha256(n::text::bytea), 'Program', 7, to_timestamp(n / {AT_ONCE} / 1000.0), \
                to_timestamp(n + 9999999), 0, to_timestamp(n) FROM generate_series(1, {MANY_RECIPIENTS}) AS n"
        ),
    };
    connection.batch_execute(&statement).unwrap();
    assert_eq!(are_right(connection), Ok(false));
    assert!(store.mend_lists().unwrap());
    token_lists_are_as_found(store, owner).await;
    for _ in 0..3 {
        let token = samples.token(owner);
        let entry = samples.entry(owner, Action::TokenCreated);
        let record = Record {
            entry: &entry,
            answer: None,
            notices: &[],
        };
        let insertion = AuthorizationTokens::insert(store, &token, record, now())
            .await
            .unwrap();
        assert_eq!(insertion, Insertion::Inserted);
    }
    token_lists_are_as_found(store, owner).await;
    while store.settle().await.unwrap() {}
    token_lists_are_as_found(store, owner).await;
    // One that may only read does not see those who may more.
    let filter = TokenFilter {
        states: TokenStates::All,
        visible_to: Permissions::READ,
    };
    let page = AuthorizationTokens::list(store, owner, filter, PageRequest::new(1, 50), now())
        .await
        .unwrap();
    assert_eq!((page.total_count, page.items.len()), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_where_they_would_be_found_on_sqlite() {
    pages_are_where_they_would_be_found(&Sqlite::migrated().store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_where_they_would_be_found_on_postgres() {
    pages_are_where_they_would_be_found(&Postgres::migrated().store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_found_and_mended_on_sqlite() {
    what_is_wrong_is_found_and_mended(&Sqlite::migrated().store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_found_and_mended_on_postgres() {
    what_is_wrong_is_found_and_mended(&Postgres::migrated().store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_may_settle_at_once_on_sqlite() {
    many_may_settle_at_once(&Sqlite::migrated().store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_may_settle_at_once_on_postgres() {
    many_may_settle_at_once(&Postgres::migrated().store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_of_tokens_are_cut_too_on_sqlite() {
    lists_of_tokens_are_cut_too(&Sqlite::migrated().store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_of_tokens_are_cut_too_on_postgres() {
    lists_of_tokens_are_cut_too(&Postgres::migrated().store).await;
}
