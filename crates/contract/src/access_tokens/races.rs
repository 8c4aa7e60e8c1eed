//! What holds however many ask for the same at once.

use symbolon_domain::{
    access_token::{AccessState, Refusal},
    activity::Action,
    mail::MailKind,
    port::access_tokens::{AccessChange, Claim, ResetRequesting},
};

use crate::{
    Fixture,
    race::{RIVALS, race},
    sample::now,
    scene::{Scene, count_of},
};

/// Of 64 profiles that connect at once one is bound, for good; the others are told that the token is in use, and leave
/// nothing behind. There is one entry and one mail.
pub async fn first_profile_wins_for_good<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let claims = race(RIVALS, |_| {
        let (scene, token) = (scene.clone(), new.token.clone());
        async move {
            let connection = scene.samples.connection();
            let claim = scene.claim(&token, &connection, now()).await;
            let kept = scene.dossier(&token).await.token.binding;
            (connection, claim, kept)
        }
    })
    .await;
    let outcomes: Vec<_> = claims.iter().map(|(_, claim, _)| claim.clone()).collect();
    assert_eq!(count_of(&outcomes, &Claim::Bound), 1);
    let lost = Claim::Refused(Refusal::InUseByAnother);
    assert_eq!(count_of(&outcomes, &lost), RIVALS - 1);

    let kept = scene.dossier(&new.token).await;
    for (connection, claim, seen) in claims {
        assert_eq!(seen, kept.token.binding, "it is bound when the call returns");
        let is_theirs = kept.token.is_bound_to(&connection.profile);
        assert_eq!(is_theirs, claim == Claim::Bound);
    }
    assert_eq!(scene.logged(Action::AccessClaimed).await, 1);
    let kinds = scene.mail_kinds(&new).await;
    assert_eq!(count_of(&kinds, &MailKind::Claimed), 1);
}

/// Of 64 claims by one profile one binds, and the others find it bound. There is one entry and one mail.
pub async fn one_profile_claims_once_however_often_it_connects<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let connection = scene.samples.connection();
    let claims = race(RIVALS, |_| {
        let (scene, token, connection) = (scene.clone(), new.token.clone(), connection.clone());
        async move { scene.claim(&token, &connection, now()).await }
    })
    .await;
    assert_eq!(count_of(&claims, &Claim::Bound), 1);
    assert_eq!(count_of(&claims, &Claim::AlreadyYours), RIVALS - 1);
    assert_eq!(scene.logged(Action::AccessClaimed).await, 1);
    let kinds = scene.mail_kinds(&new).await;
    assert_eq!(count_of(&kinds, &MailKind::Claimed), 1);
}

/// Of 64 resets one resets, and the others find the token free. There is one entry and one mail.
pub async fn a_token_is_reset_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, _) = scene.claimed().await;
    let changes = race(RIVALS, |_| {
        let (scene, new) = (scene.clone(), new.clone());
        async move { scene.reset(&new).await }
    })
    .await;
    assert_eq!(count_of(&changes, &AccessChange::Changed), 1);
    let late = AccessChange::Refused(AccessState::Free);
    assert_eq!(count_of(&changes, &late), RIVALS - 1);
    assert_eq!(scene.logged(Action::AccessReset).await, 1);
    let kinds = scene.mail_kinds(&new).await;
    assert_eq!(count_of(&kinds, &MailKind::AccessReset), 1);
}

/// Of 64 revocations one revokes, and its instant stays.
pub async fn access_is_revoked_by_one_of_many<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, _) = scene.claimed().await;
    let changes = race(RIVALS, |rival| {
        let (scene, new) = (scene.clone(), new.clone());
        async move {
            let at = now().plus_millis(i64::try_from(rival).unwrap_or_default());
            (scene.revoke_access(&new, at).await, at)
        }
    })
    .await;
    let outcomes: Vec<_> = changes.iter().map(|(change, _)| *change).collect();
    assert_eq!(count_of(&outcomes, &AccessChange::Changed), 1);
    let late = AccessChange::Refused(AccessState::Revoked);
    assert_eq!(count_of(&outcomes, &late), RIVALS - 1);
    let revoked_at = scene.dossier(&new.token).await.token.revoked_at;
    for (change, at) in changes {
        assert_eq!(revoked_at == Some(at), change == AccessChange::Changed);
    }
    assert_eq!(scene.logged(Action::AccessRevoked).await, 1);
}

/// Of 64 replacements of one token one replaces it; the others are overtaken, and leave nothing behind.
pub async fn a_token_is_replaced_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let changes = race(RIVALS, |_| {
        let (scene, token) = (scene.clone(), new.token.clone());
        async move {
            let successor = scene.samples.access_successor(&token);
            let change = scene.replace(&successor, now()).await;
            (change, scene.found(&successor).await.is_some())
        }
    })
    .await;
    assert_eq!(count_of(&changes, &(AccessChange::Changed, true)), 1);
    assert_eq!(count_of(&changes, &(AccessChange::Overtaken, false)), RIVALS - 1);
    assert_eq!(scene.dossier_of(&new).await.token.generation, 1);
    assert_eq!(scene.logged(Action::AccessReplaced).await, 1);
    let kinds = scene.mail_kinds(&new).await;
    assert_eq!(count_of(&kinds, &MailKind::Access), 2);
}

/// Of 64 requests for a reset one is kept. There is one entry and one mail.
pub async fn a_reset_is_requested_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, _) = scene.claimed().await;
    let requests = race(RIVALS, |_| {
        let (scene, token) = (scene.clone(), new.token.clone());
        async move { scene.request_reset(&token).await }
    })
    .await;
    assert_eq!(count_of(&requests, &ResetRequesting::Requested), 1);
    assert_eq!(
        count_of(&requests, &ResetRequesting::AlreadyRequested),
        RIVALS - 1
    );
    assert_eq!(scene.logged(Action::ResetRequested).await, 1);
    let kinds = scene.mail_kinds(&new).await;
    assert_eq!(count_of(&kinds, &MailKind::ResetRequested), 1);
}
