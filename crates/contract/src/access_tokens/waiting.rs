//! Those who wait for a reset.

use symbolon_domain::{
    access_token::{AccessToken, Dossier, ResetRequest},
    activity::Action,
    id::{OrganizationId, RecipientId},
    mail::{MailKind, MailState},
    port::{
        access_tokens::{AccessChange, AccessRecord, ResetRequesting},
        recipients::{NewRecipient, RecipientChange},
    },
    time::Timestamp,
};

use super::meeting::ROUNDS;
use crate::{
    Fixture,
    race::{RIVALS, duel_in_round, race},
    sample::now,
    scene::{Scene, Stage, count_of, ok},
};

/// Who has waited longest comes first, and of those who asked at one instant the first by id; each with everything around
/// them. Steps of whatever length pass everybody once.
pub async fn who_has_waited_longest_comes_first<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut wanted = Vec::new();
    for millis in [5, 0, 5, -1, 5, 7, 0] {
        wanted.push(asking(&scene, now().plus_millis(millis)).await);
    }
    wanted.sort_by_key(place);
    for limit in [1, 2, 3, 6, 7, 8, u32::MAX] {
        assert_eq!(queue(&scene, scene.owner.id, limit).await, wanted, "{limit}");
    }
    let none = scene.access.waiting_for_reset(scene.owner.id, None, 0);
    assert_eq!(ok(none.await), []);
    // Behind the last, and behind somebody who is not there.
    let last = wanted.last().map(place);
    let rest = scene.access.waiting_for_reset(scene.owner.id, last, 10);
    assert_eq!(ok(rest.await), []);
    let between = (
        now().plus_millis(2),
        wanted.first().expect("there are seven").recipient.id,
    );
    let rest = scene.access.waiting_for_reset(scene.owner.id, Some(between), 10);
    let later: Vec<_> = wanted
        .into_iter()
        .filter(|dossier| place(dossier) > between)
        .collect();
    assert_eq!(later.len(), 4);
    assert_eq!(ok(rest.await), later);
}

/// An organization sees its own recipients only.
pub async fn the_queue_shows_one_organization<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let own = asking(&scene, now()).await;
    let template = scene.template_of(other.id).await;
    let stranger = scene.recipient_on(&template).await;
    scene.claim_for(&stranger).await;
    scene.request_reset(&stranger.token).await;
    assert_eq!(queue(&scene, scene.owner.id, 10).await, [own]);
    let theirs = scene.dossier_of(&stranger).await;
    assert_eq!(queue(&scene, other.id, 10).await, [theirs]);
    let nobody = scene.samples.organization();
    assert_eq!(queue(&scene, nobody.id, 10).await, []);
}

/// Nobody waits who has not asked; and whatever ends a wait ends it here: a reset, a dismissal, a revocation of access or of
/// the credential, a replacement, a removal. Not so a pause: the issuer may still reset.
pub async fn whoever_was_answered_waits_no_longer<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    scene.recipient().await;
    scene.claimed().await;
    let stays = asking(&scene, now()).await;
    scene.pause(&stays.template, now()).await;
    let stays = scene.dossier(&stays.token).await;
    for act in 0..6 {
        let asked_at = now().plus_millis(1);
        let new = asking_recipient(&scene, asked_at).await;
        let waiting = queue(&scene, scene.owner.id, 10).await;
        assert_eq!(waiting, [stays.clone(), scene.dossier_of(&new).await]);
        match act {
            0 => assert_eq!(scene.reset(&new).await, AccessChange::Changed),
            1 => assert!(dismiss_by(&scene, scene.owner.id, &new, asked_at).await),
            2 => assert_eq!(scene.revoke_access(&new, now()).await, AccessChange::Changed),
            3 => assert_eq!(
                scene.revoke_credential(&new, now()).await,
                RecipientChange::Changed
            ),
            4 => assert_eq!(scene.replaced(&new.token).await.generation, 1),
            _ => assert!(scene.remove(&new).await),
        }
        assert_eq!(
            queue(&scene, scene.owner.id, 10).await,
            std::slice::from_ref(&stays),
            "{act}"
        );
    }
}

/// A dismissal clears the request and nothing else: the binding and the sessions stay. Its entry is appended, and the mail
/// that tells of the request is not sent any more. They may ask again.
pub async fn a_dismissal_clears_the_request_and_nothing_else<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, holder) = scene.claimed().await;
    let session = scene.session(&holder).await;
    let other = asking(&scene, now()).await;
    let claimed = scene.dossier(&new.token).await;
    scene.request_reset(&new.token).await;
    let log = scene.log().await;
    let mails = scene.mails(&new).await;
    let entry = scene
        .samples
        .entry_about(&new.token, new.recipient.template, Action::ResetDismissed);
    let dismissed = scene
        .access
        .dismiss_reset(scene.owner.id, new.recipient.id, now(), &entry);
    assert!(ok(dismissed.await));
    assert_eq!(scene.dossier(&new.token).await, claimed);
    assert_eq!(scene.stored_session(&session).await, Some(session));
    assert_eq!(scene.log().await, [log, vec![entry]].concat());
    let wanted: Vec<_> = mails
        .into_iter()
        .map(|mut mail| {
            if mail.kind == MailKind::ResetRequested {
                mail.state = MailState::Dropped;
            }
            mail
        })
        .collect();
    assert_eq!(scene.mails(&new).await, wanted);
    assert_eq!(queue(&scene, scene.owner.id, 10).await, [other]);
    assert_eq!(scene.request_reset(&new.token).await, ResetRequesting::Requested);
}

