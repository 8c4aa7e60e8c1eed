//! Rows that somebody else has written, and the domain does not know how to read.

use diesel::{Connection, SqliteConnection, connection::SimpleConnection};
use symbolon_contract::sample::{Samples, now};
use symbolon_domain::{
    activity::Action,
    page::PageRequest,
    port::{
        activity::ActivityLog,
        authorization_tokens::{AuthorizationTokens, Insertion, Record},
        organizations::Organizations,
    },
};

use crate::support::Sqlite;

const SECRET_TEXT: &str = "do-not-repeat-me";

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_neither_absent_nor_guessed_nor_repeated() {
    for (change, column) in [
        (
            format!("UPDATE organizations SET contact = '{SECRET_TEXT}'"),
            "contact in a row of organizations",
        ),
        (
            format!("UPDATE organizations SET url = '{SECRET_TEXT}'"),
            "url in a row of organizations",
        ),
        (
            format!("UPDATE authorization_tokens SET description = '{SECRET_TEXT}' || char(27)"),
            "description in a row of authorization_tokens",
        ),
        (
            "UPDATE authorization_tokens SET pepper_id = 'PEPPER01'".to_owned(),
            "pepper_id in a row of authorization_tokens",
        ),
        (
            "UPDATE authorization_tokens SET expires_at = 9223372036854775807".to_owned(),
            "expires_at",
        ),
        (
            format!("DROP TRIGGER activity_refuses_update; UPDATE activity SET action = '{SECRET_TEXT}'"),
            "action in a row of activity",
        ),
        (
            format!("DROP TRIGGER activity_refuses_update; UPDATE activity SET address = '{SECRET_TEXT}'"),
            "address in a row of activity",
        ),
    ] {
        let fixture = Sqlite::migrated();
        let (store, samples) = (&fixture.store, Samples::default());
        let organization = samples.organization();
        let entry = samples.entry(organization.id, Action::OrganizationCreated);
        Organizations::insert(store, &organization, &entry).await.unwrap();
        let token = samples.token(organization.id);
        let entry = samples.entry_by(&token, Action::TokenCreated);
        let record = Record {
            entry: &entry,
            answer: None,
        };
        let insertion = AuthorizationTokens::insert(store, &token, record, now())
            .await
            .unwrap();
        assert_eq!(insertion, Insertion::Inserted);

        let path = fixture.settings.url.sqlite_path().unwrap().to_str().unwrap();
        let mut other = SqliteConnection::establish(path).unwrap();
        other.batch_execute(&change).unwrap();

        let failures = [
            store.find_by_id(token.id).await.err(),
            ActivityLog::list(store, organization.id, PageRequest::default())
                .await
                .err(),
        ];
        let failures: Vec<_> = failures.into_iter().flatten().collect();
        assert!(!failures.is_empty(), "{change}");
        for failure in failures {
            let text = format!("{failure} {failure:?}");
            assert!(text.contains(column), "{text}");
            assert!(!text.contains(SECRET_TEXT), "{text}");
        }
    }
}
