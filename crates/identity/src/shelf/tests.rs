use std::{
    future::{Ready, poll_fn, ready},
    sync::atomic::{AtomicI64, AtomicUsize, Ordering},
};

use super::*;

struct Hand(AtomicI64);

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

fn shelf() -> (Shelf<u32>, Arc<Hand>) {
    let hand = Arc::new(Hand(AtomicI64::new(0)));
    (Shelf::new(hand.clone()), hand)
}

fn set(hand: &Hand, seconds: i64) {
    hand.0.store(seconds * 1_000, Ordering::SeqCst);
}

fn out_of_reach() -> SignInError {
    SignInError::Unreachable("out of reach".into())
}

fn fetched(value: u32) -> Ready<Result<u32, SignInError>> {
    ready(Ok(value))
}

fn failed(error: SignInError) -> Ready<Result<u32, SignInError>> {
    ready(Err(error))
}

/// Panics when it is asked, which is when it is polled first.
fn unasked() -> impl Future<Output = Result<u32, SignInError>> {
    poll_fn(|_| panic!("asked again"))
}

#[tokio::test]
async fn it_is_kept_for_a_day() {
    let (shelf, hand) = shelf();
    assert_eq!(*shelf.get(fetched(1)).await.unwrap(), 1);
    set(&hand, LIFE - 1);
    assert_eq!(*shelf.get(unasked()).await.unwrap(), 1);
    set(&hand, LIFE);
    assert_eq!(*shelf.get(fetched(2)).await.unwrap(), 2);
}

#[tokio::test]
async fn it_does_for_another_day_while_the_provider_is_out_of_reach() {
    let (shelf, hand) = shelf();
    shelf.get(fetched(1)).await.unwrap();
    set(&hand, LIFE);
    assert_eq!(*shelf.get(failed(out_of_reach())).await.unwrap(), 1);
    set(&hand, LIFE + 9);
    assert_eq!(*shelf.get(unasked()).await.unwrap(), 1);
    set(&hand, 2 * LIFE);
    assert_eq!(shelf.get(failed(out_of_reach())).await, Err(out_of_reach()));
}

#[tokio::test]
async fn it_does_not_while_the_provider_says_something_else() {
    let wrong = SignInError::Misconfigured("another issuer".into());
    let (shelf, hand) = shelf();
    shelf.get(fetched(1)).await.unwrap();
    set(&hand, LIFE);
    assert_eq!(shelf.get(failed(wrong.clone())).await, Err(wrong.clone()));
    assert_eq!(shelf.get(unasked()).await, Err(wrong));
}

#[tokio::test]
async fn nobody_asks_again_right_after_a_failure() {
    let (shelf, hand) = shelf();
    shelf.get(failed(out_of_reach())).await.unwrap_err();
    set(&hand, 9);
    assert_eq!(shelf.get(unasked()).await, Err(out_of_reach()));
    set(&hand, 10);
    assert_eq!(*shelf.get(fetched(1)).await.unwrap(), 1);
}

#[tokio::test]
async fn it_is_renewed_once_a_minute() {
    let (shelf, hand) = shelf();
    let first = shelf.get(fetched(1)).await.unwrap();
    let second = shelf.renew(&first, fetched(2)).await.unwrap().unwrap();
    assert_eq!(*second, 2);
    assert_eq!(shelf.renew(&second, unasked()).await, Ok(None));
    // Who has seen the old one gets the new one, without asking.
    assert_eq!(
        shelf.renew(&first, unasked()).await,
        Ok(Some(Arc::clone(&second)))
    );
    set(&hand, 59);
    assert_eq!(shelf.renew(&second, unasked()).await, Ok(None));
    set(&hand, 60);
    assert_eq!(*shelf.renew(&second, fetched(3)).await.unwrap().unwrap(), 3);
}

#[tokio::test]
async fn a_renewal_that_fails_leaves_what_there_was() {
    let (shelf, hand) = shelf();
    let first = shelf.get(fetched(1)).await.unwrap();
    assert_eq!(
        shelf.renew(&first, failed(out_of_reach())).await,
        Err(out_of_reach())
    );
    set(&hand, 1);
    assert_eq!(shelf.renew(&first, unasked()).await, Ok(None));
    assert_eq!(*shelf.get(unasked()).await.unwrap(), 1);
}

#[tokio::test]
async fn who_goes_away_takes_nothing_along() {
    let (shelf, _) = shelf();
    let asked = Arc::new(AtomicUsize::new(0));
    let fetch = || {
        let asked = Arc::clone(&asked);
        async move {
            asked.fetch_add(1, Ordering::SeqCst);
            tokio::task::yield_now().await;
            Ok(1)
        }
    };
    tokio::select! {
        biased;
        _ = shelf.get(fetch()) => panic!("it cannot be there yet"),
        () = tokio::task::yield_now() => {}
    }
    assert_eq!(*shelf.get(fetch()).await.unwrap(), 1);
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_fetch_that_panics_is_an_answer() {
    let (shelf, _) = shelf();
    assert!(matches!(
        shelf.get(unasked()).await,
        Err(SignInError::Unreachable(_))
    ));
    assert_eq!(*shelf.get(fetched(1)).await.unwrap(), 1);
}
