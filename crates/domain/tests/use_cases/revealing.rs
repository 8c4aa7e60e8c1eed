//! Links are shown after it was recorded that they are, or not at all.

use super::support::{issued, log, logged, organization, ports, with_other_keys, without_log};
use symbolon_domain::{
    activity::Action,
    id::RecipientId,
    port::{access_tokens::AccessChange, vault::VaultError},
    service::{Fault, caller::Authority, change_access::RevokeAccess, reveal_access::RevealAccess},
};

#[tokio::test]
async fn a_link_is_shown_and_that_is_recorded() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    let reveal = || RevealAccess {
        authority: Authority::Operator(&owner),
        recipient: made.dossier.recipient.id,
    };
    for times in 1..=2 {
        let revealed = reveal().run(&ports).await.unwrap().unwrap();
        let shown = revealed.secret.unwrap();
        assert_eq!(shown.expose(), made.secret.as_ref().unwrap().expose());
        assert_eq!(logged(&ports, &owner, Action::AccessRevealed).await, times);
    }
}

#[tokio::test]
async fn a_link_that_cannot_be_recorded_as_shown_is_not_shown() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    let reveal = RevealAccess {
        authority: Authority::Operator(&owner),
        recipient: made.dossier.recipient.id,
    };
    let refused = reveal.run(&without_log(&ports)).await;
    assert!(matches!(refused, Err(Fault::Store(_))));
    assert_eq!(logged(&ports, &owner, Action::AccessRevealed).await, 0);
}

#[tokio::test]
async fn a_copy_that_does_not_open_is_recorded() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    let reveal = RevealAccess {
        authority: Authority::Operator(&owner),
        recipient: made.dossier.recipient.id,
    };
    let refused = reveal.run(&with_other_keys(&ports)).await;
    assert!(matches!(refused, Err(Fault::Vault(VaultError::Unsealable))));
    assert_eq!(log(&ports, &owner).await.pop(), Some(Action::IntegrityFailed));
}

#[tokio::test]
async fn once_access_is_revoked_there_is_nothing_to_show() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    let authority = Authority::Operator(&owner);
    let recipient = made.dossier.recipient.id;
    let revoke = RevokeAccess { authority, recipient };
    assert_eq!(revoke.run(&ports).await.unwrap(), AccessChange::Changed);
    let reveal = RevealAccess { authority, recipient };
    let revealed = reveal.run(&ports).await.unwrap().unwrap();
    assert!(revealed.secret.is_none());
    assert_eq!(logged(&ports, &owner, Action::AccessRevealed).await, 0);
}

#[tokio::test]
async fn a_foreign_link_is_not_shown() {
    let (ports, _) = ports();
    let (owner, other) = (organization(&ports).await, organization(&ports).await);
    let made = issued(&ports, &owner).await;
    let nobody = RecipientId::fresh(ports.clock.now(), [0; 10]);
    for (authority, recipient) in [(&other, made.dossier.recipient.id), (&owner, nobody)] {
        let reveal = RevealAccess {
            authority: Authority::Operator(authority),
            recipient,
        };
        assert!(reveal.run(&ports).await.unwrap().is_none());
    }
    for organization in [&owner, &other] {
        assert_eq!(logged(&ports, organization, Action::AccessRevealed).await, 0);
    }
}
