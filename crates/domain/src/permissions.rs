//! What an authorization token may do: a set of read, write and delete.

use std::fmt;

/// One kind of act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Looking: GET.
    Read,
    /// Making and changing: POST, PUT, PATCH.
    Write,
    /// Taking away: DELETE.
    Delete,
}

impl Permission {
    /// All three, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Read, Self::Write, Self::Delete];

    /// The product's word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Delete => "delete",
        }
    }

    const fn bit(self) -> u8 {
        match self {
            Self::Read => 1,
            Self::Write => 2,
            Self::Delete => 4,
        }
    }
}

/// A set of [`Permission`]s, possibly empty.
///
/// ```
/// use symbolon_domain::permissions::{Permission, Permissions};
///
/// let reader = Permissions::READ;
/// assert!(reader.is_subset_of(Permissions::ALL));
/// assert!(!Permissions::ALL.is_subset_of(reader));
/// assert!(!reader.contains(Permission::Delete));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Permissions(u8);

impl Permissions {
    /// Nothing at all. A token never has it; see [`Permissions::is_empty`].
    pub const NONE: Self = Self(0);
    /// Read only.
    pub const READ: Self = Self(1);
    /// Read, write and delete.
    pub const ALL: Self = Self(7);

    /// The set with these bits: 1 read, 2 write, 4 delete; `None` where another bit is set.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Option<Self> {
        if bits <= Self::ALL.0 {
            Some(Self(bits))
        } else {
            None
        }
    }

    /// 1 read, 2 write, 4 delete, added up; what stores keep.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// This set and one more.
    #[must_use]
    pub const fn with(self, permission: Permission) -> Self {
        Self(self.0 | permission.bit())
    }

    /// This set without one.
    #[must_use]
    pub const fn without(self, permission: Permission) -> Self {
        Self(self.0 & !permission.bit())
    }

    /// Whether this kind of act is in the set.
    #[must_use]
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// Whether nothing is in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether everything in this set is in `other` too: the rule by which a caller sees a token, and by which a
    /// token may be made from another.
    #[must_use]
    pub const fn is_subset_of(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// All subsets of this set, itself and the empty one included, in ascending order of bits.
    pub fn subsets(self) -> impl Iterator<Item = Self> {
        (0..=Self::ALL.0)
            .map(Self)
            .filter(move |set| set.is_subset_of(self))
    }

    /// The members, in the order of [`Permission::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL
            .into_iter()
            .filter(move |permission| self.contains(*permission))
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(members: I) -> Self {
        members.into_iter().fold(Self::NONE, Self::with)
    }
}

/// `read, write, delete`, or `none`.
impl fmt::Display for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("none");
        }
        for (index, permission) in self.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            f.write_str(permission.name())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Permissions({self})")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_set() -> impl Strategy<Value = Permissions> {
        (0u8..=7).prop_map(|bits| Permissions::from_bits(bits).unwrap())
    }

    proptest! {
        #[test]
        fn subset_means_no_member_is_outside(a in any_set(), b in any_set()) {
            prop_assert_eq!(a.is_subset_of(b), a.iter().all(|permission| b.contains(permission)));
        }

        #[test]
        fn subsets_are_exactly_the_sets_below(a in any_set(), b in any_set()) {
            prop_assert_eq!(a.subsets().any(|set| set == b), b.is_subset_of(a));
        }

        #[test]
        fn a_set_is_the_sum_of_its_members(a in any_set()) {
            prop_assert_eq!(a.iter().collect::<Permissions>(), a);
        }

        #[test]
        fn with_and_without_undo_each_other(a in any_set()) {
            for permission in Permission::ALL {
                prop_assert!(a.with(permission).contains(permission));
                prop_assert!(!a.without(permission).contains(permission));
            }
        }
    }

    #[test]
    fn foreign_bits_are_refused() {
        assert_eq!(Permissions::from_bits(8), None);
        assert_eq!(Permissions::from_bits(255), None);
    }

    #[test]
    fn it_reads_as_a_list() {
        assert_eq!(Permissions::ALL.to_string(), "read, write, delete");
        assert_eq!(Permissions::NONE.to_string(), "none");
    }
}
