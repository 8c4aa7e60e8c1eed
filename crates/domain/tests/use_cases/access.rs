//! What administrators do with an access token, as recipients see it.

use super::{
    providers::{connection, signed_in},
    support::{issued, logged, organization, ports},
};
use symbolon_domain::{
    access_token::{AccessState, LinkStanding, Refusal, Verification},
    activity::{Action, RequestOrigin},
    port::access_tokens::{AccessChange, ResetRequesting},
    service::{
        caller::Authority,
        change_access::{ReplaceAccess, Replacing, ResetAccess, RevokeAccess},
        change_recipient::{DeleteRecipient, RevokeCredential},
        enter::Arrival,
        open_link::OpenLink,
        request_reset::RequestReset,
        resume_session::resume_session,
        view_credential::{verify_credential, view_credential},
    },
};

#[tokio::test]
async fn after_a_reset_the_former_holder_is_out_and_the_next_is_in() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    let (token, id) = (made.dossier.token.id, made.dossier.recipient.id);
    let former = signed_in(&ports, "former", Some(token)).await;
    let reset = ResetAccess {
        authority: Authority::Operator(&owner),
        recipient: id,
    };
    assert_eq!(reset.run(&ports).await.unwrap(), AccessChange::Changed);
    assert!(resume_session(&ports, &former.session).await.unwrap().is_none());
    let profile = &former.connection.profile;
    assert!(view_credential(&ports, id, profile).await.unwrap().is_none());
    let (_, verification) = verify_credential(&ports, id).await.unwrap().unwrap();
    assert!(matches!(verification, Verification::Public(_)), "it stays public");

    let next = signed_in(&ports, "next", Some(token)).await;
    assert!(matches!(next.arrival, Arrival::Credential { is_new: true, .. }));
    let back = signed_in(&ports, "former", Some(token)).await;
    assert!(matches!(
        back.arrival,
        Arrival::Refused(_, Refusal::InUseByAnother)
    ));
}

#[tokio::test]
async fn after_a_replacement_the_old_link_points_to_the_newer_mail() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    let replace = || ReplaceAccess {
        authority: Authority::Operator(&owner),
        recipient: made.dossier.recipient.id,
    };
    let Replacing::Replaced(token, secret) = replace().run(&ports).await.unwrap() else {
        panic!("it is replaced");
    };
    let old = made.secret.as_ref().unwrap();
    let at = ports.clock.now();
    let found = OpenLink { secret: old }.look(&ports).await.unwrap().unwrap();
    assert_eq!(found.link(), LinkStanding::Closed(Refusal::Replaced { at }));
    let found = OpenLink { secret: &secret }.look(&ports).await.unwrap().unwrap();
    assert_eq!((found.token.id, found.link()), (token.id, LinkStanding::Free));

    let revoke = RevokeCredential {
        authority: Authority::Operator(&owner),
        recipient: made.dossier.recipient.id,
        reason: None,
    };
    revoke.run(&ports).await.unwrap();
    let again = replace().run(&ports).await.unwrap();
    assert!(matches!(again, Replacing::Not(AccessChange::CredentialRevoked)));
}

#[tokio::test]
async fn revoked_access_is_refused_and_what_was_claimed_stays() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    let (token, id) = (made.dossier.token.id, made.dossier.recipient.id);
    let holder = signed_in(&ports, "holder", Some(token)).await;
    let revoke = || RevokeAccess {
        authority: Authority::Operator(&owner),
        recipient: id,
    };
    assert_eq!(revoke().run(&ports).await.unwrap(), AccessChange::Changed);
    let again = revoke().run(&ports).await.unwrap();
    assert_eq!(again, AccessChange::Refused(AccessState::Revoked));
    assert!(resume_session(&ports, &holder.session).await.unwrap().is_some());
    let profile = &holder.connection.profile;
    assert!(view_credential(&ports, id, profile).await.unwrap().is_some());
    let other = signed_in(&ports, "other", Some(token)).await;
    assert!(matches!(
        other.arrival,
        Arrival::Refused(_, Refusal::AccessRevoked)
    ));
}

#[tokio::test]
async fn a_deleted_recipient_is_unknown_to_everybody() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    let (token, id) = (made.dossier.token.id, made.dossier.recipient.id);
    let holder = signed_in(&ports, "holder", Some(token)).await;
    let delete = || DeleteRecipient {
        authority: Authority::Operator(&owner),
        recipient: id,
    };
    assert!(delete().run(&ports).await.unwrap());
    assert!(!delete().run(&ports).await.unwrap());
    let secret = made.secret.as_ref().unwrap();
    assert!(OpenLink { secret }.run(&ports).await.unwrap().is_none());
    assert!(verify_credential(&ports, id).await.unwrap().is_none());
    assert!(resume_session(&ports, &holder.session).await.unwrap().is_none());
    assert_eq!(logged(&ports, &owner, Action::RecipientDeleted).await, 1);
}

#[tokio::test]
async fn a_reset_is_asked_for_once_by_whoever_was_refused() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    let secret = made.secret.as_ref().unwrap();
    let dossier = || async { OpenLink { secret }.look(&ports).await.unwrap().unwrap() };
    let refused = connection("refused");
    let request = |dossier| {
        let (ports, refused) = (&ports, &refused);
        async move {
            let request = RequestReset {
                dossier: &dossier,
                connection: Some(refused),
                origin: RequestOrigin::default(),
            };
            request.run(ports).await.unwrap()
        }
    };
    let free = ResetRequesting::Refused(AccessState::Free);
    assert_eq!(request(dossier().await).await, free);
    signed_in(&ports, "holder", Some(made.dossier.token.id)).await;
    assert_eq!(request(dossier().await).await, ResetRequesting::Requested);
    let again = request(dossier().await).await;
    assert_eq!(again, ResetRequesting::AlreadyRequested);
    let kept = dossier().await.token.reset_request.unwrap();
    assert_eq!(kept.by, Some((refused.provider.clone(), refused.hint.clone())));
    assert_eq!(logged(&ports, &owner, Action::ResetRequested).await, 1);
}
