//! Issuing credentials: each wish on its own, and the same request again.

use super::support::{issued, logged, made, organization, ports, template, wish, without_log};
use symbolon_domain::{
    activity::Attribution,
    activity::{Action, RequestOrigin},
    id::TemplateId,
    idempotency::{IdempotencyKey, Repeatable, RequestFingerprint},
    organization::Organization,
    port::Ports,
    service::{
        authenticate::Authenticate,
        caller::{Authority, Caller},
        change_organization::{Change, ChangeOrganization},
        change_template::{ChangeTemplate, TemplateAct},
        create_token::{CreateToken, LifeRequest},
        issue_credentials::{CredentialWish, ExpiryWish, IssueCredentials, IssueCredentialsError, Issued},
    },
    template::{TemplateEdit, Validity},
};

async fn caller(ports: &Ports, owner: &Organization) -> Caller {
    let token = CreateToken {
        authority: Authority::Operator(owner),
        description: None,
        permissions: None,
        life: LifeRequest::Default,
        request: None,
    };
    let secret = token.run(ports).await.unwrap().secret;
    let request = Authenticate {
        secret: &secret,
        origin: RequestOrigin::default(),
    };
    request.run(ports).await.unwrap()
}

fn named(fingerprint: u8) -> Repeatable {
    Repeatable {
        key: IdempotencyKey::parse("key").unwrap(),
        fingerprint: RequestFingerprint([fingerprint; 32]),
    }
}

#[tokio::test]
async fn every_wish_has_its_own_outcome() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let on = template(&ports, &owner).await;
    let unknown = TemplateId::fresh(ports.clock.now(), [0; 10]);
    let backwards = CredentialWish {
        expiry: ExpiryWish::At(ports.clock.now()),
        ..wish(&on, "grace@example.org")
    };
    let absent = CredentialWish {
        template: unknown,
        ..wish(&on, "grace@example.org")
    };
    let request = IssueCredentials {
        authority: Authority::Operator(&owner),
        wishes: vec![
            wish(&on, "ada@example.org"),
            absent,
            wish(&on, "ada@example.org"),
            backwards,
            wish(&on, "grace@example.org"),
        ],
        request: None,
    };
    let issued = request.run(&ports).await.unwrap();
    assert!(
        matches!(
            issued.as_slice(),
            [
                Issued::Made(_),
                Issued::TemplateAbsent,
                Issued::Duplicate,
                Issued::ExpiryNotAfterIssue,
                Issued::Made(_)
            ]
        ),
        "{issued:?}"
    );
    assert_eq!(logged(&ports, &owner, Action::CredentialIssued).await, 2);
}

#[tokio::test]
async fn an_expiry_is_the_templates_unless_it_is_said() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let on = template(&ports, &owner).await;
    let edit = ChangeTemplate {
        authority: Authority::Operator(&owner),
        id: on.id,
        act: TemplateAct::Edit(TemplateEdit {
            validity: Some(Validity::from_days(2).ok()),
            ..TemplateEdit::default()
        }),
    };
    edit.run(&ports).await.unwrap();
    let now = ports.clock.now();
    let later = now.plus_seconds(60);
    for (number, (expiry, wanted)) in [
        (ExpiryWish::Template, Some(now.plus_seconds(2 * 86_400))),
        (ExpiryWish::Never, None),
        (ExpiryWish::At(later), Some(later)),
    ]
    .into_iter()
    .enumerate()
    {
        let request = IssueCredentials {
            authority: Authority::Operator(&owner),
            wishes: vec![CredentialWish {
                expiry,
                ..wish(&on, &format!("{number}@example.org"))
            }],
            request: None,
        };
        let made = made(request.run(&ports).await.unwrap().pop());
        assert_eq!(made.dossier.recipient.expires_at, wanted);
    }
}

