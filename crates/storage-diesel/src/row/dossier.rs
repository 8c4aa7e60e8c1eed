//! Dossiers: what one statement reads of an access token and of everything that decides about it.

use symbolon_domain::access_token::Dossier;

use super::{
    access_token::AccessTokenRow, organization::OrganizationRow, read_state, recipient::RecipientRow,
    template::TemplateRow,
};
use crate::error::Unreadable;

/// The rows of a dossier, and the state of the latest mail with its link.
pub(crate) type DossierRow = (
    AccessTokenRow,
    RecipientRow,
    TemplateRow,
    OrganizationRow,
    Option<String>,
);

/// The dossier that the rows are.
pub(crate) fn read_dossier(
    (token, recipient, template, organization, mail): DossierRow,
) -> Result<Dossier, Unreadable> {
    Ok(Dossier {
        organization: organization.try_into()?,
        template: template.try_into()?,
        recipient: recipient.try_into()?,
        token: token.try_into()?,
        mail: mail.map(|state| read_state("mails", &state)).transpose()?,
    })
}
