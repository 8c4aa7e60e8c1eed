//! Where administrators and their one-time links are kept.

use async_trait::async_trait;

use super::StoreError;
use crate::{
    activity::ActivityEntry,
    administrator::{Administrator, Member, Role},
    administrator_link::AdministratorLink,
    id::{AdministratorId, OrganizationId},
    notice::Notice,
    organization::Organization,
    password::PasswordHash,
    sealed::TokenDigest,
    second_factor::SecondFactor,
    social_profile::{Connection, SocialProfile},
    text::{MailAddress, PersonName},
    time::Timestamp,
};

/// Keeps administrators.
///
/// No two have mail addresses that differ in ASCII case only, nor the same social profile; of no organization do more than
/// [`MAX_ADMINISTRATORS`](crate::administrator::MAX_ADMINISTRATORS) exist; and an organization in which an owner has joined
/// never comes to have none. Whichever call removes a link drops the pending notice that would have mailed it.
#[async_trait]
pub trait Administrators: Send + Sync {
    /// Whether there is any, of whatever organization.
    async fn exist(&self) -> Result<bool, StoreError>;

    /// Keeps a link for the set-up, unless there is an administrator. `false` where there is one.
    async fn offer_set_up(&self, link: &AdministratorLink) -> Result<bool, StoreError>;

    /// Makes the first administrator, as one step: the set-up link with this digest must be good and nobody may exist.
    /// Every set-up link is removed. Of any number of concurrent calls exactly one is [`SettingUp::Done`]; the others change
    /// nothing. What is kept reads back equal.
    ///
    /// Where several things stand in the way, the first of these is told: somebody exists, the link, the organization.
    async fn set_up(
        &self,
        link: &TokenDigest,
        founding: &Founding,
        now: Timestamp,
    ) -> Result<SettingUp, StoreError>;

    /// The administrator with this id, if this organization has them.
    async fn find(
        &self,
        organization: OrganizationId,
        id: AdministratorId,
    ) -> Result<Option<Administrator>, StoreError>;

    /// The administrator with this mail address, in whatever ASCII case, with their organization.
    async fn find_by_mail(&self, mail: &MailAddress) -> Result<Option<Member>, StoreError>;

    /// The administrator who connected this profile, with their organization.
    async fn find_by_profile(&self, profile: &SocialProfile) -> Result<Option<Member>, StoreError>;

    /// The administrators of an organization, in the order in which they came (by `created_at`, then `id`).
    async fn list(&self, organization: OrganizationId) -> Result<Vec<Administrator>, StoreError>;

    /// Keeps somebody who is invited, with the link, the notice that mails it, and the entry in the activity log. What is
    /// kept reads back equal.
    ///
    /// Where several things stand in the way, the first of these is told: the organization, the mail address, the limit.
    async fn invite(&self, invitation: &NewInvitation) -> Result<Inviting, StoreError>;

    /// Puts a link in the place of all that the administrator has for the same kind of purpose, with its notice and, if
    /// given, an entry. For an invitation they must not have joined, for a new password they must have; `false` otherwise, or
    /// where there is no such administrator.
    async fn renew_link(
        &self,
        link: &AdministratorLink,
        notice: Option<&Notice>,
        entry: Option<&ActivityEntry>,
    ) -> Result<bool, StoreError>;

    /// The link with this digest, whether it is good or not, with whom it is for.
    async fn find_link(
        &self,
        digest: &TokenDigest,
    ) -> Result<Option<(AdministratorLink, Option<Member>)>, StoreError>;

