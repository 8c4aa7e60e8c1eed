//! Rows of administrators.

use diesel::{AsChangeset, Insertable, Queryable, Selectable};
use symbolon_domain::{
    administrator::{Administrator, Member, Proofs, Role},
    password::PasswordHash,
    sealed::SealedSecret,
    second_factor::SecondFactor,
    social_profile::{Connection, ProfileHint, ProviderId, SocialProfile},
    text::{MailAddress, PersonName},
};

use super::{maybe, organization::OrganizationRow, unreadable};
use crate::{
    error::Unreadable,
    schema::administrators,
    types::{At, Key},
};

/// An administrator as they are kept. How many recovery codes are left, another table says.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = administrators, treat_none_as_default_value = false)]
pub(crate) struct AdministratorRow {
    pub(crate) id: Key,
    pub(crate) organization_id: Key,
    pub(crate) mail: String,
    name: Option<String>,
    role: String,
    created_at: At,
    joined_at: Option<At>,
    signed_in_at: Option<At>,
    generation: i64,
    password: Option<String>,
    #[diesel(embed)]
    connection: ConnectionColumns,
    #[diesel(embed)]
    factor: FactorColumns,
}

/// An administrator, and how many recovery codes they have left.
pub(crate) type AdministratorRows = (AdministratorRow, Option<i64>);

/// The same with their organization.
pub(crate) type MemberRows = (AdministratorRow, Option<i64>, OrganizationRow);

/// The account at a sign-in provider: all of it, or none.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(
    table_name = administrators,
    treat_none_as_default_value = false,
    treat_none_as_null = true
)]
pub(crate) struct ConnectionColumns {
    #[diesel(column_name = connected_provider)]
    provider: Option<String>,
    #[diesel(column_name = connected_issuer)]
    issuer: Option<String>,
    #[diesel(column_name = connected_subject)]
    subject: Option<String>,
    #[diesel(column_name = connected_hint)]
    hint: Option<String>,
}

/// The second factor: all of it, or none.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(
    table_name = administrators,
    treat_none_as_default_value = false,
    treat_none_as_null = true
)]
pub(crate) struct FactorColumns {
    #[diesel(column_name = factor_sealed)]
    sealed: Option<Vec<u8>>,
    #[diesel(column_name = factor_since)]
    since: Option<At>,
    #[diesel(column_name = factor_last_step)]
    last_step: Option<i64>,
}

impl From<Option<&Connection>> for ConnectionColumns {
    fn from(connection: Option<&Connection>) -> Self {
        let text = |part: fn(&Connection) -> &str| connection.map(|it| part(it).to_owned());
        Self {
            provider: text(|connection| connection.provider.as_str()),
            issuer: text(|connection| connection.profile.issuer()),
            subject: text(|connection| connection.profile.subject()),
            hint: text(|connection| connection.hint.as_str()),
        }
    }
}

impl TryFrom<ConnectionColumns> for Option<Connection> {
    type Error = Unreadable;

    fn try_from(columns: ConnectionColumns) -> Result<Self, Unreadable> {
        let column = |column| move || unreadable("administrators", column);
        let Some(issuer) = columns.issuer else {
            return Ok(None);
        };
        let provider = columns.provider.as_deref().and_then(ProviderId::parse);
        let subject = columns.subject.as_deref();
        let profile = subject.and_then(|subject| SocialProfile::new(&issuer, subject));
        let hint = columns.hint.map(ProfileHint::from_kept);
        Ok(Some(Connection {
            provider: provider.ok_or_else(column("connected_provider"))?,
            profile: profile.ok_or_else(column("connected_subject"))?,
            hint: hint.ok_or_else(column("connected_hint"))?,
        }))
    }
}

impl From<Option<&SecondFactor>> for FactorColumns {
    fn from(factor: Option<&SecondFactor>) -> Self {
        Self {
            sealed: factor.map(|factor| factor.sealed.as_bytes().to_vec()),
            since: factor.map(|factor| At(factor.since)),
            last_step: factor.map(|factor| factor.last_step),
        }
    }
}

impl FactorColumns {
    fn with_codes(self, codes: Option<i64>) -> Result<Option<SecondFactor>, Unreadable> {
        let column = |column| move || unreadable("administrators", column);
        let Some(since) = self.since else {
            return Ok(None);
        };
        let codes = codes.and_then(|codes| codes.try_into().ok());
        Ok(Some(SecondFactor {
            sealed: self
                .sealed
                .map(SealedSecret::from_bytes)
                .ok_or_else(column("factor_sealed"))?,
            since: since.0,
            last_step: self.last_step.ok_or_else(column("factor_last_step"))?,
            recovery_codes_left: codes.ok_or_else(|| unreadable("recovery_codes", "administrator_id"))?,
        }))
    }
}

impl From<&Administrator> for AdministratorRow {
    fn from(administrator: &Administrator) -> Self {
        let proofs = &administrator.proofs;
        Self {
            id: administrator.id.into(),
            organization_id: administrator.organization.into(),
            mail: administrator.mail.as_str().to_owned(),
            name: administrator.name.as_ref().map(|name| name.as_str().to_owned()),
            role: administrator.role.name().to_owned(),
            created_at: At(administrator.created_at),
            joined_at: maybe(administrator.joined_at),
            signed_in_at: maybe(administrator.signed_in_at),
            generation: proofs.generation.into(),
            password: proofs.password.as_ref().map(|hash| hash.as_str().to_owned()),
            connection: proofs.connection.as_ref().into(),
            factor: proofs.second_factor.as_ref().into(),
        }
    }
}

/// The administrator that the rows are.
pub(crate) fn read_administrator((row, codes): AdministratorRows) -> Result<Administrator, Unreadable> {
    let column = |column| move || unreadable("administrators", column);
    let proofs = Proofs {
        generation: row.generation.try_into().map_err(|_| column("generation")())?,
        password: row.password.map(PasswordHash::from_kept),
        connection: row.connection.try_into()?,
        second_factor: row.factor.with_codes(codes)?,
    };
    Ok(Administrator {
        id: row.id.into(),
        organization: row.organization_id.into(),
        mail: MailAddress::parse(&row.mail).map_err(|_| column("mail")())?,
        name: row
            .name
            .map(|name| PersonName::parse(&name))
            .transpose()
            .map_err(|_| column("name")())?,
        role: Role::parse(&row.role).ok_or_else(column("role"))?,
        created_at: row.created_at.0,
        joined_at: row.joined_at.map(|at| at.0),
        proofs,
        signed_in_at: row.signed_in_at.map(|at| at.0),
    })
}

/// The administrator that the rows are, with their organization.
pub(crate) fn read_member((row, codes, organization): MemberRows) -> Result<Member, Unreadable> {
    Ok(Member {
        administrator: read_administrator((row, codes))?,
        organization: organization.try_into()?,
    })
}
