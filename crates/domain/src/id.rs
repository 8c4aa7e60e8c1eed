//! Typed ids: UUIDs of version 7, which sort by the time they were made.

use std::fmt;

use uuid::{Builder, Uuid};

use crate::time::Timestamp;

/// How many random bytes a fresh id takes.
pub const ID_ENTROPY: usize = 10;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
        pub struct $name(Uuid);

        impl $name {
            /// A fresh id, made `now` from random bytes.
            #[must_use]
            pub fn fresh(now: Timestamp, entropy: [u8; ID_ENTROPY]) -> Self {
                let millis = u64::try_from(now.as_millis()).unwrap_or(0);
                Self(Builder::from_unix_timestamp_millis(millis, &entropy).into_uuid())
            }

            /// The id with this UUID.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// Reads the hyphenated form, in either case.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                // Uuid reads braces, URNs and bare hex too; one spelling per id keeps URLs canonical.
                (text.len() == 36).then(|| Uuid::try_parse(text).ok().map(Self)).flatten()
            }

            /// The UUID.
            #[must_use]
            pub const fn as_uuid(&self) -> &Uuid {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    )*};
}

ids! {
    /// Names an organization.
    OrganizationId;
    /// Names an authorization token; never a secret.
    AuthorizationTokenId;
    /// Names a template.
    TemplateId;
    /// Names a recipient and their credential; stands in the address of its verification page.
    RecipientId;
    /// Names an access token; never a secret.
    AccessTokenId;
    /// Names a mail, and gives it its `Message-ID`.
    MailId;
    /// Names an entry of the activity log.
    ActivityId;
    /// Names an administrator.
    AdministratorId;
    /// Names a session of an administrator; not what lets in.
    AdministratorSessionId;
    /// Names a one-time link of an administrator; not what opens it.
    AdministratorLinkId;
    /// Names a notice, and gives it its `Message-ID`.
    NoticeId;
    /// Names a job.
    JobId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fresh_ids_are_version_7_and_sort_by_time() {
        let early = OrganizationId::fresh(Timestamp::from_millis(1_000), [0xff; ID_ENTROPY]);
        let late = OrganizationId::fresh(Timestamp::from_millis(1_001), [0; ID_ENTROPY]);
        assert_eq!(early.as_uuid().get_version_num(), 7);
        assert!(early < late);
    }

    #[test]
    fn only_the_hyphenated_form_is_read() {
        let id = OrganizationId::fresh(Timestamp::from_millis(1_000), [7; ID_ENTROPY]);
        assert_eq!(OrganizationId::parse(&id.to_string()), Some(id));
        assert_eq!(OrganizationId::parse(&id.to_string().to_uppercase()), Some(id));
        for text in [
            format!("{{{id}}}"),
            id.as_uuid().simple().to_string(),
            format!("urn:uuid:{id}"),
            String::new(),
        ] {
            assert_eq!(OrganizationId::parse(&text), None, "{text}");
        }
    }
}
