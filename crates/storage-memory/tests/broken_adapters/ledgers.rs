//! Flaws in what is counted, by those who keep a ledger of what was done. Nothing is ever taken out of it.

use symbolon_contract::sample::Samples;
use symbolon_domain::{
    access_token::Dossier,
    activity::{Action, ActivityEntry},
    id::{AccessTokenId, MailId, OrganizationId, RecipientId},
    mail::{Mail, MailState},
    page::PageRequest,
    port::{
        access_tokens::{AccessRecord, AccessTokens, Claim},
        activity::{ActivityFilter, ActivityLog},
        organizations::Organizations,
        outbox::{Attempt, Outbox},
        recipients::{Issuing, NewRecipient, RecipientChange, Recipients, Succession},
        tallies::{Numbers, Tallies},
    },
    recipient::Revocation,
    social_profile::Connection,
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::{
    counts::dossiers,
    flaw::{Answer, BreaksAccessTokens, BreaksOutbox, BreaksRecipients, BreaksTallies, meanwhile},
};

/// What stands for a line of the ledger in an organization's log: the promises about numbers do not look there.
const LINE: Action = Action::IntegrityFailed;

/// Notes one more.
async fn note(store: &MemoryStore, organization: OrganizationId) -> Answer<()> {
    store.append(&Samples::default().entry(organization, LINE)).await
}

/// How often something was noted.
pub(crate) async fn noted(store: &MemoryStore, organization: OrganizationId) -> Answer<u64> {
    let filter = ActivityFilter {
        actions: Some(vec![LINE]),
        ..ActivityFilter::default()
    };
    let lines = store.look_back(organization, &filter, None, u32::MAX).await?;
    Ok(lines.len().try_into().unwrap())
}

/// The mail, if it is there.
async fn mail(store: &MemoryStore, id: MailId) -> Answer<Option<(Mail, Dossier)>> {
    for organization in Organizations::list(store, PageRequest::new(1, 100)).await?.items {
        for dossier in dossiers(store, organization.id).await? {
            let about = Outbox::about(store, organization.id, &[dossier.recipient.id]).await?;
            if let Some(mail) = about.into_iter().find(|mail| mail.id == id) {
                return Ok(Some((mail, dossier)));
            }
        }
    }
    Ok(None)
}

/// Writes flaws that read a number from the ledger, or add the ledger to it.
macro_rules! flaw {
    ($(#[$doc:meta])* $flaw:ident: $number:ident = noted;) => {
        flaw!(@ $(#[$doc])* $flaw: |numbers, noted| numbers.$number = noted);
    };
    ($(#[$doc:meta])* $flaw:ident: $number:ident += noted;) => {
        flaw!(@ $(#[$doc])* $flaw: |numbers, noted| numbers.$number += noted);
    };
    (@ $(#[$doc:meta])* $flaw:ident: |$numbers:ident, $noted:ident| $write:expr) => {
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksTallies for $flaw {
            async fn of_organization(store: &MemoryStore, organization: OrganizationId) -> Answer<Numbers> {
                let mut $numbers = Tallies::of_organization(store, organization).await?;
                let $noted = noted(store, organization).await?;
                $write;
                Ok($numbers)
            }
        }
    };
}

flaw! {
    /// Counts everybody who was to be issued something.
    WishesCounted: recipients = noted;
}

impl BreaksRecipients for WishesCounted {
    async fn issue(store: &MemoryStore, batch: &[NewRecipient]) -> Answer<Vec<Issuing>> {
        for new in batch {
            note(store, new.recipient.organization).await?;
        }
        Recipients::issue(store, batch).await
    }
}

flaw! {
    /// Counts on after a removal.
    NothingTakenAway: recipients += noted;
}

impl BreaksRecipients for NothingTakenAway {
    async fn remove(
        store: &MemoryStore,
        organization: OrganizationId,
        id: RecipientId,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        let is_removed = Recipients::remove(store, organization, id, entry).await?;
        if is_removed {
            note(store, organization).await?;
        }
        Ok(is_removed)
    }
}

flaw! {
    /// Takes away the recipient, and not that they have claimed.
    ClaimNotTakenAway: claimed += noted;
}

impl BreaksRecipients for ClaimNotTakenAway {
    async fn remove(
        store: &MemoryStore,
        organization: OrganizationId,
        id: RecipientId,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        let found = Recipients::find(store, organization, id).await?;
        if found.is_some_and(|dossier| dossier.recipient.first_claimed_at.is_some()) {
            note(store, organization).await?;
        }
        Recipients::remove(store, organization, id, entry).await
    }
}

flaw! {
    /// Reads what is to be taken away, and removes later.
    TakenAwayInTwoSteps: opened += noted;
}

impl BreaksRecipients for TakenAwayInTwoSteps {
    async fn remove(
        store: &MemoryStore,
        organization: OrganizationId,
        id: RecipientId,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        let was_opened = async || {
            let found = Recipients::find(store, organization, id).await;
            found.map(|found| found.is_some_and(|dossier| dossier.token.first_opened_at.is_some()))
        };
        let before = was_opened().await?;
        meanwhile().await;
        if !before && was_opened().await? {
            note(store, organization).await?;
        }
        Recipients::remove(store, organization, id, entry).await
    }
}

flaw! {
    /// Counts what comes too late.
    GoneAreCounted: opened += noted;
}

impl BreaksAccessTokens for GoneAreCounted {
    async fn record_opens(store: &MemoryStore, opens: &[(AccessTokenId, u64, Timestamp)]) -> Answer<()> {
        for (id, ..) in opens {
            if AccessTokens::find_by_id(store, *id).await?.is_none() {
                let first = Organizations::list(store, PageRequest::new(1, 1)).await?;
                note(store, first.items[0].id).await?;
            }
        }
        store.record_opens(opens).await
    }
}

flaw! {
    /// Counts a link that was opened, and not whose it was.
    LinksOpenedCounted: opened = noted;
}

impl BreaksAccessTokens for LinksOpenedCounted {
    async fn record_opens(store: &MemoryStore, opens: &[(AccessTokenId, u64, Timestamp)]) -> Answer<()> {
        for (id, count, first) in opens {
            let found = AccessTokens::find_by_id(store, *id).await?;
            if let Some(dossier) = found.filter(|dossier| dossier.token.first_opened_at.is_none()) {
                note(store, dossier.organization.id).await?;
            }
            store.record_opens(&[(*id, *count, *first)]).await?;
        }
        Ok(())
    }
}

flaw! {
    /// Looks whether it is the first, and counts later.
    FirstOpensInTwoSteps: opened = noted;
}

impl BreaksAccessTokens for FirstOpensInTwoSteps {
    async fn record_opens(store: &MemoryStore, opens: &[(AccessTokenId, u64, Timestamp)]) -> Answer<()> {
        let Some(dossier) = AccessTokens::find_by_id(store, opens[0].0).await? else {
            return Ok(());
        };
        let organization = dossier.organization.id;
        let before = Tallies::of_organization(store, organization).await?.opened;
        meanwhile().await;
        store.record_opens(opens).await?;
        let after = Tallies::of_organization(store, organization).await?.opened;
        for _ in before..after {
            note(store, organization).await?;
        }
        Ok(())
    }
}

flaw! {
    /// Counts every claim.
    EveryClaimCounted: claimed = noted;
}

impl BreaksAccessTokens for EveryClaimCounted {
    async fn claim(
        store: &MemoryStore,
        id: AccessTokenId,
        connection: &Connection,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Answer<Claim> {
        let claim = store.claim(id, connection, record, now).await?;
        if claim == Claim::Bound {
            note(store, record.entry.organization).await?;
        }
        Ok(claim)
    }
}

flaw! {
    /// Counts before it knows whether somebody may claim.
    ClaimCountedBefore: claimed = noted;
}

impl BreaksAccessTokens for ClaimCountedBefore {
    async fn claim(
        store: &MemoryStore,
        id: AccessTokenId,
        connection: &Connection,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Answer<Claim> {
        let found = AccessTokens::find_by_id(store, id).await?;
        if found.is_some_and(|dossier| dossier.recipient.first_claimed_at.is_none()) {
            note(store, record.entry.organization).await?;
        }
        meanwhile().await;
        store.claim(id, connection, record, now).await
    }
}

flaw! {
    /// Counts every mail with a link that was sent.
    EveryMailCounted: mailed = noted;
}

impl BreaksOutbox for EveryMailCounted {
    async fn settle(store: &MemoryStore, id: MailId, attempt: &Attempt) -> Answer<()> {
        if let (Some((mail, dossier)), Attempt::Sent { .. }) = (mail(store, id).await?, attempt)
            && mail.kind.has_link()
            && mail.state != MailState::Sent
        {
            note(store, dossier.organization.id).await?;
        }
        Outbox::settle(store, id, attempt).await
    }
}

flaw! {
    /// Counts only what was pending until then, and goes by what it saw before.
    LateMailUncounted: mailed = noted;
}

impl BreaksOutbox for LateMailUncounted {
    async fn settle(store: &MemoryStore, id: MailId, attempt: &Attempt) -> Answer<()> {
        let Some((mail, dossier)) = mail(store, id).await? else {
            return Ok(());
        };
        let organization = dossier.organization.id;
        let before = Tallies::of_organization(store, organization).await?.mailed;
        meanwhile().await;
        Outbox::settle(store, id, attempt).await?;
        let after = Tallies::of_organization(store, organization).await?.mailed;
        if after > before && mail.state == MailState::Pending {
            note(store, organization).await?;
        }
        Ok(())
    }
}

flaw! {
    /// Counts who could not be reached, and never takes it back.
    FailuresAddUp: mail_failed = noted;
}

impl BreaksOutbox for FailuresAddUp {
    async fn settle(store: &MemoryStore, id: MailId, attempt: &Attempt) -> Answer<()> {
        if let (Some((mail, dossier)), Attempt::Failed { .. }) = (mail(store, id).await?, attempt)
            && mail.kind.has_link()
            && mail.state == MailState::Pending
        {
            note(store, dossier.organization.id).await?;
        }
        Outbox::settle(store, id, attempt).await
    }
}

flaw! {
    /// Looks which link is in use, and counts the failure later.
    FailureJudgedBefore: mail_failed += noted;
}

impl BreaksOutbox for FailureJudgedBefore {
    async fn settle(store: &MemoryStore, id: MailId, attempt: &Attempt) -> Answer<()> {
        let in_use = async || {
            let found = mail(store, id).await;
            found.map(|found| found.is_some_and(|(mail, dossier)| mail.token == dossier.token.id))
        };
        let before = in_use().await?;
        meanwhile().await;
        if before && !in_use().await? {
            let first = Organizations::list(store, PageRequest::new(1, 1)).await?;
            note(store, first.items[0].id).await?;
        }
        Outbox::settle(store, id, attempt).await
    }
}

flaw! {
    /// Counts a revocation, whether or not there was anything to revoke.
    EveryRevocationCounted: revoked = noted;
}

impl BreaksRecipients for EveryRevocationCounted {
    async fn revoke(
        store: &MemoryStore,
        organization: OrganizationId,
        id: RecipientId,
        revocation: &Revocation,
        entry: &ActivityEntry,
    ) -> Answer<RecipientChange> {
        note(store, organization).await?;
        Recipients::revoke(store, organization, id, revocation, entry).await
    }
}

flaw! {
    /// Looks whether it is revoked, and counts it with what it does later.
    RevokedInTwoSteps: revoked += noted;
}

impl BreaksRecipients for RevokedInTwoSteps {
    async fn revoke(
        store: &MemoryStore,
        organization: OrganizationId,
        id: RecipientId,
        revocation: &Revocation,
        entry: &ActivityEntry,
    ) -> Answer<RecipientChange> {
        let in_force = async || {
            let found = Recipients::find(store, organization, id).await;
            found.map(|found| found.is_some_and(|dossier| dossier.recipient.revocation.is_none()))
        };
        let before = in_force().await?;
        meanwhile().await;
        if before && !in_force().await? {
            note(store, organization).await?;
        }
        Recipients::revoke(store, organization, id, revocation, entry).await
    }
}

flaw! {
    /// Counts the old credential as revoked, though its successor could not be issued.
    RefusedSuccessionCounted: revoked += noted;
}

impl BreaksRecipients for RefusedSuccessionCounted {
    async fn succeed(
        store: &MemoryStore,
        organization: OrganizationId,
        id: RecipientId,
        revocation: &Revocation,
        entry: &ActivityEntry,
        successor: &NewRecipient,
    ) -> Answer<Succession> {
        let succession = store
            .succeed(organization, id, revocation, entry, successor)
            .await?;
        if matches!(succession, Succession::NotIssued(_)) {
            note(store, organization).await?;
        }
        Ok(succession)
    }
}

/// Counts what it brings together once more.
pub(crate) struct SettlingDoubles;

impl BreaksTallies for SettlingDoubles {
    async fn of_organization(store: &MemoryStore, organization: OrganizationId) -> Answer<Numbers> {
        let mut numbers = Tallies::of_organization(store, organization).await?;
        numbers.recipients += noted(store, organization).await?;
        Ok(numbers)
    }

    async fn settle(store: &MemoryStore) -> Answer<bool> {
        for organization in Organizations::list(store, PageRequest::new(1, 100)).await?.items {
            if !dossiers(store, organization.id).await?.is_empty() {
                note(store, organization.id).await?;
            }
        }
        Tallies::settle(store).await
    }
}

/// Takes away first and adds later: in between nobody is there.
pub(crate) struct SettlingInTwoSteps;

impl BreaksTallies for SettlingInTwoSteps {
    async fn of_organization(store: &MemoryStore, organization: OrganizationId) -> Answer<Numbers> {
        let is_between = noted(store, organization).await? % 2 == 1;
        if is_between {
            return Ok(Numbers::default());
        }
        Tallies::of_organization(store, organization).await
    }

    async fn settle(store: &MemoryStore) -> Answer<bool> {
        let first = Organizations::list(store, PageRequest::new(1, 1)).await?;
        note(store, first.items[0].id).await?;
        meanwhile().await;
        note(store, first.items[0].id).await?;
        Ok(false)
    }
}

/// Never gets done.
pub(crate) struct SettlesForEver;

impl BreaksTallies for SettlesForEver {
    async fn settle(_: &MemoryStore) -> Answer<bool> {
        Ok(true)
    }
}
