//! Short words for administrators, and for what lets them in and tells them things.

use symbolon_domain::{
    activity::Action,
    administrator::{Administrator, Member, Role},
    administrator_link::{AdministratorLink, LinkPurpose},
    administrator_session::AdministratorSession,
    id::{AdministratorId, NoticeId, OrganizationId},
    notice::{Notice, NoticeDossier, NoticeSubject},
    port::administrators::{
        AdministratorChange, AdministratorRecord, Founding, Inviting, NewInvitation, NewProof, ProofChange,
        ProofChanging, Redeeming, Redemption, SettingUp,
    },
    sealed::TokenDigest,
    time::Timestamp,
};

use super::{Stage, ok};
use crate::sample::now;

impl Stage {
    /// A link for the set-up, kept.
    pub(crate) async fn set_up_link(&self) -> AdministratorLink {
        let link = self.samples.link(LinkPurpose::SetUp);
        assert!(ok(self.administrators.offer_set_up(&link).await), "it is kept");
        link
    }

    pub(crate) async fn set_up(
        &self,
        link: &AdministratorLink,
        founding: &Founding,
        now: Timestamp,
    ) -> SettingUp {
        ok(self.administrators.set_up(&link.digest, founding, now).await)
    }

    /// The first administrator: an owner of the owner.
    pub(crate) async fn founder(&self) -> Administrator {
        let founding = self.samples.founding(self.owner.id);
        let link = self.set_up_link().await;
        assert_eq!(self.set_up(&link, &founding, now()).await, SettingUp::Done);
        founding.administrator
    }

    pub(crate) async fn invite(&self, invitation: &NewInvitation) -> Inviting {
        ok(self.administrators.invite(invitation).await)
    }

    /// Somebody whom the owner has invited to this role.
    pub(crate) async fn invited(&self, role: Role) -> NewInvitation {
        self.invited_by(self.owner.id, role).await
    }

    /// Somebody whom an organization has invited to this role.
    pub(crate) async fn invited_by(&self, organization: OrganizationId, role: Role) -> NewInvitation {
        let administrator = self.samples.invited(organization, role);
        let invitation = self.samples.invitation_for(administrator);
        assert_eq!(self.invite(&invitation).await, Inviting::Invited);
        invitation
    }

    /// Redeems a link, with an entry about it.
    pub(crate) async fn redeem(
        &self,
        link: &AdministratorLink,
        proof: NewProof,
        now: Timestamp,
    ) -> Redeeming {
        let found = self.found_link(link).await.and_then(|(_, member)| member);
        let organization = found.map_or(self.owner.id, |member| member.organization.id);
        let entry = self.samples.entry(organization, Action::AdministratorJoined);
        let redemption = Redemption { name: None, proof };
        ok(self
            .administrators
            .redeem(&link.digest, &redemption, &entry, now)
            .await)
    }

    /// A first password like no other.
    pub(crate) fn password(&self) -> NewProof {
        NewProof::Password(self.samples.password_hash())
    }

    /// Somebody who was invited to this role by the owner, and has joined with a password.
    pub(crate) async fn colleague(&self, role: Role) -> Administrator {
        self.colleague_of(self.owner.id, role).await
    }

    /// Somebody who was invited to this role by an organization, and has joined with a password.
    pub(crate) async fn colleague_of(&self, organization: OrganizationId, role: Role) -> Administrator {
        let invitation = self.invited_by(organization, role).await;
        match self.redeem(&invitation.link, self.password(), now()).await {
            Redeeming::Redeemed(administrator) => *administrator,
            other => panic!("an invitation is redeemed, and not {other:?}"),
        }
    }

    /// A colleague with a second factor and a connected account; and their recovery codes.
    pub(crate) async fn cautious_colleague(&self) -> (Administrator, Vec<TokenDigest>) {
        let mut administrator = self.colleague(Role::Administrator).await;
        let (factor, codes) = self.samples.second_factor();
        for change in [
            ProofChange::Connection(Some(self.samples.connection())),
            ProofChange::SecondFactor(Some((factor, codes.clone()))),
        ] {
            assert_eq!(
                self.change_proof(&administrator, &change).await,
                ProofChanging::Changed
            );
            administrator = self.administrator(&administrator).await;
        }
        (administrator, codes)
    }

    /// The administrator as they are kept, which they must be; the same by every way that leads to them.
    pub(crate) async fn administrator(&self, administrator: &Administrator) -> Administrator {
        self.found_administrator(administrator)
            .await
            .expect("an administrator who was kept is found")
    }

    /// The same, if they are kept.
    pub(crate) async fn found_administrator(&self, administrator: &Administrator) -> Option<Administrator> {
        let (organization, id) = (administrator.organization, administrator.id);
        let found = ok(self.administrators.find(organization, id).await);
        let by_mail = ok(self.administrators.find_by_mail(&administrator.mail).await);
        let by_mail = by_mail.map(|member| member.administrator);
        assert_eq!(by_mail.filter(|by_mail| by_mail.id == id), found, "by mail");
        let all = ok(self.administrators.list(organization).await);
        let listed = all.into_iter().find(|listed| listed.id == id);
        assert_eq!(listed, found, "in the list");
        found
    }

