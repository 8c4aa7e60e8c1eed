//! What happens when: the product's truth table, a row each.

use symbolon_domain::{
    access_token::{AccessToken, LinkStanding, Refusal, Verification, ViewStanding},
    port::{access_tokens::Claim, recipients::NewRecipient},
    recipient::{CredentialStanding, Recipient},
    social_profile::Connection,
};

use super::{knows, refuses};
use crate::{
    Fixture,
    sample::{just_before, now, revocation},
    scene::{Scene, Stage, ok},
};

const VALID: Verification = Verification::Public(CredentialStanding::Valid);

/// Free: the link says so, nobody sees anything, nothing is public; whoever connects first is bound.
pub async fn a_free_token_binds_whoever_connects_first<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let somebody = scene.samples.connection();
    assert_eq!(link(&scene, &new.token).await, LinkStanding::Free);
    assert_eq!(view(&scene, &new, &somebody).await, ViewStanding::NotYours);
    assert_eq!(verification(&scene, &new).await, Verification::NotPublic);
    assert_eq!(scene.claim(&new.token, &somebody, now()).await, Claim::Bound);
    assert_eq!(view(&scene, &new, &somebody).await, ViewStanding::Holder);
    assert_eq!(verification(&scene, &new).await, VALID);
}

/// Bound: the profile that claimed enters as often as it likes; anybody else is told that the token is in use.
pub async fn a_bound_token_lets_in_whoever_claimed_it<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, holder) = scene.claimed().await;
    let other = scene.samples.connection();
    assert_eq!(link(&scene, &new.token).await, LinkStanding::Claimed);
    for _ in 0..2 {
        knows(&scene, &new.token, &holder).await;
        refuses(&scene, &new.token, &other, &Refusal::InUseByAnother).await;
    }
    assert_eq!(view(&scene, &new, &holder).await, ViewStanding::Holder);
    assert_eq!(view(&scene, &new, &other).await, ViewStanding::NotYours);
    assert_eq!(verification(&scene, &new).await, VALID);
}

/// Reset: free again, for whoever connects first; who was bound sees nothing, and what was public stays so.
pub async fn a_reset_token_is_free_again_and_stays_public<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, former) = scene.claimed().await;
    scene.reset(&new).await;
    assert_eq!(link(&scene, &new.token).await, LinkStanding::Free);
    assert_eq!(view(&scene, &new, &former).await, ViewStanding::NotYours);
    assert_eq!(verification(&scene, &new).await, VALID);

    let next = scene.claim_for(&new).await;
    assert_eq!(view(&scene, &new, &next).await, ViewStanding::Holder);
    refuses(&scene, &new.token, &former, &Refusal::InUseByAnother).await;
}

/// Access revoked before anybody claimed: of no use to anybody, and nothing is public.
pub async fn without_access_an_unclaimed_token_is_closed<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    scene.revoke_access(&new, now()).await;
    let refusal = Refusal::AccessRevoked;
    let closed = LinkStanding::Closed(refusal.clone());
    assert_eq!(link(&scene, &new.token).await, closed);
    let somebody = scene.samples.connection();
    refuses(&scene, &new.token, &somebody, &refusal).await;
    assert_eq!(view(&scene, &new, &somebody).await, ViewStanding::NotYours);
    assert_eq!(verification(&scene, &new).await, Verification::NotPublic);
}

/// Access revoked after the claim: what was claimed stays, and everyone else is refused.
pub async fn without_access_a_claimed_token_still_lets_in_its_holder<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, holder) = scene.claimed().await;
    scene.revoke_access(&new, now()).await;
    assert_eq!(link(&scene, &new.token).await, LinkStanding::Claimed);
    knows(&scene, &new.token, &holder).await;
    let other = scene.samples.connection();
    refuses(&scene, &new.token, &other, &Refusal::AccessRevoked).await;
    assert_eq!(view(&scene, &new, &holder).await, ViewStanding::Holder);
    assert_eq!(view(&scene, &new, &other).await, ViewStanding::NotYours);
    assert_eq!(verification(&scene, &new).await, VALID);
}

