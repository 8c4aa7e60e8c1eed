//! Flaws in numbers and in the queue of those who wait for a reset, and the promises that must find them.

use symbolon_contract::{access_tokens, tallies};

use crate::{
    Promise,
    broken::{Broken, Make, broken_by},
    counts, days, finds, ledgers, queues,
};

found! {
    counts::AnyMailCounted: tallies::mail_without_a_link_is_not_counted;
    counts::OldMailForgotten:
        tallies::who_was_mailed_is_counted_once,
        tallies::a_correction_takes_nothing_back,
        tallies::numbers_are_those_of_a_recount_whatever_is_done;
    counts::OldOpensForgotten:
        tallies::whose_link_was_opened_is_counted_once,
        tallies::a_correction_takes_nothing_back,
        tallies::numbers_are_those_of_a_recount_whatever_is_done;
    counts::OldClaimsForgotten:
        tallies::who_has_claimed_is_counted_once,
        tallies::numbers_are_those_of_a_recount_whatever_is_done;
    counts::AnyFailureCounted:
        tallies::who_cannot_be_reached_is_counted_until_mailed_again,
        tallies::a_new_link_begins_anew;
    counts::DroppedIsFailed: tallies::dropped_mail_is_no_failure;
    counts::ResetsMailNobody: tallies::a_reset_is_another_mail;
    counts::FirstFailureStays:
        tallies::who_cannot_be_reached_is_counted_until_mailed_again,
        tallies::who_was_reached_after_all_is_not_counted;
    counts::RevokedUncounted: tallies::who_was_revoked_is_counted_once;
    counts::PausedUncounted: tallies::pauses_and_cancellations_change_no_number;
    counts::CancelledUncounted: tallies::pauses_and_cancellations_change_no_number;
    counts::TestsAreRecipients:
        tallies::test_recipients_are_counted_apart,
        tallies::each_template_has_numbers_of_its_own,
        tallies::numbers_are_those_of_a_recount_whatever_is_done;
    counts::TestsUncounted:
        tallies::test_recipients_are_counted_apart,
        tallies::each_template_has_numbers_of_its_own;
    counts::TemplatesAreOne:
        tallies::each_template_has_numbers_of_its_own,
        tallies::a_foreign_template_has_no_numbers;
    counts::TemplatesSorted: tallies::each_template_has_numbers_of_its_own;
    counts::NothingIsNoRow:
        tallies::each_template_has_numbers_of_its_own,
        tallies::a_foreign_template_has_no_numbers;
    counts::TemplatesOfAnyone: tallies::a_foreign_template_has_no_numbers;
    counts::EverybodyCounted: tallies::other_organizations_are_not_counted;

    ledgers::WishesCounted:
        tallies::whoever_is_issued_a_credential_is_counted,
        tallies::of_many_who_issue_each_person_is_counted_once;
    ledgers::NothingTakenAway:
        tallies::who_is_removed_is_not_counted_any_more,
        tallies::who_is_removed_leaves_nothing_to_settle,
        tallies::a_removal_and_whatever_it_meets_agree,
        tallies::settling_beside_others_changes_no_number,
        tallies::numbers_are_those_of_a_recount_whatever_is_done;
    ledgers::ClaimNotTakenAway:
        tallies::who_is_removed_is_not_counted_any_more,
        tallies::who_is_removed_leaves_nothing_to_settle,
        tallies::numbers_are_those_of_a_recount_whatever_is_done;
    ledgers::TakenAwayInTwoSteps: tallies::a_removal_and_whatever_it_meets_agree;
    ledgers::GoneAreCounted:
        tallies::who_is_gone_is_not_counted_late,
        tallies::whose_link_was_opened_is_counted_once;
    ledgers::LinksOpenedCounted:
        tallies::whose_link_was_opened_is_counted_once,
        tallies::first_opens_of_two_links_count_once,
        tallies::overlapping_opens_count_each_person_once;
    ledgers::FirstOpensInTwoSteps:
        tallies::first_opens_of_two_links_count_once,
        tallies::overlapping_opens_count_each_person_once;
    ledgers::EveryClaimCounted: tallies::who_has_claimed_is_counted_once;
    ledgers::ClaimCountedBefore:
        tallies::of_many_claims_one_is_counted,
        tallies::what_is_refused_counts_nothing;
    ledgers::EveryMailCounted:
        tallies::who_was_mailed_is_counted_once,
        tallies::two_sent_mails_count_one_person;
    ledgers::LateMailUncounted:
        tallies::who_was_mailed_is_counted_once,
        tallies::two_sent_mails_count_one_person;
    ledgers::FailuresAddUp:
        tallies::who_cannot_be_reached_is_counted_until_mailed_again,
        tallies::who_was_reached_after_all_is_not_counted,
        tallies::a_new_link_begins_anew;
    ledgers::FailureJudgedBefore: tallies::a_failure_and_a_replacement_agree;
    ledgers::EveryRevocationCounted: tallies::who_was_revoked_is_counted_once;
    ledgers::RevokedInTwoSteps: tallies::a_revocation_and_whatever_it_meets_agree;
    ledgers::RefusedSuccessionCounted: tallies::what_is_refused_counts_nothing;
    ledgers::SettlingDoubles:
        tallies::settling_changes_no_number,
        tallies::settling_beside_others_changes_no_number;
    ledgers::SettlingInTwoSteps: tallies::settling_beside_others_changes_no_number;
    ledgers::SettlesForEver: tallies::an_empty_store_counts_nothing;

    days::ClaimsAfterTheDay: tallies::first_claims_are_counted_by_day;
    days::EmptyDaysShown: tallies::first_claims_are_counted_by_day;
    days::LatestDayFirst:
        tallies::first_claims_are_counted_by_day,
        tallies::expiries_are_counted_by_day;
    days::DayOfTheBinding: tallies::a_day_counts_first_claims_only;
    days::TestsClaim: tallies::a_day_counts_first_claims_only;
    days::LastDayIncluded: tallies::expiries_are_counted_by_day;
    days::DaysTruncated: tallies::expiries_are_counted_by_day;
    days::RevokedExpire: tallies::only_credentials_in_force_expire;
    days::ExpiryTakenAwayTwice: tallies::only_credentials_in_force_expire;
    days::DaysCutOff: tallies::however_much_there_is_is_brought_together;

    queues::LastComeFirst: access_tokens::who_has_waited_longest_comes_first;
    queues::SameInstantSkipped: access_tokens::who_has_waited_longest_comes_first;
    queues::LastShownAgain: access_tokens::who_has_waited_longest_comes_first;
    queues::OneQueueForAll: access_tokens::the_queue_shows_one_organization;
    queues::PausedDoNotWait: access_tokens::whoever_was_answered_waits_no_longer;
    queues::DismissedInTheLogOnly:
        access_tokens::whoever_was_answered_waits_no_longer,
        access_tokens::a_dismissal_clears_the_request_and_nothing_else,
        access_tokens::a_request_is_dismissed_once;
    queues::DismissalGrants:
        access_tokens::a_dismissal_clears_the_request_and_nothing_else,
        access_tokens::a_dismissal_and_a_reset_agree;
    queues::DismissesAnother: access_tokens::only_the_request_that_was_seen_is_dismissed;
    queues::DismissesForAnyone: access_tokens::only_the_request_that_was_seen_is_dismissed;
    queues::LostDismissalIsEntered:
        access_tokens::only_the_request_that_was_seen_is_dismissed,
        access_tokens::a_request_is_dismissed_once,
        access_tokens::a_dismissal_and_a_reset_agree;
    queues::DismissedInTwoSteps:
        access_tokens::a_request_is_dismissed_once,
        access_tokens::a_dismissal_and_a_reset_agree;
    queues::GrantsTooLate:
        access_tokens::only_the_request_that_was_seen_is_granted,
        access_tokens::a_late_grant_takes_nothing_from_who_has_claimed;
    queues::GrantsInTwoSteps: access_tokens::a_request_is_granted_once;
    queues::DismissedIsMailed: access_tokens::a_dismissal_clears_the_request_and_nothing_else;
}
