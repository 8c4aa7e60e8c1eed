//! Administrators and their one-time links: each call of the port, and the file that does it.
//!
//! Rows are always taken in one order: organization, administrator, link, session, notice. What decides about a person is
//! the condition of an UPDATE of their row, or of the DELETE of what can be used once; what decides about several people,
//! such as how many owners there are, is asked while the organization's row is taken.

mod invite;
mod links;
mod proofs;
mod read;
mod set_up;
mod team;

use async_trait::async_trait;
use diesel::{
    prelude::*,
    result::{DatabaseErrorKind, Error},
};
use symbolon_domain::{
    activity::ActivityEntry,
    administrator::{Administrator, Member, Role},
    administrator_link::AdministratorLink,
    id::{AdministratorId, OrganizationId},
    notice::Notice,
    password::PasswordHash,
    port::{
        StoreError,
        administrators::{
            AdministratorChange, AdministratorRecord, Administrators, Founding, Inviting, NewInvitation,
            ProofChange, ProofChanging, Redeeming, Redemption, SettingUp,
        },
    },
    sealed::TokenDigest,
    social_profile::SocialProfile,
    text::{MailAddress, PersonName},
    time::Timestamp,
};

use crate::{
    DieselStore,
    cached::ExecuteCached as _,
    connection::AnyConnection,
    row::{
        activity::EntryRow, administrator::AdministratorRow, administrator_link::LinkRow, notice::NoticeRow,
    },
    schema::administrators as administrator,
    types::{At, Key},
};

pub(crate) use self::read::codes_left;

#[async_trait]
impl Administrators for DieselStore {
    async fn exist(&self) -> Result<bool, StoreError> {
        self.read(set_up::somebody_exists).await
    }

    async fn offer_set_up(&self, link: &AdministratorLink) -> Result<bool, StoreError> {
        let link = LinkRow::from(link);
        self.write(move |connection| set_up::offer(connection, &link))
            .await
    }

    async fn set_up(
        &self,
        link: &TokenDigest,
        founding: &Founding,
        now: Timestamp,
    ) -> Result<SettingUp, StoreError> {
        let (link, founding) = (*link, set_up::Draft::from(founding));
        self.write(move |connection| set_up::set_up(connection, &link, &founding, At(now)))
            .await
    }

    async fn find(
        &self,
        organization: OrganizationId,
        id: AdministratorId,
    ) -> Result<Option<Administrator>, StoreError> {
        self.read(move |connection| read::of_organization(connection, organization.into(), id.into()))
            .await
    }

    async fn find_by_mail(&self, mail: &MailAddress) -> Result<Option<Member>, StoreError> {
        let mail = mail.clone();
        self.read(move |connection| read::by_mail(connection, mail.as_str()))
            .await
    }

    async fn find_by_profile(&self, profile: &SocialProfile) -> Result<Option<Member>, StoreError> {
        let profile = profile.clone();
        self.read(move |connection| read::by_profile(connection, &profile))
            .await
    }

    async fn list(&self, organization: OrganizationId) -> Result<Vec<Administrator>, StoreError> {
        self.read(move |connection| read::list(connection, organization.into()))
            .await
    }

    async fn invite(&self, invitation: &NewInvitation) -> Result<Inviting, StoreError> {
        let draft = invite::Draft::from(invitation);
        self.write(move |connection| invite::invite(connection, &draft))
            .await
    }

    async fn renew_link(
        &self,
        link: &AdministratorLink,
        notice: Option<&Notice>,
        entry: Option<&ActivityEntry>,
    ) -> Result<bool, StoreError> {
        let purpose = link.purpose;
        let (link, notice) = (LinkRow::from(link), notice.map(NoticeRow::from));
        let entry = entry.map(EntryRow::from);
        self.write(move |connection| {
            links::renew(connection, purpose, &link, notice.as_ref(), entry.as_ref())
        })
        .await
    }

    async fn find_link(
        &self,
        digest: &TokenDigest,
    ) -> Result<Option<(AdministratorLink, Option<Member>)>, StoreError> {
        let digest = *digest;
        self.read(move |connection| links::by_digest(connection, &digest))
            .await
    }

