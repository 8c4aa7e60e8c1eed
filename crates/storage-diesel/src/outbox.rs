//! The outbox: each call of the port, and the file that does it.

mod again;
mod due;
mod settle;
mod useless;
mod waiting;

use std::time::{Duration, Instant};

use async_trait::async_trait;
use diesel::prelude::*;
use symbolon_domain::{
    access_token::Dossier,
    activity::ActivityEntry,
    id::{MailId, OrganizationId, RecipientId},
    mail::Mail,
    port::{
        StoreError,
        outbox::{Attempt, Outbox, Resending},
    },
    time::Timestamp,
};

use crate::{
    DieselStore,
    connection::AnyConnection,
    row::{activity::EntryRow, mail::MailRow},
    schema::mails as mail,
    types::{At, Key},
};

use self::due::Look;
pub(crate) use self::{useless::drop_useless, waiting::Ground};

/// How long one call looks for a mail to send, before it says that there is none: a part of the lease, so that what it
/// takes at last is not due again before it is sent.
const PATIENCE: Duration = Duration::from_secs(5);

#[async_trait]
impl Outbox for DieselStore {
    async fn take_due(
        &self,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<(Mail, Dossier)>, StoreError> {
        let (start, now, until) = (Instant::now(), At(now), At(until));
        while start.elapsed() < PATIENCE {
            // Mostly there is nothing to do, and to see that takes no lock.
            let due = self
                .read(move |connection| due::candidates(connection, now))
                .await?;
            if due.is_empty() {
                break;
            }
            let (mut waiting, mut cleared) = (Vec::<Ground>::new(), false);
            for candidate in due {
                if candidate.grounds().iter().any(|ground| waiting.contains(ground)) {
                    continue;
                }
                let look = self
                    .write(move |connection| due::take(connection, candidate, now, until))
                    .await?;
                match look {
                    Look::Taken(taken) => return Ok(Some(*taken)),
                    Look::Waits(ground) => waiting.push(ground),
                    Look::Cleared => cleared = true,
                    Look::Passed => {}
                }
            }
            // All are in the hands of rivals, who are not waited for.
            if waiting.is_empty() && !cleared {
                break;
            }
            for ground in waiting {
                self.write(move |connection| Ok(waiting::put_aside(connection, ground, now)?))
                    .await?;
            }
        }
        Ok(None)
    }

    async fn settle(&self, id: MailId, attempt: &Attempt) -> Result<(), StoreError> {
        let (id, attempt) = (Key::from(id), attempt.clone());
        self.write(move |connection| Ok(settle::settle(connection, id, &attempt)?))
            .await
    }

    async fn queue_again(
        &self,
        organization: OrganizationId,
        recipient: RecipientId,
        mail: &Mail,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Result<Resending, StoreError> {
        let (organization, recipient) = (organization.into(), recipient.into());
        let (mail, entry) = (mail.clone(), EntryRow::from(entry));
        self.write(move |connection| again::queue(connection, organization, recipient, &mail, &entry, now))
            .await
    }

    async fn about(
        &self,
        organization: OrganizationId,
        recipients: &[RecipientId],
    ) -> Result<Vec<Mail>, StoreError> {
        let organization = Key::from(organization);
        let recipients: Vec<Key> = recipients.iter().copied().map(Key::from).collect();
        self.read(move |connection| {
            let rows: Vec<MailRow> = mail::table
                .filter(mail::recipient_id.eq_any(recipients))
                .filter(mail::organization_id.eq(organization))
                .order((mail::created_at, mail::id))
                .select(MailRow::as_select())
                .load(connection)?;
            rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
        })
        .await
    }
}

/// Queues a mail, as part of the transaction at hand.
pub(crate) fn queue(connection: &mut AnyConnection, row: &MailRow) -> QueryResult<()> {
    diesel::insert_into(mail::table)
        .values(row)
        .execute(connection)
        .map(drop)
}
