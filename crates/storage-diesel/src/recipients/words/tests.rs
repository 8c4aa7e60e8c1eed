//! The table of words says what the column says, and answers for the few only.

use symbolon_contract::sample::{Samples, mail_address, now, person_name};
use symbolon_domain::{
    activity::Action,
    id::RecipientId,
    page::PageRequest,
    port::{
        access_tokens::AccessRecord,
        recipients::{
            Beside, Correction, NewRecipient, RecipientFilter, RecipientKey, RecipientOrder, Recipients,
        },
        templates::Templates,
    },
    template::Template,
};
use uuid::Uuid;

use super::*;
use crate::{
    DieselStore,
    plan::plan,
    recipients::{WordsMade, missing_words::without_words},
    schema::recipients as recipient,
    support::{Postgres, Sqlite, template},
};

/// Issues to people with these first names, the number in whose mail address is their place.
async fn issue(store: &DieselStore, samples: &Samples, on: &Template, names: &[&str]) -> Vec<NewRecipient> {
    issue_from(0, store, samples, on, names).await
}

/// The same, where so many were issued before.
async fn issue_from(
    start: usize,
    store: &DieselStore,
    samples: &Samples,
    on: &Template,
    names: &[&str],
) -> Vec<NewRecipient> {
    let mut batch = Vec::new();
    for (place, name) in (start..).zip(names) {
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
    shown_on(store, template, None, sought)
}

/// The same, of those on one template.
fn shown_on(store: &DieselStore, template: &Template, on: Option<&Template>, sought: &[&str]) -> Shown {
    let sought: Vec<_> = sought.iter().map(|word| (*word).to_owned()).collect();
    let connection = &mut store.maintenance().unwrap();
    let on = on.map(|on| on.id.into());
    let mut shown = holders(connection, template.organization.into(), on, &sought, 2).unwrap();
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
    let [ada_adam, ada_grace, ada_zoe, grace_zoe, _, kim] = people.as_slice() else {
        panic!("there are six");
    };
    // Who has two words that begin so is one.
    assert_eq!(shown(store, &on, &["adam"]), few(&[ada_adam]));
    assert_eq!(shown(store, &on, &["zo"]), few(&[ada_zoe, grace_zoe]));
    // One word that few have is enough; who has the others too is still to be looked at.
    assert_eq!(shown(store, &on, &["example", "kim"]), few(&[kim]));
    assert_eq!(shown(store, &on, &["nobody"]), few(&[]));
    // None that few have: those with one of them are looked for who may have the other.
    assert_eq!(shown(store, &on, &["ada", "grace"]), few(&[ada_grace]));
    // More than few have both.
    let both = ["example", "org"].map(str::to_owned);
    let holders = Holders::of("example", &both);
    assert_eq!(shown(store, &on, &["example", "org"]), Shown::Having(holders));

    let elsewhere = template(store, &samples).await;
    assert_eq!(shown(store, &elsewhere, &["kim"]), few(&[]));
}

async fn of_a_template_the_few_with_a_word_are_named(store: &DieselStore) {
    let samples = Samples::default();
    let on = template(store, &samples).await;
    let other = samples.template(on.organization);
    let entry = samples.entry(on.organization, Action::TemplateCreated);
    assert!(Templates::insert(store, &other, &entry).await.unwrap());
    let many = ["Ada", "Ada", "Grace", "Grace", "Grace", "Grace"];
    let here = issue(store, &samples, &on, &many).await;
    let there = issue_from(6, store, &samples, &other, &["Ada", "Grace", "Grace", "Zoe"]).await;
    let shown = |template, sought: &[&str]| shown_on(store, &on, Some(template), sought);
    assert_eq!(shown(&on, &["ada"]), few(&[&here[0], &here[1]]));
    assert_eq!(shown(&other, &["ada"]), few(&[&there[0]]));
    // Everybody has the first of them.
    assert_eq!(shown(&other, &["example", "ada"]), few(&[&there[0]]));
    // More than few.
    let holders = Holders::of("grace", &["grace".to_owned()]);
    assert_eq!(shown(&on, &["grace"]), Shown::Having(holders));
    // The few who have a word are fewer, wherever they are.
    assert_eq!(shown(&on, &["zoe"]), few(&[&there[3]]));
}

/// The signature and the address that stand beside each word of a recipient.
fn beside_words_of(store: &DieselStore, id: RecipientId) -> Vec<(i64, String)> {
    having::table
        .filter(having::recipient_id.eq(Key::from(id)))
        .select((having::signature, having::mail))
        .load(&mut store.maintenance().unwrap())
        .unwrap()
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
        ["0", "@0@example.org", "ada", "example", "org"]
    );
    let words = words_of(store, ada.recipient.id);
    let signature = signature::bits(words.iter().map(String::as_str));
    let beside = (signature, "0@example.org".to_owned());
    assert_eq!(
        beside_words_of(store, ada.recipient.id),
        vec![beside; words.len()]
    );
    let signature = 0x7fff_ffff_ffff_fffe;
    let changed = diesel::update(recipient::table.find(Key::from(ada.recipient.id)))
        .set(recipient::words.eq(format!("{signature} lovelace org")))
        .execute(&mut store.maintenance().unwrap());
    assert_eq!(changed, Ok(1));
    assert_eq!(words_of(store, ada.recipient.id), ["lovelace", "org"]);
    let beside = (signature, "0@example.org".to_owned());
    assert_eq!(beside_words_of(store, ada.recipient.id), vec![beside; 2]);
    // Somebody without a word.
    let changed = diesel::update(recipient::table.find(Key::from(ada.recipient.id)))
        .set(recipient::words.eq("0"))
        .execute(&mut store.maintenance().unwrap());
    assert_eq!(changed, Ok(1));
    assert_eq!(words_of(store, ada.recipient.id), [""; 0]);
    let removed = Recipients::remove(store, on.organization, ada.recipient.id, &entry).await;
    assert!(removed.unwrap());
    assert_eq!(words_of(store, ada.recipient.id), [""; 0]);
    assert_eq!(
        words_of(store, grace.recipient.id),
        ["1", "@1@example.org", "example", "grace", "org"]
    );
}

