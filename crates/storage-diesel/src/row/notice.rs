//! Rows of notices, and everything that they can tell.

use diesel::{Insertable, Queryable, Selectable};
use symbolon_domain::notice::{Notice, NoticeDossier, NoticeSubject};

use super::{
    administrator::{AdministratorRow, read_administrator},
    administrator_link::LinkRow,
    authorization_token::TokenRow,
    organization::OrganizationRow,
    read_state, unreadable,
};
use crate::{
    error::Unreadable,
    schema::notices,
    types::{At, Key},
};

/// A notice as it is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = notices, treat_none_as_default_value = false)]
pub(crate) struct NoticeRow {
    id: Key,
    organization_id: Key,
    pub(crate) addressee_id: Option<Key>,
    subject: String,
    link_id: Option<Key>,
    token_id: Option<Key>,
    created_at: At,
    state: String,
    attempts: i64,
    due_at: At,
    sent_at: Option<At>,
    failure: Option<String>,
}

impl From<&Notice> for NoticeRow {
    fn from(notice: &Notice) -> Self {
        Self {
            id: notice.id.into(),
            organization_id: notice.organization.into(),
            addressee_id: notice.addressee.map(Key::from),
            subject: notice.subject.name().to_owned(),
            link_id: notice.subject.link().map(Key::from),
            token_id: notice.subject.token().map(Key::from),
            created_at: At(notice.created_at),
            state: notice.state.name().to_owned(),
            attempts: notice.attempts.into(),
            due_at: At(notice.due_at),
            sent_at: notice.sent_at.map(At),
            failure: notice.failure.clone(),
        }
    }
}

impl TryFrom<NoticeRow> for Notice {
    type Error = Unreadable;

    fn try_from(row: NoticeRow) -> Result<Self, Unreadable> {
        let column = |column| move || unreadable("notices", column);
        let (link, token) = (row.link_id.map(Into::into), row.token_id.map(Into::into));
        Ok(Self {
            id: row.id.into(),
            organization: row.organization_id.into(),
            addressee: row.addressee_id.map(Into::into),
            subject: NoticeSubject::from_kept(&row.subject, link, token).ok_or_else(column("subject"))?,
            created_at: row.created_at.0,
            state: read_state("notices", &row.state)?,
            attempts: row.attempts.try_into().map_err(|_| column("attempts")())?,
            due_at: row.due_at.0,
            sent_at: row.sent_at.map(|at| at.0),
            failure: row.failure,
        })
    }
}

/// The rows of a notice with everything it can tell.
pub(crate) type NoticeRows = (
    NoticeRow,
    OrganizationRow,
    Option<AdministratorRow>,
    Option<i64>,
    Option<LinkRow>,
    Option<TokenRow>,
);

/// The notice that the rows are, with everything it can tell.
pub(crate) fn read_dossier(
    (notice, organization, addressee, codes, link, token): NoticeRows,
) -> Result<NoticeDossier, Unreadable> {
    Ok(NoticeDossier {
        notice: notice.try_into()?,
        organization: organization.try_into()?,
        addressee: addressee
            .map(|addressee| read_administrator((addressee, codes)))
            .transpose()?,
        link: link.map(TryInto::try_into).transpose()?,
        token: token.map(TryInto::try_into).transpose()?,
    })
}
