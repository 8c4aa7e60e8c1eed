//! Rows that somebody else has written, and the domain does not know how to read.

use diesel::{
    Connection, QueryableByName, RunQueryDsl as _, SqliteConnection, connection::SimpleConnection,
    sql_types::BigInt,
};
use symbolon_contract::sample::{Samples, now};
use symbolon_domain::{
    activity::Action,
    page::PageRequest,
    port::{
        activity::ActivityLog,
        authorization_tokens::{AuthorizationTokens, Insertion, Record},
        organizations::Organizations,
        outbox::{Attempt, Outbox},
        recipients::{Issuing, Recipients},
        sessions::Sessions,
        sign_ins::SignIns,
        templates::Templates,
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
            notices: &[],
        };
        let insertion = AuthorizationTokens::insert(store, &token, record, now())
            .await
            .unwrap();
        assert_eq!(insertion, Insertion::Inserted);

        let path = fixture.settings.url.sqlite_path().unwrap().to_str().unwrap();
        let mut other = SqliteConnection::establish(path).unwrap();
        other.batch_execute(&change).unwrap();

        let failures = [
            AuthorizationTokens::find_by_id(store, token.id).await.err(),
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

#[tokio::test(flavor = "multi_thread")]
async fn no_part_of_a_dossier_is_guessed() {
    let secret_text = |column: &str, table: &str| {
        (
            format!("UPDATE {table} SET {column} = '{SECRET_TEXT}' || char(27)"),
            format!("{column} in a row of {table}"),
        )
    };
    for (change, column) in [
        secret_text("name", "templates"),
        secret_text("description", "templates"),
        secret_text("first_name", "recipients"),
        secret_text("last_name", "recipients"),
        secret_text("mail", "recipients"),
        secret_text("locale", "recipients"),
        secret_text("external_id", "recipients"),
        secret_text("bound_subject", "access_tokens"),
        (
            format!("UPDATE access_tokens SET bound_provider = '{SECRET_TEXT} '"),
            "bound_provider in a row of access_tokens".to_owned(),
        ),
        (
            format!("UPDATE access_tokens SET reset_provider = '{SECRET_TEXT} '"),
            "reset_provider in a row of access_tokens".to_owned(),
        ),
        (
            "UPDATE access_tokens SET pepper_id = 'PEPPER01'".to_owned(),
            "pepper_id in a row of access_tokens".to_owned(),
        ),
        (
            "UPDATE recipients SET issued_at = 9223372036854775807".to_owned(),
            "issued_at".to_owned(),
        ),
        secret_text("kind", "mails"),
        (
            format!("UPDATE sessions SET provider = '{SECRET_TEXT} '"),
            "provider in a row of sessions".to_owned(),
        ),
        (
            format!("UPDATE sign_ins SET provider = '{SECRET_TEXT} '"),
            "provider in a row of sign_ins".to_owned(),
        ),
        (
            format!("UPDATE sign_ins SET purpose = '{SECRET_TEXT}'"),
            "purpose in a row of sign_ins".to_owned(),
        ),
    ] {
        let fixture = Sqlite::migrated();
        let (store, samples) = (&fixture.store, Samples::default());
        let organization = samples.organization();
        let entry = samples.entry(organization.id, Action::OrganizationCreated);
        Organizations::insert(store, &organization, &entry).await.unwrap();
        let template = samples.template(organization.id);
        Templates::insert(
            store,
            &template,
            &samples.entry(organization.id, Action::TemplateCreated),
        )
        .await
        .unwrap();
        let mut new = samples.new_recipient(&template);
        new.token.binding = Some(samples.binding());
        new.token.reset_request = Some(samples.reset_request());
        let recipient = new.recipient.id;
        let session = samples.session(&samples.connection());
        let sign_in = samples.sign_in(None);
        assert_eq!(store.issue(&[new]).await.unwrap(), [Issuing::Issued]);
        Sessions::begin(store, &session, None).await.unwrap();
        SignIns::begin(store, &sign_in, now()).await.unwrap();

        let path = fixture.settings.url.sqlite_path().unwrap().to_str().unwrap();
        let mut other = SqliteConnection::establish(path).unwrap();
        other
            .batch_execute("PRAGMA ignore_check_constraints = ON")
            .unwrap();
        other.batch_execute(&change).unwrap();

        let failures = [
            Recipients::find_by_id(store, recipient).await.err(),
            store.about(organization.id, &[recipient]).await.err(),
            Sessions::find(store, &session.digest).await.err(),
            store.finish(&sign_in.state, &sign_in.browser, now()).await.err(),
        ];
        let failures: Vec<_> = failures.into_iter().flatten().collect();
        assert!(!failures.is_empty(), "{change}");
        for failure in failures {
            let text = format!("{failure} {failure:?}");
            assert!(text.contains(&column), "{text}");
            assert!(!text.contains(SECRET_TEXT), "{text}");
        }
    }
}

/// Mail that cannot be read, and mail about somebody who cannot be, waits; everybody else's is sent meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn mail_that_cannot_be_read_stands_in_nobodys_way() {
    for change in [
        "UPDATE mails SET kind = 'a kind of a later version' WHERE recipient_id =",
        "UPDATE recipients SET first_name = ' ' WHERE id =",
    ] {
        let fixture = Sqlite::migrated();
        let (store, samples) = (&fixture.store, Samples::default());
        let organization = samples.organization();
        let entry = samples.entry(organization.id, Action::OrganizationCreated);
        Organizations::insert(store, &organization, &entry).await.unwrap();
        let template = samples.template(organization.id);
        let entry = samples.entry(organization.id, Action::TemplateCreated);
        Templates::insert(store, &template, &entry).await.unwrap();
        let (first, second) = (samples.new_recipient(&template), samples.new_recipient(&template));
        let (stuck, sound) = (first.recipient.id, second.recipient.id);
        let issued = store.issue(&[first, second]).await.unwrap();
        assert_eq!(issued, [Issuing::Issued, Issuing::Issued]);

        let path = fixture.settings.url.sqlite_path().unwrap().to_str().unwrap();
        let mut other = SqliteConnection::establish(path).unwrap();
        let change = format!("{change} x'{}'", stuck.as_uuid().simple());
        assert_eq!(diesel::sql_query(change).execute(&mut other).unwrap(), 1);

        let until = now().plus_seconds(30);
        let (mail, _) = store.take_due(now(), until).await.unwrap().unwrap();
        assert_eq!(mail.recipient, sound);
        let sent = Attempt::Sent { at: now() };
        store.settle(mail.id, &sent).await.unwrap();
        assert_eq!(store.take_due(until, until.plus_seconds(30)).await.unwrap(), None);
        let pending = "SELECT count(*) AS count FROM mails WHERE state = 'pending' AND attempts = 2";
        let pending = diesel::sql_query(pending)
            .get_result::<Count>(&mut other)
            .unwrap();
        assert_eq!(pending.count, 1, "it is neither lost nor given up");
    }
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}
