//! What a profile holds.

use std::cmp::Reverse;

use symbolon_domain::{
    access_token::Dossier,
    page::{Page, PageRequest},
    port::access_tokens::Claim,
    social_profile::SocialProfile,
};

use crate::{
    Fixture,
    pages::{page_of, past_seven, within_seven},
    sample::{connection, now},
    scene::{Scene, Stage, ok},
};

/// All that is bound to a profile, of every organization, newest binding first; of one instant the greater id first.
pub async fn holdings_are_listed_newest_binding_first<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let holder = scene.samples.connection();
    let wanted = hold_seven(&scene, &holder).await;
    for request in within_seven().into_iter().chain(past_seven()) {
        let page = held(&scene, &holder.profile, request).await;
        assert_eq!(page, page_of(&wanted, request), "{request:?}");
    }
}

/// A profile holds what is bound to it, to the byte, and nothing of its namesakes; who holds nothing has an empty list.
pub async fn a_profile_holds_its_own_only<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let profiles = [
        connection("https://a.example", "ada"),
        connection("https://b.example", "ada"),
        connection("https://a.example", "Ada"),
        connection("https://a.example", "ada "),
        connection("https://a.exampleada", " "),
    ];
    for connection in &profiles {
        let new = scene.recipient().await;
        let claim = scene.claim(&new.token, connection, now()).await;
        assert_eq!(claim, Claim::Bound);
    }
    for connection in &profiles {
        let held = held(&scene, &connection.profile, PageRequest::default()).await;
        assert_eq!(held.total_count, 1, "{:?}", connection.hint);
        let is_theirs = held
            .items
            .iter()
            .all(|held| held.token.is_bound_to(&connection.profile));
        assert!(is_theirs);
    }
    let nobody = scene.samples.connection();
    let held = held(&scene, &nobody.profile, PageRequest::default()).await;
    assert_eq!(held, page_of(&[], PageRequest::default()));
}

/// What is revoked, paused, or of a cancelled organization is still held: pages say what it is.
pub async fn what_is_closed_is_still_held<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let holder = scene.samples.connection();
    let closed = scene.organization().await;
    let mut news = Vec::new();
    for owner in [scene.owner.id, scene.owner.id, scene.owner.id, closed.id] {
        let template = scene.template_of(owner).await;
        let new = scene.recipient_on(&template).await;
        scene.claim(&new.token, &holder, now()).await;
        news.push((template, new));
    }
    let [(_, access), (_, credential), (paused, _), _] = news.as_slice() else {
        panic!("there are four");
    };
    scene.revoke_access(access, now()).await;
    scene.revoke_credential(credential, now()).await;
    scene.pause(paused, now()).await;
    scene.cancel(closed.id, now()).await;
    let held = held(&scene, &holder.profile, PageRequest::default()).await;
    assert_eq!(held.total_count, 4);
    for dossier in held.items {
        assert_eq!(scene.dossier(&dossier.token).await, dossier);
    }
}

/// After a reset, a replacement or a deletion it is held no more.
pub async fn what_was_taken_back_is_not_held<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let holder = scene.samples.connection();
    let mut news = Vec::new();
    for _ in 0..4 {
        let new = scene.recipient().await;
        scene.claim(&new.token, &holder, now()).await;
        news.push(new);
    }
    let [reset, replaced, removed, kept] = news.as_slice() else {
        panic!("there are four");
    };
    scene.reset(reset).await;
    scene.replaced(&replaced.token).await;
    scene.remove(removed).await;
    let held = held(&scene, &holder.profile, PageRequest::default()).await;
    assert_eq!(
        (held.items, held.total_count),
        (vec![scene.dossier_of(kept).await], 1)
    );
}

async fn held(stage: &Stage, profile: &SocialProfile, page: PageRequest) -> Page<Dossier> {
    ok(stage.recipients.held_by(profile, page).await)
}

/// Seven of two organizations, in the order of the list.
async fn hold_seven(stage: &Stage, holder: &symbolon_domain::social_profile::Connection) -> Vec<Dossier> {
    let other = stage.organization().await;
    let mut dossiers = Vec::new();
    for millis in [3, 1, 3, 2, 3, 1, 0] {
        let owner = if millis == 3 { other.id } else { stage.owner.id };
        let template = stage.template_of(owner).await;
        let new = stage.recipient_on(&template).await;
        let at = now().plus_millis(millis);
        assert_eq!(stage.claim(&new.token, holder, at).await, Claim::Bound);
        dossiers.push((at, stage.dossier(&new.token).await));
        // Somebody else's do not show.
        stage.claimed().await;
    }
    dossiers.sort_by_key(|(at, dossier)| Reverse((*at, dossier.recipient.id)));
    dossiers.into_iter().map(|(_, dossier)| dossier).collect()
}