/// Template paused: nobody enters nor claims, the holder is told why, what is public stays so; resumed all is as it was.
pub async fn a_paused_template_closes_links_until_it_is_resumed<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let (free, bound) = (
        scene.recipient_on(&template).await,
        scene.recipient_on(&template).await,
    );
    let holder = scene.claim_for(&bound).await;
    let before = [
        scene.dossier(&free.token).await,
        scene.dossier(&bound.token).await,
    ];
    scene.pause(&template, now()).await;

    let refusal = Refusal::TemplatePaused;
    let other = scene.samples.connection();
    for new in [&free, &bound] {
        let closed = LinkStanding::Closed(refusal.clone());
        assert_eq!(link(&scene, &new.token).await, closed);
        for connection in [&holder, &other] {
            refuses(&scene, &new.token, connection, &refusal).await;
        }
        assert_eq!(view(&scene, new, &other).await, ViewStanding::NotYours);
    }
    assert_eq!(view(&scene, &bound, &holder).await, ViewStanding::Paused);
    assert_eq!(verification(&scene, &free).await, Verification::NotPublic);
    assert_eq!(verification(&scene, &bound).await, VALID);

    scene.resume(&template).await;
    let after = [
        scene.dossier(&free.token).await,
        scene.dossier(&bound.token).await,
    ];
    assert_eq!(after, before);
    knows(&scene, &bound.token, &holder).await;
    assert_eq!(scene.claim(&free.token, &other, now()).await, Claim::Bound);
}

/// Credential expired: it is claimed and viewed as before, and its verification says since when.
pub async fn an_expired_credential_still_binds<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let recipient = Recipient {
        expires_at: Some(now()),
        ..scene.samples.recipient(&template)
    };
    let new = scene.samples.new_for(recipient);
    scene.keep_recipient(&new).await;
    assert_eq!(link(&scene, &new.token).await, LinkStanding::Free);
    assert_eq!(verification(&scene, &new).await, Verification::NotPublic);
    let holder = scene.claim_for(&new).await;
    assert_eq!(link(&scene, &new.token).await, LinkStanding::Claimed);
    knows(&scene, &new.token, &holder).await;
    assert_eq!(view(&scene, &new, &holder).await, ViewStanding::Holder);
    let expired = CredentialStanding::Expired { since: now() };
    assert_eq!(verification(&scene, &new).await, Verification::Public(expired));
    let dossier = scene.dossier_of(&new).await;
    assert_eq!(dossier.verification(just_before(now())), VALID);
}

/// Credential revoked: nobody claims it any more; who has claimed it still sees it; its verification says when and why.
pub async fn a_revoked_credential_binds_nobody_and_says_why<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let free = scene.recipient().await;
    let (bound, holder) = scene.claimed().await;
    for new in [&free, &bound] {
        scene.revoke_credential(new, now()).await;
    }
    let revoked = revocation(now());
    let refusal = Refusal::CredentialRevoked(revoked.clone());
    let other = scene.samples.connection();
    let closed = LinkStanding::Closed(refusal.clone());
    assert_eq!(link(&scene, &free.token).await, closed);
    assert_eq!(link(&scene, &bound.token).await, LinkStanding::Claimed);
    for new in [&free, &bound] {
        refuses(&scene, &new.token, &other, &refusal).await;
        assert_eq!(view(&scene, new, &other).await, ViewStanding::NotYours);
    }
    knows(&scene, &bound.token, &holder).await;
    assert_eq!(view(&scene, &bound, &holder).await, ViewStanding::Holder);
    assert_eq!(verification(&scene, &free).await, Verification::NotPublic);
    let public = Verification::Public(CredentialStanding::Revoked(revoked));
    assert_eq!(verification(&scene, &bound).await, public);
}

/// Recipient deleted: link, view and verification find nothing, and there is nothing to claim.
pub async fn a_deleted_recipient_cannot_be_found_by_anybody<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let free = scene.recipient().await;
    let (bound, holder) = scene.claimed().await;
    for new in [&free, &bound] {
        assert!(scene.remove(new).await);
        assert_eq!(scene.found(&new.token).await, None);
        let found = ok(scene.recipients.find_by_id(new.recipient.id).await);
        assert_eq!(found, None);
        let before = scene.shown().await;
        assert_eq!(scene.claim(&new.token, &holder, now()).await, Claim::Absent);
        assert_eq!(scene.shown().await, before);
    }
}

