//! The account that PostgreSQL runs under. Its programs refuse to run as root.

use std::process::Command;

use crate::failure::Failure;

/// Whom PostgreSQL runs as.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Account {
    /// Whoever runs the chore.
    Own,
    /// Somebody with fewer rights, because the chore runs as root.
    Other { user: u32, group: u32 },
}

/// Accounts that a root chore may step down to: the one of PostgreSQL's package, then the one that owns nothing.
const CANDIDATES: [&str; 2] = ["postgres", "nobody"];

impl Account {
    /// Chooses an account that is not root.
    pub(super) fn unprivileged() -> Result<Self, Failure> {
        if !is_root() {
            return Ok(Self::Own);
        }
        CANDIDATES
            .iter()
            .find_map(|name| {
                Some(Self::Other {
                    user: id(&["-u", name])?,
                    group: id(&["-g", name])?,
                })
            })
            .ok_or_else(|| {
                Failure::new(
                    "PostgreSQL refuses to run as root, and there is neither a user `postgres` nor `nobody`",
                )
            })
    }
}

/// Whether this program runs as root.
pub(crate) fn is_root() -> bool {
    id(&["-u"]) == Some(0)
}

/// The number that `id` prints, if it prints one.
fn id(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8(output.stdout).ok()?.trim().parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::{Account, is_root};

    #[test]
    fn the_account_is_never_root() {
        match Account::unprivileged().unwrap() {
            Account::Own => assert!(!is_root()),
            Account::Other { user, .. } => assert_ne!(user, 0),
        }
    }
}
