//! The suite is itself tested: a toy vault that keeps every promise, and toys that break one.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what panics here only fails a test"
)]

use std::panic::{AssertUnwindSafe, catch_unwind};

use symbolon_contract::vault;

#[path = "broken_vaults/toy.rs"]
mod toy;

use toy::{Flaw, Toy};

mod sound {
    symbolon_contract::vault_contract!(|| super::Toy::with(None));
}

/// Each flaw, and the promises that must find it.
macro_rules! found {
    ($($flaw:ident: $($promise:ident),+;)*) => {$(
        #[expect(non_snake_case, reason = "named after its flaw")]
        #[test]
        fn $flaw() {
            $(
                let run = || vault::$promise(|| Toy::with(Some(Flaw::$flaw)));
                let failed = catch_unwind(AssertUnwindSafe(run)).is_err();
                assert!(failed, "{} lets it pass", stringify!($promise));
            )+
        }
    )*};
}

found! {
    ForgetfulDigest: equal_values_have_equal_digests;
    ShortDigest: different_values_have_different_digests;
    KeylessDigest: another_vault_makes_other_digests, another_vault_makes_other_fingerprints;
    OwnDigestAmongOthers: other_digests_are_under_other_peppers;
    PartsRunTogether: parts_of_a_request_are_told_apart;
    CaseIgnored: equal_requests_have_equal_fingerprints;
    SameNonce: sealing_twice_gives_different_bytes;
    NotSealed: a_sealed_copy_does_not_show_its_value;
    NoTag: one_changed_bit_keeps_it_shut, an_unknown_version_stays_shut, another_vault_does_not_open_it;
    TailIgnored: a_copy_of_another_length_stays_shut;
    NoBinding: a_copy_that_was_moved_stays_shut;
    WrongError: one_changed_bit_keeps_it_shut;
    OtherValue: what_is_sealed_opens;
    OneCanary: every_key_has_a_canary;
    EveryCanary: a_vault_does_not_recognize_those_of_another, a_changed_canary_is_not_recognized;
    NoCanary: a_vault_recognizes_its_own_canaries;
    MissingIsDifferent: a_missing_key_is_told_from_a_different_one;
    KindIgnored: a_digest_is_of_one_kind;
    KindIgnoredUnderOldPeppers: a_digest_is_of_one_kind;
    OneKeyForLinksAndReveals: a_copy_that_was_moved_stays_shut;
    OneKeyForAllLinks: a_copy_that_was_moved_stays_shut;
    OneKeyForAdministrators: a_copy_that_was_moved_stays_shut;
    AdministratorsIgnored: a_digest_is_of_one_kind;
    NoteNonceRepeats: a_note_never_looks_the_same;
    NoteNotSealed: a_note_shows_its_length_only;
    NoteNotAuthenticated: a_changed_note_stays_shut, another_vault_does_not_open_a_note;
    NoteTailIgnored: a_note_of_another_length_stays_shut;
    NotePadded: a_note_shows_its_length_only, a_note_comes_back_as_it_was;
    NoteKeyless: another_vault_does_not_open_a_note;
    NoteIsACopy: a_sealed_copy_is_no_note, a_note_is_no_sealed_copy;
    NoteCutShort: a_note_comes_back_as_it_was;
}
