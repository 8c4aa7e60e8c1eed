//! The one list of all promises, and the macros that turn it into tests.

/// Expands to one test per promise of a store, for the [`Fixture`](crate::Fixture) it is given.
///
/// The tests stand in one module per port, so a test is named `authorization_tokens::rotation_has_exactly_one_winner`.
/// Several fixtures in one file go into a module each.
#[macro_export]
macro_rules! store_contract {
    ($fixture:ty) => {
        type ContractFixture = $fixture;
        $crate::__store_promises! { __store_tests }
    };
}

/// Expands to one test per promise of a [`Vault`](symbolon_domain::port::vault::Vault).
///
/// Given is a closure that makes a vault; every vault it makes has keys of its own. Where more stands in the same file,
/// this goes into a module.
#[macro_export]
macro_rules! vault_contract {
    ($make:expr) => {
        $crate::__vault_promises! { __tests $make }
    };
}

/// Expands to one test per promise of an [`Entropy`](symbolon_domain::port::entropy::Entropy), which the given closure
/// makes.
#[macro_export]
macro_rules! entropy_contract {
    ($make:expr) => {
        $crate::__entropy_promises! { __tests $make }
    };
}

/// Expands to one test per promise of a [`Clock`](symbolon_domain::port::clock::Clock), which the given closure makes.
#[macro_export]
macro_rules! clock_contract {
    ($make:expr) => {
        $crate::__clock_promises! { __tests $make }
    };
}

/// Every promise of the stores: its port, and its name.
pub const STORE_PROMISES: &[(&str, &str)] = crate::__store_promises! { __names };
/// Every promise of a vault.
pub const VAULT_PROMISES: &[(&str, &str)] = crate::__vault_promises! { __names };
/// Every promise of a source of random bytes.
pub const ENTROPY_PROMISES: &[(&str, &str)] = crate::__entropy_promises! { __names };
/// Every promise of a clock.
pub const CLOCK_PROMISES: &[(&str, &str)] = crate::__clock_promises! { __names };

