//! Changes to organizations, and what happens while they wait.

use symbolon_contract::sample::mail_address;
use symbolon_domain::{
    activity::Action,
    organization::OrganizationEdit,
    port::organizations::{OrganizationChange, Organizations},
};

use crate::interloper::Scene;

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_keeps_what_another_has_changed() {
    let scene = Scene::open().await;
    let (store, id) = (scene.store(), scene.owner.id);
    let entry = scene.samples.entry(id, Action::OrganizationChanged);
    let edit = OrganizationEdit {
        contact: Some(mail_address("other@example.org")),
        ..OrganizationEdit::default()
    };
    let other = scene.interloper("UPDATE organizations SET name = 'Other'");
    let change = tokio::spawn(async move { Organizations::edit(&store, id, &edit, &entry).await.unwrap() });
    assert_eq!(other.decides(true, change).await, OrganizationChange::Changed);
    let left = Organizations::find(&scene.store(), id).await.unwrap().unwrap();
    assert_eq!(left.name.as_str(), "Other");
    assert_eq!(left.contact.as_str(), "other@example.org");
}
