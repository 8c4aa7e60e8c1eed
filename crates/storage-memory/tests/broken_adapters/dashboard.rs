//! Flaws in what the dashboard stands on, and the promises that must find them.

use symbolon_contract::{
    activity, administrator_sessions, administrators, authorization_tokens, notices as waiting,
    organizations, recipients, sign_in_attempts,
};

use crate::{
    Promise,
    broken::{Broken, Make, broken_by},
    browsers, codes, corrections, descent, doors, finds, founding, guesses, histories, naming, notices,
    owners, proofs, telling,
};

found! {
    founding::InvitedIsNobody: administrators::nobody_exists_until_somebody_is_set_up_or_invited;
    founding::SetUpOfferedForEver: administrators::a_set_up_is_offered_while_nobody_exists;
    founding::NewerOfferEndsTheEarlier: administrators::a_set_up_is_offered_while_nobody_exists;
    founding::SealedLinkForgotten: administrators::every_link_reads_back_equal;
    founding::SetUpInSteps:
        administrators::a_set_up_has_exactly_one_winner,
        administrators::setting_up_makes_an_organization_and_an_owner,
        administrators::an_offer_and_a_set_up_agree;
    founding::SetUpByAnyLink: administrators::a_set_up_needs_a_link_that_is_good;
    founding::SetUpLinkNeverExpires: administrators::a_set_up_needs_a_link_that_is_good;
    founding::CancelledIsSetUp: administrators::a_cancelled_organization_is_not_set_up;
    founding::SomebodyIsALostLink:
        administrators::what_stands_in_the_way_of_a_set_up_is_told_in_order,
        administrators::a_set_up_has_exactly_one_winner;
    founding::FounderDisconnected: administrators::what_the_set_up_makes_reads_back_equal;
    founding::FoundingHalfEntered: administrators::setting_up_makes_an_organization_and_an_owner;
    founding::FoundingHidesTokens: administrators::setting_up_an_organization_that_exists_leaves_it_as_it_is;
    founding::AddressFolded: administrators::every_name_and_mail_address_reads_back_equal;
    founding::InvitedToTheSecond: administrators::every_instant_reads_back_equal;
    founding::RoleForgotten: administrators::whoever_is_invited_reads_back_equal;
    founding::CancelledInvites: administrators::a_cancelled_organization_invites_nobody;
    founding::AddressTakenTwice:
        administrators::a_mail_address_is_of_one_administrator,
        administrators::of_many_invitations_to_one_address_one_is_kept;
    founding::RoomForEverybody:
        administrators::a_two_hundred_and_first_is_refused,
        administrators::the_limit_holds_however_many_are_invited;
    founding::AddressLookedAtBefore: administrators::of_many_invitations_to_one_address_one_is_kept;
    founding::ColleaguesCountedBefore: administrators::the_limit_holds_however_many_are_invited;
    founding::LimitToldFirst: administrators::a_two_hundred_and_first_is_refused;
    founding::InvitationNotMailed: administrators::an_invitation_is_kept_with_its_link_notice_and_entry;
    founding::InvitationUnrecorded: administrators::an_invitation_is_kept_with_its_link_notice_and_entry;
    founding::TakenIdIsInvited: administrators::no_two_administrators_or_links_are_alike;
    founding::AddressCaseMatters:
        administrators::an_administrator_is_found_by_their_mail_address_in_whatever_case;
    founding::AddressIsAPattern:
        administrators::an_administrator_is_found_by_their_mail_address_in_whatever_case;
    founding::EmployerFromACache:
        administrators::an_administrator_is_found_by_their_mail_address_in_whatever_case;
    founding::AccountsFolded: administrators::an_administrator_is_found_by_their_profile;
    founding::ShowsAdministratorsToAnyone: administrators::an_administrator_is_found_by_their_organization_only;
    founding::AdministratorsById: administrators::administrators_are_listed_in_the_order_in_which_they_came;

    doors::RenewedInTheLogOnly:
        administrators::a_new_link_takes_the_place_of_the_earlier_one,
        administrators::renewing_a_link_appends_its_entry_and_queues_its_notice;
    doors::RenewedForAnybody: administrators::a_link_is_for_who_can_use_it;
    doors::RenewalUnrecorded: administrators::renewing_a_link_appends_its_entry_and_queues_its_notice;
    doors::RenewalJudgedBefore: administrators::a_redemption_and_a_newer_link_agree;
    doors::MailOutlivesItsLink:
        administrators::a_notice_about_a_link_that_is_gone_is_dropped,
        waiting::a_notice_and_the_end_of_its_link_agree;
    doors::FailuresGoWithTheLink: administrators::a_notice_about_a_link_that_is_gone_is_dropped;
    doors::SpentLinksUnfound: administrators::a_link_is_found_by_its_digest_only;
    doors::LinkPepperIgnored: administrators::a_link_is_found_by_its_digest_only;
    doors::LinksForgottenLate: administrators::expired_links_are_forgotten_and_counted;
    doors::LinkNeverExpires: administrators::only_a_good_link_is_redeemed;
    doors::RedeemedInTwoSteps: administrators::a_link_is_redeemed_once;
    doors::CancelledRedeems: administrators::a_cancelled_organization_redeems_nothing;
    doors::TakenAccountRedeemed:
        administrators::a_profile_of_another_is_not_connected_by_a_link,
        administrators::one_profile_is_connected_by_one_of_many;
    doors::AccountToldFirst: administrators::what_stands_in_the_way_of_a_redemption_is_told_in_order;
    doors::RefusedLinkUsedUp:
        administrators::only_a_good_link_is_redeemed,
        administrators::a_cancelled_organization_redeems_nothing;
    doors::SessionsOutliveTheLink: administrators::redeeming_ends_sessions_and_removes_links;
    doors::RedeemedAsBefore: administrators::redeeming_an_invitation_joins;
    doors::NameNotTaken: administrators::redeeming_an_invitation_joins;
    doors::NewPasswordIsTheOnlyProof:
        administrators::redeeming_a_link_for_a_new_password_changes_the_password_only;
    doors::LinksOutliveAChange: administrators::a_change_of_proofs_removes_links;

    proofs::GenerationIgnored:
        administrators::an_overtaken_change_of_proofs_changes_nothing,
        administrators::a_change_of_proofs_has_exactly_one_winner;
    proofs::GenerationLookedAtBefore: administrators::a_change_of_proofs_has_exactly_one_winner;
    proofs::SessionsOutliveAChange: administrators::a_change_of_proofs_ends_every_session_but_one;
    proofs::KeepsNoSession: administrators::a_change_of_proofs_ends_every_session_but_one;
    proofs::ChangeUntold: administrators::a_change_of_proofs_appends_its_entry_and_queues_its_notice;
    proofs::TakenAccountConnected:
        administrators::a_profile_of_another_is_not_connected,
        administrators::one_profile_is_connected_by_one_of_many;
    proofs::TakenAccountIsOvertaken: administrators::a_profile_of_another_is_not_connected;
    proofs::OwnAccountIsTaken: administrators::a_profile_of_another_is_not_connected;
    proofs::AccountLookedAtBefore: administrators::one_profile_is_connected_by_one_of_many;
    proofs::CodesWithoutAFactor: administrators::recovery_codes_need_a_second_factor;
    proofs::FactorTakesTheAccount: administrators::a_change_of_proofs_changes_what_it_names;
    proofs::RehashIsAChange:
        administrators::a_stronger_hash_changes_nothing_else,
        administrators::no_hash_is_made_stronger_where_there_is_none,
        administrator_sessions::every_change_of_proofs_overtakes;
    proofs::RehashesWhateverThereIs: administrators::a_stronger_hash_changes_nothing_else;
    proofs::RehashedInTwoSteps: administrators::a_stronger_hash_never_brings_an_old_password_back;
    codes::StepTakenInTwoSteps: administrators::a_step_is_taken_by_one_of_many;
    codes::EarlierStepTaken: administrators::a_step_is_taken_once_and_none_before_it_afterwards;
    codes::StepWithoutAFactor: administrators::no_step_is_taken_without_a_second_factor;
    codes::CodeTakenTwice:
        administrators::a_recovery_code_is_taken_once_with_its_entry,
        administrators::new_recovery_codes_take_the_place_of_the_old;
    codes::CodeTakenInTwoSteps: administrators::a_recovery_code_is_taken_by_one_of_many;
    codes::CodePepperIgnored: administrators::a_recovery_code_that_differs_anywhere_is_not_taken;
    codes::WrongCodeEntered: administrators::a_recovery_code_is_taken_once_with_its_entry;
    codes::CodeOfNobody: administrators::a_recovery_code_is_taken_once_with_its_entry;
    codes::CodesOvertake:
        administrators::a_step_is_taken_once_and_none_before_it_afterwards,
        administrator_sessions::every_change_of_proofs_overtakes;
    codes::OneCodeAtATime: administrators::no_recovery_code_of_many_is_lost;
    proofs::StepBeforeTheFirst: administrators::every_proof_reads_back_equal;
    proofs::UnknownNameIsAnError: administrators::renaming_changes_the_name_and_nothing_else;
    proofs::RenamingSignsOut: administrators::renaming_changes_the_name_and_nothing_else;

    owners::InvitedOwnersCount: administrators::the_last_owner_who_has_joined_stays_one;
    owners::OwnersElsewhereCount: administrators::the_last_owner_who_has_joined_stays_one;
    owners::OwnersCountedBefore:
        administrators::two_owners_who_demote_each_other_leave_one,
        administrators::two_owners_who_remove_each_other_leave_one,
        administrators::an_owner_who_goes_and_one_who_steps_down_leave_one,
        administrators::of_many_owners_who_go_one_is_left;
    owners::InvitedOwnerIsTheLast: administrators::an_owner_who_has_not_joined_can_go;
    owners::SameRoleSignsOut: administrators::the_same_role_changes_nothing;
    owners::SessionsOutliveARole: administrators::another_role_is_kept_and_ends_sessions;
    owners::RoleTakesLinks:
        administrators::another_role_is_kept_and_ends_sessions,
        administrators::an_owner_who_has_not_joined_can_go;
    owners::GovernsForAnyone: administrators::a_foreign_administrator_is_not_changed;
    owners::RemovesAnyone: administrators::a_foreign_administrator_is_not_changed;
    owners::GovernsTwice:
        administrators::a_role_is_changed_once,
        administrators::an_administrator_is_removed_once;
    owners::AdministratorRemovedInTheLogOnly:
        administrators::removal_takes_sessions_links_and_notices,
        administrators::who_was_removed_can_come_back,
        administrators::a_removal_leaves_nothing_behind,
        administrator_sessions::a_session_and_a_removal_agree;
    owners::NoticesOutliveTheirAddressee:
        administrators::removal_takes_sessions_links_and_notices,
        waiting::a_notice_and_a_removal_agree;

    browsers::SignsInOnAnyProofs:
        administrator_sessions::no_session_begins_on_overtaken_proofs,
        administrator_sessions::every_change_of_proofs_overtakes,
        administrator_sessions::a_session_and_a_change_of_proofs_agree;
    browsers::ProofsLookedAtBefore:
        administrator_sessions::a_session_and_a_change_of_proofs_agree,
        administrator_sessions::a_session_and_a_redemption_agree;
    browsers::SessionOutlivesItsAdministrator:
        administrator_sessions::a_session_and_a_removal_agree,
        administrators::removal_takes_sessions_links_and_notices;
    browsers::FormerBrowserKept: administrator_sessions::a_new_session_ends_the_former_of_its_browser;
    browsers::FormerBrowserEndedFirst:
        administrator_sessions::no_session_begins_on_overtaken_proofs,
        administrator_sessions::no_two_sessions_are_alike;
    browsers::SignInUnsaid: administrator_sessions::beginning_says_when_they_signed_in;
    browsers::HalfASignInSaid: administrator_sessions::beginning_says_when_they_signed_in;
    browsers::ProofInstantForgotten: administrator_sessions::what_is_kept_reads_back_equal;
    browsers::HalfIsWhole: administrator_sessions::what_is_kept_reads_back_equal;
    browsers::AddressMapped: administrator_sessions::what_is_kept_reads_back_equal;
    browsers::BrowserForgotten: administrator_sessions::what_is_kept_reads_back_equal;
    browsers::BrowserPepperIgnored: administrator_sessions::a_digest_that_differs_anywhere_finds_no_session;
    browsers::SignedInFromACache: administrator_sessions::a_session_is_found_with_whose_it_is;
    browsers::HalvesHidden: administrator_sessions::sessions_of_an_administrator_stand_newest_first;
    browsers::SessionTiesRising: administrator_sessions::sessions_of_an_administrator_stand_newest_first;
    browsers::IdleEndOfAnybodyMovesBack:
        administrator_sessions::the_idle_end_moves_forward_only,
        administrator_sessions::of_many_that_move_the_idle_end_the_latest_stays;
    browsers::MovingBringsBack:
        administrator_sessions::ending_wins_over_moving;
    browsers::BrowserOutlivesItsEnd:
        administrator_sessions::a_session_that_has_ended_is_not_found,
        administrator_sessions::a_session_that_has_ended_is_not_moved;
    browsers::EndsForAnyone: administrator_sessions::one_session_of_theirs_ends_with_its_entry;
    browsers::EndedInTwoSteps:
        administrator_sessions::a_session_is_ended_by_one_of_many,
        administrator_sessions::every_session_is_counted_once;
    browsers::KeepsNone: administrator_sessions::all_sessions_of_theirs_end_but_one;
    browsers::EmptyEndEntered: administrator_sessions::all_sessions_of_theirs_end_but_one;
    browsers::EndsEverybodys: administrator_sessions::all_sessions_of_theirs_end_but_one;
    browsers::BrowsersForgottenLate: administrator_sessions::sessions_that_are_no_longer_good_are_forgotten;

    guesses::EveryGuessAllowed:
        sign_in_attempts::an_attempt_too_soon_counts_nothing,
        sign_in_attempts::of_many_attempts_at_one_instant_one_is_allowed,
        sign_in_attempts::attempts_at_many_accounts_do_not_get_in_each_others_way;
    guesses::FailuresForgotten: sign_in_attempts::attempts_are_judged_as_the_domain_says;
    guesses::TooSoonCounts: sign_in_attempts::an_attempt_too_soon_counts_nothing;
    guesses::PauseTooShort: sign_in_attempts::an_attempt_too_soon_counts_nothing;
    guesses::AccountsRunTogether: sign_in_attempts::every_account_has_attempts_of_its_own;
    guesses::JudgedInTwoSteps: sign_in_attempts::of_many_attempts_at_one_instant_one_is_allowed;
    guesses::SuccessForgetsNothing: sign_in_attempts::a_success_forgets_the_failures;
    guesses::ClearedUnseen: sign_in_attempts::a_success_forgets_the_failures;
    guesses::ForgottenEarly: sign_in_attempts::what_is_no_longer_remembered_is_forgotten;
    guesses::ForgottenUncounted: sign_in_attempts::what_is_no_longer_remembered_is_forgotten;

    notices::NoticeLeaseIgnored:
        waiting::a_notice_that_is_not_settled_is_due_again,
        waiting::a_notice_is_taken_as_it_is_kept_from_then_on;
    notices::NoticeTakenInTwoSteps:
        waiting::a_notice_is_taken_by_one_of_many,
        waiting::a_notice_in_lost_hands_is_taken_by_one_of_many;
    notices::NewestNoticeFirst: waiting::what_has_been_due_the_longest_comes_first;
    notices::NoticeDueExclusive: waiting::a_notice_is_taken_as_it_is_kept_from_then_on;
    notices::NoticeAttemptUncounted: waiting::a_notice_is_taken_as_it_is_kept_from_then_on;
    notices::LinkNotInTheNotice: waiting::a_notice_comes_with_everything_it_can_tell;
    notices::NoticedTokenFromACache: waiting::a_notice_is_looked_at_as_it_is_now;
    notices::GivenUpIsPending:
        waiting::a_notice_is_looked_at_as_it_is_now,
        waiting::what_is_queued_reads_back_equal;
    notices::NoticePauseIgnored: waiting::a_notice_is_tried_again_when_it_was_said;
    notices::NoticeNeverGivenUp: waiting::a_notice_that_failed_is_given_up;
    notices::GivenUpIsTaken: waiting::only_a_pending_notice_is_taken;
    notices::LateNoticeIgnored: waiting::a_late_attempt_brings_nothing_back;
    notices::SentNoticeStaysDue:
        waiting::a_notice_is_sent_once,
        waiting::a_notice_that_was_sent_stays_sent;
    notices::SettlingNoNoticeIsAnError: waiting::an_attempt_at_a_notice_that_is_gone_is_passed_over;
    notices::UselessNoticeKept: waiting::a_useless_notice_is_dropped_while_it_is_pending;
    notices::DropsWhatFailed: waiting::a_useless_notice_is_dropped_while_it_is_pending;
    notices::OldestNoticeFirst: waiting::what_was_not_sent_stands_newest_first;
    notices::GivenUpHidden: waiting::what_was_not_sent_stands_newest_first;
    notices::UnsentUnlimited: waiting::what_was_not_sent_stands_newest_first;
    notices::ContactReadsItInstead:
        waiting::a_notice_to_somebody_who_is_gone_is_not_kept,
        waiting::announcing_passes_over_who_is_gone,
        waiting::a_notice_and_a_removal_agree;
    notices::NobodyToTellIsAnError:
        waiting::a_notice_to_somebody_who_is_gone_is_not_kept,
        waiting::announcing_passes_over_who_is_gone;
    notices::AnnouncedAlways:
        waiting::what_is_not_due_is_not_announced,
        waiting::an_expiry_is_announced_once;
    notices::AnnouncedInTwoSteps: waiting::an_expiry_is_announced_once;
    notices::NextForgotten: waiting::announcing_queues_its_notices_and_sets_the_next;
    notices::AnnouncedToNobody: waiting::announcing_queues_its_notices_and_sets_the_next;
    notices::LatestAnnouncementFirst: waiting::what_is_to_be_announced_stands_longest_due_first;
    notices::AnnouncementsUnlimited: waiting::what_is_to_be_announced_stands_longest_due_first;
    notices::AnnouncedLate: waiting::what_is_to_be_announced_stands_longest_due_first;
    notices::OnlyTheServedAnnounced: waiting::what_is_to_be_announced_stands_longest_due_first;

    descent::ChildrenOnly: authorization_tokens::descendants_are_all_that_came_out_of_a_token;
    descent::RotationsForgotten: authorization_tokens::descendants_are_all_that_came_out_of_a_token;
    descent::RetiredDescendantsHidden: authorization_tokens::descendants_are_all_that_came_out_of_a_token;
    descent::DescendantsById: authorization_tokens::descendants_are_all_that_came_out_of_a_token;
    descent::TreesForAnyone:
        authorization_tokens::descendants_are_seen_by_their_organization_only,
        authorization_tokens::a_foreign_tree_is_not_revoked;
    descent::TreeRevokedInSteps:
        authorization_tokens::no_child_survives_its_tree,
        authorization_tokens::no_successor_survives_its_tree;
    descent::TreeCountedBefore: authorization_tokens::every_token_of_a_tree_is_retired_once;
    descent::GrownTreeRevoked: authorization_tokens::a_tree_that_has_grown_is_not_revoked;
    descent::RootOnly: authorization_tokens::a_tree_is_revoked_as_a_whole;
    descent::EveryEntryKept: authorization_tokens::entries_about_other_tokens_are_not_kept;
    descent::EveryTokenCounted:
        authorization_tokens::a_tree_is_revoked_as_a_whole,
        authorization_tokens::a_tree_has_as_many_as_are_served;

    histories::OldestEntryFirst: activity::looking_back_shows_the_latest_first;
    histories::HistoryByInstant: activity::looking_back_shows_the_latest_first;
    histories::PlaceInclusive: activity::looking_back_goes_on_where_it_stopped;
    histories::NewerInclusive: activity::looking_forward_leads_back_to_the_end;
    histories::NewestForNearest: activity::looking_forward_leads_back_to_the_end;
    histories::NewerTurnedRound: activity::looking_forward_leads_back_to_the_end;
    histories::NewerIsOlder: activity::looking_forward_leads_back_to_the_end;
    histories::DaysInOnePiece: activity::instants_are_found_wherever_they_stand;
    telling::NewTokenUntold: authorization_tokens::a_new_token_is_told_of;
    telling::NewTokenToldBefore: authorization_tokens::a_new_token_is_told_of;
    telling::LostRotationTold: authorization_tokens::a_rotation_is_told_of_once;
    telling::ReuseUntold: authorization_tokens::reuse_is_told_of_once_a_day;
    telling::EveryReuseTold:
        authorization_tokens::reuse_is_told_of_once_a_day,
        authorization_tokens::many_reuses_at_once_are_told_of_once;
    telling::AnyNoticeHidesReuse: authorization_tokens::reuse_is_told_of_with_its_entry;
    telling::SentIsForgotten: authorization_tokens::reuse_is_told_of_once_a_day;
    naming::LastActorIsMaker: activity::the_maker_of_a_token_is_told;
    naming::MakersForAnyone: activity::the_maker_of_a_token_is_told;
    naming::RotationMakesNothing: activity::the_maker_of_a_token_is_told;
    naming::NamesForAnyone: activity::what_is_gone_or_foreign_has_no_name;
    naming::GoneByTheirIds: activity::what_is_gone_or_foreign_has_no_name;
    naming::EverybodyNamed: activity::what_is_mentioned_is_called_by_its_name;
    naming::InvitedNameless: activity::what_is_mentioned_is_called_by_its_name;
    histories::PlacesFromTheEnd: activity::looking_back_goes_on_where_it_stopped;
    histories::HistoryFilteredAfterwards: activity::looking_back_shows_what_the_filter_lets_through;
    histories::OneMoreThanAsked: activity::looking_back_goes_on_where_it_stopped;
    histories::LastFiftyOnly: activity::no_entry_of_many_is_missing_when_looking_back;
    histories::HistoryOfEverybody: activity::looking_back_shows_one_organization;
    histories::NoActionsAreAll: activity::looking_back_shows_what_the_filter_lets_through;
    histories::OneActionOnly: activity::looking_back_shows_what_the_filter_lets_through;
    histories::ActorIgnored: activity::looking_back_shows_what_the_filter_lets_through;
    histories::TemplateIgnored: activity::looking_back_shows_what_the_filter_lets_through;
    histories::RecipientIgnored: activity::looking_back_shows_what_the_filter_lets_through;
    histories::SinceExclusive: activity::looking_back_shows_what_the_filter_lets_through;
    histories::UntilInclusive: activity::looking_back_shows_what_the_filter_lets_through;
    histories::DoneByThemOnly: activity::whoever_did_it_or_had_it_done_to_them_finds_it;
    histories::DoneToThemOnly: activity::whoever_did_it_or_had_it_done_to_them_finds_it;
    histories::DoneWithItOnly: activity::whoever_did_it_or_had_it_done_to_them_finds_it;
    histories::SuccessorOverlooked: activity::whoever_did_it_or_had_it_done_to_them_finds_it;

    corrections::ClaimedIsCorrected:
        recipients::who_was_claimed_once_keeps_their_address,
        recipients::claims_and_a_correction_agree;
    corrections::FormerClaimsForgotten: recipients::who_was_claimed_once_keeps_their_address;
    corrections::CorrectedInTwoSteps: recipients::claims_and_a_correction_agree;
    corrections::CorrectedInTheLogOnly:
        recipients::a_correction_changes_the_address_and_the_token,
        recipients::a_correction_appends_its_entry_and_queues_its_mail;
    corrections::RevokedIsCorrected: recipients::what_stands_in_the_way_of_a_correction_is_told_in_order;
    corrections::RivalOverlooked:
        recipients::an_address_that_another_has_is_a_duplicate,
        recipients::of_many_who_are_to_have_one_address_one_has_it;
    corrections::RivalLookedForBefore: recipients::of_many_who_are_to_have_one_address_one_has_it;
    corrections::AnySuccessorTaken:
        recipients::a_correction_of_another_generation_is_overtaken,
        recipients::an_address_is_corrected_by_one_of_many;
    corrections::OvertakenToldFirst: recipients::what_stands_in_the_way_of_a_correction_is_told_in_order;
    corrections::CaseIsNoCorrection: recipients::the_same_address_changes_nothing;
    corrections::SameAddressCorrected: recipients::the_same_address_changes_nothing;
    corrections::CorrectsForAnyone: recipients::a_foreign_address_is_not_corrected;
    corrections::CorrectionNotMailed: recipients::a_correction_appends_its_entry_and_queues_its_mail;

    corrections::OrganizationEditedAsAWhole:
        organizations::edits_of_different_things_at_once_both_hold,
        organizations::an_edit_and_a_cancellation_both_hold;
    corrections::EveryOrganizationEditEntered:
        organizations::an_edit_that_changes_nothing_is_not_written,
        organizations::an_edit_appends_its_entry;
    corrections::AddressNeverCleared: organizations::an_edit_changes_what_it_names_and_nothing_else;
    corrections::EditReactivates: organizations::an_edit_leaves_an_organization_cancelled;
    corrections::CancelledIsAbsent: organizations::an_edit_leaves_an_organization_cancelled;
}
