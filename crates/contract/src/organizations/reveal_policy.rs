//! Whether the values of tokens can be shown again.

use symbolon_domain::{
    activity::Action,
    authorization_token::AuthorizationToken,
    organization::{Organization, RevealPolicy},
    port::organizations::OrganizationChange,
};

use crate::{
    Fixture,
    sample::now,
    scene::{Scene, ok},
};

/// The policy is set and set back, and nothing else of the organization changes; nor does any other.
pub async fn the_reveal_policy_is_kept<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    for policy in [RevealPolicy::Once, RevealPolicy::Always] {
        let change = scene.set_reveal_policy(scene.owner.id, policy).await;
        assert_eq!(change, OrganizationChange::Changed);
        let changed = Organization {
            reveal_policy: policy,
            ..scene.owner.clone()
        };
        assert_eq!(scene.stored_organization(scene.owner.id).await, changed);
        assert_eq!(scene.stored_organization(other.id).await, other);
    }
}

/// The entry is the one that was given, whole, and there is one.
pub async fn setting_the_policy_appends_its_entry<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let before = scene.log().await;
    let entry = scene.samples.entry(scene.owner.id, Action::RevealPolicyChanged);
    let change = scene
        .organizations
        .set_reveal_policy(scene.owner.id, RevealPolicy::Once, &entry)
        .await;
    assert_eq!(ok(change), OrganizationChange::Changed);
    assert_eq!(scene.log().await, [before, vec![entry]].concat());
}

/// The policy that it has already changes nothing, and nothing is written.
pub async fn setting_the_same_policy_changes_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    scene.token().await;
    for policy in [RevealPolicy::Always, RevealPolicy::Once] {
        scene.set_reveal_policy(scene.owner.id, policy).await;
        let before = scene.shown().await;
        let change = scene.set_reveal_policy(scene.owner.id, policy).await;
        assert_eq!(change, OrganizationChange::Unchanged);
        assert_eq!(scene.shown().await, before);
    }
}

/// Turned to `once`, every sealed copy of the organization's tokens is gone, and nothing else of them changes.
pub async fn once_erases_every_sealed_copy<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let expired = AuthorizationToken {
        expires_at: now(),
        ..scene.sample()
    };
    scene.keep(&expired).await;
    let tokens = [scene.token().await, scene.token().await, expired];
    scene.set_reveal_policy(scene.owner.id, RevealPolicy::Once).await;
    for token in tokens {
        let erased = AuthorizationToken {
            sealed: None,
            ..token
        };
        assert_eq!(scene.stored(&erased).await, erased);
    }
}

/// Sealed copies of other organizations stay.
pub async fn once_leaves_the_sealed_copies_of_others<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let foreign = scene.samples.token(other.id);
    scene.keep(&foreign).await;
    scene.set_reveal_policy(scene.owner.id, RevealPolicy::Once).await;
    assert_eq!(scene.stored(&foreign).await, foreign);
}

/// The links of recipients stay sealed whatever the policy, and new ones are kept under it: they are mailed after they were
/// made.
pub async fn once_leaves_the_links_of_recipients<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let before = scene.recipient().await;
    scene.set_reveal_policy(scene.owner.id, RevealPolicy::Once).await;
    let after = scene.recipient().await;
    for new in [before, after] {
        assert!(new.token.sealed.is_some());
        assert_eq!(scene.dossier(&new.token).await.token, new.token);
    }
}

/// Turned back to `always`, what was erased stays so; tokens made from then on keep theirs.
pub async fn turning_back_brings_no_sealed_copy_back<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let old = scene.token().await;
    scene.set_reveal_policy(scene.owner.id, RevealPolicy::Once).await;
    scene
        .set_reveal_policy(scene.owner.id, RevealPolicy::Always)
        .await;
    let new = scene.token().await;
    assert_eq!(scene.stored(&old).await.sealed, None);
    assert_eq!(scene.stored(&new).await.sealed, new.sealed);
}

/// Who made or rotated a token may have read the policy before it was turned to `once`: the copy they sealed is left out.
pub async fn under_once_no_sealed_copy_is_kept<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let current = scene.token().await;
    scene.set_reveal_policy(scene.owner.id, RevealPolicy::Once).await;
    let successor = scene.rotated(&current).await;
    let made = scene.token().await;
    for token in [successor, made] {
        assert!(token.sealed.is_some(), "the sample must carry a copy");
        let bare = AuthorizationToken {
            sealed: None,
            ..token
        };
        assert_eq!(scene.stored(&bare).await, bare);
    }
}
