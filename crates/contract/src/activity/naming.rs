//! What things that the log mentions are called.

use std::collections::{HashMap, HashSet};

use symbolon_domain::{
    activity::{
        About, Action, ActivityEntry, Actor, Attribution,
        names::{Mentioned, Names},
    },
    administrator::Role,
    id::OrganizationId,
};

use crate::{
    Fixture,
    sample::{description, now},
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
        .describe(&named, Some(&description("Learning platform")), now())
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

/// Of tokens that were created, or that a rotation has put in the place of others, those who did so are told, whatever else
/// was done to them or by them; of foreign tokens, and of those that the log does not tell of, nobody.
pub async fn the_maker_of_a_token_is_told<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let administrator = scene.samples.administrator(scene.owner.id);
    let [created, successor, made, silent, foreign] = std::array::from_fn(|_| scene.sample().id);
    let by = |actor, organization, action, about| ActivityEntry {
        attribution: Attribution {
            actor,
            request_id: None,
            address: None,
        },
        about,
        ..scene.samples.entry(organization, action)
    };
    let owner = scene.owner.id;
    let entries = [
        by(
            Actor::Operator,
            owner,
            Action::TokenCreated,
            About::token(created),
        ),
        by(
            Actor::Administrator(administrator.id),
            owner,
            Action::TokenRotated,
            About::rotation(created, successor),
        ),
        by(
            Actor::Token(created),
            owner,
            Action::TokenCreated,
            About::token(made),
        ),
        by(
            Actor::Token(made),
            owner,
            Action::TokenDescribed,
            About::token(made),
        ),
        by(
            Actor::Token(made),
            owner,
            Action::TokenRevoked,
            About::token(successor),
        ),
        by(
            Actor::Token(made),
            owner,
            Action::CreationReplayed,
            About::token(created),
        ),
        by(
            Actor::Token(made),
            owner,
            Action::TokenRevoked,
            About::token(silent),
        ),
        by(
            Actor::Operator,
            other.id,
            Action::TokenCreated,
            About::token(foreign),
        ),
    ];
    for entry in &entries {
        ok(scene.activity.append(entry).await);
    }
    let makers = async |organization, tokens: &[_]| ok(scene.activity.makers(organization, tokens).await);
    let all = [created, successor, made, silent, foreign];
    let wanted = HashMap::from([
        (created, Actor::Operator),
        (successor, Actor::Administrator(administrator.id)),
        (made, Actor::Token(created)),
    ]);
    assert_eq!(makers(owner, &all).await, wanted);
    assert_eq!(
        makers(owner, &[made]).await,
        HashMap::from([(made, Actor::Token(created))])
    );
    assert_eq!(
        makers(other.id, &all).await,
        HashMap::from([(foreign, Actor::Operator)])
    );
    assert_eq!(makers(owner, &[]).await, HashMap::new());
}

async fn names(stage: &Stage, organization: OrganizationId, mentioned: &Mentioned) -> Names {
    ok(stage.activity.names(organization, mentioned).await)
}
