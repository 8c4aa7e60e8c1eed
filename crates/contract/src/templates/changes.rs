//! Editing, pausing and resuming.

use symbolon_domain::{
    activity::Action,
    port::templates::TemplateChange,
    template::{Template, TemplateEdit, Validity},
    text::{TemplateDescription, TemplateName},
};

use super::keeping::stored;
use crate::{
    Fixture,
    sample::now,
    scene::{Scene, ok},
};

/// Every combination of what an edit can name: what it names is as it says, cleared or set; the rest stays, and so does
/// every other template.
pub async fn an_edit_changes_what_it_names_and_nothing_else<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.template().await;
    let template = Template {
        description: Some(description("As it was.")),
        validity: Validity::from_days(30).ok(),
        ..scene.samples.template(scene.owner.id)
    };
    scene.keep_template(&template).await;
    let names = [None, TemplateName::parse("Another name").ok()];
    let descriptions = [None, Some(None), Some(Some(description("Another one.")))];
    let validities = [None, Some(None), Some(Validity::from_days(60).ok())];
    let mut wanted = template;
    for name in &names {
        for description in &descriptions {
            for validity in validities {
                let edit = TemplateEdit {
                    name: name.clone(),
                    description: description.clone(),
                    validity,
                };
                let before = wanted.clone();
                wanted = edit.apply(&wanted);
                let change = if wanted == before {
                    TemplateChange::Unchanged
                } else {
                    TemplateChange::Changed
                };
                assert_eq!(scene.edit(&before, &edit).await, change, "{edit:?}");
                assert_eq!(stored(&scene, &wanted).await.as_ref(), Some(&wanted), "{edit:?}");
            }
        }
    }
    assert_eq!(stored(&scene, &other).await, Some(other));
}

/// An edit that names nothing, or what is so already, writes nothing.
pub async fn an_edit_that_changes_nothing_is_not_written<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let before = scene.shown().await;
    let same = TemplateEdit {
        name: Some(template.name.clone()),
        description: Some(None),
        validity: Some(None),
    };
    for edit in [TemplateEdit::default(), same] {
        assert_eq!(scene.edit(&template, &edit).await, TemplateChange::Unchanged);
        assert_eq!(scene.shown().await, before);
    }
}

/// A paused template can be edited, and stays paused; what was issued keeps its expiry.
pub async fn an_edit_leaves_the_pause_and_what_was_issued<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let new = scene.recipient_on(&template).await;
    scene.pause(&template, now()).await;
    let edit = TemplateEdit {
        validity: Some(Validity::from_days(1).ok()),
        ..TemplateEdit::default()
    };
    assert_eq!(scene.edit(&template, &edit).await, TemplateChange::Changed);
    let dossier = scene.dossier_of(&new).await;
    assert_eq!(dossier.recipient, new.recipient);
    assert_eq!(dossier.template.paused_at, Some(now()));
    assert_eq!(dossier.template.validity, Validity::from_days(1).ok());
}

/// A paused template says since when, and nothing else of it changes; resumed it is as it was.
pub async fn pausing_keeps_its_instant_and_resuming_clears_it<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (template, other) = (scene.template().await, scene.template().await);
    for instant in [now(), now().plus_seconds(60)] {
        assert_eq!(scene.pause(&template, instant).await, TemplateChange::Changed);
        let paused = Template {
            paused_at: Some(instant),
            ..template.clone()
        };
        assert_eq!(stored(&scene, &template).await, Some(paused));
        assert_eq!(scene.resume(&template).await, TemplateChange::Changed);
        assert_eq!(stored(&scene, &template).await.as_ref(), Some(&template));
    }
    assert_eq!(stored(&scene, &other).await, Some(other));
}

/// What is paused already, or active already, stays as it was, the first instant included, and nothing is written.
pub async fn doing_it_twice_changes_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let before = scene.shown().await;
    assert_eq!(scene.resume(&template).await, TemplateChange::Unchanged);
    assert_eq!(scene.shown().await, before);

    scene.pause(&template, now()).await;
    let before = scene.shown().await;
    let later = now().plus_seconds(60);
    assert_eq!(scene.pause(&template, later).await, TemplateChange::Unchanged);
    assert_eq!(scene.shown().await, before);
}

/// The entries are the ones that were given, whole, and there is one for each change.
pub async fn changes_append_their_entries<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (owner, id) = (scene.owner.id, scene.template().await.id);
    let mut log = scene.log().await;
    let entry = |action| scene.samples.entry(owner, action);
    let edit = TemplateEdit {
        description: Some(Some(description("Another one."))),
        ..TemplateEdit::default()
    };

    let edited = entry(Action::TemplateChanged);
    ok(scene.templates.edit(owner, id, &edit, &edited).await);
    let paused = entry(Action::TemplatePaused);
    ok(scene.templates.pause(owner, id, &paused, now()).await);
    let resumed = entry(Action::TemplateResumed);
    ok(scene.templates.resume(owner, id, &resumed).await);
    let removed = entry(Action::TemplateDeleted);
    ok(scene.templates.remove(owner, id, &removed).await);
    log.extend([edited, paused, resumed, removed]);
    assert_eq!(scene.log().await, log);
}

/// For another organization a template is absent, as one that is not kept is for its own; nothing is written anywhere.
pub async fn a_foreign_template_is_not_changed<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let template = scene.template().await;
    let foreign = Template {
        organization: other.id,
        ..template.clone()
    };
    let nothing = scene.samples.template(scene.owner.id);
    let edit = TemplateEdit {
        name: TemplateName::parse("Another name").ok(),
        ..TemplateEdit::default()
    };
    let before = (scene.shown().await, scene.shown_of(other.id).await);
    for absent in [foreign.clone(), nothing] {
        assert_eq!(scene.edit(&absent, &edit).await, TemplateChange::Absent);
        assert_eq!(scene.pause(&absent, now()).await, TemplateChange::Absent);
        assert_eq!(scene.resume(&absent).await, TemplateChange::Absent);
    }
    let after = (scene.shown().await, scene.shown_of(other.id).await);
    assert_eq!(after, before);
    scene.pause(&template, now()).await;
    assert_eq!(scene.resume(&foreign).await, TemplateChange::Absent);
    let kept = stored(&scene, &template).await;
    assert_eq!(kept.and_then(|kept| kept.paused_at), Some(now()));
}

fn description(text: &str) -> TemplateDescription {
    TemplateDescription::parse(text).expect("the sample is a description")
}