    /// Uses up an invitation or a link for a new password that is good: sets the proof, and the name if given; counts one
    /// more generation; removes every link and ends every session of the administrator. Whoever had only been invited has
    /// joined at `now`. Of any number of concurrent calls for one link exactly one is [`Redeeming::Redeemed`]; the others
    /// change nothing.
    ///
    /// The organization must be active. Where several things stand in the way, the first of these is told: the link, the
    /// organization, the profile.
    async fn redeem(
        &self,
        link: &TokenDigest,
        redemption: &Redemption,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Result<Redeeming, StoreError>;

    /// Changes what lets an administrator in, if their generation is still this one, and counts one more. Ends every
    /// session of theirs but the one to keep, and removes their links. That they were overtaken is told before the profile.
    async fn change_proof(
        &self,
        id: AdministratorId,
        generation: u32,
        change: &ProofChange,
        keep: Option<&TokenDigest>,
        record: AdministratorRecord<'_>,
    ) -> Result<ProofChanging, StoreError>;

    /// Puts a stronger hash of the same password in the place of one, if the generation is still this one; nothing else
    /// changes.
    async fn rehash(
        &self,
        id: AdministratorId,
        generation: u32,
        hash: &PasswordHash,
    ) -> Result<(), StoreError>;

    /// Takes a code of this step of the second factor, unless this step or a later one was taken before. Of any number of
    /// concurrent calls for one step exactly one is `true`.
    async fn take_step(&self, id: AdministratorId, step: i64) -> Result<bool, StoreError>;

    /// Uses up a recovery code. Of any number of concurrent calls exactly one is `true`, with the entry in the activity log.
    async fn take_recovery_code(
        &self,
        id: AdministratorId,
        code: &TokenDigest,
        entry: &ActivityEntry,
    ) -> Result<bool, StoreError>;

    /// Sets what an administrator is called.
    async fn rename(&self, id: AdministratorId, name: &PersonName) -> Result<(), StoreError>;

    /// Gives an administrator of this organization another role, and ends their sessions. Their links stay.
    async fn change_role(
        &self,
        organization: OrganizationId,
        id: AdministratorId,
        role: Role,
        entry: &ActivityEntry,
    ) -> Result<AdministratorChange, StoreError>;

    /// Removes an administrator of this organization with their sessions, links and notices.
    async fn remove(
        &self,
        organization: OrganizationId,
        id: AdministratorId,
        entry: &ActivityEntry,
    ) -> Result<AdministratorChange, StoreError>;

    /// Removes the links that have expired, and says how many.
    async fn forget_links(&self, now: Timestamp) -> Result<u64, StoreError>;
}

/// What the set-up makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founding {
    /// The organization that is made with its first administrator; `None` where theirs exists already.
    pub organization: Option<Organization>,
    /// The first administrator, of that organization.
    pub administrator: Administrator,
    /// The entries in the activity log, in their order.
    pub entries: Vec<ActivityEntry>,
}

/// What became of a set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingUp {
    /// The administrator is kept.
    Done,
    /// Somebody was first.
    SomebodyExists,
    /// There is no such link, or it has expired, or is for something else.
    LinkSpent,
    /// The organization is cancelled, or there is none.
    OrganizationCancelled,
}

/// Somebody who is invited, with everything that is kept in that step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvitation {
    /// Who.
    pub administrator: Administrator,
    /// The link, which is for them.
    pub link: AdministratorLink,
    /// The mail with the link.
    pub notice: Notice,
    /// The entry in the activity log.
    pub entry: ActivityEntry,
}

/// What became of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inviting {
    /// They are invited.
    Invited,
    /// The organization is cancelled, or there is none.
    OrganizationCancelled,
    /// There is an administrator with this mail address, of this organization or of another.
    MailTaken,
    /// The organization has as many administrators as it may have.
    LimitReached,
}

/// What a one-time link is redeemed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redemption {
    /// What they are called, where they say so.
    pub name: Option<PersonName>,
    /// What lets them in from now on, beside what did before.
    pub proof: NewProof,
}

/// A first or another proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewProof {
    /// A password.
    Password(PasswordHash),
    /// An account at a sign-in provider.
    Connection(Connection),
}

/// What became of a redemption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Redeeming {
    /// The link is used up; this is who they are now.
    Redeemed(Box<Administrator>),
    /// There is no such link, or it has expired, or is for something else.
    LinkSpent,
    /// The organization is cancelled.
    OrganizationCancelled,
    /// Another administrator has connected this profile.
    ProfileTaken,
}

/// A change of what lets an administrator in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProofChange {
    /// Another password.
    Password(PasswordHash),
    /// Another account at a sign-in provider, or none.
    Connection(Option<Connection>),
    /// Another second factor with these recovery codes, or none.
    SecondFactor(Option<(SecondFactor, Vec<TokenDigest>)>),
    /// These recovery codes, in the place of those there are. Refused as overtaken where there is no second factor.
    RecoveryCodes(Vec<TokenDigest>),
}

/// What is written in the same step as a change of an administrator.
#[derive(Debug, Clone, Copy)]
pub struct AdministratorRecord<'a> {
    /// The entry in the activity log.
    pub entry: &'a ActivityEntry,
    /// The mail that tells them of it.
    pub notice: Option<&'a Notice>,
}

/// What became of a change of proofs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofChanging {
    /// It was made.
    Changed,
    /// Their proofs were changed meanwhile, or they were removed; nothing was changed.
    Overtaken,
    /// Another administrator has connected this profile; nothing was changed.
    ProfileTaken,
}

/// What became of a change of an administrator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdministratorChange {
    /// It was made, with its entry in the activity log.
    Changed,
    /// It was so already; nothing was written.
    Unchanged,
    /// They are the only owner who has joined, and stay so; nothing was changed.
    LastOwner,
    /// This organization has no such administrator.
    Absent,
}
