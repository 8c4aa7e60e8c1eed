//! What things that the log mentions are called.

use std::collections::{HashMap, HashSet};

use symbolon_domain::{
    activity::names::{Mentioned, Names},
    administrator::Role,
    id::OrganizationId,
};

use crate::{
    Fixture,
    sample::description,
    scene::{Scene, Stage, ok},
};

/// Whatever is mentioned is called as it is called now, each kind of thing among all the others; what is not mentioned is
/// not told. A token that is for nothing that was said, an invited administrator and a recipient with one name are called
/// what there is.
pub async fn what_is_mentioned_is_called_by_its_name<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (named, nameless, other) = (scene.sample(), scene.token().await, scene.token().await);
    scene.keep(&named).await;
    scene
        .describe(
            &named,
            Some(&description("Learning platform")),
            crate::sample::now(),
        )
        .await;
    let template = scene.template().await;
    let (one, two) = (
        scene.recipient_on(&template).await,
        scene.recipient_on(&template).await,
    );
    let founder = scene.founder().await;
    let invited = scene.invited(Role::Viewer).await;
    scene.invite(&invited).await;
    let mentioned = Mentioned {
        tokens: HashSet::from([named.id, nameless.id]),
        templates: HashSet::from([template.id]),
        recipients: HashSet::from([one.recipient.id, two.recipient.id]),
        administrators: HashSet::from([founder.id, invited.administrator.id]),
    };
    let wanted = Names {
        tokens: HashMap::from([
            (named.id, Some("Learning platform".to_owned())),
            (
                nameless.id,
                scene
                    .stored(&nameless)
                    .await
                    .description
                    .map(|text| text.to_string()),
            ),
        ]),
        templates: HashMap::from([(template.id, template.name.to_string())]),
        recipients: HashMap::from([
            (one.recipient.id, one.recipient.name()),
            (two.recipient.id, two.recipient.name()),
        ]),
        administrators: HashMap::from([
            (founder.id, founder.called().to_owned()),
            (
                invited.administrator.id,
                invited.administrator.called().to_owned(),
            ),
        ]),
    };
    assert_eq!(names(&scene, scene.owner.id, &mentioned).await, wanted);
    assert_eq!(
        names(&scene, scene.owner.id, &Mentioned::default()).await,
        Names::default()
    );
    let alone = Mentioned {
        tokens: HashSet::from([other.id]),
        ..Mentioned::default()
    };
    assert_eq!(names(&scene, scene.owner.id, &alone).await.tokens.len(), 1);
}

/// What is another organization's has no name here, and neither has what is gone or never was.
pub async fn what_is_gone_or_foreign_has_no_name<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let token = scene.token().await;
    let (template, emptied) = (scene.template().await, scene.template().await);
    let (kept, deleted) = (
        scene.recipient_on(&template).await,
        scene.recipient_on(&template).await,
    );
    let founder = scene.founder().await;
    let removed = scene.colleague(Role::Viewer).await;
    scene.remove(&deleted).await;
    scene.remove_template(&emptied).await;
    scene.remove_administrator(&removed).await;
    let mentioned = Mentioned {
        tokens: HashSet::from([token.id, scene.sample().id]),
        templates: HashSet::from([template.id, emptied.id]),
        recipients: HashSet::from([kept.recipient.id, deleted.recipient.id]),
        administrators: HashSet::from([founder.id, removed.id]),
    };
    let ours = names(&scene, scene.owner.id, &mentioned).await;
    assert_eq!(ours.tokens.into_keys().collect::<Vec<_>>(), [token.id]);
    assert_eq!(ours.templates.into_keys().collect::<Vec<_>>(), [template.id]);
    assert_eq!(
        ours.recipients.into_keys().collect::<Vec<_>>(),
        [kept.recipient.id]
    );
    assert_eq!(ours.administrators.into_keys().collect::<Vec<_>>(), [founder.id]);
    assert_eq!(names(&scene, other.id, &mentioned).await, Names::default());
}

async fn names(stage: &Stage, organization: OrganizationId, mentioned: &Mentioned) -> Names {
    ok(stage.activity.names(organization, mentioned).await)
}
