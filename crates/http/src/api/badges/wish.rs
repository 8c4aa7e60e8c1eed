//! What a request to issue says about one recipient.

use symbolon_domain::{
    id::TemplateId,
    recipient::Locale,
    service::issue_credentials::{CredentialWish, ExpiryWish},
    text::{ExternalId, MailAddress, PersonName},
};

use crate::{
    error::ApiError,
    fields::{Fields, MISSING},
};

/// What need not be said of a recipient.
const OPTIONAL: [&str; 5] = [
    "issued_to_last_name",
    "issuer_earner_id",
    "issued_at",
    "expires_at",
    "locale",
];

/// Reads a recipient; all that is wrong with them is told at once.
pub(super) fn wish(mut fields: Fields) -> Result<CredentialWish, ApiError> {
    fields.blank_is_not_given(&OPTIONAL);
    let template = fields.needed("badge_template_id", template);
    let mail = fields.needed("recipient_email", MailAddress::parse);
    let first_name = fields.needed("issued_to_first_name", PersonName::parse);
    let last_name = fields.text("issued_to_last_name", PersonName::parse);
    let issued_at = fields.instant("issued_at");
    let expiry = expiry(&mut fields);
    let locale = fields.text("locale", |tag| Ok::<_, ApiError>(Locale::nearest(tag)));
    let external_id = fields.text("issuer_earner_id", ExternalId::parse);
    let is_test = fields.boolean("test").unwrap_or(false);
    let suppress_mail = fields
        .boolean("suppress_badge_notification_email")
        .unwrap_or(false);
    let needed = template.zip(mail).zip(first_name);
    let Some(((template, mail), first_name)) = fields.finish_with(needed)? else {
        return Err(ApiError::invalid("recipient_email", MISSING));
    };
    Ok(CredentialWish {
        template,
        mail,
        first_name,
        last_name,
        issued_at,
        expiry,
        locale: locale.unwrap_or_default(),
        external_id,
        is_test,
        suppress_mail,
    })
}

/// `false` is never; what is not given is as the template has it.
pub(super) fn expiry(fields: &mut Fields) -> ExpiryWish {
    if fields.is_false("expires_at") {
        return ExpiryWish::Never;
    }
    fields
        .instant("expires_at")
        .map_or(ExpiryWish::Template, ExpiryWish::At)
}

pub(super) fn template(text: &str) -> Result<TemplateId, &'static str> {
    TemplateId::parse(text).ok_or("must be the id of a badge template")
}
