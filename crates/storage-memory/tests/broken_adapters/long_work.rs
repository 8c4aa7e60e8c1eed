//! Flaws in jobs, and the promises that must find them.

use symbolon_contract::{jobs, recipients};

use crate::{
    Promise, batches,
    broken::{Broken, Make, broken_by},
    chores, finds,
};

found! {
    chores::JobFileForgotten:
        jobs::a_file_reads_back_equal,
        jobs::a_draft_that_is_started_waits;
    chores::EmptyFileIsNone: jobs::a_file_reads_back_equal;
    chores::PlanEndsAtZero: jobs::every_plan_reads_back_equal;
    chores::AskingForgotten:
        jobs::everybody_who_asks_reads_back_equal,
        jobs::what_is_kept_reads_back_equal;
    chores::FailureUntold: jobs::what_is_kept_reads_back_equal;
    chores::JobsSince1970: jobs::every_instant_reads_back_equal;
    chores::JobUnrecorded: jobs::keeping_appends_its_entry;
    chores::JobIdTakenOver: jobs::no_two_jobs_are_alike;
    chores::CancelledGoOn:
        jobs::a_cancelled_organization_keeps_no_job,
        jobs::keeping_appends_its_entry;
    chores::MakesRoomForJobs:
        jobs::a_job_beyond_the_limit_is_refused,
        jobs::the_limit_holds_however_many_are_kept;
    chores::OverTakesRoom: jobs::a_job_beyond_the_limit_is_refused;
    chores::ShowsJobsToAnyone: jobs::a_job_is_its_organizations;
    chores::AnyoneStops: jobs::a_job_is_its_organizations;
    chores::OldestJobFirst: jobs::the_list_is_newest_first_without_drafts;
    chores::BackToTheBeginning: jobs::a_step_through_the_list_goes_either_way;
    chores::EverythingRedrafted: jobs::only_a_draft_is_changed_or_started;
    chores::FirstPlanStays: jobs::a_draft_gets_another_plan;
    chores::StartedTwice:
        jobs::only_a_draft_is_changed_or_started,
        jobs::a_draft_is_started_once;
    chores::StarterForgotten:
        jobs::a_draft_that_is_started_waits,
        jobs::a_draft_is_started_once;
    chores::PlanOfAnother: jobs::a_start_and_another_plan_agree;
    chores::StoppedTwice:
        jobs::what_is_over_is_not_stopped,
        jobs::a_job_is_stopped_once;
    chores::FileOutlivesItsJob:
        jobs::stopping_ends_a_job,
        jobs::the_last_step_ends_a_job;
    chores::JobLeaseIgnored:
        jobs::a_job_is_due_again_when_its_turn_ends,
        jobs::a_turn_is_taken_by_one_of_many;
    chores::JobDueExclusive:
        jobs::a_job_is_taken_as_it_is_from_then_on,
        jobs::the_job_that_has_been_due_the_longest_comes_first;
    chores::BeginsAnew: jobs::a_job_is_due_again_when_its_turn_ends;
    chores::TurnsUncounted: jobs::a_job_is_due_again_when_its_turn_ends;
    chores::JobTakenInTwoSteps:
        jobs::a_turn_is_taken_by_one_of_many,
        jobs::jobs_are_taken_by_one_each;
    chores::NewestJobFirst: jobs::the_job_that_has_been_due_the_longest_comes_first;
    chores::StoppedIsTaken:
        jobs::only_what_goes_on_is_taken,
        jobs::stopping_ends_a_job;

    batches::TurnIgnored:
        jobs::a_step_of_another_turn_changes_nothing,
        jobs::a_step_of_a_stopped_job_is_kept;
    batches::StepOfTheStoppedLost: jobs::a_step_of_a_stopped_job_is_kept;
    batches::CursorForgotten: jobs::a_step_is_kept;
    batches::ResultsForgotten: jobs::a_step_is_kept, jobs::results_stand_by_place;
    batches::TakenPlacePassedOver: jobs::a_place_has_one_result;
    batches::TurnNotProlonged: jobs::a_turn_goes_on_until_a_step_says;
    batches::LaterIsNow: jobs::another_turn_is_due_when_a_step_says;
    batches::BrokenIsDone: jobs::the_last_step_ends_a_job;
    batches::IssuedApart:
        jobs::nothing_is_issued_when_it_is_too_late,
        jobs::a_failed_issue_leaves_neither;
    batches::IssueJudgedBefore: jobs::a_stop_and_an_issue_agree;
    batches::StepKeptFirst: jobs::a_failed_issue_leaves_neither;
    batches::RejectedRowForgotten: jobs::rows_that_are_not_issued_are_kept;
    batches::RejectedUncounted: jobs::rows_that_are_not_issued_are_kept;
    batches::PlaceShownAgain: jobs::results_stand_by_place;
    batches::OutcomesFilteredAfterwards: jobs::results_stand_by_place;
    batches::ThousandResults: jobs::a_step_may_have_many_results;
    batches::JobsForgottenLate:
        jobs::drafts_are_forgotten_when_nobody_starts_them,
        jobs::rows_are_forgotten_before_the_job_is,
        jobs::jobs_are_forgotten_one_by_one;
    batches::JobsForgottenEarly:
        jobs::drafts_are_forgotten_when_nobody_starts_them,
        jobs::rows_are_forgotten_before_the_job_is;
    batches::NothingForgotten:
        jobs::drafts_are_forgotten_when_nobody_starts_them,
        jobs::jobs_are_forgotten_one_by_one;

    batches::RevokedHold: recipients::holders_are_those_with_a_credential_in_force;
    batches::AnyTemplateHeld: recipients::holders_are_those_with_a_credential_in_force;
    batches::HoldersFolded: recipients::holders_are_those_with_a_credential_in_force;
    batches::HoldersForAnyone: recipients::foreign_holders_are_not_found;
    batches::CountsOn: recipients::recipients_are_counted_up_to_so_many;
    batches::CountedThenFiltered: recipients::recipients_are_counted_up_to_so_many;
    batches::FiveHundredHolders: recipients::a_whole_batch_of_holders_is_found;
}
