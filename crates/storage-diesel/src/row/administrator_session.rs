//! Rows of administrators' sessions.

use diesel::{Insertable, Queryable, Selectable};
use symbolon_domain::{
    administrator_session::{AdministratorSession, Stage},
    text::BrowserName,
};

use super::{read_digest, unreadable};
use crate::{
    error::Unreadable,
    schema::administrator_sessions,
    types::{At, Key},
};

/// A session as it is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = administrator_sessions, treat_none_as_default_value = false)]
pub(crate) struct AdministratorSessionRow {
    digest: Vec<u8>,
    pepper_id: String,
    id: Key,
    pub(crate) administrator_id: Key,
    stage: String,
    pub(crate) created_at: At,
    proved_at: At,
    idle_until: At,
    /// When it ends in any case. The domain computes it; here it only finds what can be forgotten.
    ends_at: At,
    address: Option<String>,
    browser: Option<String>,
}

impl From<&AdministratorSession> for AdministratorSessionRow {
    fn from(session: &AdministratorSession) -> Self {
        Self {
            digest: session.digest.bytes.to_vec(),
            pepper_id: session.digest.pepper.as_str().to_owned(),
            id: session.id.into(),
            administrator_id: session.administrator.into(),
            stage: session.stage.name().to_owned(),
            created_at: At(session.created_at),
            proved_at: At(session.proved_at),
            idle_until: At(session.idle_until),
            ends_at: At(session.end()),
            address: session.address.map(|address| address.to_string()),
            browser: session.browser.as_ref().map(|name| name.as_str().to_owned()),
        }
    }
}

impl TryFrom<AdministratorSessionRow> for AdministratorSession {
    type Error = Unreadable;

    fn try_from(row: AdministratorSessionRow) -> Result<Self, Unreadable> {
        let column = |column| move || unreadable("administrator_sessions", column);
        Ok(Self {
            id: row.id.into(),
            digest: read_digest("administrator_sessions", &row.pepper_id, row.digest)?,
            administrator: row.administrator_id.into(),
            stage: Stage::parse(&row.stage).ok_or_else(column("stage"))?,
            created_at: row.created_at.0,
            proved_at: row.proved_at.0,
            idle_until: row.idle_until.0,
            address: row
                .address
                .map(|address| address.parse())
                .transpose()
                .map_err(|_| column("address")())?,
            browser: row.browser.map(BrowserName::from_kept),
        })
    }
}
