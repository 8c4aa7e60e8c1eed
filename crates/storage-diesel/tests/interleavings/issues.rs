//! Issuing, and what happens while it waits.

use symbolon_domain::{
    activity::Action,
    port::{
        recipients::{IssueRequest, Issuing, NewRecipient, Recipients},
        templates::{TemplateChange, TemplateRemoval, Templates},
    },
    template::TemplateEdit,
};

use crate::stage::Stage;

/// Another credential, as somebody else is about to issue it.
pub(crate) fn insertion(new: &NewRecipient) -> String {
    let key = match &new.request {
        None => String::from("NULL, NULL, NULL, NULL"),
        Some(request) => format!(
            "'{}', '{}', sha256('other'), {}",
            request.caller,
            request.key.as_str(),
            request.place
        ),
    };
    let recipient = &new.recipient;
    format!(
        "INSERT INTO recipients (id, organization_id, template_id, first_name, mail, locale, is_test, created_at, \
            issued_at, issue_caller_id, issue_key, issue_fingerprint, issue_place) \
         VALUES ('{}', '{}', '{}', 'Ada', '{}', 'en', false, now(), now(), {key})",
        recipient.id, recipient.organization, recipient.template, recipient.mail,
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn issuing_sees_its_organization_cancelled() {
    let stage = Stage::open().await;
    let mut other = stage
        .scene
        .interloper("UPDATE organizations SET cancelled_at = now()");
    let issue = stage.issuing(&stage.scene.samples.new_recipient(&stage.template));
    other.holds(&issue).await;
    other.commits();
    assert_eq!(issue.await.unwrap(), Issuing::OrganizationCancelled);
}

#[tokio::test(flavor = "multi_thread")]
async fn issuing_sees_its_template_removed() {
    for commits in [true, false] {
        let stage = Stage::open().await;
        let mut other = stage
            .scene
            .interloper("DELETE FROM recipients; DELETE FROM templates");
        let issue = stage.issuing(&stage.scene.samples.new_recipient(&stage.template));
        other.holds(&issue).await;
        let expected = if commits {
            other.commits();
            Issuing::TemplateAbsent
        } else {
            other.gives_up();
            Issuing::Issued
        };
        assert_eq!(issue.await.unwrap(), expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn issuing_that_has_begun_holds_its_organization_and_template() {
    let stage = Stage::open().await;
    let new = stage.scene.samples.new_recipient(&stage.template);
    let mut other = stage.scene.interloper(&insertion(&new));
    let issue = stage.issuing(&new);
    other.holds(&issue).await;
    let mut third = stage.scene.interloper("SELECT 1");
    for table in ["organizations", "templates"] {
        let take = format!("SELECT FROM {table} FOR NO KEY UPDATE NOWAIT");
        assert!(!third.could(&take), "{table}");
    }
    other.gives_up();
    assert_eq!(issue.await.unwrap(), Issuing::Issued);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_to_issue_to_the_same_person_is_told_of_the_first() {
    for commits in [true, false] {
        let stage = Stage::open().await;
        let new = stage.scene.samples.new_recipient(&stage.template);
        let first = NewRecipient {
            recipient: symbolon_domain::recipient::Recipient {
                mail: new.recipient.mail.clone(),
                ..stage.scene.samples.recipient(&stage.template)
            },
            ..new.clone()
        };
        let mut other = stage.scene.interloper(&insertion(&first));
        let issue = stage.issuing(&new);
        other.holds(&issue).await;
        let expected = if commits {
            other.commits();
            Issuing::Duplicate(first.recipient.id)
        } else {
            other.gives_up();
            Issuing::Issued
        };
        assert_eq!(issue.await.unwrap(), expected);
    }
}

/// Whatever the order of a batch, people are taken in theirs: so two batches that name the same never wait in a circle.
#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_waits_for_one_person_has_not_taken_the_next() {
    let stage = Stage::open().await;
    let samples = &stage.scene.samples;
    let to = |address: &str| {
        samples.new_for(symbolon_domain::recipient::Recipient {
            mail: symbolon_contract::sample::mail_address(address),
            ..samples.recipient(&stage.template)
        })
    };
    let (first, next) = ("a@example.org", "b@example.org");
    let mut other = stage.scene.interloper(&insertion(&to(first)));
    let (store, batch) = (stage.scene.store(), [to(next), to(first)]);
    let issue = tokio::spawn(async move { store.issue(&batch).await.unwrap() });
    other.holds(&issue).await;
    let take_the_next = format!("SET LOCAL lock_timeout = '100ms'; {}", insertion(&to(next)));
    assert!(other.could(&take_the_next));
    other.commits();
    for outcome in issue.await.unwrap() {
        assert!(matches!(outcome, Issuing::Duplicate(_)), "{outcome:?}");
    }
}

/// One that says something else from another place: no unique index stands between the two.
#[tokio::test(flavor = "multi_thread")]
async fn requests_under_one_name_come_one_after_the_other() {
    let stage = Stage::open().await;
    let caller = stage.scene.token().await.id;
    let request = stage.scene.samples.issue_request(caller, "key");
    let new = NewRecipient {
        request: Some(request.clone()),
        ..stage.scene.samples.new_recipient(&stage.template)
    };
    let first = NewRecipient {
        request: Some(IssueRequest { place: 1, ..request }),
        ..stage.scene.samples.new_recipient(&stage.template)
    };
    let mut other = stage.scene.interloper(&format!(
        "SELECT pg_advisory_xact_lock(hashtextextended('{caller} key', 0)); {}",
        insertion(&first)
    ));
    let issue = stage.issuing(&new);
    other.holds(&issue).await;
    other.commits();
    assert_eq!(issue.await.unwrap(), Issuing::KeyTaken);
    let found = Recipients::find_by_id(&stage.scene.store(), new.recipient.id).await;
    assert_eq!(found.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removal_sees_what_was_issued_while_it_waited() {
    let stage = Stage::open().await;
    let template = stage.scene.samples.template(stage.scene.owner.id);
    let entry = stage
        .scene
        .samples
        .entry(stage.scene.owner.id, Action::TemplateCreated);
    let store = stage.scene.store();
    assert!(Templates::insert(&store, &template, &entry).await.unwrap());
    let new = stage.scene.samples.new_recipient(&template);
    let mut other = stage.scene.interloper(&format!(
        "SELECT FROM organizations FOR SHARE; SELECT FROM templates WHERE id = '{}' FOR SHARE; {}",
        template.id,
        insertion(&new)
    ));
    let entry = stage
        .scene
        .samples
        .entry(stage.scene.owner.id, Action::TemplateDeleted);
    let removal = tokio::spawn(async move {
        let removal = Templates::remove(&store, template.organization, template.id, &entry);
        removal.await.unwrap()
    });
    other.holds(&removal).await;
    other.commits();
    assert_eq!(removal.await.unwrap(), TemplateRemoval::HasRecipients);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_keeps_what_another_has_changed() {
    let stage = Stage::open().await;
    let (store, template) = (stage.scene.store(), stage.template.clone());
    let entry = stage
        .scene
        .samples
        .entry(stage.scene.owner.id, Action::TemplateChanged);
    let mut other = stage.scene.interloper("UPDATE templates SET name = 'Other'");
    let edit = TemplateEdit {
        description: Some(Some(
            symbolon_domain::text::TemplateDescription::parse("Words").unwrap(),
        )),
        ..TemplateEdit::default()
    };
    let change = tokio::spawn(async move {
        let change = store.edit(template.organization, template.id, &edit, &entry);
        change.await.unwrap()
    });
    other.holds(&change).await;
    other.commits();
    assert_eq!(change.await.unwrap(), TemplateChange::Changed);
    let store = stage.scene.store();
    let left = Templates::find_by_id(&store, stage.template.id);
    let left = left.await.unwrap().unwrap();
    assert_eq!(left.name.as_str(), "Other");
    assert_eq!(left.description.unwrap().as_str(), "Words");
}
