//! Rows of organizations.

use diesel::{AsChangeset, Insertable, Queryable, Selectable};
use symbolon_domain::{
    organization::{Organization, RevealPolicy},
    text::{MailAddress, OrganizationName, WebAddress},
};

use super::{maybe, unreadable};
use crate::{
    error::Unreadable,
    schema::organizations,
    types::{At, Key},
};

/// An organization as it is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = organizations, treat_none_as_default_value = false)]
pub(crate) struct OrganizationRow {
    id: Key,
    name: String,
    contact: String,
    url: Option<String>,
    reveal_policy: String,
    created_at: At,
    cancelled_at: Option<At>,
}

/// What an edit can change.
#[derive(Debug, AsChangeset)]
#[diesel(table_name = organizations, treat_none_as_null = true)]
pub(crate) struct EditableColumns {
    name: String,
    contact: String,
    url: Option<String>,
}

impl From<&Organization> for EditableColumns {
    fn from(organization: &Organization) -> Self {
        Self {
            name: organization.name.as_str().to_owned(),
            contact: organization.contact.as_str().to_owned(),
            url: organization.url.as_ref().map(|url| url.as_str().to_owned()),
        }
    }
}

impl From<&Organization> for OrganizationRow {
    fn from(organization: &Organization) -> Self {
        let EditableColumns { name, contact, url } = organization.into();
        Self {
            id: organization.id.into(),
            name,
            contact,
            url,
            reveal_policy: organization.reveal_policy.name().to_owned(),
            created_at: At(organization.created_at),
            cancelled_at: maybe(organization.cancelled_at),
        }
    }
}

impl TryFrom<OrganizationRow> for Organization {
    type Error = Unreadable;

    fn try_from(row: OrganizationRow) -> Result<Self, Unreadable> {
        let column = |column| move || unreadable("organizations", column);
        Ok(Self {
            id: row.id.into(),
            name: OrganizationName::parse(&row.name).map_err(|_| column("name")())?,
            contact: MailAddress::parse(&row.contact).map_err(|_| column("contact")())?,
            url: row
                .url
                .map(|url| WebAddress::parse(&url))
                .transpose()
                .map_err(|_| column("url")())?,
            reveal_policy: RevealPolicy::parse(&row.reveal_policy).ok_or_else(column("reveal_policy"))?,
            created_at: row.created_at.0,
            cancelled_at: row.cancelled_at.map(|at| at.0),
        })
    }
}
