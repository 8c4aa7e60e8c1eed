//! Recipients: each call of the port, and the file that does it.
//!
//! Rows are always taken in one order: organization, template, recipient, access token, mail. Whoever changes anything
//! about a recipient takes the recipient's row first, so that all such changes are one after the other: see [`lock`].

mod change;
mod correct;
mod count;
mod draft;
mod few;
mod issue;
mod list;
mod missing_words;
mod rivals;
pub(crate) mod signature;
mod words;

use std::collections::HashMap;

use async_trait::async_trait;
use diesel::prelude::*;
use symbolon_domain::{
    access_token::{AccessToken, Dossier},
    activity::ActivityEntry,
    id::{AuthorizationTokenId, OrganizationId, RecipientId, TemplateId},
    idempotency::IdempotencyKey,
    page::{Page, PageRequest},
    port::{
        StoreError,
        access_tokens::AccessRecord,
        recipients::{
            Beside, Correction, IssueRequest, Issuing, NewRecipient, RecipientChange, RecipientFilter,
            RecipientOrder, Recipients, Succession,
        },
    },
    recipient::Revocation,
    social_profile::SocialProfile,
    text::MailAddress,
    time::Timestamp,
};

pub use self::missing_words::WordsMade;
pub(crate) use self::{draft::Draft, issue::issue, list::in_order};

use crate::{
    DieselStore,
    access_tokens::Written,
    connection::AnyConnection,
    dossiers,
    row::{
        access_token::AccessTokenRow,
        activity::EntryRow,
        recipient::{RequestColumns, issued},
    },
    schema::recipients as recipient,
    types::{At, Key},
};

#[async_trait]
impl Recipients for DieselStore {
    async fn issue(&self, batch: &[NewRecipient]) -> Result<Vec<Issuing>, StoreError> {
        let drafts: Vec<_> = batch.iter().map(Draft::from).collect();
        self.write(move |connection| issue::issue(connection, &drafts))
            .await
    }

    async fn issued_under(
        &self,
        caller: AuthorizationTokenId,
        key: &IdempotencyKey,
    ) -> Result<Vec<(IssueRequest, RecipientId)>, StoreError> {
        let (caller, key) = (Key::from(caller), key.as_str().to_owned());
        self.read(move |connection| {
            let rows: Vec<(Key, RequestColumns)> = recipient::table
                .filter(recipient::issue_caller_id.eq(caller))
                .filter(recipient::issue_key.eq(&key))
                .order(recipient::issue_place)
                .select((recipient::id, RequestColumns::as_select()))
                .load(connection)?;
            rows.into_iter().map(|row| Ok(issued(row)?)).collect()
        })
        .await
    }

    async fn find(
        &self,
        organization: OrganizationId,
        id: RecipientId,
    ) -> Result<Option<Dossier>, StoreError> {
        let found = Recipients::find_by_id(self, id).await?;
        Ok(found.filter(|dossier| dossier.organization.id == organization))
    }

    async fn find_by_id(&self, id: RecipientId) -> Result<Option<Dossier>, StoreError> {
        self.read(move |connection| dossiers::of_recipient(connection, id.into()))
            .await
    }

    async fn list(
        &self,
        organization: OrganizationId,
        filter: &RecipientFilter,
        order: RecipientOrder,
        page: PageRequest,
    ) -> Result<Page<Dossier>, StoreError> {
        let (organization, filter) = (organization.into(), filter.clone());
        self.read(move |connection| list::list(connection, organization, &filter, order, page))
            .await
    }

    async fn walk(
        &self,
        organization: OrganizationId,
        filter: &RecipientFilter,
        after: Option<(Timestamp, RecipientId)>,
        limit: u32,
    ) -> Result<Vec<Dossier>, StoreError> {
        let (organization, filter) = (organization.into(), filter.clone());
        let after = after.map(|(added, id)| (At(added), Key::from(id)));
        self.read(move |connection| list::walk(connection, organization, &filter, after, limit))
            .await
    }

    async fn browse(
        &self,
        organization: OrganizationId,
        filter: &RecipientFilter,
        order: RecipientOrder,
        beside: Option<Beside>,
        limit: u32,
    ) -> Result<Vec<Dossier>, StoreError> {
        let (organization, filter) = (organization.into(), filter.clone());
        self.read(move |connection| list::browse(connection, organization, &filter, order, beside, limit))
            .await
    }

    async fn count(
        &self,
        organization: OrganizationId,
        filter: &RecipientFilter,
        up_to: u64,
    ) -> Result<u64, StoreError> {
        let (organization, filter) = (organization.into(), filter.clone());
        self.read(move |connection| count::count(connection, organization, &filter, up_to))
            .await
    }

