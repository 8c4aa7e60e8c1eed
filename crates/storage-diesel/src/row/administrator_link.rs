//! Rows of administrators' one-time links.

use diesel::{Insertable, Queryable, Selectable};
use symbolon_domain::{
    administrator_link::{AdministratorLink, LinkPurpose},
    sealed::SealedSecret,
};

use super::{read_digest, unreadable};
use crate::{
    error::Unreadable,
    schema::administrator_links,
    types::{At, Key},
};

/// A one-time link as it is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = administrator_links, treat_none_as_default_value = false)]
pub(crate) struct LinkRow {
    pub(crate) id: Key,
    pepper_id: String,
    digest: Vec<u8>,
    pub(crate) purpose: String,
    pub(crate) administrator_id: Option<Key>,
    sealed: Option<Vec<u8>>,
    created_at: At,
    expires_at: At,
}

impl From<&AdministratorLink> for LinkRow {
    fn from(link: &AdministratorLink) -> Self {
        Self {
            id: link.id.into(),
            pepper_id: link.digest.pepper.as_str().to_owned(),
            digest: link.digest.bytes.to_vec(),
            purpose: link.purpose.name().to_owned(),
            administrator_id: link.purpose.administrator().map(Key::from),
            sealed: link.sealed.as_ref().map(|sealed| sealed.as_bytes().to_vec()),
            created_at: At(link.created_at),
            expires_at: At(link.expires_at),
        }
    }
}

impl TryFrom<LinkRow> for AdministratorLink {
    type Error = Unreadable;

    fn try_from(row: LinkRow) -> Result<Self, Unreadable> {
        let administrator = row.administrator_id.map(Into::into);
        Ok(Self {
            id: row.id.into(),
            digest: read_digest("administrator_links", &row.pepper_id, row.digest)?,
            purpose: LinkPurpose::from_kept(&row.purpose, administrator)
                .ok_or_else(|| unreadable("administrator_links", "purpose"))?,
            sealed: row.sealed.map(SealedSecret::from_bytes),
            created_at: row.created_at.0,
            expires_at: row.expires_at.0,
        })
    }
}
