//! Administrators with everything that lets them in, and the changes that more than one call makes.

use symbolon_domain::{
    administrator::{Administrator, Member, Role},
    administrator_link::AdministratorLink,
    id::AdministratorId,
    mail::MailState,
    notice::Notice,
    port::StoreError,
    sealed::TokenDigest,
    social_profile::SocialProfile,
    text::MailAddress,
};

use crate::{dossier::taken, state::State};

impl State {
    /// The administrator with their organization.
    pub(crate) fn member(&self, id: AdministratorId) -> Option<Member> {
        let administrator = self.administrators.get(&id)?;
        Some(Member {
            organization: self.organizations.get(&administrator.organization)?.clone(),
            administrator: administrator.clone(),
        })
    }

    /// Who has this mail address, in whatever ASCII case.
    pub(crate) fn with_mail(&self, mail: &MailAddress) -> Option<&Administrator> {
        self.administrators
            .values()
            .find(|administrator| administrator.mail.as_str().eq_ignore_ascii_case(mail.as_str()))
    }

    /// Who has connected this profile.
    pub(crate) fn with_profile(&self, profile: &SocialProfile) -> Option<&Administrator> {
        self.administrators.values().find(|administrator| {
            let connection = administrator.proofs.connection.as_ref();
            connection.is_some_and(|connection| connection.profile == *profile)
        })
    }

    /// Whether somebody else has connected this profile.
    pub(crate) fn is_profile_taken(&self, profile: &SocialProfile, by_other_than: AdministratorId) -> bool {
        self.with_profile(profile)
            .is_some_and(|administrator| administrator.id != by_other_than)
    }

    /// Whether nobody but this one is an owner who has joined.
    pub(crate) fn is_last_owner(&self, administrator: &Administrator) -> bool {
        let is_joined_owner = |one: &Administrator| one.role == Role::Owner && one.joined_at.is_some();
        is_joined_owner(administrator)
            && !self.administrators.values().any(|other| {
                other.organization == administrator.organization
                    && other.id != administrator.id
                    && is_joined_owner(other)
            })
    }

    /// Keeps a link.
    pub(crate) fn keep_link(&mut self, link: &AdministratorLink) {
        self.administrator_links.insert(link.id, link.clone());
    }

    /// Whether another link has this id or digest already.
    pub(crate) fn refuse_taken_link(&self, link: &AdministratorLink) -> Result<(), StoreError> {
        let mut kept = self.administrator_links.values();
        if kept.any(|kept| kept.id == link.id || kept.digest == link.digest) {
            return Err(taken());
        }
        Ok(())
    }

    /// Removes links, drops the notices that would have mailed them, and says how many links there were.
    pub(crate) fn end_links(&mut self, is_over: impl Fn(&AdministratorLink) -> bool) -> usize {
        let before = self.administrator_links.len();
        self.administrator_links.retain(|_, link| !is_over(link));
        for notice in self.notices.values_mut() {
            let link = notice.subject.link();
            if notice.state == MailState::Pending
                && link.is_some_and(|link| !self.administrator_links.contains_key(&link))
            {
                notice.state = MailState::Dropped;
            }
        }
        before - self.administrator_links.len()
    }

    /// Removes every link of an administrator.
    pub(crate) fn end_links_of(&mut self, id: AdministratorId) {
        self.end_links(|link| link.purpose.administrator() == Some(id));
    }

    /// Ends the sessions of an administrator but the one to keep, and says how many there were.
    pub(crate) fn end_administrator_sessions(
        &mut self,
        id: AdministratorId,
        keep: Option<&TokenDigest>,
    ) -> usize {
        let before = self.administrator_sessions.len();
        self.administrator_sessions
            .retain(|digest, session| session.administrator != id || keep == Some(digest));
        before - self.administrator_sessions.len()
    }

    /// Keeps a notice, unless whom it is for is gone.
    pub(crate) fn queue_notice(&mut self, notice: &Notice) -> Result<(), StoreError> {
        if self.notices.contains_key(&notice.id) {
            return Err(taken());
        }
        let is_gone = |id| !self.administrators.contains_key(&id);
        if !notice.addressee.is_some_and(is_gone) {
            self.notices.insert(notice.id, notice.clone());
        }
        Ok(())
    }
}
