//! Flaws in correcting mail addresses, and in editing organizations.

use symbolon_domain::{
    access_token::AccessToken,
    activity::{Action, ActivityEntry},
    id::{OrganizationId, RecipientId},
    organization::OrganizationEdit,
    port::{
        access_tokens::{AccessRecord, AccessTokens},
        activity::ActivityLog,
        organizations::{OrganizationChange, Organizations},
        recipients::{Correction, Recipients},
    },
    text::MailAddress,
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::{
    flaw::{Answer, BreaksOrganizations, BreaksRecipients, meanwhile},
    roster::uninvited,
};

/// Writes, for each flaw, how it corrects an address.
macro_rules! miscorrects {
    ($($(#[$doc:meta])* $flaw:ident:
        |$store:ident, $organization:ident, $mail:ident, $successor:ident, $record:ident, $now:ident| $corrected:expr;
    )*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksRecipients for $flaw {
            async fn correct_mail(
                $store: &MemoryStore,
                $organization: OrganizationId,
                $mail: &MailAddress,
                $successor: &AccessToken,
                $record: AccessRecord<'_>,
                $now: Timestamp,
            ) -> Answer<Correction> {
                $corrected
            }
        }
    )*};
}

miscorrects! {
    /// Replaces the token of whoever has claimed.
    ClaimedIsCorrected: |store, organization, mail, successor, record, now| {
        let corrected = Recipients::correct_mail(store, organization, mail, successor, record, now).await?;
        if corrected != Correction::Claimed {
            return Ok(corrected);
        }
        AccessTokens::replace(store, organization, successor, record, now).await?;
        Ok(Correction::Corrected)
    };
    /// Looks whether anybody holds the token, and not whether anybody ever did.
    FormerClaimsForgotten: |store, organization, mail, successor, record, now| {
        let found = Recipients::find(store, organization, successor.recipient).await?;
        let is_held = found.is_some_and(|found| found.token.binding.is_some());
        let corrected = Recipients::correct_mail(store, organization, mail, successor, record, now).await?;
        Ok(match corrected {
            Correction::Claimed if !is_held => Correction::Corrected,
            other => other,
        })
    };
    /// Looks whether anybody has claimed, and corrects in another step.
    CorrectedInTwoSteps: |store, organization, mail, successor, record, now| {
        let found = Recipients::find(store, organization, successor.recipient).await?;
        let is_claimed = found.is_some_and(|found| found.recipient.first_claimed_at.is_some());
        meanwhile().await;
        let corrected = Recipients::correct_mail(store, organization, mail, successor, record, now).await?;
        if corrected != Correction::Claimed || is_claimed {
            return Ok(corrected);
        }
        AccessTokens::replace(store, organization, successor, record, now).await?;
        Ok(Correction::Corrected)
    };
    /// Enters a correction, and leaves it at that.
    CorrectedInTheLogOnly: |store, _organization, _mail, _successor, record, _now| {
        store.append(record.entry).await?;
        Ok(Correction::Corrected)
    };
    /// Corrects also what is revoked.
    RevokedIsCorrected: |store, organization, mail, successor, record, now| {
        let corrected = Recipients::correct_mail(store, organization, mail, successor, record, now).await?;
        Ok(match corrected {
            Correction::CredentialRevoked => Correction::Corrected,
            other => other,
        })
    };
    /// Gives one address to two.
    RivalOverlooked: |store, organization, mail, successor, record, now| {
        let corrected = Recipients::correct_mail(store, organization, mail, successor, record, now).await?;
        Ok(match corrected {
            Correction::Duplicate(_) => Correction::Corrected,
            other => other,
        })
    };
    /// Looks whether an address is free, and gives it in another step.
    RivalLookedForBefore: |store, organization, mail, successor, record, now| {
        let rivals = Recipients::with_mail(store, mail, u32::MAX).await?;
        if let Some(rival) = rivals.first() {
            return Ok(Correction::Duplicate(rival.recipient.id));
        }
        meanwhile().await;
        let corrected = Recipients::correct_mail(store, organization, mail, successor, record, now).await?;
        Ok(match corrected {
            Correction::Duplicate(_) => Correction::Corrected,
            other => other,
        })
    };
    /// Takes the successor of whichever token it is for the next.
    AnySuccessorTaken: |store, organization, mail, successor, record, now| {
        let found = Recipients::find(store, organization, successor.recipient).await?;
        let current = found.map_or(0, |found| found.token.generation);
        let next = AccessToken {
            generation: current.saturating_add(1),
            ..successor.clone()
        };
        Recipients::correct_mail(store, organization, mail, &next, record, now).await
    };
    /// Says first that somebody was quicker.
    OvertakenToldFirst: |store, organization, mail, successor, record, now| {
        let found = Recipients::find(store, organization, successor.recipient).await?;
        if found.is_some_and(|found| found.token.generation.saturating_add(1) != successor.generation) {
            return Ok(Correction::Overtaken);
        }
        Recipients::correct_mail(store, organization, mail, successor, record, now).await
    };
    /// Takes an address in another case for the same.
    CaseIsNoCorrection: |store, organization, mail, successor, record, now| {
        let found = Recipients::find(store, organization, successor.recipient).await?;
        if found.is_some_and(|found| found.recipient.mail.as_str().eq_ignore_ascii_case(mail.as_str())) {
            return Ok(Correction::Unchanged);
        }
        Recipients::correct_mail(store, organization, mail, successor, record, now).await
    };
    /// Corrects to the address that it is, with a new link.
    SameAddressCorrected: |store, organization, mail, successor, record, now| {
        let corrected = Recipients::correct_mail(store, organization, mail, successor, record, now).await?;
        if corrected != Correction::Unchanged {
            return Ok(corrected);
        }
        AccessTokens::replace(store, organization, successor, record, now).await?;
        Ok(Correction::Corrected)
    };
    /// Takes an id for enough.
    CorrectsForAnyone: |store, organization, mail, successor, record, now| {
        let organization = owner(store, successor.recipient, organization).await?;
        Recipients::correct_mail(store, organization, mail, successor, record, now).await
    };
    /// Mails the new link to nobody.
    CorrectionNotMailed: |store, organization, mail, successor, record, now| {
        let unmailed = AccessRecord {
            mail: None,
            ..record
        };
        Recipients::correct_mail(store, organization, mail, successor, unmailed, now).await
    };
}

/// The organization that a recipient is of, whoever asks.
async fn owner(store: &MemoryStore, id: RecipientId, asking: OrganizationId) -> Answer<OrganizationId> {
    let found = Recipients::find_by_id(store, id).await?;
    Ok(found.map_or(asking, |found| found.organization.id))
}

/// Reads an organization, and writes back all of it.
pub(crate) struct OrganizationEditedAsAWhole;

impl BreaksOrganizations for OrganizationEditedAsAWhole {
    async fn edit(
        store: &MemoryStore,
        id: OrganizationId,
        edit: &OrganizationEdit,
        entry: &ActivityEntry,
    ) -> Answer<OrganizationChange> {
        let Some(found) = Organizations::find(store, id).await? else {
            return Ok(OrganizationChange::Absent);
        };
        let edited = edit.apply(&found);
        meanwhile().await;
        let whole = OrganizationEdit {
            name: Some(edited.name),
            contact: Some(edited.contact),
            url: Some(edited.url),
        };
        let change = Organizations::edit(store, id, &whole, entry).await?;
        if found.is_active() {
            let entry = uninvited(id, Action::OrganizationReactivated);
            Organizations::reactivate(store, id, &entry).await?;
        }
        Ok(change)
    }
}

/// Writes, for each flaw, which edit it takes for the one it was given, and how it tells of it.
macro_rules! misedits {
    ($($(#[$doc:meta])* $flaw:ident:
        |$store:ident, $id:ident, $edit:ident, $entry:ident| $edited:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksOrganizations for $flaw {
            async fn edit(
                $store: &MemoryStore,
                $id: OrganizationId,
                $edit: &OrganizationEdit,
                $entry: &ActivityEntry,
            ) -> Answer<OrganizationChange> {
                $edited
            }
        }
    )*};
}

misedits! {
    /// Enters every edit, whether it changes anything or not.
    EveryOrganizationEditEntered: |store, id, edit, entry| {
        let change = Organizations::edit(store, id, edit, entry).await?;
        if change != OrganizationChange::Unchanged {
            return Ok(change);
        }
        store.append(entry).await?;
        Ok(OrganizationChange::Changed)
    };
    /// Takes no address for one that is not named.
    AddressNeverCleared: |store, id, edit, entry| {
        let edit = OrganizationEdit {
            url: edit.url.clone().filter(Option::is_some),
            ..edit.clone()
        };
        Organizations::edit(store, id, &edit, entry).await
    };
    /// Brings a cancelled organization back.
    EditReactivates: |store, id, edit, entry| {
        let reactivated = uninvited(id, Action::OrganizationReactivated);
        Organizations::reactivate(store, id, &reactivated).await?;
        Organizations::edit(store, id, edit, entry).await
    };
    /// Has no cancelled organization to edit.
    CancelledIsAbsent: |store, id, edit, entry| {
        let found = Organizations::find(store, id).await?;
        match found {
            Some(found) if found.is_active() => Organizations::edit(store, id, edit, entry).await,
            _ => Ok(OrganizationChange::Absent),
        }
    };
}
