//! What is kept reads back equal.

use symbolon_domain::{
    activity::Action,
    page::PageRequest,
    template::{Template, TemplateKind, Validity},
    text::{TemplateDescription, TemplateName},
    time::Timestamp,
};

use crate::{
    Fixture,
    sample::now,
    scene::{Scene, Stage, ok},
};

/// A template with as little in it as may be, and templates with as much, of both kinds.
pub async fn what_is_kept_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for kind in TemplateKind::ALL {
        let least = Template {
            kind,
            ..scene.samples.template(scene.owner.id)
        };
        let most = Template {
            kind,
            description: TemplateDescription::parse("For those who were there.").ok(),
            validity: Validity::from_days(730).ok(),
            paused_at: Some(now().plus_millis(1)),
            ..scene.samples.template(scene.owner.id)
        };
        for template in [least, most] {
            reads_back_equal(&scene, &template).await;
        }
    }
}

/// Texts count characters, not bytes, and validities reach from a day to a century.
pub async fn every_text_and_validity_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for text in ["𒀀", "x", "'", "%", "\\", "é", "\u{65e5}"] {
        for days in [1, 366, Validity::MAX_DAYS] {
            let template = Template {
                name: TemplateName::parse(&text.repeat(TemplateName::MAX)).expect("the sample is a name"),
                description: TemplateDescription::parse(&text.repeat(TemplateDescription::MAX)).ok(),
                validity: Validity::from_days(days).ok(),
                ..scene.samples.template(scene.owner.id)
            };
            assert!(template.description.is_some() && template.validity.is_some());
            reads_back_equal(&scene, &template).await;
        }
    }
}

/// Instants from the year 1 to the year 9999, to the millisecond, also before 1970.
pub async fn every_instant_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for (created_at, paused_at) in [
        (Timestamp::MIN, Timestamp::MAX),
        (Timestamp::from_millis(-1), Timestamp::from_millis(0)),
        (Timestamp::from_millis(-1_001), Timestamp::from_millis(1)),
        (Timestamp::MAX, Timestamp::MIN),
    ] {
        let template = Template {
            created_at,
            paused_at: Some(paused_at),
            ..scene.samples.template(scene.owner.id)
        };
        reads_back_equal(&scene, &template).await;
    }
}

/// The entry is the one that was given, whole, and the only one.
pub async fn keeping_appends_its_entry<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let before = scene.log().await;
    let template = scene.samples.template(scene.owner.id);
    let entry = scene.samples.entry(scene.owner.id, Action::TemplateCreated);
    assert!(ok(scene.templates.insert(&template, &entry).await));
    assert_eq!(scene.log().await, [before, vec![entry]].concat());
}

/// Names need not differ.
pub async fn namesakes_are_two_templates<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let one = scene.template().await;
    let other = Template {
        name: one.name.clone(),
        ..scene.samples.template(scene.owner.id)
    };
    scene.keep_template(&other).await;
    for template in [one, other] {
        assert_eq!(stored(&scene, &template).await, Some(template));
    }
}

/// A cancelled organization makes no templates, nor does one that is not kept; nothing is written.
pub async fn a_cancelled_organization_gets_no_template<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    scene.cancel(scene.owner.id, now()).await;
    for owner in [scene.owner.id, scene.samples.organization().id] {
        let before = scene.shown_of(owner).await;
        let template = scene.samples.template(owner);
        assert!(!scene.insert_template(&template).await);
        assert_eq!(stored(&scene, &template).await, None);
        assert_eq!(scene.shown_of(owner).await, before);
    }
    scene.reactivate(scene.owner.id).await;
    scene.template().await;
}

/// A template is found by its own organization, and by operators, who know no bounds; not by another organization. One that
/// is not kept is found by nobody.
pub async fn a_template_is_found_by_its_organization_only<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let template = scene.template().await;
    let nothing = scene.samples.template(scene.owner.id);
    assert_eq!(stored(&scene, &template).await.as_ref(), Some(&template));
    assert_eq!(ok(scene.templates.find(other.id, template.id).await), None);
    assert_eq!(stored(&scene, &nothing).await, None);
    let by_id = ok(scene.templates.find_by_id(template.id).await);
    assert_eq!(by_id, Some(template));
    assert_eq!(ok(scene.templates.find_by_id(nothing.id).await), None);
}

/// By all ways that lead to a template.
async fn reads_back_equal(stage: &Stage, template: &Template) {
    stage.keep_template(template).await;
    assert_eq!(
        stored(stage, template).await.as_ref(),
        Some(template),
        "by its organization and id"
    );
    let by_id = ok(stage.templates.find_by_id(template.id).await);
    assert_eq!(by_id.as_ref(), Some(template), "by its id");
    let page = PageRequest::new(1, 100);
    let listed = ok(stage.templates.list(template.organization, page).await);
    let listed = listed.items.iter().find(|listed| listed.id == template.id);
    assert_eq!(listed, Some(template), "in a list");
    let new = stage.recipient_on(template).await;
    assert_eq!(
        stage.dossier_of(&new).await.template,
        *template,
        "around a recipient"
    );
}

pub(super) async fn stored(stage: &Stage, template: &Template) -> Option<Template> {
    ok(stage.templates.find(template.organization, template.id).await)
}