/// Organization cancelled: everything of it is closed to everybody, and opens again as it was.
pub async fn a_cancelled_organization_closes_everything<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let free = scene.recipient().await;
    let (bound, holder) = scene.claimed().await;
    scene.cancel(scene.owner.id, now()).await;
    let refusal = Refusal::OrganizationCancelled;
    let other = scene.samples.connection();
    for new in [&free, &bound] {
        let closed = LinkStanding::Closed(refusal.clone());
        assert_eq!(link(&scene, &new.token).await, closed);
        for connection in [&holder, &other] {
            refuses(&scene, &new.token, connection, &refusal).await;
        }
        assert_eq!(view(&scene, new, &other).await, ViewStanding::NotYours);
    }
    let closed = ViewStanding::OrganizationCancelled;
    assert_eq!(view(&scene, &bound, &holder).await, closed);
    assert_eq!(verification(&scene, &bound).await, Verification::IssuerClosed);
    assert_eq!(verification(&scene, &free).await, Verification::NotPublic);

    scene.reactivate(scene.owner.id).await;
    assert_eq!(view(&scene, &bound, &holder).await, ViewStanding::Holder);
    assert_eq!(verification(&scene, &bound).await, VALID);
    assert_eq!(scene.claim(&free.token, &other, now()).await, Claim::Bound);
}

/// Replaced: the old link only says since when another mail has the link; the new one is free, and what was public stays.
pub async fn a_replaced_token_only_points_to_its_successor<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let free = scene.recipient().await;
    let (bound, holder) = scene.claimed().await;
    let refusal = Refusal::Replaced { at: now() };
    for (new, public) in [(&free, Verification::NotPublic), (&bound, VALID)] {
        let successor = scene.replaced(&new.token).await;
        let closed = LinkStanding::Closed(refusal.clone());
        assert_eq!(link(&scene, &new.token).await, closed);
        for connection in [&holder, &scene.samples.connection()] {
            refuses(&scene, &new.token, connection, &refusal).await;
        }
        assert_eq!(view(&scene, new, &holder).await, ViewStanding::NotYours);
        let old = scene.dossier(&new.token).await;
        assert_eq!(old.view_by(&holder.profile), ViewStanding::NotYours);
        assert_eq!(link(&scene, &successor).await, LinkStanding::Free);
        assert_eq!(verification(&scene, new).await, public);
    }
}

/// Where there are several reasons the first of these is given: organization cancelled, token replaced, template paused,
/// access revoked, credential revoked, in use.
pub async fn refusals_are_given_in_the_promised_order<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let (new, other) = (
        scene.recipient_on(&template).await,
        scene.recipient_on(&template).await,
    );
    scene.claim_for(&new).await;
    scene.replaced(&other.token).await;
    let stranger = scene.samples.connection();
    let refused = |refusal| {
        let (scene, token, stranger) = (&scene, &new.token, &stranger);
        async move { refuses(scene, token, stranger, &refusal).await }
    };
    refused(Refusal::InUseByAnother).await;
    scene.revoke_credential(&new, now()).await;
    refused(Refusal::CredentialRevoked(revocation(now()))).await;
    scene.revoke_access(&new, now()).await;
    refused(Refusal::AccessRevoked).await;
    scene.pause(&template, now()).await;
    refused(Refusal::TemplatePaused).await;
    refuses(&scene, &other.token, &stranger, &Refusal::Replaced { at: now() }).await;
    scene.cancel(scene.owner.id, now()).await;
    refused(Refusal::OrganizationCancelled).await;
    refuses(&scene, &other.token, &stranger, &Refusal::OrganizationCancelled).await;
}

/// What the link is, as it is read back.
async fn link(stage: &Stage, token: &AccessToken) -> LinkStanding {
    stage.dossier(token).await.link()
}

/// What a profile may see, as pages read it back.
async fn view(stage: &Stage, new: &NewRecipient, connection: &Connection) -> ViewStanding {
    let found = ok(stage.recipients.find_by_id(new.recipient.id).await);
    let found = found.expect("a recipient who was kept is found");
    found.view_by(&connection.profile)
}

/// What the public verification says, as pages read it back.
async fn verification(stage: &Stage, new: &NewRecipient) -> Verification {
    let found = ok(stage.recipients.find_by_id(new.recipient.id).await);
    found
        .expect("a recipient who was kept is found")
        .verification(now())
}
