//! The suite is itself tested: adapters that break one promise each, and the promises that must find them.
//!
//! Each is the memory adapter with one flaw, such as have been seen in adapters. A flaw that no promise finds is a hole
//! in the contract.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what panics here only fails a test"
)]

use std::future::Future;

use symbolon_contract::{activity, authorization_tokens, canaries, organizations, readiness};

#[path = "broken_adapters/answers.rs"]
mod answers;
#[path = "broken_adapters/changes.rs"]
mod changes;
#[path = "broken_adapters/flaw.rs"]
mod flaw;
#[path = "broken_adapters/insertions.rs"]
mod insertions;
#[path = "broken_adapters/lists.rs"]
mod lists;
#[path = "broken_adapters/lookups.rs"]
mod lookups;
#[path = "broken_adapters/others.rs"]
mod others;
#[path = "broken_adapters/rotations.rs"]
mod rotations;

use flaw::Flawed;

/// Without a flaw every promise is kept through the same layers: what is found below is the flaws'.
mod without_a_flaw {
    use super::flaw::{Flaw, Flawed};

    struct Nothing;

    impl Flaw for Nothing {}

    symbolon_contract::store_contract!(Flawed<Nothing>);
}

/// Writes one test per flaw: each of the promises named must find it.
macro_rules! found {
    ($($place:ident::$flaw:ident: $($port:ident::$promise:ident),+;)*) => {$(
        #[expect(non_snake_case, reason = "named after its flaw")]
        #[test]
        fn $flaw() {
            symbolon_contract::run(async {
                $(
                    let promise = $port::$promise::<Flawed<$place::$flaw>>();
                    finds(concat!(stringify!($port), "::", stringify!($promise)), promise).await;
                )+
            });
        }
    )*};
}

async fn finds(name: &str, promise: impl Future<Output = ()> + Send + 'static) {
    let outcome = tokio::spawn(promise).await;
    let is_found = outcome.is_err_and(|error| error.is_panic());
    assert!(is_found, "{name} does not find it");
}

