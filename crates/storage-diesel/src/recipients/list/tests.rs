//! Which way a page is read: among the few, in a set of those with a word, or in its order.

use diesel::connection::SimpleConnection;
use symbolon_contract::sample::Samples;
use symbolon_domain::template::Template;

use super::*;
use crate::{
    DieselStore,
    plan::plan,
    recipients::signature,
    support::{Postgres, Sqlite, template},
};

/// More than are few.
const MANY: i64 = 6_000;

/// Issues to many with one word in common, each of whom has a word of their own.
fn fill(connection: &mut AnyConnection, on: &Template) {
    let [owner, template] = [on.organization.as_uuid(), on.id.as_uuid()].map(|id| id.simple());
    let columns =
        "id, organization_id, template_id, first_name, mail, locale, is_test, created_at, issued_at, words";
    let signature = signature::bits(["ada", "one"]);
    let person = "'Ada', n || '@example.org', 'en'";
    let statements = match connection {
        AnyConnection::Sqlite(_) => format!(
            "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {MANY}) \
             INSERT INTO recipients ({columns}) \
             SELECT randomblob(16), x'{owner}', x'{template}', {person}, 0, n, n, '{signature} ada one' || n FROM n"
        ),
        AnyConnection::Postgres(_) => format!(
            "INSERT INTO recipients ({columns}) \
             SELECT gen_random_uuid(), '{owner}', '{template}', {person}, false, to_timestamp(n), to_timestamp(n), \
                '{signature} ada one' || n \
             FROM generate_series(1, {MANY}) AS n"
        ),
    };
    connection.batch_execute(&statements).unwrap();
}

/// Who is on a template, and found by this.
fn filter(on: &Template, query: &str) -> RecipientFilter {
    RecipientFilter {
        template: Some(on.id),
        query: Some(query.to_owned()),
        ..RecipientFilter::default()
    }
}

/// Where few are known, only they are looked at; of a word that is neither rare nor common those who have it.
async fn it_is_known_who_may_be_shown(store: &DieselStore) {
    let samples = Samples::default();
    let on = template(store, &samples).await;
    let connection = &mut store.maintenance().unwrap();
    fill(connection, &on);
    let mut of_a_page = |query| {
        let shown = few(connection, on.organization.into(), &filter(&on, query), OF_A_PAGE);
        match shown.unwrap() {
            Shown::Few(ids) => format!("{} of them", ids.len()),
            Shown::Having(holders) => format!("{holders:?}"),
            Shown::Anybody => "anybody".to_owned(),
        }
    };
    assert_eq!(of_a_page(""), "anybody");
    assert_eq!(of_a_page("ada one77"), "11 of them");
    let ada = of_a_page("ada");
    assert!(ada.starts_with("Holders { word: \"ada\""), "{ada}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_known_who_may_be_shown_on_sqlite() {
    it_is_known_who_may_be_shown(&Sqlite::migrated().store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_known_who_may_be_shown_on_postgres() {
    it_is_known_who_may_be_shown(&Postgres::migrated().store).await;
}

/// PostgreSQL's plans go by what it believes to know of the tables.
#[tokio::test(flavor = "multi_thread")]
async fn sqlite_looks_up_the_few_and_whoever_is_next_in_a_set() {
    let fixture = Sqlite::migrated();
    let samples = Samples::default();
    let on = template(&fixture.store, &samples).await;
    let connection = &mut fixture.store.maintenance().unwrap();
    fill(connection, &on);
    let by_id = "SEARCH recipients USING INDEX sqlite_autoindex_recipients_1 (id=?)";
    let set = "SEARCH recipient_words USING PRIMARY KEY (organization_id=? AND word>? AND word<?)";
    for (query, key, steps) in [
        ("one77", RecipientKey::CreatedAt, &[by_id][..]),
        ("one77", RecipientKey::Mail, &[by_id]),
        ("ada", RecipientKey::CreatedAt, &["recipients_of_template (", set]),
        ("ada", RecipientKey::Mail, &[by_id, set]),
        ("", RecipientKey::Mail, &["recipients_of_template_by_mail ("]),
    ] {
        let order = RecipientOrder {
            key,
            is_falling: false,
        };
        let page = sought(connection, on.organization.into(), &filter(&on, query), key).unwrap();
        let page = ordered(page, order).limit(50).select(recipient::id);
        let plan = plan(connection, page);
        for step in steps {
            assert!(plan.contains(step), "{query} {key:?}: {plan}");
        }
        assert_eq!(
            plan.contains(set),
            steps.contains(&set),
            "{query} {key:?}: {plan}"
        );
    }
}

/// Of a template those stand together who are on it, and not those who have claimed.
#[tokio::test(flavor = "multi_thread")]
async fn sqlite_reads_those_of_a_template_in_its_own_index() {
    let fixture = Sqlite::migrated();
    let samples = Samples::default();
    let on = template(&fixture.store, &samples).await;
    let connection = &mut fixture.store.maintenance().unwrap();
    fill(connection, &on);
    let claimed = |template| RecipientFilter {
        template,
        state: Some(RecipientState::Accepted),
        ..RecipientFilter::default()
    };
    for (template, index) in [
        (None, "USING INDEX recipients_claimed ("),
        (Some(on.id), "USING INDEX recipients_of_template ("),
    ] {
        let order = RecipientOrder::default();
        let page = sought(connection, on.organization.into(), &claimed(template), order.key).unwrap();
        let plan = plan(connection, ordered(page, order).limit(50).select(recipient::id));
        assert!(plan.contains(index), "{plan}");
    }
}

/// What became of somebody's mail is asked of whoever is next: nothing is joined, and no set is made of tokens, which would go
/// through all there are before the first is shown.
#[tokio::test(flavor = "multi_thread")]
async fn postgres_asks_for_the_mail_of_whoever_is_next() {
    let fixture = Postgres::migrated();
    let samples = Samples::default();
    let on = template(&fixture.store, &samples).await;
    let connection = &mut fixture.store.maintenance().unwrap();
    for state in [MailState::Failed, MailState::Sent] {
        let filter = RecipientFilter {
            link_mail: Some(state),
            ..RecipientFilter::default()
        };
        let order = RecipientOrder::default();
        let page = among(on.organization.into(), &filter, Shown::Anybody, order.key, false);
        let plan = plan(connection, ordered(page, order).limit(50).select(recipient::id));
        assert!(plan.contains("SubPlan"), "{plan}");
        assert!(!plan.contains("Join") && !plan.contains("Nested Loop"), "{plan}");
        assert_eq!(plan.contains("hashed"), state != MailState::Sent, "{plan}");
    }
}
