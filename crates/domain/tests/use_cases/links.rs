//! The same links again: for administrators, and for whoever has lost their mail.

use super::support::{empty_outbox, issued, log, logged, organization, ports};
use symbolon_domain::{
    activity::{Action, Actor, RequestOrigin},
    id::RecipientId,
    page::PageRequest,
    port::outbox::Resending,
    service::{
        caller::Authority,
        change_access::RevokeAccess,
        mail_again::{MailAgain, RetrieveLinks},
        open_link::OpenLink,
    },
    text::MailAddress,
};

fn retrieve(mail: &str) -> RetrieveLinks {
    RetrieveLinks {
        mail: MailAddress::parse(mail).unwrap(),
        origin: RequestOrigin {
            request_id: Some("request".to_owned()),
            address: Some("203.0.113.7".parse().unwrap()),
        },
    }
}

#[tokio::test]
async fn all_links_of_an_address_are_mailed_to_it() {
    let (ports, clock) = ports();
    let (owner, other) = (organization(&ports).await, organization(&ports).await);
    for organization in [&owner, &other, &other] {
        issued(&ports, organization).await;
    }
    let revoked = issued(&ports, &owner).await;
    let revoke = RevokeAccess {
        authority: Authority::Operator(&owner),
        recipient: revoked.dossier.recipient.id,
    };
    revoke.run(&ports).await.unwrap();
    empty_outbox(&ports).await;

    assert_eq!(retrieve("ada@example.org").run(&ports).await.unwrap(), 3);
    assert_eq!(retrieve("ada@example.org").run(&ports).await.unwrap(), 0);
    assert_eq!(retrieve("grace@example.org").run(&ports).await.unwrap(), 0);
    assert_eq!(logged(&ports, &owner, Action::AccessMailedAgain).await, 1);
    assert_eq!(logged(&ports, &other, Action::AccessMailedAgain).await, 2);
    empty_outbox(&ports).await;
    assert_eq!(retrieve("ada@example.org").run(&ports).await.unwrap(), 0);
    clock.advance(5 * 60 * 1_000);
    assert_eq!(retrieve("ada@example.org").run(&ports).await.unwrap(), 3);

    let log = ports
        .activity
        .list(other.id, PageRequest::default())
        .await
        .unwrap();
    let attribution = &log.items.last().unwrap().attribution;
    assert_eq!(attribution.actor, Actor::Recipient);
    assert_eq!(attribution.address, None, "nobody's address is kept");
}

#[tokio::test]
async fn an_administrator_is_told_when_it_is_too_soon() {
    let (ports, _) = ports();
    let (owner, other) = (organization(&ports).await, organization(&ports).await);
    let made = issued(&ports, &owner).await;
    let again = |authority, recipient| MailAgain { authority, recipient }.run(&ports);
    let authority = Authority::Operator(&owner);
    let id = made.dossier.recipient.id;
    assert_eq!(again(authority, id).await.unwrap(), Resending::AlreadyWaiting);
    empty_outbox(&ports).await;
    assert_eq!(again(authority, id).await.unwrap(), Resending::Queued);
    empty_outbox(&ports).await;
    let from = ports.clock.now().plus_seconds(300);
    let outcome = again(authority, id).await.unwrap();
    assert_eq!(outcome, Resending::TooSoon { from });

    let before = log(&ports, &owner).await;
    let foreign = Authority::Operator(&other);
    assert_eq!(again(foreign, id).await.unwrap(), Resending::Absent);
    let nobody = RecipientId::fresh(ports.clock.now(), [0; 10]);
    assert_eq!(again(authority, nobody).await.unwrap(), Resending::Absent);
    assert_eq!(log(&ports, &owner).await, before);
}

#[tokio::test]
async fn opened_links_are_counted_and_looks_are_not() {
    let (ports, clock) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    let secret = made.secret.unwrap();
    let first = ports.clock.now();
    for _ in 0..3 {
        OpenLink { secret: &secret }.run(&ports).await.unwrap().unwrap();
        OpenLink { secret: &secret }.look(&ports).await.unwrap().unwrap();
        clock.advance(1_000);
    }
    assert_eq!(ports.opens.flush(ports.access.as_ref()).await.unwrap(), 1);
    assert_eq!(ports.opens.flush(ports.access.as_ref()).await.unwrap(), 0);
    let found = ports.access.find_by_id(made.dossier.token.id).await.unwrap();
    let token = found.unwrap().token;
    assert_eq!((token.opens, token.first_opened_at), (3, Some(first)));
}
