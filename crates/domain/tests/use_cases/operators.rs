//! What operators do at the command line: acts without a token, and the way back in after a lost rotation.

use super::support::{organization, ports};
use symbolon_domain::{
    activity::{Action, Actor, RequestOrigin},
    authorization_token::{Grace, Standing, TokenStates},
    id::AuthorizationTokenId,
    page::PageRequest,
    permissions::Permissions,
    port::authorization_tokens::TokenChange,
    service::{
        authenticate::{Authenticate, AuthenticateError},
        caller::Authority,
        create_token::{CreateToken, CreateTokenError, LifeRequest},
        list_tokens::ListTokens,
        revoke_token::RevokeToken,
        rotate_token::RotateTokenById,
    },
};

fn make(authority: Authority<'_>) -> CreateToken<'_> {
    CreateToken {
        authority,
        description: None,
        permissions: None,
        life: LifeRequest::Default,
        request: None,
    }
}

#[tokio::test]
async fn an_operator_rotates_by_id_and_hands_out_the_successor() {
    let (ports, clock) = ports();
    let owner = organization(&ports).await;
    let lost = make(Authority::Operator(&owner)).run(&ports).await.unwrap();
    clock.advance(1_000);
    let request = RotateTokenById {
        authority: Authority::Operator(&owner),
        id: lost.made.token.id,
        description: None,
        grace: Grace::from_seconds(60).unwrap(),
    };
    let found = request.run(&ports).await.unwrap().unwrap().unwrap();
    let origin = RequestOrigin::default;
    Authenticate {
        secret: &found.secret,
        origin: origin(),
    }
    .run(&ports)
    .await
    .unwrap();
    let old = Authenticate {
        secret: &lost.secret,
        origin: origin(),
    }
    .run(&ports)
    .await
    .unwrap();
    assert_eq!(old.standing, Standing::Grace);
    clock.advance(60_000);
    let refused = Authenticate {
        secret: &lost.secret,
        origin: origin(),
    }
    .run(&ports)
    .await;
    assert!(matches!(refused, Err(AuthenticateError::Retired)));

    let again = RotateTokenById {
        authority: Authority::Operator(&owner),
        id: lost.made.token.id,
        description: None,
        grace: None,
    };
    assert!(matches!(
        again.run(&ports).await,
        Ok(Some(Err(Standing::Rotated)))
    ));
    let nobody = AuthorizationTokenId::fresh(ports.clock.now(), [0; 10]);
    let nothing = RotateTokenById {
        authority: Authority::Operator(&owner),
        id: nobody,
        description: None,
        grace: None,
    };
    assert!(nothing.run(&ports).await.unwrap().is_none());
}

#[tokio::test]
async fn an_operator_sees_every_token_and_no_value() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    for bits in 1..=7 {
        let permissions = Permissions::from_bits(bits);
        CreateToken {
            permissions,
            ..make(Authority::Operator(&owner))
        }
        .run(&ports)
        .await
        .unwrap();
    }
    let request = ListTokens {
        authority: Authority::Operator(&owner),
        states: TokenStates::Live,
        page: PageRequest::default(),
    };
    let page = request.run(&ports).await.unwrap();
    assert_eq!(page.total_count, 7);
    assert!(page.items.iter().all(|shown| shown.secret.is_none()));
    let log = ports
        .activity
        .list(owner.id, PageRequest::default())
        .await
        .unwrap()
        .items;
    assert!(log.iter().all(|entry| entry.attribution.actor == Actor::Operator));
    assert!(log.iter().all(|entry| entry.action != Action::TokenRevealed));
}

#[tokio::test]
async fn a_caller_retired_meanwhile_makes_nothing() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let first = make(Authority::Operator(&owner)).run(&ports).await.unwrap();
    let request = Authenticate {
        secret: &first.secret,
        origin: RequestOrigin::default(),
    };
    let caller = request.run(&ports).await.unwrap();
    let revoke = RevokeToken {
        authority: Authority::Operator(&owner),
        id: first.made.token.id,
    };
    assert_eq!(revoke.run(&ports).await.unwrap(), TokenChange::Changed);
    let late = make(Authority::Token(&caller)).run(&ports).await;
    assert!(matches!(late, Err(CreateTokenError::CallerRetired)));
}
