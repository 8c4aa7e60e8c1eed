//! Administrators: the people who sign in to the dashboard of one organization, and what each of them may do there.

use std::fmt;

use crate::{
    id::{AdministratorId, OrganizationId},
    organization::Organization,
    password::PasswordHash,
    second_factor::SecondFactor,
    social_profile::Connection,
    text::{MailAddress, PersonName},
    time::Timestamp,
};

/// The most administrators an organization has, invited ones included: a team, not a directory.
pub const MAX_ADMINISTRATORS: u64 = 200;

/// A person who signs in to the dashboard of one organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Administrator {
    /// Names them.
    pub id: AdministratorId,
    /// Whose dashboard they use.
    pub organization: OrganizationId,
    /// Where their mail goes, and what they sign in with: in whatever case, no two administrators have the same.
    pub mail: MailAddress,
    /// What they are called; whoever was invited says so when they join.
    pub name: Option<PersonName>,
    /// What they may do.
    pub role: Role,
    /// When they were invited, or set the service up.
    pub created_at: Timestamp,
    /// When they first proved who they are; `None` while they are only invited.
    pub joined_at: Option<Timestamp>,
    /// What lets them in.
    pub proofs: Proofs,
    /// When they last signed in.
    pub signed_in_at: Option<Timestamp>,
}

/// What lets an administrator in. Whoever was invited and has not joined has none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proofs {
    /// How often any of this was changed. A session begins only on the proofs that were looked at.
    pub generation: u32,
    /// The password.
    pub password: Option<PasswordHash>,
    /// The account at a sign-in provider.
    pub connection: Option<Connection>,
    /// The second factor, where they use one.
    pub second_factor: Option<SecondFactor>,
}

impl Administrator {
    /// What to call them: their name, or their mail address while they have none.
    #[must_use]
    pub fn called(&self) -> &str {
        self.name.as_ref().map_or(self.mail.as_str(), PersonName::as_str)
    }
}

/// An administrator with their organization, read at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The person.
    pub administrator: Administrator,
    /// Whose dashboard they use.
    pub organization: Organization,
}

/// What an administrator is to their organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Sees everything but the values of tokens, and changes nothing.
    Viewer,
    /// Works with templates, recipients and tokens.
    Administrator,
    /// Also says who the administrators are, and how the organization is set.
    Owner,
}

impl Role {
    /// All of them, the least first.
    pub const ALL: [Self; 3] = [Self::Viewer, Self::Administrator, Self::Owner];

    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Administrator => "administrator",
            Self::Owner => "owner",
        }
    }

    /// Reads the word for it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == text)
    }

    /// Whether somebody in this role has this right: the one place that says so.
    #[must_use]
    pub const fn has(self, right: Right) -> bool {
        match right {
            Right::Look => true,
            Right::Work | Right::Reveal | Right::Export => matches!(self, Self::Administrator | Self::Owner),
            Right::Govern => matches!(self, Self::Owner),
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What an act in the dashboard needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// To see what is there, without the values of tokens; and to change one's own account.
    Look,
    /// To change templates, recipients and tokens.
    Work,
    /// To see the values of tokens.
    Reveal,
    /// To take data out of the service in bulk.
    Export,
    /// To say who the administrators are, and how the organization is set.
    Govern,
}

impl Right {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Look, Self::Work, Self::Reveal, Self::Export, Self::Govern];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_read_back_by_their_names() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.name()), Some(role));
        }
        assert_eq!(Role::parse("root"), None);
    }

    #[test]
    fn who_may_do_what() {
        let table = Right::ALL.map(|right| (right, Role::ALL.map(|role| role.has(right))));
        assert_eq!(
            table,
            [
                (Right::Look, [true, true, true]),
                (Right::Work, [false, true, true]),
                (Right::Reveal, [false, true, true]),
                (Right::Export, [false, true, true]),
                (Right::Govern, [false, false, true]),
            ]
        );
    }
}