/// Where nobody waits there is nothing to dismiss, nor where another request does, and nothing is written; nor for another
/// organization.
pub async fn only_the_request_that_was_seen_is_dismissed<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let free = scene.recipient().await;
    let (claimed, _) = scene.claimed().await;
    let reset = asking_recipient(&scene, now()).await;
    scene.reset(&reset).await;
    let unknown = scene.samples.new_recipient(&scene.template().await);
    let waiting = asking_recipient(&scene, now()).await;
    let before = (scene.shown().await, scene.shown_of(other.id).await);
    for new in [&free, &claimed, &reset, &unknown] {
        assert!(!dismiss(&scene, new).await);
    }
    for asked_at in [now().plus_millis(1), now().plus_millis(-1)] {
        assert!(!dismiss_by(&scene, waiting.recipient.organization, &waiting, asked_at).await);
    }
    assert!(!dismiss_by(&scene, other.id, &waiting, now()).await);
    let after = (scene.shown().await, scene.shown_of(other.id).await);
    assert_eq!(after, before);
    assert!(dismiss(&scene, &waiting).await);
}

/// Of 64 who dismiss a request at once one does, and there is one entry.
pub async fn a_request_is_dismissed_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = asking_recipient(&scene, now()).await;
    let dismissals = race(RIVALS, |_| {
        let (scene, new) = (scene.clone(), new.clone());
        async move { dismiss(&scene, &new).await }
    })
    .await;
    assert_eq!(count_of(&dismissals, &true), 1);
    assert_eq!(scene.logged(Action::ResetDismissed).await, 1);
    assert_eq!(queue(&scene, scene.owner.id, 10).await, []);
}

/// A request is granted or dismissed. A dismissal that comes first leaves a binding that can be reset, one that comes second
/// finds nothing; in the end the token is free.
pub async fn a_dismissal_and_a_reset_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let new = asking_recipient(&scene, now()).await;
        let before = scene.logged(Action::ResetDismissed).await;
        let (one, two) = (scene.clone(), scene.clone());
        let (mine, theirs) = (new.clone(), new.clone());
        let (is_dismissed, change) =
            duel_in_round(round, async move { dismiss(&one, &mine).await }, async move {
                two.reset(&theirs).await
            })
            .await;
        assert_eq!(change, AccessChange::Changed);
        let token = scene.dossier(&new.token).await.token;
        assert_eq!((token.binding, token.reset_request), (None, None));
        let entries = scene.logged(Action::ResetDismissed).await - before;
        assert_eq!(entries, u64::from(is_dismissed));
    }
    assert_eq!(queue(&scene, scene.owner.id, 10).await, []);
}

/// Where a dossier stands in the queue.
fn place(dossier: &Dossier) -> (Timestamp, RecipientId) {
    let request = dossier.token.reset_request.as_ref();
    (request.expect("they asked").at, dossier.recipient.id)
}

/// Everybody in an organization's queue, in steps of this length.
async fn queue(stage: &Stage, organization: OrganizationId, limit: u32) -> Vec<Dossier> {
    let mut passed: Vec<Dossier> = Vec::new();
    loop {
        let after = passed.last().map(place);
        let step = ok(stage.access.waiting_for_reset(organization, after, limit).await);
        let length = u32::try_from(step.len()).unwrap_or(u32::MAX);
        assert!(length <= limit);
        passed.extend(step);
        if length < limit {
            return passed;
        }
        // Whoever is shown again and again would be asked for without end.
        assert!(passed.len() < 1_000, "the queue goes on and on");
    }
}

/// Somebody who was claimed by somebody else, and asks for a reset at this instant.
pub(super) async fn asking_recipient(stage: &Stage, at: Timestamp) -> NewRecipient {
    let (new, _) = stage.claimed().await;
    ask(stage, &new.token, at).await;
    new
}

async fn asking(stage: &Stage, at: Timestamp) -> Dossier {
    let new = asking_recipient(stage, at).await;
    stage.dossier_of(&new).await
}

async fn ask(stage: &Stage, token: &AccessToken, at: Timestamp) {
    let request = ResetRequest {
        at,
        ..stage.samples.reset_request()
    };
    let mail = stage.samples.mail(token, MailKind::ResetRequested);
    let entry = stage.samples.entry(token.organization, Action::ResetRequested);
    let record = AccessRecord {
        entry: &entry,
        mail: Some(&mail),
    };
    let requested = stage.access.request_reset(token.id, &request, record);
    assert_eq!(ok(requested.await), ResetRequesting::Requested);
}

async fn dismiss(stage: &Stage, new: &NewRecipient) -> bool {
    dismiss_by(stage, new.recipient.organization, new, now()).await
}

async fn dismiss_by(
    stage: &Stage,
    organization: OrganizationId,
    new: &NewRecipient,
    asked_at: Timestamp,
) -> bool {
    let entry = stage.samples.entry(organization, Action::ResetDismissed);
    ok(stage
        .access
        .dismiss_reset(organization, new.recipient.id, asked_at, &entry)
        .await)
}
