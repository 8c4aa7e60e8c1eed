//! Flaws in issuing, revoking and deleting.

use symbolon_domain::{
    access_token::Dossier,
    activity::ActivityEntry,
    id::{OrganizationId, RecipientId},
    mail::Mail,
    port::{
        StoreError,
        activity::ActivityLog,
        outbox::Outbox,
        recipients::{Issuing, NewRecipient, RecipientChange, Recipients, Succession},
    },
    recipient::{Recipient, Revocation},
    text::{MailAddress, PersonName},
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::{Answer, BreaksRecipients, meanwhile};

/// Takes a duplicate for issued.
pub(crate) struct DuplicateAllowed;

impl BreaksRecipients for DuplicateAllowed {
    async fn issue(store: &MemoryStore, batch: &[NewRecipient]) -> Answer<Vec<Issuing>> {
        let outcomes = Recipients::issue(store, batch).await?;
        let lenient = outcomes.into_iter().map(|outcome| match outcome {
            Issuing::Duplicate(_) => Issuing::Issued,
            other => other,
        });
        Ok(lenient.collect())
    }
}

/// Takes a duplicate for a failure.
pub(crate) struct DuplicateIsAnError;

impl BreaksRecipients for DuplicateIsAnError {
    async fn issue(store: &MemoryStore, batch: &[NewRecipient]) -> Answer<Vec<Issuing>> {
        let outcomes = Recipients::issue(store, batch).await?;
        if outcomes
            .iter()
            .any(|outcome| matches!(outcome, Issuing::Duplicate(_)))
        {
            Err(StoreError::new("UNIQUE constraint failed"))
        } else {
            Ok(outcomes)
        }
    }
}

/// Gives up the rest of a batch.
pub(crate) struct StopsAtTheFirstRefusal;

impl BreaksRecipients for StopsAtTheFirstRefusal {
    async fn issue(store: &MemoryStore, batch: &[NewRecipient]) -> Answer<Vec<Issuing>> {
        let mut outcomes = Vec::new();
        for new in batch {
            let outcome = Recipients::issue(store, std::slice::from_ref(new)).await?;
            let is_issued = outcome == [Issuing::Issued];
            outcomes.extend(outcome);
            if !is_issued {
                break;
            }
        }
        outcomes.resize(batch.len(), Issuing::TemplateAbsent);
        Ok(outcomes)
    }
}

/// Says first what went wrong.
pub(crate) struct OutcomesOutOfPlace;

impl BreaksRecipients for OutcomesOutOfPlace {
    async fn issue(store: &MemoryStore, batch: &[NewRecipient]) -> Answer<Vec<Issuing>> {
        let mut outcomes = Recipients::issue(store, batch).await?;
        outcomes.sort_by_key(|outcome| *outcome == Issuing::Issued);
        Ok(outcomes)
    }
}

/// Forgets the client's name for its request.
pub(crate) struct RequestsForgotten;

impl BreaksRecipients for RequestsForgotten {
    async fn issue(store: &MemoryStore, batch: &[NewRecipient]) -> Answer<Vec<Issuing>> {
        let nameless: Vec<_> = batch
            .iter()
            .map(|new| NewRecipient {
                request: None,
                ..new.clone()
            })
            .collect();
        Recipients::issue(store, &nameless).await
    }
}

/// Takes a name that is taken for a failure.
pub(crate) struct TakenNameIsAnError;

impl BreaksRecipients for TakenNameIsAnError {
    async fn issue(store: &MemoryStore, batch: &[NewRecipient]) -> Answer<Vec<Issuing>> {
        let outcomes = Recipients::issue(store, batch).await?;
        if outcomes.contains(&Issuing::KeyTaken) {
            Err(StoreError::new("UNIQUE constraint failed"))
        } else {
            Ok(outcomes)
        }
    }
}

/// Writes, for each flaw, how it keeps something else than it was given.
macro_rules! miswrites {
    ($($(#[$doc:meta])* $flaw:ident: $miswrite:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksRecipients for $flaw {
            async fn issue(store: &MemoryStore, batch: &[NewRecipient]) -> Answer<Vec<Issuing>> {
                let miswritten: Vec<_> = batch.iter().cloned().map($miswrite).collect();
                Recipients::issue(store, &miswritten).await
            }
        }
    )*};
}

miswrites! {
    /// Has no column for it.
    ExternalIdForgotten: |mut new: NewRecipient| {
        new.recipient.external_id = None;
        new
    };
    /// Keeps tokens as they are made, not as they are given.
    OpensForgotten: |mut new: NewRecipient| {
        new.token.opens = 0;
        new
    };
    /// Cuts names at 255 bytes.
    NamesCutAtBytes: |mut new: NewRecipient| {
        let name = new.recipient.first_name.as_str();
        let fits = (0..=name.len().min(255)).rev().find(|end| name.is_char_boundary(*end));
        new.recipient.first_name = PersonName::parse(&name[..fits.unwrap()]).unwrap();
        new
    };
    /// Keeps whole seconds.
    CredentialSecondsOnly: |mut new: NewRecipient| {
        let millis = new.recipient.issued_at.as_millis();
        new.recipient.issued_at = Timestamp::from_millis(millis.div_euclid(1_000) * 1_000);
        new
    };
    /// Mails everybody.
    MailForgottenAtIssue: |mut new: NewRecipient| {
        new.mail = None;
        new
    };
}

/// Revokes in one step, and issues in another.
pub(crate) struct SucceedsInTwoSteps;

impl BreaksRecipients for SucceedsInTwoSteps {
    async fn succeed(
        store: &MemoryStore,
        organization: OrganizationId,
        id: RecipientId,
        revocation: &Revocation,
        entry: &ActivityEntry,
        successor: &NewRecipient,
    ) -> Answer<Succession> {
        match Recipients::revoke(store, organization, id, revocation, entry).await? {
            RecipientChange::Absent => return Ok(Succession::Absent),
            RecipientChange::Unchanged => return Ok(Succession::AlreadyRevoked),
            RecipientChange::Changed => meanwhile().await,
        }
        let issued = Recipients::issue(store, std::slice::from_ref(successor)).await?;
        Ok(match issued[0] {
            Issuing::Issued => Succession::Succeeded,
            other => Succession::NotIssued(other),
        })
    }
}

/// Takes what is revoked already for revoked now.
pub(crate) struct RevokesCredentialsTwice;

impl BreaksRecipients for RevokesCredentialsTwice {
    async fn revoke(
        store: &MemoryStore,
        organization: OrganizationId,
        id: RecipientId,
        revocation: &Revocation,
        entry: &ActivityEntry,
    ) -> Answer<RecipientChange> {
        match Recipients::revoke(store, organization, id, revocation, entry).await? {
            RecipientChange::Unchanged => {
                store.append(entry).await?;
                Ok(RecipientChange::Changed)
            }
            other => Ok(other),
        }
    }
}

/// Takes an id for enough.
pub(crate) struct FindsForAnyone;

impl BreaksRecipients for FindsForAnyone {
    async fn find(store: &MemoryStore, _: OrganizationId, id: RecipientId) -> Answer<Option<Dossier>> {
        Recipients::find_by_id(store, id).await
    }
}

/// Finds addresses in whatever case.
pub(crate) struct AddressesFolded;

impl BreaksRecipients for AddressesFolded {
    async fn with_mail(store: &MemoryStore, mail: &MailAddress, limit: u32) -> Answer<Vec<Dossier>> {
        let mut found = Recipients::with_mail(store, mail, limit).await?;
        let other = MailAddress::parse(&mail.as_str().to_uppercase()).unwrap();
        found.extend(Recipients::with_mail(store, &other, limit).await?);
        Ok(found)
    }
}

/// Takes an id for enough.
pub(crate) struct DeletesForAnyone;

impl BreaksRecipients for DeletesForAnyone {
    async fn remove(
        store: &MemoryStore,
        organization: OrganizationId,
        id: RecipientId,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        let found = Recipients::find_by_id(store, id).await?;
        let owner = found.map_or(organization, |found| found.organization.id);
        Recipients::remove(store, owner, id, entry).await
    }
}

/// Says that they are gone.
pub(crate) struct DeletedInTheLogOnly;

impl BreaksRecipients for DeletedInTheLogOnly {
    async fn remove(
        store: &MemoryStore,
        _: OrganizationId,
        _: RecipientId,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        store.append(entry).await?;
        Ok(true)
    }
}

/// Deletes a recipient, and keeps this of what belonged to them, as a row without its foreign key.
async fn leave(
    store: &MemoryStore,
    organization: OrganizationId,
    id: RecipientId,
    entry: &ActivityEntry,
    keep: impl FnOnce(Dossier, Vec<Mail>) -> NewRecipient + Send,
) -> Answer<bool> {
    let found = Recipients::find(store, organization, id).await?;
    let mails = Outbox::about(store, organization, &[id]).await?;
    let is_removed = Recipients::remove(store, organization, id, entry).await?;
    if let Some(found) = found {
        let nobody = RecipientId::fresh(Timestamp::from_millis(1), [9; 10]);
        let mut kept = keep(found, mails);
        kept.token.recipient = nobody;
        let orphan = NewRecipient {
            recipient: Recipient {
                id: nobody,
                mail: MailAddress::parse("nobody@example.org").unwrap(),
                ..kept.recipient
            },
            ..kept
        };
        Recipients::issue(store, &[orphan]).await?;
    }
    Ok(is_removed)
}

/// Deletes a recipient, and not the token.
pub(crate) struct TokenOutlivesItsRecipient;

impl BreaksRecipients for TokenOutlivesItsRecipient {
    async fn remove(
        store: &MemoryStore,
        organization: OrganizationId,
        id: RecipientId,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        leave(store, organization, id, entry, |found, _| NewRecipient {
            recipient: found.recipient,
            token: found.token,
            mail: None,
            entry: entry.clone(),
            request: None,
        })
        .await
    }
}

/// Deletes a recipient, and not their mail.
pub(crate) struct MailOutlivesItsRecipient;

impl BreaksRecipients for MailOutlivesItsRecipient {
    async fn remove(
        store: &MemoryStore,
        organization: OrganizationId,
        id: RecipientId,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        leave(store, organization, id, entry, |found, mails| {
            let mut token = found.token;
            token.digest.bytes[0] ^= 1;
            NewRecipient {
                recipient: found.recipient,
                token,
                mail: mails.into_iter().next(),
                entry: entry.clone(),
                request: None,
            }
        })
        .await
    }
}
