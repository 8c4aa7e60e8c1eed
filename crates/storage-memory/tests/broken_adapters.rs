//! The suite is itself tested: adapters that break one promise each, and the promises that must find them.
//!
//! Each is the memory adapter with one flaw, such as have been seen in adapters. A flaw that no promise finds is a hole
//! in the contract.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what panics here only fails a test"
)]

use std::{future::Future, pin::Pin};

use symbolon_contract::{
    access_tokens, activity, authorization_tokens, canaries, jobs, organizations, outbox, readiness,
    recipients, sessions, sign_ins, templates,
};

#[path = "broken_adapters/access.rs"]
mod access;
#[path = "broken_adapters/answers.rs"]
mod answers;
#[path = "broken_adapters/awards.rs"]
mod awards;
#[path = "broken_adapters/batches.rs"]
mod batches;
#[path = "broken_adapters/broken.rs"]
mod broken;
#[path = "broken_adapters/browsers.rs"]
mod browsers;
#[path = "broken_adapters/changes.rs"]
mod changes;
#[path = "broken_adapters/chores.rs"]
mod chores;
#[path = "broken_adapters/claims.rs"]
mod claims;
#[path = "broken_adapters/codes.rs"]
mod codes;
#[path = "broken_adapters/corrections.rs"]
mod corrections;
#[path = "broken_adapters/counts.rs"]
mod counts;
#[path = "broken_adapters/days.rs"]
mod days;
#[path = "broken_adapters/descent.rs"]
mod descent;
#[path = "broken_adapters/doors.rs"]
mod doors;
#[path = "broken_adapters/flaw.rs"]
mod flaw;
#[path = "broken_adapters/founding.rs"]
mod founding;
#[path = "broken_adapters/guesses.rs"]
mod guesses;
#[path = "broken_adapters/histories.rs"]
mod histories;
#[path = "broken_adapters/insertions.rs"]
mod insertions;
#[path = "broken_adapters/ledgers.rs"]
mod ledgers;
#[path = "broken_adapters/lists.rs"]
mod lists;
#[path = "broken_adapters/lookups.rs"]
mod lookups;
#[path = "broken_adapters/mail.rs"]
mod mail;
#[path = "broken_adapters/naming.rs"]
mod naming;
#[path = "broken_adapters/notices.rs"]
mod notices;
#[path = "broken_adapters/others.rs"]
mod others;
#[path = "broken_adapters/owners.rs"]
mod owners;
#[path = "broken_adapters/people.rs"]
mod people;
#[path = "broken_adapters/proofs.rs"]
mod proofs;
#[path = "broken_adapters/queues.rs"]
mod queues;
#[path = "broken_adapters/roster.rs"]
mod roster;
#[path = "broken_adapters/rotations.rs"]
mod rotations;
#[path = "broken_adapters/searches.rs"]
mod searches;
#[path = "broken_adapters/telling.rs"]
mod telling;
#[path = "broken_adapters/visits.rs"]
mod visits;

use broken::{Broken, MAKE, Make, broken_by};

/// Without a flaw every promise is kept through the same layers: what is found below is the flaws'.
mod without_a_flaw {
    symbolon_contract::store_contract!(super::broken::Broken);
}

/// Writes one test per flaw: each of the promises named must find it.
macro_rules! found {
    ($($place:ident::$flaw:ident: $($port:ident::$promise:ident),+;)*) => {$(
        #[expect(non_snake_case, reason = "named after its flaw")]
        #[test]
        fn $flaw() {
            let make: Make = || broken_by!($place::$flaw);
            symbolon_contract::run(async move {
                $(
                    let promise = || -> Promise { Box::pin($port::$promise::<Broken>()) };
                    let name = concat!(stringify!($port), "::", stringify!($promise));
                    finds(name, promise, make).await;
                )+
            });
        }
    )*};
}