#[tokio::test]
async fn a_lost_answer_is_given_again() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let (on, caller) = (template(&ports, &owner).await, caller(&ports, &owner).await);
    let request = || IssueCredentials {
        authority: Authority::Token(&caller),
        wishes: vec![wish(&on, "ada@example.org"), wish(&on, "grace@example.org")],
        request: Some(named(1)),
    };
    let mut first = request().run(&ports).await.unwrap();
    let mut again = request().run(&ports).await.unwrap();
    for _ in 0..2 {
        let (first, again) = (made(first.pop()), made(again.pop()));
        assert!(!first.replayed && again.replayed);
        assert_eq!(first.dossier.recipient, again.dossier.recipient);
        let values = [first, again].map(|made| made.secret.unwrap().expose().to_owned());
        assert_eq!(values[0], values[1]);
    }
    assert_eq!(logged(&ports, &owner, Action::CredentialIssued).await, 2);
    assert_eq!(logged(&ports, &owner, Action::AccessRevealed).await, 2);
}

#[tokio::test]
async fn a_lost_answer_that_cannot_be_recorded_is_not_given_again() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let (on, caller) = (template(&ports, &owner).await, caller(&ports, &owner).await);
    let request = || IssueCredentials {
        authority: Authority::Token(&caller),
        wishes: vec![wish(&on, "ada@example.org")],
        request: Some(named(1)),
    };
    request().run(&ports).await.unwrap();
    let again = request().run(&without_log(&ports)).await;
    assert!(matches!(again, Err(IssueCredentialsError::Fault(_))));
}

#[tokio::test]
async fn a_key_names_one_request() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let on = template(&ports, &owner).await;
    let (one, other) = (caller(&ports, &owner).await, caller(&ports, &owner).await);
    let request = |caller, mail, fingerprint| IssueCredentials {
        authority: Authority::Token(caller),
        wishes: vec![wish(&on, mail)],
        request: Some(named(fingerprint)),
    };
    request(&one, "ada@example.org", 1).run(&ports).await.unwrap();
    let taken = request(&one, "grace@example.org", 2).run(&ports).await;
    assert!(matches!(taken, Err(IssueCredentialsError::KeyTaken)));
    // Another's key of the same text is another.
    let mut issued = request(&other, "grace@example.org", 2).run(&ports).await.unwrap();
    assert!(!made(issued.pop()).replayed);
    assert_eq!(logged(&ports, &owner, Action::CredentialIssued).await, 2);
}

#[tokio::test]
async fn many_that_send_one_request_issue_one_credential() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let (on, caller) = (template(&ports, &owner).await, caller(&ports, &owner).await);
    let mut running = Vec::new();
    for _ in 0..16 {
        let (ports, on, caller) = (ports.clone(), on.clone(), caller.clone());
        running.push(tokio::spawn(async move {
            let request = IssueCredentials {
                authority: Authority::Token(&caller),
                wishes: vec![wish(&on, "ada@example.org")],
                request: Some(named(1)),
            };
            made(request.run(&ports).await.unwrap().pop())
        }));
    }
    let mut originals = 0;
    let mut ids = Vec::new();
    for running in running {
        let made = running.await.unwrap();
        originals += usize::from(!made.replayed);
        ids.push(made.dossier.recipient.id);
    }
    ids.dedup();
    assert_eq!((originals, ids.len()), (1, 1));
}

#[tokio::test]
async fn a_cancelled_organization_issues_nothing() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let earlier = issued(&ports, &owner).await;
    let cancel = ChangeOrganization {
        id: owner.id,
        change: Change::Cancel,
        by: Attribution::operator(),
    };
    cancel.run(&ports).await.unwrap();
    let request = IssueCredentials {
        authority: Authority::Operator(&owner),
        wishes: vec![wish(&earlier.dossier.template, "grace@example.org")],
        request: None,
    };
    assert!(matches!(
        request.run(&ports).await,
        Err(IssueCredentialsError::OrganizationCancelled)
    ));
}