/// Of a word that more than a few have a set is made, or they are sorted: lists are the same as they would be without, in
/// every order and at every place.
async fn whom_many_words_find_are_listed_in_order(store: &DieselStore) {
    let samples = Samples::default();
    let on = template(store, &samples).await;
    // More than are few, and as many between them who are not found.
    let names = ["Many Lovelace", "Any Lovelace"].repeat(5_100);
    let mut wanted = Vec::new();
    for (chunk, names) in names.chunks(1_000).enumerate() {
        let people = issue_from(chunk * 1_000, store, &samples, &on, names).await;
        wanted.extend(
            people
                .into_iter()
                .map(|new| new.recipient)
                .filter(|one| one.first_name.as_str() == "Many Lovelace"),
        );
    }
    let filter = RecipientFilter {
        query: Some("many love example".to_owned()),
        ..RecipientFilter::default()
    };
    for (key, is_falling) in [
        (RecipientKey::CreatedAt, true),
        (RecipientKey::CreatedAt, false),
        (RecipientKey::Mail, false),
        (RecipientKey::Mail, true),
    ] {
        let order = RecipientOrder { key, is_falling };
        match key {
            RecipientKey::Mail => wanted.sort_by_key(|one| (one.mail.to_string(), one.id)),
            _ => wanted.sort_by_key(|one| (one.created_at, one.id)),
        }
        if is_falling {
            wanted.reverse();
        }
        let place = |at: usize| wanted[at].id;
        for (beside, from) in [
            (None, 0),
            (Some(Beside::After(place(2_500))), 2_501),
            (Some(Beside::Before(place(2_500))), 2_490),
            (Some(Beside::After(place(5_094))), 5_095),
        ] {
            let shown = store
                .browse(on.organization, &filter, order, beside, 10)
                .await
                .unwrap();
            let shown: Vec<_> = shown.into_iter().map(|dossier| dossier.recipient.id).collect();
            let wanted: Vec<_> = wanted.iter().skip(from).take(10).map(|one| one.id).collect();
            assert_eq!(shown, wanted, "{order:?} {beside:?}");
        }
        let page = Recipients::list(store, on.organization, &filter, order, PageRequest::new(52, 100)).await;
        let page = page.unwrap();
        assert_eq!((page.total_count, page.items.len()), (5_100, 0));
    }
    let counted = store.count(on.organization, &filter, u64::MAX).await;
    assert_eq!(counted.unwrap(), 5_100);
    // Whoever else the filter asks for may stand at any place among them.
    wanted.sort_by_key(|one| (one.mail.to_string(), one.id));
    for at in [10, 3_000, 5_090] {
        let filter = RecipientFilter {
            mail: Some(wanted[at].mail.clone()),
            ..filter.clone()
        };
        let order = RecipientOrder {
            key: RecipientKey::Mail,
            is_falling: false,
        };
        let shown = store.browse(on.organization, &filter, order, None, 10).await;
        let shown: Vec<_> = shown
            .unwrap()
            .iter()
            .map(|dossier| dossier.recipient.id)
            .collect();
        assert_eq!(shown, [wanted[at].id]);
    }
}

/// How many a search finds.
async fn found(store: &DieselStore, on: &Template, query: &str) -> u64 {
    let filter = RecipientFilter {
        query: Some(query.to_owned()),
        ..RecipientFilter::default()
    };
    store.count(on.organization, &filter, 9).await.unwrap()
}