/// How often a promise may be asked. Most find a flaw each time; a race can go well by accident on a busy machine, where
/// one of two threads stands still for longer than the flaw takes.
const TRIES: usize = 8;

/// A promise that is being tried.
type Promise = Pin<Box<dyn Future<Output = ()> + Send>>;

async fn finds(name: &str, promise: fn() -> Promise, make: Make) {
    for _ in 0..TRIES {
        let outcome = tokio::spawn(MAKE.scope(make, promise())).await;
        if outcome.is_err_and(|error| error.is_panic()) {
            return;
        }
    }
    panic!("{name} does not find it");
}

#[path = "broken_adapters/dashboard.rs"]
mod dashboard;
#[path = "broken_adapters/long_work.rs"]
mod long_work;
#[path = "broken_adapters/numbers.rs"]
mod numbers;

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
    lookups::RememberedForASecond: authorization_tokens::what_was_changed_is_found_changed_at_once;
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

    claims::LastProfileWins:
        access_tokens::first_profile_wins_for_good,
        access_tokens::a_bound_token_lets_in_whoever_claimed_it;
    claims::ClaimedInTwoSteps:
        access_tokens::first_profile_wins_for_good,
        access_tokens::claims_and_a_revocation_of_access_agree,
        access_tokens::claims_and_a_pause_agree,
        access_tokens::claims_and_a_revocation_of_the_credential_agree,
        access_tokens::claims_and_a_cancellation_agree,
        access_tokens::claims_and_a_replacement_agree,
        access_tokens::claims_and_a_deletion_agree,
        access_tokens::claims_and_a_reset_of_a_bound_token_agree;
    claims::AccessRevocationIgnored:
        access_tokens::without_access_an_unclaimed_token_is_closed,
        access_tokens::claims_and_a_revocation_of_access_agree;
    claims::CredentialRevocationIgnored:
        access_tokens::a_revoked_credential_binds_nobody_and_says_why,
        access_tokens::claims_and_a_revocation_of_the_credential_agree;
    claims::ReplacementIgnored:
        access_tokens::a_replaced_token_only_points_to_its_successor,
        access_tokens::claims_and_a_replacement_agree;
    claims::PauseIgnored:
        access_tokens::a_paused_template_closes_links_until_it_is_resumed,
        access_tokens::claims_and_a_pause_agree;
    claims::CancellationIgnored:
        access_tokens::a_cancelled_organization_closes_everything,
        access_tokens::claims_and_a_cancellation_agree;
    claims::LostClaimIsAnError:
        access_tokens::first_profile_wins_for_good,
        access_tokens::a_bound_token_lets_in_whoever_claimed_it;
    claims::LostClaimIsEntered:
        access_tokens::first_profile_wins_for_good,
        access_tokens::one_profile_claims_once_however_often_it_connects,
        access_tokens::a_bound_token_lets_in_whoever_claimed_it;
    claims::IssuerIgnored: access_tokens::profiles_that_differ_in_anything_are_others;
    claims::ProfilesFolded: access_tokens::profiles_that_differ_in_anything_are_others;
    claims::FirstClaimOverwritten: access_tokens::a_later_claim_keeps_when_the_first_was;
    claims::FirstClaimCleared:
        access_tokens::a_later_claim_keeps_when_the_first_was,
        access_tokens::a_reset_token_is_free_again_and_stays_public;
    claims::ReplacedAreGone:
        access_tokens::a_replaced_token_is_still_found,
        access_tokens::a_replaced_token_only_points_to_its_successor;
    claims::LinkKept:
        access_tokens::revoking_access_erases_the_sealed_copy_and_keeps_the_binding,
        access_tokens::replacing_retires_the_current_and_keeps_the_successor;
    claims::OnceErasesLinks: organizations::once_leaves_the_links_of_recipients;
    claims::PauseFromACache: access_tokens::a_paused_template_closes_links_until_it_is_resumed;
    claims::MailForgotten:
        access_tokens::a_token_is_found_with_everything_around_it,
        access_tokens::what_became_of_the_latest_link_is_told;

    access::ResetKeepsTheBinding:
        access_tokens::a_reset_clears_the_binding_and_a_request_for_it,
        access_tokens::a_reset_token_is_free_again_and_stays_public;
    access::ResetsForAnyone: access_tokens::a_foreign_token_is_not_reset;
    access::ResetsTwice:
        access_tokens::a_token_is_reset_once,
        access_tokens::only_a_bound_token_is_reset;
    access::ResetsWhatIsRevoked: access_tokens::only_a_bound_token_is_reset;
    access::ResetsTheSuccessor: access_tokens::a_reset_of_a_replaced_token_is_overtaken;
    access::RevokingAccessUnbinds:
        access_tokens::revoking_access_erases_the_sealed_copy_and_keeps_the_binding,
        access_tokens::without_access_a_claimed_token_still_lets_in_its_holder;
    access::RevokesAccessForAnyone: access_tokens::foreign_access_is_not_revoked;
    access::RevokesAccessTwice:
        access_tokens::access_is_revoked_once,
        access_tokens::access_is_revoked_by_one_of_many;
    access::ReplacesTwice:
        access_tokens::a_token_is_replaced_once,
        access_tokens::a_replacement_of_another_generation_is_overtaken;
    access::ReplacesForAnyone: access_tokens::a_foreign_token_is_not_replaced;
    access::ReplacesWhatIsRevoked: access_tokens::a_token_of_a_revoked_credential_is_not_replaced;
    access::EveryRequestKept:
        access_tokens::a_reset_is_requested_once,
        access_tokens::the_first_request_stays_until_it_is_granted;
    access::RequestKeptAfterRevocation: access_tokens::only_a_bound_token_takes_a_request;
    access::RequesterForgotten: access_tokens::a_request_for_a_reset_reads_back_equal;
    access::FirstOpenOnly: access_tokens::one_batch_counts_many_tokens;
    access::UnknownOpenIsAnError: access_tokens::one_batch_counts_many_tokens;
    access::BatchIsOneOpen: access_tokens::opens_add_up_and_the_first_stays;

    people::DuplicateAllowed:
        recipients::a_second_credential_for_one_address_is_a_duplicate,
        recipients::of_many_with_one_address_one_is_issued;
    people::DuplicateIsAnError:
        recipients::a_second_credential_for_one_address_is_a_duplicate,
        recipients::batches_that_cross_each_other_issue_each_once;
    people::StopsAtTheFirstRefusal: recipients::one_that_is_refused_does_not_stop_the_others;
    people::OutcomesOutOfPlace: recipients::one_that_is_refused_does_not_stop_the_others;
    people::RequestsForgotten:
        recipients::what_was_issued_under_a_name_is_found_by_place,
        recipients::a_place_in_a_request_is_filled_once;
    people::TakenNameIsAnError:
        recipients::a_name_is_given_to_one_request,
        recipients::a_place_in_a_request_is_filled_once;
    people::ExternalIdForgotten: recipients::what_is_kept_reads_back_equal;
    people::OpensForgotten: recipients::every_part_of_an_access_token_reads_back_equal;
    people::NamesCutAtBytes: recipients::every_text_reads_back_equal;
    people::CredentialSecondsOnly: recipients::every_instant_reads_back_equal;
    people::MailForgottenAtIssue:
        recipients::issuing_appends_its_entry_and_queues_its_mail,
        outbox::what_is_queued_reads_back_equal;
    people::SucceedsInTwoSteps:
        recipients::a_successor_that_cannot_be_issued_leaves_everything,
        recipients::a_succession_and_an_issue_agree;
    people::RevokesCredentialsTwice:
        recipients::a_credential_is_revoked_once,
        recipients::a_credential_is_revoked_by_one_of_many;
    people::FindsForAnyone: recipients::a_recipient_is_found_by_their_organization_only;
    people::AddressesFolded: recipients::recipients_are_found_by_their_mail_address;
    people::DeletesForAnyone: recipients::a_foreign_recipient_is_not_deleted;
    people::DeletedInTheLogOnly:
        recipients::a_deleted_recipient_is_not_found,
        jobs::rows_about_a_deleted_recipient_are_forgotten,
        recipients::deletion_takes_the_sign_ins_under_way,
        access_tokens::a_deleted_recipient_cannot_be_found_by_anybody,
        templates::a_template_whose_recipients_are_gone_is_removed;
    people::TokenOutlivesItsRecipient:
        recipients::deletion_takes_every_token_and_mail,
        recipients::a_deleted_recipient_is_not_found;
    people::MailOutlivesItsRecipient: recipients::deletion_takes_every_token_and_mail;

    searches::PartsFound: recipients::a_search_finds_who_has_words_that_begin_so;
    searches::WholeWordsOnly:
        recipients::a_search_finds_who_has_words_that_begin_so,
        recipients::what_is_no_letter_stands_between_words,
        recipients::the_longest_words_are_kept_and_found;
    searches::OneWordIsEnough: recipients::a_search_finds_who_has_words_that_begin_so;
    searches::NoWordIsEverybody: recipients::what_is_no_letter_stands_between_words;
    searches::AsciiFolded:
        recipients::a_search_finds_who_has_words_that_begin_so,
        recipients::a_search_finds_addresses_and_letters_of_all_kinds;
    searches::NamesOnly:
        recipients::a_search_finds_who_has_words_that_begin_so,
        recipients::a_search_finds_addresses_and_letters_of_all_kinds,
        recipients::all_conditions_hold_at_once;
    searches::EveryLetterCounts: recipients::the_longest_words_are_kept_and_found;
    searches::PeopleFilteredAfterwards: recipients::pages_are_cut_after_the_filter;
    searches::PeopleTiesRising: recipients::every_order_is_kept;
    searches::WalkByInstant: recipients::a_walk_passes_everybody_once;
    searches::WalkById: recipients::a_walk_passes_everybody_once;
    searches::WalkCutFirst: recipients::a_walk_passes_whom_the_filter_shows;
    searches::WalkFromSomebody: recipients::a_walk_goes_on_while_recipients_come_and_go;
    searches::DictionaryOrder: recipients::every_order_is_kept;
    searches::PeoplePageCounted: recipients::pages_cut_every_list_without_gap_or_overlap;
    searches::HoldingsByCreation: recipients::holdings_are_listed_newest_binding_first;
    searches::ClosedHoldingsHidden: recipients::what_is_closed_is_still_held;

    mail::LeaseIgnored:
        outbox::a_mail_that_is_not_settled_is_due_again,
        outbox::a_mail_is_taken_with_everything_it_can_tell;
    mail::TakenInTwoSteps:
        outbox::a_mail_is_taken_by_one_of_many,
        outbox::a_mail_in_lost_hands_is_taken_by_one_of_many;
    mail::UselessMailSent: outbox::mail_is_judged_when_it_is_due;
    mail::UselessMailKept: outbox::mail_with_a_useless_link_is_dropped;
    mail::WaitingLinkQueued: outbox::a_link_that_waits_is_not_queued_twice;
    mail::WaitingMailSent:
        outbox::mail_of_a_paused_template_waits,
        outbox::mail_of_a_cancelled_organization_waits;
    mail::WaitingMailGivenUp:
        outbox::mail_of_a_paused_template_waits,
        outbox::mail_of_a_cancelled_organization_waits;
    mail::WaitingMailBlocks: outbox::mail_of_a_paused_template_waits;
    mail::JudgedTooEarly: outbox::mail_is_judged_when_it_is_due;
    mail::NewestMailFirst: outbox::what_has_been_due_the_longest_comes_first;
    mail::DueExclusive: outbox::a_mail_is_taken_with_everything_it_can_tell;
    mail::AttemptsNotCounted: outbox::a_mail_is_tried_again_when_it_was_said;
    mail::PauseBetweenAttemptsIgnored: outbox::a_mail_is_tried_again_when_it_was_said;
    mail::NeverGivesUp: outbox::a_mail_that_failed_is_given_up;
    mail::LateSuccessIgnored: outbox::a_late_attempt_brings_nothing_back;
    mail::SettlingNothingIsAnError: outbox::an_attempt_at_a_mail_that_is_gone_is_passed_over;
    mail::ResendingUnlimited: outbox::the_same_link_is_not_mailed_too_often;
    mail::ResentInTwoSteps: outbox::the_same_link_is_queued_once_by_many;
    mail::ReplacingMakesRoom: outbox::the_limit_is_the_recipients;
    mail::UselessLinkQueued:
        outbox::a_useless_link_is_not_mailed_again,
        outbox::a_replaced_link_is_not_mailed_again;

    visits::SessionsSurviveChanges:
        access_tokens::a_reset_ends_the_sessions_of_the_profile_that_was_bound,
        access_tokens::replacing_ends_the_sessions_of_the_profile_that_was_bound,
        access_tokens::a_deletion_ends_the_session_of_who_claims_meanwhile,
        recipients::deletion_ends_the_sessions_of_the_profile_that_was_bound;
    visits::SessionOutlivesItsEnd:
        sessions::a_session_that_has_ended_is_not_found,
        sessions::ending_wins_over_moving;
    visits::FormerSessionKept: sessions::a_new_session_ends_the_former_of_its_browser;
    visits::FormerSessionEndedFirst: sessions::no_two_sessions_are_alike;
    visits::IdleEndMovesBack: sessions::the_idle_end_moves_forward_only;
    visits::TouchBringsBack: sessions::ending_wins_over_moving;
    visits::SessionPepperIgnored: sessions::a_digest_that_differs_anywhere_finds_no_session;
    visits::SessionsForgottenLate: sessions::sessions_that_are_no_longer_good_are_forgotten;
    visits::SignInFoundTwice:
        sign_ins::a_sign_in_is_finished_once,
        sign_ins::a_sign_in_is_finished_by_one_of_many;
    visits::AnyBrowserFinishes: sign_ins::another_browser_leaves_it_where_it_is;
    visits::AnotherBrowserBurns: sign_ins::another_browser_leaves_it_where_it_is;
    visits::SignInNeverExpires: sign_ins::a_sign_in_is_given_up_when_it_expires;
    visits::SignInPurposeMistaken: sign_ins::a_sign_in_stays_for_what_it_was_begun;
    visits::SignInsKnowNoToken:
        sign_ins::the_twenty_first_drops_the_oldest,
        sign_ins::nothing_is_kept_for_a_token_that_is_gone,
        sign_ins::however_many_begin_twenty_wait,
        sign_ins::a_deletion_leaves_no_sign_in_behind,
        recipients::deletion_takes_the_sign_ins_under_way;

    awards::EditedAsAWhole: templates::edits_of_different_things_at_once_both_hold;
    awards::EveryEditEntered:
        templates::an_edit_that_changes_nothing_is_not_written,
        templates::an_edit_changes_what_it_names_and_nothing_else;
    awards::NothingIsCleared: templates::an_edit_changes_what_it_names_and_nothing_else;
    awards::PausesTwice:
        templates::pausing_and_resuming_happen_once,
        templates::doing_it_twice_changes_nothing;
    awards::TemplatesForAnyone:
        templates::a_template_is_found_by_its_organization_only,
        templates::a_foreign_template_is_not_changed;
    awards::RemovedWithRecipients: templates::a_template_with_recipients_stays;
    awards::RemovedInTwoSteps: templates::removal_and_issue_never_both_succeed;
    awards::PausedHidden: templates::the_list_includes_paused_templates;
    awards::OldestTemplateFirst: templates::the_list_is_newest_first;
}
