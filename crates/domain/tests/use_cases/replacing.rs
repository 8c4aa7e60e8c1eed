//! A credential in another's place.

use super::support::{issued, log, made, organization, ports, template, wish};
use symbolon_domain::{
    activity::Action,
    id::{RecipientId, TemplateId},
    mail::MailState,
    organization::Organization,
    recipient::CredentialStanding,
    service::{
        caller::Authority,
        issue_credentials::{ExpiryWish, IssueCredentials},
        replace_credential::{ReplaceCredential, ReplaceCredentialError as Error},
    },
    text::RevocationReason,
};

fn replace(owner: &Organization, recipient: RecipientId) -> ReplaceCredential<'_> {
    ReplaceCredential {
        authority: Authority::Operator(owner),
        recipient,
        template: None,
        issued_at: None,
        expiry: ExpiryWish::Template,
        reason: RevocationReason::parse("The name was misspelt.").ok(),
        suppress_mail: false,
        request: None,
    }
}

#[tokio::test]
async fn the_old_credential_is_revoked_and_the_new_one_mailed() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let old = issued(&ports, &owner).await;
    let id = old.dossier.recipient.id;
    let new = replace(&owner, id).run(&ports).await.unwrap();
    assert_ne!(new.dossier.recipient.id, id);
    assert_eq!(new.dossier.recipient.mail, old.dossier.recipient.mail);
    assert_eq!(new.dossier.mail, Some(MailState::Pending));
    let kept = ports.recipients.find_by_id(id).await.unwrap().unwrap();
    let CredentialStanding::Revoked(revocation) = kept.recipient.credential(ports.clock.now()) else {
        panic!("it is revoked");
    };
    assert_eq!(
        revocation.reason,
        RevocationReason::parse("The name was misspelt.").ok()
    );
    let mut log = log(&ports, &owner).await;
    let last = log.split_off(log.len() - 2);
    assert_eq!(last, [Action::CredentialRevoked, Action::CredentialIssued]);

    let again = replace(&owner, id).run(&ports).await;
    assert!(matches!(again, Err(Error::AlreadyRevoked)));
}

#[tokio::test]
async fn what_cannot_be_issued_leaves_the_old_one_good() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let old = issued(&ports, &owner).await;
    let id = old.dossier.recipient.id;
    let other = template(&ports, &owner).await;
    let rival = IssueCredentials {
        authority: Authority::Operator(&owner),
        wishes: vec![wish(&other, "ada@example.org")],
        request: None,
    };
    made(rival.run(&ports).await.unwrap().pop());
    let before = log(&ports, &owner).await;

    let duplicate = ReplaceCredential {
        template: Some(other.id),
        ..replace(&owner, id)
    };
    assert!(matches!(duplicate.run(&ports).await, Err(Error::Duplicate)));
    let absent = ReplaceCredential {
        template: Some(TemplateId::fresh(ports.clock.now(), [0; 10])),
        ..replace(&owner, id)
    };
    assert!(matches!(absent.run(&ports).await, Err(Error::TemplateAbsent)));
    let backwards = ReplaceCredential {
        expiry: ExpiryWish::At(ports.clock.now()),
        ..replace(&owner, id)
    };
    assert!(matches!(
        backwards.run(&ports).await,
        Err(Error::ExpiryNotAfterIssue)
    ));
    let stranger = organization(&ports).await;
    let foreign = replace(&stranger, id);
    assert!(matches!(foreign.run(&ports).await, Err(Error::Absent)));

    let kept = ports.recipients.find_by_id(id).await.unwrap().unwrap();
    assert_eq!(kept.recipient.revocation, None);
    assert_eq!(log(&ports, &owner).await, before);
}