/// Does to recipients what an earlier version did, which knows of no words.
fn earlier(store: &DieselStore, statement: &str) -> usize {
    let connection = &mut store.maintenance().unwrap();
    diesel::sql_query(statement).execute(connection).unwrap()
}

/// Whoever has no words gets them, a step after the other; whose row cannot be read too, and nobody twice.
async fn who_has_no_words_gets_them(store: &DieselStore) {
    let samples = Samples::default();
    let on = template(store, &samples).await;
    let names: Vec<_> = (0..1_001).map(|number| format!("Ada{number}")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let people = issue(store, &samples, &on, &names).await;
    assert_eq!(store.make_words(None).await.unwrap(), None);
    assert_eq!(
        earlier(store, "UPDATE recipients SET words = NULL, locale = 'xx'"),
        1_001
    );
    assert_eq!(
        earlier(
            store,
            "UPDATE recipients SET words = '0 kept' WHERE first_name = 'Ada7'"
        ),
        1
    );
    assert_eq!(store.count_without_words().await.unwrap(), 1_000);
    let connection = &mut store.maintenance().unwrap();
    let next = without_words(Key(Uuid::nil())).order(recipient::id).limit(500);
    let plan = plan(connection, next.select(recipient::id));
    assert!(plan.contains(" recipients_without_words "), "{plan}");
    assert_eq!(found(store, &on, "8@example.org").await, 0);

    let mut ids: Vec<_> = people.iter().map(|new| new.recipient.id).collect();
    ids.retain(|id| *id != people[7].recipient.id);
    ids.sort_unstable();
    let mut after = None;
    for last in [ids[499], ids[999]] {
        let made = store.make_words(after).await.unwrap();
        assert_eq!(
            made,
            Some(WordsMade {
                recipients: 500,
                last
            })
        );
        after = Some(last);
    }
    assert_eq!(store.make_words(after).await.unwrap(), None);
    assert_eq!(store.count_without_words().await.unwrap(), 0);
    assert_eq!(words_of(store, people[7].recipient.id), ["kept"]);
    assert_eq!(
        words_of(store, people[8].recipient.id),
        ["8", "@8@example.org", "ada8", "example", "org"]
    );
    assert_eq!(found(store, &on, "8@example.org").await, 1);
}

/// Whom an earlier version corrects is not found by what was corrected, whatever the statement says besides; and whom this
/// version corrects is found at once, also where the words are the same.
async fn words_of_a_wrong_address_are_taken_away(store: &DieselStore) {
    let samples = Samples::default();
    let on = template(store, &samples).await;
    let people = issue(store, &samples, &on, &["Ada", "Grace"]).await;
    for (change, query) in [
        ("mail = 'right@example.org'", "right@example.org"),
        ("mail = 'Right@example.org', locale = locale", "right@example.org"),
        ("first_name = 'Zoe'", "zoe"),
        ("last_name = 'Lovelace'", "lovelace"),
        ("external_id = 'HR-1815'", "1815"),
    ] {
        let statement =
            format!("UPDATE recipients SET {change} WHERE issued_at = issued_at AND first_name <> 'Grace'");
        assert_eq!(earlier(store, &statement), 1, "{change}");
        assert_eq!(words_of(store, people[0].recipient.id), [""; 0], "{change}");
        assert_eq!(store.count_without_words().await.unwrap(), 1, "{change}");
        assert_eq!(found(store, &on, "0@example.org").await, 0, "{change}");
        let made = store.make_words(None).await.unwrap().unwrap();
        assert_eq!((made.recipients, made.last), (1, people[0].recipient.id));
        assert_eq!(found(store, &on, query).await, 1, "{change}");
    }
    // Nothing that words are made of.
    assert_eq!(
        earlier(store, "UPDATE recipients SET mail = mail, locale = 'de'"),
        2
    );
    assert_eq!(store.count_without_words().await.unwrap(), 0);

    let grace = &people[1];
    let successor = samples.access_successor(&grace.token);
    let entry = samples.entry_about(&successor, on.id, Action::AddressCorrected);
    let record = AccessRecord {
        entry: &entry,
        mail: None,
    };
    let mail = mail_address("_1@example.org");
    let corrected = store.correct_mail(on.organization, &mail, &successor, record, now());
    assert_eq!(corrected.await.unwrap(), Correction::Corrected);
    assert_eq!(store.count_without_words().await.unwrap(), 0);
    assert_eq!(found(store, &on, "1@example.org").await, 1);
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
    whom_many_words_find_are_listed_in_order,
    the_few_are_named_once,
    of_a_template_the_few_with_a_word_are_named,
    the_words_follow_the_column,
    who_has_no_words_gets_them,
    words_of_a_wrong_address_are_taken_away
);