/// Hands the promises of the stores to the macro of this crate that is named.
#[doc(hidden)]
#[macro_export]
macro_rules! __store_promises {
    ($then:ident) => {
        $crate::$then! {
            organizations {
                what_is_kept_reads_back_equal
                keeping_appends_its_entry
                an_unknown_organization_is_not_found
                namesakes_are_two_organizations
                an_empty_store_lists_nothing
                the_list_is_oldest_first
                the_list_includes_cancelled_organizations
                pages_cut_the_list_without_gap_or_overlap
                a_page_past_the_end_is_empty_and_still_counts
                cancelling_keeps_its_instant
                cancelling_and_reactivating_append_their_entries
                doing_it_twice_changes_nothing
                a_reactivated_organization_can_be_cancelled_again
                an_unknown_organization_is_not_changed
                cancelling_ends_the_good_standing_of_every_token
                reactivating_leaves_tokens_as_they_were
                the_reveal_policy_is_kept
                setting_the_policy_appends_its_entry
                setting_the_same_policy_changes_nothing
                once_erases_every_sealed_copy
                once_leaves_the_sealed_copies_of_others
                turning_back_brings_no_sealed_copy_back
                under_once_no_sealed_copy_is_kept
                cancellation_happens_once
                reactivation_happens_once
                the_reveal_policy_is_changed_once
            }
            authorization_tokens {
                what_is_kept_reads_back_equal
                every_set_of_permissions_reads_back_equal
                every_description_reads_back_equal
                every_instant_reads_back_equal
                every_count_reads_back_equal
                every_byte_reads_back_equal
                insertion_appends_its_entry
                a_cancelled_organization_gets_no_token
                an_unknown_organization_gets_no_token
                a_served_caller_gets_a_token
                a_retired_caller_gets_no_token
                an_unknown_caller_gets_no_token
                reasons_are_given_in_the_promised_order
                no_two_tokens_have_the_same_digest
                no_token_has_two_successors
                a_fifty_first_live_token_is_refused
                tokens_that_are_not_live_do_not_count_towards_the_limit
                every_organization_has_a_limit_of_its_own
                rotation_works_at_the_limit
                a_stored_answer_reads_back_equal
                an_answer_is_found_under_its_caller_and_key_only
                an_answer_ends_at_its_expiry
                a_repeated_insertion_is_answered
                another_insertion_under_the_same_key_is_answered
                a_key_is_free_again_after_its_answer_expired
                a_refused_insertion_keeps_no_answer
                rotation_keeps_its_answer
                a_rotation_under_a_taken_key_changes_nothing
                a_lost_rotation_is_refused_before_its_key_is_judged
                expired_answers_are_forgotten_and_counted
                an_unknown_token_is_not_found
                a_digest_that_differs_anywhere_finds_nothing
                a_token_is_found_with_its_organization
                a_token_is_not_found_by_another_organization
                a_retired_token_is_still_found
                the_list_is_newest_first
                pages_cut_the_list_without_gap_or_overlap
                a_page_past_the_end_is_empty_and_still_counts
                the_list_shows_one_organization
                what_is_not_visible_is_neither_shown_nor_counted
                a_token_is_listed_as_live_until_it_expires
                tokens_that_are_not_live_are_listed_among_all_only
                a_cancelled_organization_lists_its_tokens_as_before
                rotation_retires_the_current_and_keeps_the_successor
                a_rotated_token_stays_rotated_when_the_clock_steps_back
                rotation_erases_the_sealed_copy
                rotation_appends_its_entry
                a_successor_rotates_in_turn
                only_a_live_token_rotates
                an_unknown_token_does_not_rotate
                failed_rotation_changes_nothing
                a_rotated_token_is_served_until_its_grace_ends
                without_grace_a_rotated_token_is_served_no_more
                a_token_in_grace_does_not_rotate_again
                a_token_in_grace_can_be_revoked
                revocation_retires_a_token_and_erases_its_sealed_copy
                revocation_appends_its_entry
                only_a_served_token_is_revoked
                a_foreign_token_is_not_revoked
                a_description_is_set_and_cleared
                describing_appends_its_entry
                only_a_live_token_is_described
                a_foreign_token_is_not_described
                a_token_once_seen_expired_stays_expired
                the_first_sight_of_an_expiry_is_kept
                no_other_token_is_marked_expired
                the_last_use_moves_forward_only
                one_batch_moves_many_tokens
                uses_of_unknown_tokens_are_passed_over
                an_empty_batch_changes_nothing
                the_last_use_of_a_retired_token_is_kept
                the_first_reuse_is_counted_and_entered
                reuse_within_an_hour_of_an_entry_is_only_counted
                every_token_has_an_hour_of_its_own
                other_entries_do_not_hide_a_reuse
                many_reuses_at_once_are_counted_and_entered_once
                rotation_has_exactly_one_winner
                rotation_under_one_key_has_exactly_one_winner
                the_limit_holds_however_many_insert
                many_insertions_under_one_key_make_one_token
                revocation_happens_once
                many_batches_of_uses_keep_the_latest
                a_list_during_rotations_shows_exactly_one_live_token
                rotation_and_revocation_never_both_succeed
                revocation_reaches_a_token_that_is_rotated_with_grace
                insertion_and_revocation_of_its_caller_agree
                insertions_and_a_cancellation_agree
                a_rotation_at_the_limit_opens_no_gap
            }
            activity {
                every_action_reads_back_equal
                every_attribution_reads_back_equal
                entries_stand_in_the_order_of_their_appending
                changes_and_appended_entries_share_one_order
                the_log_shows_one_organization
                pages_cut_the_log_without_gap_or_overlap
                a_page_past_the_end_is_empty_and_still_counts
                no_entry_of_many_is_lost
            }
            canaries {
                an_empty_store_has_no_canaries
                canaries_are_listed_in_the_order_of_their_keys
                a_canary_is_never_replaced
                foreign_keys_add_nothing
                exactly_one_canary_of_a_key_is_kept
                of_many_key_rings_at_once_one_is_admitted
            }
            readiness {
                an_empty_store_is_ready
                a_busy_store_is_ready
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __vault_promises {
    ($then:ident $($make:expr)?) => {
        $crate::$then! {
            $($make,)?
            vault {
                equal_values_have_equal_digests
                different_values_have_different_digests
                another_vault_makes_other_digests
                other_digests_are_under_other_peppers
                equal_requests_have_equal_fingerprints
                parts_of_a_request_are_told_apart
                another_vault_makes_other_fingerprints
                what_is_sealed_opens
                sealing_twice_gives_different_bytes
                a_sealed_copy_does_not_show_its_value
                one_changed_bit_keeps_it_shut
                a_copy_of_another_length_stays_shut
                an_unknown_version_stays_shut
                a_copy_that_was_moved_stays_shut
                another_vault_does_not_open_it
                every_key_has_a_canary
                a_vault_recognizes_its_own_canaries
                a_vault_does_not_recognize_those_of_another
                a_missing_key_is_told_from_a_different_one
                a_changed_canary_is_not_recognized
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __entropy_promises {
    ($then:ident $($make:expr)?) => {
        $crate::$then! {
            $($make,)?
            entropy {
                every_byte_is_filled
                an_empty_buffer_is_filled
                no_two_draws_are_alike
                no_two_threads_draw_alike
                a_long_draw_does_not_repeat_itself
                bytes_are_spread_evenly
                bits_change_half_the_time
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __clock_promises {
    ($then:ident $($make:expr)?) => {
        $crate::$then! {
            $($make,)?
            clock {
                a_clock_never_steps_back
                a_clock_never_steps_back_between_threads
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __store_tests {
    ($($port:ident { $($promise:ident)* })*) => {$(
        mod $port {
            use super::ContractFixture;
            $(
                #[test]
                fn $promise() {
                    $crate::run($crate::$port::$promise::<ContractFixture>());
                }
            )*
        }
    )*};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __tests {
    ($make:expr, $port:ident { $($promise:ident)* }) => {$(
        #[test]
        fn $promise() {
            $crate::$port::$promise($make);
        }
    )*};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __names {
    ($($port:ident { $($promise:ident)* })*) => {
        &[$($((stringify!($port), stringify!($promise)),)*)*]
    };
}
