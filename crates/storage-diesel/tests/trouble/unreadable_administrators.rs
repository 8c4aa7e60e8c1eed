//! Rows of administrators that somebody else has written, and the domain does not know how to read.

use diesel::{Connection, RunQueryDsl as _, SqliteConnection, connection::SimpleConnection};
use symbolon_contract::sample::{Samples, now};
use symbolon_domain::{
    activity::Action,
    administrator::Proofs,
    administrator_link::LinkPurpose,
    mail::MailState,
    notice::NoticeSubject,
    port::{
        administrator_sessions::AdministratorSessions,
        administrators::{AdministratorRecord, Administrators, ProofChange, ProofChanging, SettingUp},
        notices::Notices,
        organizations::Organizations,
        sign_in_attempts::SignInAttempts,
    },
};

use crate::support::Sqlite;

const SECRET_TEXT: &str = "do-not-repeat-me";

/// A connection beside the store, without the guards of the schema.
fn beside(fixture: &Sqlite) -> SqliteConnection {
    let path = fixture.settings.url.sqlite_path().unwrap().to_str().unwrap();
    let mut other = SqliteConnection::establish(path).unwrap();
    other
        .batch_execute("PRAGMA ignore_check_constraints = ON")
        .unwrap();
    other
}

#[tokio::test(flavor = "multi_thread")]
async fn no_part_of_an_administrator_is_guessed() {
    let secret_text = |column: &str, table: &str| {
        (
            format!("UPDATE {table} SET {column} = '{SECRET_TEXT}' || char(27)"),
            format!("{column} in a row of {table}"),
        )
    };
    for (change, column) in [
        secret_text("mail", "administrators"),
        secret_text("name", "administrators"),
        secret_text("role", "administrators"),
        secret_text("connected_provider", "administrators"),
        secret_text("connected_subject", "administrators"),
        (
            "UPDATE administrators SET connected_hint = NULL".to_owned(),
            "connected_hint in a row of administrators".to_owned(),
        ),
        (
            "UPDATE administrators SET generation = -1".to_owned(),
            "generation in a row of administrators".to_owned(),
        ),
        (
            "UPDATE administrators SET factor_sealed = NULL".to_owned(),
            "factor_sealed in a row of administrators".to_owned(),
        ),
        (
            "UPDATE administrators SET factor_last_step = NULL".to_owned(),
            "factor_last_step in a row of administrators".to_owned(),
        ),
        (
            "UPDATE administrators SET joined_at = 9223372036854775807".to_owned(),
            "joined_at".to_owned(),
        ),
        secret_text("purpose", "administrator_links"),
        secret_text("stage", "administrator_sessions"),
        secret_text("address", "administrator_sessions"),
        secret_text("subject", "notices"),
        (
            "UPDATE sign_in_attempts SET failures = -1".to_owned(),
            "failures in a row of sign_in_attempts".to_owned(),
        ),
    ] {
        let fixture = Sqlite::migrated();
        let (store, samples) = (&fixture.store, Samples::default());
        let organization = samples.organization();
        let entry = samples.entry(organization.id, Action::OrganizationCreated);
        Organizations::insert(store, &organization, &entry).await.unwrap();
        let link = samples.link(LinkPurpose::SetUp);
        assert!(store.offer_set_up(&link).await.unwrap());
        let mut founding = samples.founding(organization.id);
        let founder = &mut founding.administrator;
        founder.proofs = Proofs {
            connection: Some(samples.connection()),
            ..founder.proofs.clone()
        };
        let id = founder.id;
        let set_up = store.set_up(&link.digest, &founding, now()).await.unwrap();
        assert_eq!(set_up, SettingUp::Done);
        let change_of_proof = ProofChange::SecondFactor(Some(samples.second_factor()));
        let entry = samples.entry_of(&founding.administrator, Action::SecondFactorAdded);
        let record = AdministratorRecord {
            entry: &entry,
            notice: None,
        };
        let changed = store.change_proof(id, 0, &change_of_proof, None, record);
        assert_eq!(changed.await.unwrap(), ProofChanging::Changed);
        let link = samples.link(LinkPurpose::NewPassword(id));
        let notice = samples.notice_to(&founding.administrator, NoticeSubject::NewPassword(link.id));
        assert!(store.renew_link(&link, Some(&notice), None).await.unwrap());
        let session = samples.administrator_session(id);
        let begun = AdministratorSessions::begin(store, &session, 1, None, None);
        assert!(begun.await.unwrap());
        let account = samples.account();
        SignInAttempts::begin(store, &account, now()).await.unwrap();

        beside(&fixture).batch_execute(&change).unwrap();
        let later = now().plus_seconds(60);
        let failures = [
            Administrators::find(store, organization.id, id).await.err(),
            store.find_link(&link.digest).await.err(),
            store.of(id).await.err(),
            store.unsent(organization.id, 9).await.err(),
            store.look_again(notice.id).await.err(),
            SignInAttempts::begin(store, &account, later).await.err(),
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

/// A notice that cannot be read waits; everybody else's is sent meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_cannot_be_read_stands_in_nobodys_way() {
    for change in [
        "UPDATE notices SET subject = 'a subject of a later version' WHERE id =",
        "UPDATE notices SET link_id = id, subject = 'invitation', token_id = id WHERE id =",
    ] {
        let fixture = Sqlite::migrated();
        let (store, samples) = (&fixture.store, Samples::default());
        let organization = samples.organization();
        let entry = samples.entry(organization.id, Action::OrganizationCreated);
        Organizations::insert(store, &organization, &entry).await.unwrap();
        let [stuck, sound] = [1, 2].map(|_| samples.notice(organization.id, NoticeSubject::ProofsChanged));
        for notice in [&stuck, &sound] {
            store.queue(notice).await.unwrap();
        }
        let change = format!("{change} x'{}'", stuck.id.as_uuid().simple());
        assert_eq!(
            diesel::sql_query(change).execute(&mut beside(&fixture)).unwrap(),
            1
        );

        let until = now().plus_seconds(30);
        let taken = store.take_due(now(), until).await.unwrap().unwrap().notice;
        assert_eq!(taken.id, sound.id);
        store.drop_useless(taken.id).await.unwrap();
        // It is neither lost nor given up, and tried again when its time has come.
        assert_eq!(store.take_due(now(), until).await.unwrap(), None);
        assert_eq!(store.take_due(until, until.plus_seconds(30)).await.unwrap(), None);
        let repair = "UPDATE notices SET subject = 'proofs_changed', link_id = NULL, token_id = NULL";
        beside(&fixture).batch_execute(repair).unwrap();
        let later = until.plus_seconds(30);
        let taken = store.take_due(later, later.plus_seconds(30)).await.unwrap();
        let taken = taken.unwrap().notice;
        assert_eq!((taken.id, taken.attempts), (stuck.id, 3));
        assert_eq!(taken.state, MailState::Pending);
    }
}
