//! Finding administrators.

use diesel::{dsl::auto_type, prelude::*, sql_types::Text};
use symbolon_domain::{
    administrator::{Administrator, Member},
    social_profile::SocialProfile,
};

use crate::{
    connection::AnyConnection,
    row::{
        administrator::{AdministratorRow, MemberRows, read_administrator, read_member},
        organization::OrganizationRow,
    },
    schema::{administrators as administrator, organizations as organization, recovery_codes as code},
    types::Key,
};

diesel::define_sql_function! {
    /// Turns ASCII letters to lower case. Addresses have no others.
    fn lower(text: Text) -> Text;
}

/// How many recovery codes the administrator at hand has left.
#[auto_type(no_type_alias)]
pub(crate) fn codes_left() -> _ {
    code::table
        .filter(code::administrator_id.eq(administrator::id))
        .count()
        .single_value()
}

fn member(found: QueryResult<MemberRows>) -> QueryResult<Option<Member>> {
    Ok(found.optional()?.map(read_member).transpose()?)
}

/// The statement; whom it is asked for is the caller's to say.
macro_rules! members {
    () => {
        administrator::table.inner_join(organization::table).select((
            AdministratorRow::as_select(),
            codes_left(),
            OrganizationRow::as_select(),
        ))
    };
}

pub(super) fn by_id(connection: &mut AnyConnection, id: Key) -> QueryResult<Option<Member>> {
    member(members!().filter(administrator::id.eq(id)).get_result(connection))
}

pub(super) fn by_mail(connection: &mut AnyConnection, mail: &str) -> QueryResult<Option<Member>> {
    let mail = mail.to_ascii_lowercase();
    member(
        members!()
            .filter(lower(administrator::mail).eq(mail))
            .get_result(connection),
    )
}

/// Whether somebody has this mail address.
pub(super) fn has_mail(connection: &mut AnyConnection, mail: &str) -> QueryResult<bool> {
    let mail = mail.to_ascii_lowercase();
    let with_mail = administrator::table.filter(lower(administrator::mail).eq(mail));
    diesel::select(diesel::dsl::exists(with_mail)).get_result(connection)
}

pub(super) fn by_profile(
    connection: &mut AnyConnection,
    profile: &SocialProfile,
) -> QueryResult<Option<Member>> {
    member(
        members!()
            .filter(administrator::connected_issuer.eq(profile.issuer()))
            .filter(administrator::connected_subject.eq(profile.subject()))
            .get_result(connection),
    )
}

pub(super) fn of_organization(
    connection: &mut AnyConnection,
    organization: Key,
    id: Key,
) -> QueryResult<Option<Administrator>> {
    let found = administrator::table
        .find(id)
        .filter(administrator::organization_id.eq(organization))
        .select((AdministratorRow::as_select(), codes_left()))
        .get_result(connection)
        .optional()?;
    Ok(found.map(read_administrator).transpose()?)
}

pub(super) fn list(connection: &mut AnyConnection, organization: Key) -> QueryResult<Vec<Administrator>> {
    let found = administrator::table
        .filter(administrator::organization_id.eq(organization))
        .order((administrator::created_at, administrator::id))
        .select((AdministratorRow::as_select(), codes_left()))
        .load(connection)?;
    found
        .into_iter()
        .map(|rows| Ok(read_administrator(rows)?))
        .collect()
}
