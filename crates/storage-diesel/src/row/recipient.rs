//! Rows of recipients.

use diesel::{Insertable, Queryable, Selectable};
use symbolon_domain::{
    id::RecipientId,
    idempotency::{IdempotencyKey, RequestFingerprint},
    port::recipients::{IssueRequest, NewRecipient},
    recipient::{Locale, Recipient, Revocation},
    search::Described,
    text::{ExternalId, MailAddress, PersonName, RevocationReason},
};

use super::{maybe, unreadable};
use crate::{
    error::Unreadable,
    recipients::signature,
    schema::recipients,
    types::{At, Key},
};

/// A recipient as it is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = recipients, treat_none_as_default_value = false)]
pub(crate) struct RecipientRow {
    pub(crate) id: Key,
    pub(crate) organization_id: Key,
    pub(crate) template_id: Key,
    first_name: String,
    last_name: Option<String>,
    pub(crate) mail: String,
    locale: String,
    external_id: Option<String>,
    is_test: bool,
    created_at: At,
    issued_at: At,
    expires_at: Option<At>,
    first_claimed_at: Option<At>,
    pub(crate) revoked_at: Option<At>,
    revocation_reason: Option<String>,
}

/// The request that issued a credential, in columns of the recipient.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = recipients, treat_none_as_default_value = false)]
pub(crate) struct RequestColumns {
    #[diesel(column_name = issue_caller_id)]
    pub(crate) caller_id: Option<Key>,
    #[diesel(column_name = issue_key)]
    pub(crate) key: Option<String>,
    #[diesel(column_name = issue_fingerprint)]
    pub(crate) fingerprint: Option<Vec<u8>>,
    #[diesel(column_name = issue_place)]
    pub(crate) place: Option<i64>,
}

/// A recipient as it is added.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = recipients)]
pub(crate) struct NewRecipientRow {
    #[diesel(embed)]
    pub(crate) recipient: RecipientRow,
    #[diesel(embed)]
    pub(crate) request: RequestColumns,
    words: String,
}

/// The words by which a search finds a recipient, as the column has them: after their [signature], each after a space, so that
/// one is found with the space before it.
pub(crate) fn words<'a>(described: impl Into<Described<'a>>) -> String {
    let words = described.into().words();
    let signature = signature::bits(words.iter().map(String::as_str));
    words.iter().fold(signature.to_string(), |mut line, word| {
        line.push(' ');
        line.push_str(word);
        line
    })
}

impl From<&NewRecipient> for NewRecipientRow {
    fn from(new: &NewRecipient) -> Self {
        let request = new.request.as_ref();
        Self {
            recipient: (&new.recipient).into(),
            request: RequestColumns {
                caller_id: request.map(|request| request.caller.into()),
                key: request.map(|request| request.key.as_str().to_owned()),
                fingerprint: request.map(|request| request.fingerprint.0.to_vec()),
                place: request.map(|request| request.place.into()),
            },
            words: words(&new.recipient),
        }
    }
}

impl From<&Recipient> for RecipientRow {
    fn from(recipient: &Recipient) -> Self {
        let revocation = recipient.revocation.as_ref();
        let reason = revocation.and_then(|revocation| revocation.reason.as_ref());
        Self {
            id: recipient.id.into(),
            organization_id: recipient.organization.into(),
            template_id: recipient.template.into(),
            first_name: recipient.first_name.as_str().to_owned(),
            last_name: recipient.last_name.as_ref().map(|name| name.as_str().to_owned()),
            mail: recipient.mail.as_str().to_owned(),
            locale: recipient.locale.tag().to_owned(),
            external_id: recipient.external_id.as_ref().map(|id| id.as_str().to_owned()),
            is_test: recipient.is_test,
            created_at: At(recipient.created_at),
            issued_at: At(recipient.issued_at),
            expires_at: maybe(recipient.expires_at),
            first_claimed_at: maybe(recipient.first_claimed_at),
            revoked_at: revocation.map(|revocation| At(revocation.at)),
            revocation_reason: reason.map(|reason| reason.as_str().to_owned()),
        }
    }
}

impl TryFrom<RecipientRow> for Recipient {
    type Error = Unreadable;

    fn try_from(row: RecipientRow) -> Result<Self, Unreadable> {
        let column = |column| move || unreadable("recipients", column);
        let person = |name: &str, of| PersonName::parse(name).map_err(|_| unreadable("recipients", of));
        let reason = row
            .revocation_reason
            .map(|reason| RevocationReason::parse(&reason))
            .transpose()
            .map_err(|_| column("revocation_reason")())?;
        Ok(Self {
            id: row.id.into(),
            organization: row.organization_id.into(),
            template: row.template_id.into(),
            first_name: person(&row.first_name, "first_name")?,
            last_name: row.last_name.map(|name| person(&name, "last_name")).transpose()?,
            mail: MailAddress::parse(&row.mail).map_err(|_| column("mail")())?,
            locale: Locale::ALL
                .into_iter()
                .find(|locale| locale.tag() == row.locale)
                .ok_or_else(column("locale"))?,
            external_id: row
                .external_id
                .map(|id| ExternalId::parse(&id))
                .transpose()
                .map_err(|_| column("external_id")())?,
            is_test: row.is_test,
            created_at: row.created_at.0,
            issued_at: row.issued_at.0,
            expires_at: row.expires_at.map(|at| at.0),
            first_claimed_at: row.first_claimed_at.map(|at| at.0),
            revocation: row.revoked_at.map(|at| Revocation { at: at.0, reason }),
        })
    }
}

/// What was issued under a client's name for its request.
pub(crate) fn issued(
    (id, request): (Key, RequestColumns),
) -> Result<(IssueRequest, RecipientId), Unreadable> {
    let column = |column| move || unreadable("recipients", column);
    let caller = request.caller_id.ok_or_else(column("issue_caller_id"))?;
    let key = request.key.as_deref().and_then(IdempotencyKey::parse);
    let fingerprint = request.fingerprint.and_then(|bytes| bytes.try_into().ok());
    let place = request.place.and_then(|place| place.try_into().ok());
    let request = IssueRequest {
        caller: caller.into(),
        key: key.ok_or_else(column("issue_key"))?,
        fingerprint: RequestFingerprint(fingerprint.ok_or_else(column("issue_fingerprint"))?),
        place: place.ok_or_else(column("issue_place"))?,
    };
    Ok((request, id.into()))
}