    async fn held_by(&self, profile: &SocialProfile, page: PageRequest) -> Result<Page<Dossier>, StoreError> {
        let profile = profile.clone();
        self.read(move |connection| list::held_by(connection, &profile, page))
            .await
    }

    async fn with_mail(&self, mail: &MailAddress, limit: u32) -> Result<Vec<Dossier>, StoreError> {
        let mail = mail.clone();
        self.read(move |connection| dossiers::with_mail(connection, mail.as_str(), limit.into()))
            .await
    }

    async fn holders(
        &self,
        organization: OrganizationId,
        template: TemplateId,
        mails: &[MailAddress],
    ) -> Result<Vec<MailAddress>, StoreError> {
        let mails: Vec<_> = mails.iter().map(|mail| mail.as_str().to_owned()).collect();
        self.read(move |connection| rivals::holders(connection, organization.into(), template.into(), &mails))
            .await
    }

    async fn correct_mail(
        &self,
        organization: OrganizationId,
        mail: &MailAddress,
        successor: &AccessToken,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Result<Correction, StoreError> {
        let (organization, mail) = (organization.into(), mail.clone());
        let (successor, written) = (AccessTokenRow::from(successor), Written::from(record));
        self.write(move |connection| {
            correct::correct(connection, organization, &mail, &successor, &written, now)
        })
        .await
    }

    async fn revoke(
        &self,
        organization: OrganizationId,
        id: RecipientId,
        revocation: &Revocation,
        entry: &ActivityEntry,
    ) -> Result<RecipientChange, StoreError> {
        let (organization, id) = (organization.into(), id.into());
        let (revocation, entry) = (revocation.clone(), EntryRow::from(entry));
        self.write(move |connection| change::revoke(connection, organization, id, &revocation, &entry))
            .await
    }

    async fn succeed(
        &self,
        organization: OrganizationId,
        id: RecipientId,
        revocation: &Revocation,
        entry: &ActivityEntry,
        successor: &NewRecipient,
    ) -> Result<Succession, StoreError> {
        let (organization, id) = (organization.into(), id.into());
        let (revocation, entry) = (revocation.clone(), EntryRow::from(entry));
        let successor = [Draft::from(successor)];
        self.write(move |connection| {
            change::succeed(connection, organization, id, &revocation, &entry, &successor)
        })
        .await
    }

    async fn remove(
        &self,
        organization: OrganizationId,
        id: RecipientId,
        entry: &ActivityEntry,
    ) -> Result<bool, StoreError> {
        let (organization, id, entry) = (organization.into(), id.into(), EntryRow::from(entry));
        self.write(move |connection| change::remove(connection, organization, id, &entry))
            .await
    }
}

/// A recipient who was taken, as far as counting goes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Holder {
    pub(crate) organization: Key,
    pub(crate) template: Key,
    pub(crate) is_test: bool,
}

/// Takes the rows of these recipients, as [`lock`] takes one, always in the same order. Those who are gone are left out.
pub(crate) fn lock_all(connection: &mut AnyConnection, ids: &[Key]) -> QueryResult<HashMap<Key, Holder>> {
    let found = recipient::table
        .filter(recipient::id.eq_any(ids))
        .order(recipient::id)
        .select((
            recipient::id,
            recipient::organization_id,
            recipient::template_id,
            recipient::is_test,
        ));
    let found: Vec<(Key, Key, Key, bool)> = match connection {
        AnyConnection::Postgres(postgres) => found.for_no_key_update().load(postgres),
        // Nobody else writes.
        AnyConnection::Sqlite(sqlite) => found.load(sqlite),
    }?;
    let holders = found.into_iter().map(|(id, organization, template, is_test)| {
        let holder = Holder {
            organization,
            template,
            is_test,
        };
        (id, holder)
    });
    Ok(holders.collect())
}

/// Whether a credential is revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Credential {
    InForce,
    Revoked,
}

/// Takes a recipient's row until the transaction at hand ends, and says whether the credential is revoked: nobody changes
/// anything about the recipient meanwhile, and what is read from now on is what others have left. `None` where the
/// organization has no such recipient.
pub(crate) fn lock(
    connection: &mut AnyConnection,
    organization: Key,
    id: Key,
) -> QueryResult<Option<Credential>> {
    let found = recipient::table
        .find(id)
        .filter(recipient::organization_id.eq(organization))
        .select(recipient::revoked_at);
    match connection {
        AnyConnection::Postgres(postgres) => found.for_update().get_result::<Option<At>>(postgres),
        // Nobody else writes.
        AnyConnection::Sqlite(sqlite) => found.get_result::<Option<At>>(sqlite),
    }
    .optional()
    .map(|found| {
        found.map(|revoked_at| match revoked_at {
            None => Credential::InForce,
            Some(_) => Credential::Revoked,
        })
    })
}
