//! Uses wait for the store, and only the latest of each token counts.

use super::support::{organization, ports};
use symbolon_domain::{
    id::AuthorizationTokenId,
    service::{
        caller::Authority,
        create_token::{CreateToken, LifeRequest},
        record_use::PendingUses,
    },
    time::Timestamp,
};

#[tokio::test]
async fn the_latest_use_is_written_once() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let request = CreateToken {
        authority: Authority::Operator(&owner),
        description: None,
        permissions: None,
        life: LifeRequest::Default,
        request: None,
    };
    let token = request.run(&ports).await.unwrap().made.token;
    let uses = PendingUses::default();
    for millis in [5, 9, 7] {
        uses.note(token.id, Timestamp::from_millis(millis));
    }
    assert_eq!(uses.flush(ports.tokens.as_ref()).await.unwrap(), 1);
    assert_eq!(uses.flush(ports.tokens.as_ref()).await.unwrap(), 0);
    let kept = ports.tokens.find(owner.id, token.id).await.unwrap().unwrap();
    assert_eq!(kept.last_used_at, Some(Timestamp::from_millis(9)));
}

#[tokio::test]
async fn memory_is_bounded_and_known_tokens_still_count() {
    let (ports, _) = ports();
    let uses = PendingUses::default();
    let mut ids = (0_u32..100_001).map(|number| {
        let mut entropy = [0; 10];
        entropy[6..].copy_from_slice(&number.to_be_bytes());
        AuthorizationTokenId::fresh(Timestamp::from_millis(0), entropy)
    });
    let first = ids.next().unwrap();
    uses.note(first, Timestamp::from_millis(1));
    ids.for_each(|id| uses.note(id, Timestamp::from_millis(1)));
    uses.note(first, Timestamp::from_millis(2));
    assert_eq!(uses.flush(ports.tokens.as_ref()).await.unwrap(), 100_000);
}
