//! Removing templates on which nothing was issued.

use symbolon_domain::{port::templates::TemplateRemoval, template::Template};

use super::keeping::stored;
use crate::{
    Fixture,
    sample::now,
    scene::{Scene, Stage},
};

/// A template without recipients can be removed, paused or not, and then is absent; others stay.
pub async fn a_template_without_recipients_is_removed<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.template().await;
    scene.recipient_on(&other).await;
    let (active, paused) = (scene.template().await, scene.template().await);
    scene.pause(&paused, now()).await;
    for template in [active, paused] {
        assert_eq!(scene.remove_template(&template).await, TemplateRemoval::Removed);
        assert_eq!(stored(&scene, &template).await, None);
        assert_eq!(scene.remove_template(&template).await, TemplateRemoval::Absent);
    }
    assert_eq!(stored(&scene, &other).await, Some(other));
}

/// A template with recipients stays, also where all of its credentials are revoked; nothing is written.
pub async fn a_template_with_recipients_stays<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let new = scene.recipient_on(&template).await;
    stays(&scene, &template).await;
    scene.revoke_credential(&new, now()).await;
    stays(&scene, &template).await;
}

/// Once its recipients are deleted a template can be removed.
pub async fn a_template_whose_recipients_are_gone_is_removed<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let (one, other) = (
        scene.recipient_on(&template).await,
        scene.recipient_on(&template).await,
    );
    scene.remove(&one).await;
    stays(&scene, &template).await;
    scene.remove(&other).await;
    assert_eq!(scene.remove_template(&template).await, TemplateRemoval::Removed);
}

/// For another organization a template is absent, whether it has recipients or not.
pub async fn a_foreign_template_is_not_removed<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let (empty, full) = (scene.template().await, scene.template().await);
    scene.recipient_on(&full).await;
    let before = (scene.shown().await, scene.shown_of(other.id).await);
    for template in [empty, full, scene.samples.template(other.id)] {
        let foreign = Template {
            organization: other.id,
            ..template
        };
        assert_eq!(scene.remove_template(&foreign).await, TemplateRemoval::Absent);
    }
    let after = (scene.shown().await, scene.shown_of(other.id).await);
    assert_eq!(after, before);
}

async fn stays(stage: &Stage, template: &Template) {
    let before = stage.shown().await;
    assert_eq!(
        stage.remove_template(template).await,
        TemplateRemoval::HasRecipients
    );
    assert_eq!(stage.shown().await, before);
}
