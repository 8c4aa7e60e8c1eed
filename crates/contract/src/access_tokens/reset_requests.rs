//! Requests for a reset, by somebody who has the link and cannot enter.

use symbolon_domain::{
    access_token::{AccessState, AccessToken, ResetRequest},
    activity::Action,
    mail::MailKind,
    port::access_tokens::{AccessRecord, ResetRequesting},
    social_profile::{ProfileHint, ProviderId},
};

use crate::{
    Fixture,
    sample::now,
    scene::{Scene, ok},
};

/// A request is kept as it was given, by somebody who was connected or nobody; nothing else of the token changes.
pub async fn a_request_for_a_reset_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let longest = ProfileHint::of(None, Some(&"𒀀".repeat(ProfileHint::MAX)));
    let provider = ProviderId::parse(&"a".repeat(32)).expect("the sample names a provider");
    for by in [
        None,
        scene.samples.reset_request().by,
        Some((provider.clone(), longest)),
        Some((provider, ProfileHint::of(None, None))),
    ] {
        let (new, _) = scene.claimed().await;
        let before = scene.dossier(&new.token).await;
        let request = ResetRequest {
            at: now().plus_millis(5),
            by,
        };
        let template = new.recipient.template;
        let entry = scene
            .samples
            .entry_about(&new.token, template, Action::ResetRequested);
        let record = AccessRecord {
            entry: &entry,
            mail: None,
        };
        let kept = scene.access.request_reset(new.token.id, &request, record);
        assert_eq!(ok(kept.await), ResetRequesting::Requested);
        let token = AccessToken {
            reset_request: Some(request),
            ..before.token
        };
        assert_eq!(scene.dossier(&new.token).await.token, token);
    }
}

/// The entry and the mail are the ones that were given, whole, and there is one of each.
pub async fn a_request_appends_its_entry_and_queues_its_mail<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, _) = scene.claimed().await;
    let (log, mails) = (scene.log().await, scene.mails(&new).await);
    let template = new.recipient.template;
    let entry = scene
        .samples
        .entry_about(&new.token, template, Action::ResetRequested);
    let mut mail = scene.samples.mail(&new.token, MailKind::ResetRequested);
    mail.created_at = now().plus_millis(1);
    let record = AccessRecord {
        entry: &entry,
        mail: Some(&mail),
    };
    let request = scene.samples.reset_request();
    let kept = scene.access.request_reset(new.token.id, &request, record);
    assert_eq!(ok(kept.await), ResetRequesting::Requested);
    assert_eq!(scene.log().await, [log, vec![entry]].concat());
    assert_eq!(scene.mails(&new).await, [mails, vec![mail]].concat());
}

/// The first request stays until it is granted; then there can be another.
pub async fn the_first_request_stays_until_it_is_granted<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, _) = scene.claimed().await;
    assert_eq!(scene.request_reset(&new.token).await, ResetRequesting::Requested);
    let before = scene.shown().await;
    let again = scene.request_reset(&new.token).await;
    assert_eq!(again, ResetRequesting::AlreadyRequested);
    assert_eq!(scene.shown().await, before);

    scene.reset(&new).await;
    assert_eq!(scene.dossier(&new.token).await.token.reset_request, None);
    scene.claim_for(&new).await;
    assert_eq!(scene.dossier(&new.token).await.token.reset_request, None);
    assert_eq!(scene.request_reset(&new.token).await, ResetRequesting::Requested);
}

/// A token that is free, revoked or replaced needs no reset, and one whose credential is revoked cannot have one; nothing
/// is written.
pub async fn only_a_bound_token_takes_a_request<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let free = scene.recipient().await;
    let (revoked, _) = scene.claimed().await;
    scene.revoke_access(&revoked, now()).await;
    let (replaced, _) = scene.claimed().await;
    scene.replaced(&replaced.token).await;
    let (ended, _) = scene.claimed().await;
    scene.revoke_credential(&ended, now()).await;
    let unclaimed = scene.recipient().await;
    scene.revoke_credential(&unclaimed, now()).await;
    let unknown = scene.samples.new_recipient(&scene.template().await);
    let before = scene.shown().await;
    for (new, wanted) in [
        (&free, ResetRequesting::Refused(AccessState::Free)),
        (&revoked, ResetRequesting::Refused(AccessState::Revoked)),
        (&replaced, ResetRequesting::Refused(AccessState::Replaced)),
        (&ended, ResetRequesting::CredentialRevoked),
        (&unclaimed, ResetRequesting::CredentialRevoked),
        (&unknown, ResetRequesting::Absent),
    ] {
        assert_eq!(scene.request_reset(&new.token).await, wanted);
        assert_eq!(scene.shown().await, before);
    }
}
