//! Saying what a token is for.

use symbolon_domain::{
    activity::Action,
    authorization_token::{AuthorizationToken, Standing},
    port::authorization_tokens::TokenChange,
    text::Description,
};

use crate::{
    Fixture,
    sample::{description, now},
    scene::{Scene, ok},
    standings::{barely_live, in_grace, out_of_service},
};

/// A description is set, replaced and cleared, and nothing else of the token changes.
pub async fn a_description_is_set_and_cleared<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let bystander = scene.token().await;
    let token = barely_live(&scene).await;
    let longest = description(&"é".repeat(Description::MAX));
    for wanted in [Some(longest), None, Some(description("Payroll"))] {
        let change = scene.describe(&token, wanted.as_ref(), now()).await;
        assert_eq!(change, TokenChange::Changed);
        let described = AuthorizationToken {
            description: wanted,
            ..token.clone()
        };
        assert_eq!(scene.stored(&token).await, described);
    }
    assert_eq!(scene.stored(&bystander).await, bystander);
}

/// The entry is the one that was given, whole, and there is one.
pub async fn describing_appends_its_entry<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.token().await;
    let before = scene.log().await;
    let entry = scene.samples.entry_by(&token, Action::TokenDescribed);
    let change = scene
        .tokens
        .describe(scene.owner.id, token.id, None, &entry, now())
        .await;
    assert_eq!(ok(change), TokenChange::Changed);
    assert_eq!(scene.log().await, [before, vec![entry]].concat());
}

/// A token that is not live is not described, is told its standing, and stays as it was.
pub async fn only_a_live_token_is_described<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut refused = out_of_service(&scene).await;
    refused.push((in_grace(&scene).await, Standing::Grace));
    let wanted = description("too late");
    for (token, standing) in refused {
        let before = scene.shown().await;
        let change = scene.describe(&token, Some(&wanted), now()).await;
        assert_eq!(change, TokenChange::Refused(standing));
        assert_eq!(scene.shown().await, before);
    }
    let live = scene.token().await;
    scene.cancel(scene.owner.id, now()).await;
    let before = scene.shown().await;
    let cancelled = TokenChange::Refused(Standing::OrganizationCancelled);
    assert_eq!(scene.describe(&live, Some(&wanted), now()).await, cancelled);
    assert_eq!(scene.shown().await, before);
}

/// Another organization's token is absent, and so is one that is not kept.
pub async fn a_foreign_token_is_not_described<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.token().await;
    let other = scene.organization().await;
    let nobody = scene.sample();
    let before = (scene.shown().await, scene.shown_of(other.id).await);
    for (organization, id) in [(other.id, token.id), (scene.owner.id, nobody.id)] {
        let entry = scene.samples.entry(organization, Action::TokenDescribed);
        let change = scene.tokens.describe(organization, id, None, &entry, now()).await;
        assert_eq!(ok(change), TokenChange::Absent);
    }
    let after = (scene.shown().await, scene.shown_of(other.id).await);
    assert_eq!(after, before);
}