found! {
    insertions::LimitCountedBefore: authorization_tokens::the_limit_holds_however_many_insert;
    insertions::LimitCountsTheRetired:
        authorization_tokens::tokens_that_are_not_live_do_not_count_towards_the_limit;
    insertions::CallerUnchecked:
        authorization_tokens::a_retired_caller_gets_no_token,
        authorization_tokens::an_unknown_caller_gets_no_token,
        authorization_tokens::insertion_and_revocation_of_its_caller_agree;
    insertions::InsertionKeyUnchecked:
        authorization_tokens::a_repeated_insertion_is_answered,
        authorization_tokens::another_insertion_under_the_same_key_is_answered,
        authorization_tokens::many_insertions_under_one_key_make_one_token;
    insertions::RefusedInsertionIsEntered:
        authorization_tokens::a_fifty_first_live_token_is_refused,
        authorization_tokens::a_cancelled_organization_gets_no_token,
        authorization_tokens::insertions_and_a_cancellation_agree;
    insertions::LimitJudgedFirst: authorization_tokens::reasons_are_given_in_the_promised_order;
    insertions::FieldForgotten: authorization_tokens::what_is_kept_reads_back_equal;
    insertions::BytesForCharacters: authorization_tokens::every_description_reads_back_equal;
    insertions::SecondsOnly: authorization_tokens::every_instant_reads_back_equal;
    insertions::SignedCounts: authorization_tokens::every_count_reads_back_equal;
    insertions::PredecessorForgotten: authorization_tokens::no_token_has_two_successors;
    insertions::TextForBytes: authorization_tokens::every_byte_reads_back_equal;

    lookups::AcrossOrganizations: authorization_tokens::a_token_is_not_found_by_another_organization;
    lookups::PepperIgnored: authorization_tokens::a_digest_that_differs_anywhere_finds_nothing;
    lookups::OwnerFromACache:
        authorization_tokens::a_token_is_found_with_its_organization,
        organizations::cancelling_ends_the_good_standing_of_every_token;
    lookups::RetiredAreGone: authorization_tokens::a_retired_token_is_still_found;
    lookups::SealedCopyKept:
        authorization_tokens::rotation_erases_the_sealed_copy,
        authorization_tokens::revocation_retires_a_token_and_erases_its_sealed_copy;

    lists::NothingLiveWhenCancelled: authorization_tokens::a_cancelled_organization_lists_its_tokens_as_before;
    lists::InvisibleCounted: authorization_tokens::what_is_not_visible_is_neither_shown_nor_counted;
    lists::FilteredAfterwards: authorization_tokens::what_is_not_visible_is_neither_shown_nor_counted;
    lists::PageCounted: authorization_tokens::pages_cut_the_list_without_gap_or_overlap;
    lists::TiesUnordered:
        authorization_tokens::the_list_is_newest_first,
        organizations::the_list_is_oldest_first;
    lists::OffsetOverflows:
        authorization_tokens::a_page_past_the_end_is_empty_and_still_counts,
        organizations::a_page_past_the_end_is_empty_and_still_counts,
        activity::a_page_past_the_end_is_empty_and_still_counts;
    lists::NothingCountedPastTheEnd:
        authorization_tokens::a_page_past_the_end_is_empty_and_still_counts;
    lists::LastPageRepeated: authorization_tokens::a_page_past_the_end_is_empty_and_still_counts;
    lists::GraceIsLive: authorization_tokens::tokens_that_are_not_live_are_listed_among_all_only;
    lists::TwoSnapshots: authorization_tokens::a_list_during_rotations_shows_exactly_one_live_token;
    lists::CancelledHidden: organizations::the_list_includes_cancelled_organizations;

    rotations::InclusiveExpiry:
        authorization_tokens::only_a_live_token_rotates,
        authorization_tokens::a_retired_caller_gets_no_token,
        authorization_tokens::a_token_is_listed_as_live_until_it_expires;
    rotations::TwoWinners:
        authorization_tokens::rotation_has_exactly_one_winner,
        authorization_tokens::failed_rotation_changes_nothing;
    rotations::JudgedBefore: authorization_tokens::rotation_has_exactly_one_winner;
    rotations::OrphanSuccessor:
        authorization_tokens::rotation_retires_the_current_and_keeps_the_successor,
        authorization_tokens::rotation_has_exactly_one_winner;
    rotations::LoserIsAnError:
        authorization_tokens::rotation_has_exactly_one_winner,
        authorization_tokens::only_a_live_token_rotates;
    rotations::RefusedRotationIsEntered:
        authorization_tokens::failed_rotation_changes_nothing,
        authorization_tokens::rotation_has_exactly_one_winner;
    rotations::GraceForgotten: authorization_tokens::a_rotated_token_is_served_until_its_grace_ends;
    rotations::RotatesInGrace:
        authorization_tokens::a_token_in_grace_does_not_rotate_again,
        authorization_tokens::only_a_live_token_rotates;
    rotations::KeyJudgedFirst:
        authorization_tokens::a_lost_rotation_is_refused_before_its_key_is_judged,
        authorization_tokens::rotation_under_one_key_has_exactly_one_winner;
    rotations::RotationKeyUnchecked: authorization_tokens::a_rotation_under_a_taken_key_changes_nothing;
    rotations::LimitApplied: authorization_tokens::rotation_works_at_the_limit;

    answers::NeverExpires: authorization_tokens::an_answer_ends_at_its_expiry;
    answers::InclusiveAnswerExpiry: authorization_tokens::an_answer_ends_at_its_expiry;
    answers::CaseIgnored: authorization_tokens::an_answer_is_found_under_its_caller_and_key_only;
    answers::KeyTakenForGood: authorization_tokens::a_key_is_free_again_after_its_answer_expired;
    answers::EveryoneCounts: authorization_tokens::expired_answers_are_forgotten_and_counted;

    changes::RevokesForAnyone: authorization_tokens::a_foreign_token_is_not_revoked;
    changes::RevokesTwice:
        authorization_tokens::revocation_happens_once,
        authorization_tokens::only_a_served_token_is_revoked;
    changes::NoRevocationInGrace: authorization_tokens::a_token_in_grace_can_be_revoked;
    changes::DescribesTheExpired: authorization_tokens::only_a_live_token_is_described;
    changes::DescribesForAnyone: authorization_tokens::a_foreign_token_is_not_described;
    changes::ExpiryNotLatched: authorization_tokens::a_token_once_seen_expired_stays_expired;
    changes::UnknownUseIsAnError: authorization_tokens::uses_of_unknown_tokens_are_passed_over;
    changes::FirstUseOnly: authorization_tokens::one_batch_moves_many_tokens;
    changes::ReuseNotCounted:
        authorization_tokens::the_first_reuse_is_counted_and_entered,
        authorization_tokens::many_reuses_at_once_are_counted_and_entered_once;
    changes::EveryReuseEntered:
        authorization_tokens::reuse_within_an_hour_of_an_entry_is_only_counted,
        authorization_tokens::many_reuses_at_once_are_counted_and_entered_once;
    changes::InclusiveHour: authorization_tokens::reuse_within_an_hour_of_an_entry_is_only_counted;

    others::CancelsTwice:
        organizations::cancellation_happens_once,
        organizations::doing_it_twice_changes_nothing;
    others::PolicyInTheLogOnly:
        organizations::under_once_no_sealed_copy_is_kept,
        organizations::once_erases_every_sealed_copy,
        organizations::the_reveal_policy_is_kept;
    others::LogByInstant: activity::entries_stand_in_the_order_of_their_appending;
    others::AddressesUnmapped: activity::every_attribution_reads_back_equal;
    others::NewestEntriesOnly: activity::no_entry_of_many_is_lost;
    others::CanariesUnordered: canaries::canaries_are_listed_in_the_order_of_their_keys;
    others::CanariesAllOrNone: canaries::a_canary_is_never_replaced;
    others::AdmittedInTwoSteps: canaries::of_many_key_rings_at_once_one_is_admitted;
    others::EveryKeyAdmitted: canaries::foreign_keys_add_nothing;
    others::NotReadyWhenEmpty: readiness::an_empty_store_is_ready;
}
