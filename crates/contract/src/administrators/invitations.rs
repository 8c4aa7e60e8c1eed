//! Inviting.

use symbolon_domain::{
    administrator::{Administrator, MAX_ADMINISTRATORS, Role},
    id::OrganizationId,
    port::administrators::{AdministratorChange, Inviting, NewInvitation},
};

use crate::{
    Fixture,
    sample::{mail_address, now},
    scene::{Scene, Stage, count, ok},
};

/// Who is invited is kept with the link, the notice that mails it, and the entry, each as it was given.
pub async fn an_invitation_is_kept_with_its_link_notice_and_entry<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let log = scene.log().await;
    let invitation = scene.invited(Role::Administrator).await;
    let NewInvitation {
        administrator,
        link,
        notice,
        entry,
    } = invitation;
    assert_eq!(scene.administrator(&administrator).await, administrator);
    let (kept, member) = scene.found_link(&link).await.expect("it is kept");
    assert_eq!(kept, link);
    let member = member.expect("it is for somebody");
    assert_eq!(
        (&member.administrator, &member.organization),
        (&administrator, &scene.owner)
    );
    assert_eq!(
        scene.unsent_of(scene.owner.id).await,
        std::slice::from_ref(&notice)
    );
    let dossier = scene.pending_notice(notice.id).await.expect("it is pending");
    assert_eq!((dossier.notice, dossier.link), (notice, Some(link)));
    assert_eq!(dossier.addressee, Some(administrator));
    assert_eq!(scene.log().await, [log, vec![entry]].concat());
}

/// A cancelled organization invites nobody, nor does one that is not there; nothing is kept.
pub async fn a_cancelled_organization_invites_nobody<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    scene.cancel(scene.owner.id, now()).await;
    let before = scene.shown().await;
    let nowhere = scene.samples.organization();
    for organization in [scene.owner.id, nowhere.id] {
        let invitation = scene.samples.invitation(organization);
        refuses(&scene, &invitation, Inviting::OrganizationCancelled).await;
    }
    assert_eq!(scene.shown().await, before);
}

/// A mail address is one administrator's, in whatever ASCII case and of whatever organization, whether they have joined
/// or not; once they are removed it is free.
pub async fn a_mail_address_is_of_one_administrator<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let invited = invitation_to(&scene, scene.owner.id, "Ada@example.org");
    assert_eq!(scene.invite(&invited).await, Inviting::Invited);
    let joined = scene.colleague(Role::Viewer).await;
    let before = (scene.shown().await, scene.shown_of(other.id).await);
    let theirs = joined.mail.as_str().to_ascii_uppercase();
    for organization in [scene.owner.id, other.id] {
        for mail in ["Ada@example.org", "ada@example.org", "ADA@example.org", &theirs] {
            let invitation = invitation_to(&scene, organization, mail);
            refuses(&scene, &invitation, Inviting::MailTaken).await;
        }
    }
    let after = (scene.shown().await, scene.shown_of(other.id).await);
    assert_eq!(after, before);

    let removed = scene.remove_administrator(&invited.administrator).await;
    assert_eq!(removed, AdministratorChange::Changed);
    let invitation = invitation_to(&scene, other.id, "ADA@example.org");
    assert_eq!(scene.invite(&invitation).await, Inviting::Invited);
}

/// An organization has two hundred administrators, invited ones included, and no more; another has two hundred of its
/// own. Who is removed makes room. Of several obstacles the organization is told first, then the mail address, then the
/// limit.
pub async fn a_two_hundred_and_first_is_refused<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let stranger = scene.invited_by(other.id, Role::Viewer).await;
    let mut last = scene.colleague(Role::Viewer).await;
    for _ in 1..MAX_ADMINISTRATORS {
        last = scene.invited(Role::Viewer).await.administrator;
    }
    let surplus = scene.samples.invitation(scene.owner.id);
    refuses(&scene, &surplus, Inviting::LimitReached).await;
    let taken = invitation_to(&scene, scene.owner.id, stranger.administrator.mail.as_str());
    refuses(&scene, &taken, Inviting::MailTaken).await;
    scene.cancel(scene.owner.id, now()).await;
    refuses(&scene, &taken, Inviting::OrganizationCancelled).await;
    scene.reactivate(scene.owner.id).await;

    scene.invited_by(other.id, Role::Viewer).await;
    scene.remove_administrator(&last).await;
    assert_eq!(scene.invite(&surplus).await, Inviting::Invited);
    let all = ok(scene.administrators.list(scene.owner.id).await);
    assert_eq!(count(&all), MAX_ADMINISTRATORS);
}

/// An invitation to this address.
pub(super) fn invitation_to(stage: &Stage, organization: OrganizationId, mail: &str) -> NewInvitation {
    stage.samples.invitation_for(Administrator {
        mail: mail_address(mail),
        ..stage.samples.invited(organization, Role::Administrator)
    })
}

async fn refuses(stage: &Stage, invitation: &NewInvitation, reason: Inviting) {
    assert_eq!(stage.invite(invitation).await, reason);
    let (organization, id) = (invitation.administrator.organization, invitation.administrator.id);
    assert_eq!(ok(stage.administrators.find(organization, id).await), None);
    assert!(!stage.is_link_kept(&invitation.link).await);
    assert_eq!(stage.pending_notice(invitation.notice.id).await, None);
}
