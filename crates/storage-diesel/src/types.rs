//! The two SQL types that differ between the databases: instants and ids.
//!
//! PostgreSQL has types of its own for both. SQLite keeps an instant as milliseconds since 1970 and an id as its 16
//! bytes, so that both sort as they do in the domain.

use std::io::Write;

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    pg::Pg,
    query_builder::QueryId,
    serialize::{self, IsNull, Output, ToSql},
    sql_types::{BigInt, HasSqlType, SqlType},
    sqlite::Sqlite,
};
use symbolon_domain::{
    id::{
        AccessTokenId, ActivityId, AdministratorId, AdministratorLinkId, AdministratorSessionId,
        AuthorizationTokenId, JobId, MailId, NoticeId, OrganizationId, RecipientId, TemplateId,
    },
    time::Timestamp,
};
use uuid::Uuid;

use crate::connection::MultiBackend;

/// Milliseconds from 1970, where the domain counts from, to 2000, where PostgreSQL does.
const POSTGRES_EPOCH: i64 = 946_684_800_000;

/// SQL: `timestamptz`, or milliseconds in an INTEGER.
#[derive(SqlType, QueryId)]
#[diesel(postgres_type(oid = 1184, array_oid = 1185), sqlite_type(name = "Long"))]
pub struct Instant;

/// SQL: `uuid`, or 16 bytes in a BLOB.
#[derive(SqlType, QueryId)]
#[diesel(postgres_type(oid = 2950, array_oid = 2951), sqlite_type(name = "Binary"))]
pub struct Id;

/// An instant as queries take and give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = Instant)]
pub(crate) struct At(pub(crate) Timestamp);

/// An id of any kind as queries take and give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Id)]
pub(crate) struct Key(pub(crate) Uuid);

macro_rules! keys {
    ($($id:ident),*) => {$(
        impl From<$id> for Key {
            fn from(id: $id) -> Self {
                Self(*id.as_uuid())
            }
        }

        impl From<Key> for $id {
            fn from(key: Key) -> Self {
                Self::from_uuid(key.0)
            }
        }
    )*};
}

keys!(
    OrganizationId,
    AuthorizationTokenId,
    TemplateId,
    RecipientId,
    AccessTokenId,
    MailId,
    ActivityId,
    AdministratorId,
    AdministratorSessionId,
    AdministratorLinkId,
    NoticeId,
    JobId
);

/// An instant outside what the domain can write down.
#[derive(Debug, thiserror::Error)]
#[error("an instant lies outside the years 1 to 9999")]
struct OutOfRange;

impl At {
    /// Never clamps: an instant that cannot be read is reported, not replaced by another.
    fn from_millis(millis: i64) -> deserialize::Result<Self> {
        let at = Timestamp::from_millis(millis);
        if at.as_millis() == millis {
            Ok(Self(at))
        } else {
            Err(OutOfRange.into())
        }
    }
}

impl HasSqlType<Instant> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        Self::lookup_sql_type::<Instant>(lookup)
    }
}

impl HasSqlType<Id> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        Self::lookup_sql_type::<Id>(lookup)
    }
}

impl ToSql<Instant, MultiBackend> for At {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((Instant, self));
        Ok(IsNull::No)
    }
}

impl FromSql<Instant, MultiBackend> for At {
    fn from_sql(value: <MultiBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<Self, Instant>()
    }
}

impl ToSql<Id, MultiBackend> for Key {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((Id, self));
        Ok(IsNull::No)
    }
}

impl FromSql<Id, MultiBackend> for Key {
    fn from_sql(value: <MultiBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<Self, Id>()
    }
}

impl ToSql<Instant, Sqlite> for At {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.as_millis());
        Ok(IsNull::No)
    }
}

impl FromSql<Instant, Sqlite> for At {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Self::from_millis(<i64 as FromSql<BigInt, Sqlite>>::from_sql(value)?)
    }
}

impl ToSql<Instant, Pg> for At {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        // The domain's range is a fraction of what fits, so neither step can overflow.
        let micros = (self.0.as_millis() - POSTGRES_EPOCH) * 1_000;
        out.write_all(&micros.to_be_bytes())?;
        Ok(IsNull::No)
    }
}

impl FromSql<Instant, Pg> for At {
    fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        // `infinity` is the largest number there is, and out of range like any other.
        let micros = <i64 as FromSql<BigInt, Pg>>::from_sql(value)?;
        Self::from_millis(micros.div_euclid(1_000).saturating_add(POSTGRES_EPOCH))
    }
}

impl ToSql<Id, Sqlite> for Key {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.as_bytes().as_slice());
        Ok(IsNull::No)
    }
}

impl FromSql<Id, Sqlite> for Key {
    fn from_sql(mut value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(Uuid::from_slice(value.read_blob())?))
    }
}

impl ToSql<Id, Pg> for Key {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(self.0.as_bytes())?;
        Ok(IsNull::No)
    }
}

impl FromSql<Id, Pg> for Key {
    fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(Uuid::from_slice(value.as_bytes())?))
    }
}
