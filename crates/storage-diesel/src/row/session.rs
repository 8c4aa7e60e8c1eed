//! Rows of sessions.

use diesel::{Insertable, Queryable, Selectable};
use symbolon_domain::{
    session::Session,
    social_profile::{Connection, ProfileHint, ProviderId, SocialProfile},
};

use super::{read_digest, unreadable};
use crate::{error::Unreadable, schema::sessions, types::At};

/// A session as it is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions)]
pub(crate) struct SessionRow {
    digest: Vec<u8>,
    pepper_id: String,
    provider: String,
    issuer: String,
    subject: String,
    hint: String,
    created_at: At,
    idle_until: At,
    /// When it ends in any case. The domain computes it; here it only finds what can be forgotten.
    ends_at: At,
}

impl From<&Session> for SessionRow {
    fn from(session: &Session) -> Self {
        let connection = &session.connection;
        Self {
            digest: session.digest.bytes.to_vec(),
            pepper_id: session.digest.pepper.as_str().to_owned(),
            provider: connection.provider.as_str().to_owned(),
            issuer: connection.profile.issuer().to_owned(),
            subject: connection.profile.subject().to_owned(),
            hint: connection.hint.as_str().to_owned(),
            created_at: At(session.created_at),
            idle_until: At(session.idle_until),
            ends_at: At(session.end()),
        }
    }
}

impl TryFrom<SessionRow> for Session {
    type Error = Unreadable;

    fn try_from(row: SessionRow) -> Result<Self, Unreadable> {
        Ok(Self {
            digest: read_digest("sessions", &row.pepper_id, row.digest)?,
            connection: Connection {
                provider: ProviderId::parse(&row.provider)
                    .ok_or_else(|| unreadable("sessions", "provider"))?,
                profile: SocialProfile::new(&row.issuer, &row.subject)
                    .ok_or_else(|| unreadable("sessions", "subject"))?,
                hint: ProfileHint::from_kept(row.hint),
            },
            created_at: row.created_at.0,
            idle_until: row.idle_until.0,
        })
    }
}
