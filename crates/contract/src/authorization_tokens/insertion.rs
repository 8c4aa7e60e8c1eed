//! Who may have a token made.

use symbolon_domain::{
    activity::Action,
    authorization_token::{AuthorizationToken, MAX_LIVE_TOKENS},
    id::{AuthorizationTokenId, OrganizationId},
    port::{
        authorization_tokens::{Insertion, Record},
        organizations::OrganizationChange,
    },
};

use crate::{
    Fixture,
    sample::now,
    scene::{Scene, ok},
    standings::{barely_live, in_grace, out_of_service},
};

/// The entry is the one that was given, whole, and there is one.
pub async fn insertion_appends_its_entry<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let before = scene.log().await;
    let token = scene.sample();
    let entry = scene.samples.entry_by(&token, Action::TokenCreated);
    let record = Record {
        entry: &entry,
        answer: None,
        notices: &[],
    };
    assert_eq!(
        ok(scene.tokens.insert(&token, record, now()).await),
        Insertion::Inserted
    );
    assert_eq!(scene.log().await, [before, vec![entry]].concat());
}

/// A cancelled organization gets no tokens, and gets them again when it is active again.
pub async fn a_cancelled_organization_gets_no_token<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    scene.cancel(scene.owner.id, now()).await;
    is_refused(&scene, &scene.sample(), &Insertion::OrganizationCancelled).await;

    scene.reactivate(scene.owner.id).await;
    scene.token().await;
}

/// An organization that is not kept gets no tokens.
pub async fn an_unknown_organization_gets_no_token<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let nobody = scene.samples.organization();
    let token = scene.samples.token(nobody.id);
    is_refused(&scene, &token, &Insertion::OrganizationCancelled).await;
}

/// A caller that is served has tokens made, up to its last instant.
pub async fn a_served_caller_gets_a_token<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for caller in [barely_live(&scene).await, in_grace(&scene).await] {
        scene.keep(&scene.sample_by(&caller)).await;
    }
}

/// A caller that is no longer served has none made, from the very instant at which it ends.
pub async fn a_retired_caller_gets_no_token<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for (caller, _) in out_of_service(&scene).await {
        is_refused(&scene, &scene.sample_by(&caller), &Insertion::CallerRetired).await;
    }
}

/// A caller that is not kept has none made.
pub async fn an_unknown_caller_gets_no_token<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let nobody = scene.sample();
    is_refused(&scene, &scene.sample_by(&nobody), &Insertion::CallerRetired).await;
}

/// Where several reasons hold, the first in the promised order is given.
pub async fn reasons_are_given_in_the_promised_order<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let caller = scene.token().await;
    let (_, stored) = scene.answered(&caller, "key").await;
    scene.fill(MAX_LIVE_TOKENS - 2).await;

    let token = scene.sample_by(&caller);
    let again = scene.samples.answer(caller.id, "key", &token);
    let answered = Insertion::Answered(Box::new(stored));
    assert_eq!(scene.insert_answered(&token, &again, now()).await, answered);

    scene.revoke(&caller, now()).await;
    scene.token().await;
    assert_eq!(
        scene.insert_answered(&token, &again, now()).await,
        Insertion::CallerRetired
    );

    let cancelled = scene.cancel(scene.owner.id, now()).await;
    assert_eq!(cancelled, OrganizationChange::Changed);
    assert_eq!(
        scene.insert_answered(&token, &again, now()).await,
        Insertion::OrganizationCancelled
    );
}

/// A token is found by its digest, so no two have the same: the second is an error, and the first stays as it was.
pub async fn no_two_tokens_have_the_same_digest<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let first = scene.token().await;
    let second = AuthorizationToken {
        digest: first.digest,
        ..scene.sample()
    };
    cannot_be_kept(&scene, &second).await;
    assert_eq!(scene.stored(&first).await, first);
}

/// A second successor of one token cannot be kept, whichever way it comes.
pub async fn no_token_has_two_successors<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let first = scene.token().await;
    let successor = scene.rotated(&first).await;
    let second = AuthorizationToken {
        rotated_from: successor.rotated_from,
        ..scene.sample()
    };
    cannot_be_kept(&scene, &second).await;
    assert!(!scene.is_kept(&second).await);
}

/// Keeping it is an error, and changes nothing.
async fn cannot_be_kept<F: Fixture>(scene: &Scene<F>, token: &AuthorizationToken) {
    let before = scene.shown().await;
    let entry = scene.samples.entry_by(token, Action::TokenCreated);
    let record = Record {
        entry: &entry,
        answer: None,
        notices: &[],
    };
    let insertion = scene.tokens.insert(token, record, now()).await;
    assert!(insertion.is_err(), "{insertion:?}");
    assert_eq!(scene.shown().await, before);
}

/// The refusal, and that it changed nothing, neither for the owner nor for whoever was named.
async fn is_refused<F: Fixture>(scene: &Scene<F>, token: &AuthorizationToken, wanted: &Insertion) {
    let before = (
        scene.shown().await,
        scene.shown_of(token.organization).await,
        is_found(scene, token.organization, token.id).await,
    );
    assert_eq!(scene.insert(token, now()).await, *wanted);
    assert!(!scene.is_kept(token).await, "a token that was refused is kept");
    let after = (
        scene.shown().await,
        scene.shown_of(token.organization).await,
        is_found(scene, token.organization, token.id).await,
    );
    assert_eq!(after, before);
}

async fn is_found<F: Fixture>(
    scene: &Scene<F>,
    organization: OrganizationId,
    id: AuthorizationTokenId,
) -> bool {
    ok(scene.tokens.find(organization, id).await).is_some()
}
