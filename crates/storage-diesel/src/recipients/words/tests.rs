//! The table of words says what the column says, and answers for the few only.

use symbolon_contract::sample::{Samples, mail_address, person_name};
use symbolon_domain::{
    activity::Action,
    id::RecipientId,
    port::{
        organizations::Organizations,
        recipients::{NewRecipient, RecipientFilter, Recipients},
        templates::Templates,
    },
    template::Template,
};

use super::*;
use crate::{
    DieselStore,
    support::{Postgres, Sqlite},
};

async fn template(store: &DieselStore, samples: &Samples) -> Template {
    let organization = samples.organization();
    let entry = samples.entry(organization.id, Action::OrganizationCreated);
    Organizations::insert(store, &organization, &entry).await.unwrap();
    let template = samples.template(organization.id);
    let entry = samples.entry(organization.id, Action::TemplateCreated);
    assert!(Templates::insert(store, &template, &entry).await.unwrap());
    template
}

/// Issues to people with these first names, the number in whose mail address is their place.
async fn issue(store: &DieselStore, samples: &Samples, on: &Template, names: &[&str]) -> Vec<NewRecipient> {
    let mut batch = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let mut recipient = samples.recipient(on);
        recipient.first_name = person_name(name);
        recipient.last_name = None;
        recipient.mail = mail_address(&format!("{place}@example.org"));
        recipient.external_id = None;
        batch.push(samples.new_for(recipient));
    }
    store.issue(&batch).await.unwrap();
    batch
}

/// The words that are known of one recipient, in order.
fn words_of(store: &DieselStore, id: RecipientId) -> Vec<String> {
    having::table
        .filter(having::recipient_id.eq(Key::from(id)))
        .order(having::word)
        .select(having::word)
        .load(&mut store.maintenance().unwrap())
        .unwrap()
}

/// Who may have these words in an organization in which three are many.
fn shown(store: &DieselStore, template: &Template, sought: &[&str]) -> Shown {
    let sought: Vec<_> = sought.iter().map(|word| (*word).to_owned()).collect();
    let connection = &mut store.maintenance().unwrap();
    let mut shown = holders(connection, template.organization.into(), &sought, 2).unwrap();
    if let Shown::Few(ids) = &mut shown {
        ids.sort_unstable();
    }
    shown
}

fn few(news: &[&NewRecipient]) -> Shown {
    let mut ids: Vec<_> = news.iter().map(|new| Key::from(new.recipient.id)).collect();
    ids.sort_unstable();
    Shown::Few(ids)
}

async fn the_few_are_named_once(store: &DieselStore) {
    let samples = Samples::default();
    let on = template(store, &samples).await;
    let names = ["Ada Adam", "Ada Grace", "Ada Zoe", "Grace Zoe", "Grace", "Kim"];
    let people = issue(store, &samples, &on, &names).await;
    let [ada_adam, _, ada_zoe, grace_zoe, _, kim] = people.as_slice() else {
        panic!("there are six");
    };
    // Who has two words that begin so is one.
    assert_eq!(shown(store, &on, &["adam"]), few(&[ada_adam]));
    assert_eq!(shown(store, &on, &["zo"]), few(&[ada_zoe, grace_zoe]));
    // One word that few have is enough; who has the others too is still to be looked at.
    assert_eq!(shown(store, &on, &["example", "kim"]), few(&[kim]));
    assert_eq!(shown(store, &on, &["nobody"]), few(&[]));
    // Each that many have.
    let both = ["ad", "grace"].map(str::to_owned).to_vec();
    assert_eq!(shown(store, &on, &["ad", "grace"]), Shown::Having(both));

    let elsewhere = template(store, &samples).await;
    assert_eq!(shown(store, &elsewhere, &["kim"]), few(&[]));
}

async fn the_words_follow_the_column(store: &DieselStore) {
    let samples = Samples::default();
    let on = template(store, &samples).await;
    let people = issue(store, &samples, &on, &["Ada", "Grace"]).await;
    let [ada, grace] = people.as_slice() else {
        panic!("there are two");
    };
    let entry = samples.entry(on.organization, Action::RecipientDeleted);
    assert_eq!(
        words_of(store, ada.recipient.id),
        ["0", "0@example.org", "ada", "example", "org"]
    );
    let changed = diesel::update(recipient::table.find(Key::from(ada.recipient.id)))
        .set(recipient::words.eq(" lovelace org"))
        .execute(&mut store.maintenance().unwrap());
    assert_eq!(changed, Ok(1));
    assert_eq!(words_of(store, ada.recipient.id), ["lovelace", "org"]);
    let removed = Recipients::remove(store, on.organization, ada.recipient.id, &entry).await;
    assert!(removed.unwrap());
    assert_eq!(words_of(store, ada.recipient.id), [""; 0]);
    assert_eq!(
        words_of(store, grace.recipient.id),
        ["1", "1@example.org", "example", "grace", "org"]
    );
}

/// As a version without words left them.
async fn who_has_no_words_gets_them(store: &DieselStore) {
    let samples = Samples::default();
    let on = template(store, &samples).await;
    let people = issue(store, &samples, &on, &["Ada", "Grace", "Kim"]).await;
    let blanked = diesel::update(recipient::table)
        .set(recipient::words.eq(None::<String>))
        .execute(&mut store.maintenance().unwrap());
    assert_eq!(blanked, Ok(3));
    let filter = RecipientFilter {
        query: Some("grace".to_owned()),
        ..RecipientFilter::default()
    };
    let found = async || store.count(on.organization, &filter, 9).await.unwrap();
    assert_eq!(words_of(store, people[1].recipient.id), [""; 0]);
    assert_eq!(found().await, 0);
    assert_eq!(store.migrate().unwrap(), Vec::<String>::new());
    assert_eq!(
        words_of(store, people[1].recipient.id),
        ["1", "1@example.org", "example", "grace", "org"]
    );
    assert_eq!(found().await, 1);
}

macro_rules! on_both {
    ($($test:ident),*) => {$(
        mod $test {
            use super::*;

            #[tokio::test]
            async fn on_sqlite() {
                super::$test(&Sqlite::migrated().store).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                super::$test(&Postgres::migrated().store).await;
            }
        }
    )*};
}

on_both!(
    the_few_are_named_once,
    the_words_follow_the_column,
    who_has_no_words_gets_them
);
