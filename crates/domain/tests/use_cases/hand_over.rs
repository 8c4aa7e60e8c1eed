//! The note that carries a token to a clean URL.

use super::support::{ports, with_other_keys};
use symbolon_domain::{
    secret::AccessSecret,
    service::hand_over::{HAND_OVER_SECONDS, HandedOver, open, seal},
};

#[test]
fn a_note_brings_back_the_value_for_ten_minutes() {
    let (ports, clock) = ports();
    let secret = AccessSecret::generate(ports.entropy.as_ref()).unwrap();
    let note = seal(&ports, Some(&secret)).unwrap();
    clock.advance(HAND_OVER_SECONDS * 1_000 - 1);
    let HandedOver::Secret(handed) = open(&ports, &note) else {
        panic!("it is good for another millisecond");
    };
    assert_eq!(handed.expose(), secret.expose());
    clock.advance(1);
    assert!(matches!(open(&ports, &note), HandedOver::Nothing));
}

#[test]
fn no_token_gives_a_note_of_the_same_length_that_opens_to_nothing() {
    let (ports, clock) = ports();
    let secret = AccessSecret::generate(ports.entropy.as_ref()).unwrap();
    let (with, without) = (seal(&ports, Some(&secret)).unwrap(), seal(&ports, None).unwrap());
    assert_eq!(with.len(), without.len());
    assert!(matches!(open(&ports, &without), HandedOver::NoToken));
    clock.advance(HAND_OVER_SECONDS * 1_000);
    assert!(matches!(open(&ports, &without), HandedOver::Nothing));
}

#[test]
fn what_is_not_ours_is_nothing() {
    let (ports, _) = ports();
    let secret = AccessSecret::generate(ports.entropy.as_ref()).unwrap();
    let note = seal(&ports, Some(&secret)).unwrap();
    let elsewhere = with_other_keys(&ports);
    assert!(matches!(open(&elsewhere, &note), HandedOver::Nothing));
    let unrelated = ports.vault.seal_note(b"short").unwrap();
    let mut changed = note.clone();
    *changed.last_mut().unwrap() ^= 1;
    for forged in [changed, note[1..].to_vec(), Vec::new(), unrelated] {
        assert!(matches!(open(&ports, &forged), HandedOver::Nothing));
    }
}

#[test]
fn the_value_is_not_in_the_note() {
    let (ports, _) = ports();
    let secret = AccessSecret::generate(ports.entropy.as_ref()).unwrap();
    let note = seal(&ports, Some(&secret)).unwrap();
    let value = secret.expose().as_bytes();
    for part in value.windows(6) {
        assert!(!note.windows(6).any(|bytes| bytes == part));
    }
}
