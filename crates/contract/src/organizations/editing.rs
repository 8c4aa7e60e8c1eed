//! Editing what an organization says about itself.

use symbolon_domain::{
    activity::Action,
    organization::{Organization, OrganizationEdit, RevealPolicy},
    port::organizations::OrganizationChange,
    text::{OrganizationName, WebAddress},
};

use crate::{
    Fixture,
    race::duel_in_round,
    sample::{mail_address, now},
    scene::{Scene, Stage, ok},
};

/// Every combination of what an edit can name: what it names is as it says, cleared or set; the rest stays, and so does
/// every other organization.
pub async fn an_edit_changes_what_it_names_and_nothing_else<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let token = scene.token().await;
    let names = [
        None,
        Some(name("𒀀ñ and \"Söhne\" -- ; $1")),
        Some(name("Another name")),
    ];
    let contacts = [None, Some(mail_address("Another@example.org"))];
    let urls = [None, Some(None), Some(Some(url("https://example.org/a?b=c#d")))];
    let mut wanted = scene.owner.clone();
    for name in &names {
        for contact in &contacts {
            for url in &urls {
                let edit = OrganizationEdit {
                    name: name.clone(),
                    contact: contact.clone(),
                    url: url.clone(),
                };
                let edited = edit.apply(&wanted);
                let change = if edited == wanted {
                    OrganizationChange::Unchanged
                } else {
                    OrganizationChange::Changed
                };
                wanted = edited;
                assert_eq!(self::edit(&scene, &wanted, &edit).await, change, "{edit:?}");
                assert_eq!(scene.stored_organization(wanted.id).await, wanted, "{edit:?}");
            }
        }
    }
    assert_eq!(scene.stored_organization(other.id).await, other);
    assert_eq!(scene.owned(&token).await.owner, wanted);
}

/// An edit that names nothing, or what is so already, writes nothing.
pub async fn an_edit_that_changes_nothing_is_not_written<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let before = scene.shown().await;
    let same = OrganizationEdit {
        name: Some(scene.owner.name.clone()),
        contact: Some(scene.owner.contact.clone()),
        url: Some(None),
    };
    for nothing in [OrganizationEdit::default(), same] {
        let change = edit(&scene, &scene.owner, &nothing).await;
        assert_eq!(change, OrganizationChange::Unchanged);
        assert_eq!(scene.shown().await, before);
    }
}

/// The entry is the one that was given, whole, and there is one for each change.
pub async fn an_edit_appends_its_entry<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut log = scene.log().await;
    for text in ["One name", "Another name", "Another name"] {
        let entry = scene.samples.entry(scene.owner.id, Action::OrganizationChanged);
        let rename = rename(text);
        let change = scene.organizations.edit(scene.owner.id, &rename, &entry);
        let has_changed = ok(change.await) == OrganizationChange::Changed;
        log.extend(has_changed.then_some(entry));
        assert_eq!(scene.log().await, log);
    }
    assert_eq!(log.len(), 3);
}

/// A cancelled organization can be edited, and stays cancelled; one that is not kept is absent, and stays so.
pub async fn an_edit_leaves_an_organization_cancelled<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    scene.set_reveal_policy(scene.owner.id, RevealPolicy::Once).await;
    scene.cancel(scene.owner.id, now()).await;
    let renamed = rename("Another name");
    let wanted = renamed.apply(&scene.stored_organization(scene.owner.id).await);
    let change = edit(&scene, &scene.owner, &renamed).await;
    assert_eq!(change, OrganizationChange::Changed);
    assert_eq!(scene.stored_organization(scene.owner.id).await, wanted);
    assert!(!wanted.is_active());

    let unknown = scene.samples.organization();
    assert_eq!(edit(&scene, &unknown, &renamed).await, OrganizationChange::Absent);
    assert_eq!(ok(scene.organizations.find(unknown.id).await), None);
    assert_eq!(scene.log_of(unknown.id).await.items, []);
}

/// Of two edits at once that name different things both hold.
pub async fn edits_of_different_things_at_once_both_hold<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..20 {
        let organization = scene.organization().await;
        let renamed = rename("Another name");
        let moved = OrganizationEdit {
            contact: Some(mail_address("another@example.org")),
            url: Some(Some(url("https://another.example.org"))),
            ..OrganizationEdit::default()
        };
        let wanted = moved.apply(&renamed.apply(&organization));
        let changes = duel_in_round(
            round,
            {
                let (scene, organization) = (scene.clone(), organization.clone());
                async move { edit(&scene, &organization, &renamed).await }
            },
            {
                let (scene, organization) = (scene.clone(), organization.clone());
                async move { edit(&scene, &organization, &moved).await }
            },
        )
        .await;
        assert_eq!(
            changes,
            (OrganizationChange::Changed, OrganizationChange::Changed)
        );
        assert_eq!(scene.stored_organization(organization.id).await, wanted);
    }
}

/// Of an edit and a cancellation at once both hold.
pub async fn an_edit_and_a_cancellation_both_hold<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..20 {
        let organization = scene.organization().await;
        let renamed = rename("Another name");
        let wanted = Organization {
            cancelled_at: Some(now()),
            ..renamed.apply(&organization)
        };
        duel_in_round(
            round,
            {
                let (scene, organization) = (scene.clone(), organization.clone());
                async move { edit(&scene, &organization, &renamed).await }
            },
            {
                let (scene, id) = (scene.clone(), organization.id);
                async move { scene.cancel(id, now()).await }
            },
        )
        .await;
        assert_eq!(scene.stored_organization(organization.id).await, wanted);
    }
}

async fn edit(stage: &Stage, organization: &Organization, edit: &OrganizationEdit) -> OrganizationChange {
    let entry = stage.samples.entry(organization.id, Action::OrganizationChanged);
    ok(stage.organizations.edit(organization.id, edit, &entry).await)
}

fn rename(text: &str) -> OrganizationEdit {
    OrganizationEdit {
        name: Some(name(text)),
        ..OrganizationEdit::default()
    }
}

fn name(text: &str) -> OrganizationName {
    OrganizationName::parse(text).expect("the sample is a name")
}

fn url(text: &str) -> WebAddress {
    WebAddress::parse(text).expect("the sample is an address")
}