    /// The link with whom it is for, if it is kept.
    pub(crate) async fn found_link(
        &self,
        link: &AdministratorLink,
    ) -> Option<(AdministratorLink, Option<Member>)> {
        ok(self.administrators.find_link(&link.digest).await)
    }

    /// Whether the link is kept.
    pub(crate) async fn is_link_kept(&self, link: &AdministratorLink) -> bool {
        self.found_link(link).await.is_some()
    }

    /// A link for a new password of whoever has joined, kept, and the notice that mails it.
    pub(crate) async fn password_link(&self, administrator: &Administrator) -> (AdministratorLink, Notice) {
        let link = self.samples.link(LinkPurpose::NewPassword(administrator.id));
        let subject = NoticeSubject::NewPassword(link.id);
        let notice = self.samples.notice_to(administrator, subject);
        let renewed = self.administrators.renew_link(&link, Some(&notice), None).await;
        assert!(ok(renewed), "it is kept");
        (link, notice)
    }

    /// Changes the proofs that were last seen, with an entry; no session is kept.
    pub(crate) async fn change_proof(
        &self,
        administrator: &Administrator,
        change: &ProofChange,
    ) -> ProofChanging {
        self.change_proof_keeping(administrator, change, None).await
    }

    /// Changes the proofs that were last seen, with an entry.
    pub(crate) async fn change_proof_keeping(
        &self,
        administrator: &Administrator,
        change: &ProofChange,
        keep: Option<&TokenDigest>,
    ) -> ProofChanging {
        let entry = self.samples.entry_of(administrator, Action::PasswordChanged);
        let record = AdministratorRecord {
            entry: &entry,
            notice: None,
        };
        let generation = administrator.proofs.generation;
        ok(self
            .administrators
            .change_proof(administrator.id, generation, change, keep, record)
            .await)
    }

    pub(crate) async fn change_role(&self, administrator: &Administrator, role: Role) -> AdministratorChange {
        let organization = administrator.organization;
        let entry = self.samples.entry(organization, Action::RoleChanged);
        ok(self
            .administrators
            .change_role(organization, administrator.id, role, &entry)
            .await)
    }

    pub(crate) async fn remove_administrator(&self, administrator: &Administrator) -> AdministratorChange {
        let organization = administrator.organization;
        let entry = self.samples.entry(organization, Action::AdministratorRemoved);
        ok(self
            .administrators
            .remove(organization, administrator.id, &entry)
            .await)
    }

    pub(crate) async fn take_recovery_code(&self, administrator: &Administrator, code: &TokenDigest) -> bool {
        let entry = self.samples.entry_of(administrator, Action::RecoveryCodeUsed);
        ok(self
            .administrators
            .take_recovery_code(administrator.id, code, &entry)
            .await)
    }

    /// A whole session of this administrator, kept, which says nothing of a sign-in.
    pub(crate) async fn administrator_session(&self, administrator: &Administrator) -> AdministratorSession {
        let session = self.samples.administrator_session(administrator.id);
        assert!(self.begin(&session, administrator).await, "it begins");
        session
    }

    /// Begins a session on the proofs that were last seen.
    pub(crate) async fn begin(&self, session: &AdministratorSession, administrator: &Administrator) -> bool {
        let generation = administrator.proofs.generation;
        let begun = self.administrator_sessions.begin(session, generation, None, None);
        ok(begun.await)
    }

    /// The session as it is kept, with whose it is.
    pub(crate) async fn found_session(
        &self,
        session: &AdministratorSession,
    ) -> Option<(AdministratorSession, Member)> {
        ok(self.administrator_sessions.find(&session.digest).await)
    }

    /// Whether the session is found.
    pub(crate) async fn is_session_kept(&self, session: &AdministratorSession) -> bool {
        self.found_session(session).await.is_some()
    }

    /// The sessions of an administrator.
    pub(crate) async fn sessions_of(&self, administrator: AdministratorId) -> Vec<AdministratorSession> {
        ok(self.administrator_sessions.of(administrator).await)
    }

    /// A notice to an administrator that their proofs were changed, kept.
    pub(crate) async fn notice_to(&self, administrator: &Administrator) -> Notice {
        let notice = self
            .samples
            .notice_to(administrator, NoticeSubject::ProofsChanged);
        ok(self.notices.queue(&notice).await);
        notice
    }

    /// The notice with everything it can tell, while it is pending.
    pub(crate) async fn pending_notice(&self, id: NoticeId) -> Option<NoticeDossier> {
        ok(self.notices.look_again(id).await)
    }

    /// The first hundred notices of an organization that are not sent.
    pub(crate) async fn unsent_of(&self, organization: OrganizationId) -> Vec<Notice> {
        ok(self.notices.unsent(organization, 100).await)
    }
}