    async fn redeem(
        &self,
        link: &TokenDigest,
        redemption: &Redemption,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Result<Redeeming, StoreError> {
        let (link, redemption, entry) = (*link, redemption.clone(), EntryRow::from(entry));
        self.write(move |connection| links::redeem(connection, &link, &redemption, &entry, At(now)))
            .await
    }

    async fn change_proof(
        &self,
        id: AdministratorId,
        generation: u32,
        change: &ProofChange,
        keep: Option<&TokenDigest>,
        record: AdministratorRecord<'_>,
    ) -> Result<ProofChanging, StoreError> {
        let (change, keep) = (change.clone(), keep.copied());
        let (entry, notice) = (EntryRow::from(record.entry), record.notice.map(NoticeRow::from));
        self.write(move |connection| {
            proofs::change(connection, id.into(), generation, &change)?;
            proofs::let_nobody_else_in(connection, id.into(), keep.as_ref())?;
            proofs::write(connection, &entry, notice.as_ref())?;
            Ok(ProofChanging::Changed)
        })
        .await
    }

    async fn rehash(
        &self,
        id: AdministratorId,
        generation: u32,
        hash: &PasswordHash,
    ) -> Result<(), StoreError> {
        let hash = hash.clone();
        self.write(move |connection| Ok(proofs::rehash(connection, id.into(), generation, &hash)?))
            .await
    }

    async fn take_step(&self, id: AdministratorId, step: i64) -> Result<bool, StoreError> {
        self.write(move |connection| Ok(proofs::take_step(connection, id.into(), step)?))
            .await
    }

    async fn take_recovery_code(
        &self,
        id: AdministratorId,
        code: &TokenDigest,
        entry: &ActivityEntry,
    ) -> Result<bool, StoreError> {
        let (code, entry) = (*code, EntryRow::from(entry));
        self.write(move |connection| Ok(proofs::take_recovery_code(connection, id.into(), &code, &entry)?))
            .await
    }

    async fn rename(&self, id: AdministratorId, name: &PersonName) -> Result<(), StoreError> {
        let (id, name) = (Key::from(id), name.as_str().to_owned());
        self.write(move |connection| {
            diesel::update(administrator::table.find(id))
                .set(administrator::name.eq(&name))
                .execute_cached(connection)?;
            Ok(())
        })
        .await
    }

    async fn change_role(
        &self,
        organization: OrganizationId,
        id: AdministratorId,
        role: Role,
        entry: &ActivityEntry,
    ) -> Result<AdministratorChange, StoreError> {
        let (organization, id, entry) = (organization.into(), id.into(), EntryRow::from(entry));
        self.write(move |connection| team::change_role(connection, organization, id, role, &entry))
            .await
    }

    async fn remove(
        &self,
        organization: OrganizationId,
        id: AdministratorId,
        entry: &ActivityEntry,
    ) -> Result<AdministratorChange, StoreError> {
        let (organization, id, entry) = (organization.into(), id.into(), EntryRow::from(entry));
        self.write(move |connection| team::remove(connection, organization, id, &entry))
            .await
    }

    async fn forget_links(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.in_steps(move |connection, most| links::forget(connection, At(now), most))
            .await
    }
}

/// Adds an administrator, unless somebody has their mail address or their profile: says whether nobody had. On PostgreSQL
/// this waits for a rival that is about to add the same, and the unique indexes decide; on SQLite there is none.
fn add(connection: &mut AnyConnection, row: &AdministratorRow) -> QueryResult<bool> {
    let added = match connection {
        AnyConnection::Postgres(postgres) => diesel::insert_into(administrator::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(postgres)?,
        AnyConnection::Sqlite(sqlite) => diesel::insert_into(administrator::table)
            .values(row)
            .execute(sqlite)?,
    };
    Ok(added == 1)
}

/// Whether a unique index has refused an UPDATE that changes nothing else which is unique: somebody has it.
fn is_taken(error: &Error) -> bool {
    matches!(error, Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _))
}
