//! Reading dossiers: an access token, and everything that decides about it, in one statement on primary keys.
//!
//! One statement, for on PostgreSQL two would see two different moments, and a dossier that never was.

use diesel::{dsl::auto_type, prelude::*};
use symbolon_domain::{access_token::Dossier, mail::MailKind, sealed::TokenDigest};

use crate::{
    connection::AnyConnection,
    row::{
        access_token::AccessTokenRow,
        dossier::{DossierRow, read_dossier},
        organization::OrganizationRow,
        recipient::RecipientRow,
        template::TemplateRow,
    },
    schema::{
        access_tokens as token, mails as mail, organizations as organization, recipients as recipient,
        templates as template,
    },
    types::Key,
};

#[auto_type(no_type_alias)]
fn joined() -> _ {
    let of_recipient = recipient::table
        .inner_join(template::table)
        .inner_join(organization::table);
    token::table.inner_join(of_recipient)
}

/// What became of the latest mail that carried the link of the token at hand.
#[auto_type(no_type_alias)]
pub(crate) fn latest_mail<'a>(kinds: Vec<&'a str>) -> _ {
    mail::table
        .filter(mail::access_token_id.eq(token::id))
        .filter(mail::kind.eq_any(kinds))
        .order((mail::created_at.desc(), mail::id.desc()))
        .limit(1_i64)
        .select(mail::state)
        .single_value()
}

pub(crate) fn kinds_with_link() -> Vec<&'static str> {
    let with_link = MailKind::ALL.iter().filter(|kind| kind.has_link());
    with_link.map(|kind| kind.name()).collect()
}

/// The statement; what it is asked for is the caller's to say.
macro_rules! dossiers {
    () => {
        joined().select((
            AccessTokenRow::as_select(),
            RecipientRow::as_select(),
            TemplateRow::as_select(),
            OrganizationRow::as_select(),
            latest_mail(kinds_with_link()),
        ))
    };
}

fn one(found: QueryResult<DossierRow>) -> QueryResult<Option<Dossier>> {
    Ok(found.optional()?.map(read_dossier).transpose()?)
}

fn several(found: Vec<DossierRow>) -> QueryResult<Vec<Dossier>> {
    found.into_iter().map(|row| Ok(read_dossier(row)?)).collect()
}

/// The hot look-up: one unique key, then primary keys.
pub(crate) fn by_digest(
    connection: &mut AnyConnection,
    digest: &TokenDigest,
) -> QueryResult<Option<Dossier>> {
    let found = dossiers!()
        .filter(token::digest.eq(digest.bytes.as_slice()))
        .filter(token::pepper_id.eq(digest.pepper.as_str()));
    one(found.get_result(connection))
}

/// That of this access token, replaced or not.
pub(crate) fn by_id(connection: &mut AnyConnection, id: Key) -> QueryResult<Option<Dossier>> {
    one(dossiers!().filter(token::id.eq(id)).get_result(connection))
}

/// That of a recipient, with the token that has not been replaced.
pub(crate) fn of_recipient(connection: &mut AnyConnection, id: Key) -> QueryResult<Option<Dossier>> {
    let found = dossiers!()
        .filter(token::recipient_id.eq(id))
        .filter(token::replaced_at.is_null());
    one(found.get_result(connection))
}

/// Those of these recipients, in no order.
pub(crate) fn of_recipients(connection: &mut AnyConnection, ids: &[Key]) -> QueryResult<Vec<Dossier>> {
    let found = dossiers!()
        .filter(token::recipient_id.eq_any(ids))
        .filter(token::replaced_at.is_null());
    several(found.load(connection)?)
}

/// The credentials in force of whoever has this mail address, newest first.
pub(crate) fn with_mail(
    connection: &mut AnyConnection,
    address: &str,
    limit: i64,
) -> QueryResult<Vec<Dossier>> {
    let found = dossiers!()
        .filter(recipient::mail.eq(address))
        .filter(recipient::revoked_at.is_null())
        .filter(token::replaced_at.is_null())
        .order((recipient::created_at.desc(), recipient::id.desc()))
        .limit(limit);
    several(found.load(connection)?)
}
