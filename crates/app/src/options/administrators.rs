//! What can be done with administrators.

use clap::{
    Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};
use symbolon_domain::{administrator::Role, id::OrganizationId, text::MailAddress};

use super::organization_id;

/// What `symbolon administrators --help` ends with.
pub(super) const EXAMPLES: &str = "\
Examples:
  symbolon administrators invite ada@example.org --organization ID
  symbolon administrators invite bob@example.org --organization ID --role viewer
  symbolon administrators list --organization ID
  symbolon administrators unlock ada@example.org

The very first administrator needs no invitation: `symbolon serve` prints a link while there is nobody.";

/// What can be done with administrators.
#[derive(Debug, Subcommand)]
pub(crate) enum Administrators {
    /// Invite somebody to the dashboard of an organization: prints their link, and mails it.
    Invite {
        /// Where the invitation goes, and what they sign in with.
        #[arg(value_parser = MailAddress::parse)]
        mail: MailAddress,
        /// Whose dashboard.
        #[arg(long, value_name = "ID", value_parser = organization_id)]
        organization: OrganizationId,
        /// What they may do.
        #[arg(long, default_value = "owner", value_parser = role())]
        role: Role,
    },
    /// List the administrators of an organization.
    List {
        /// Whose.
        #[arg(long, value_name = "ID", value_parser = organization_id)]
        organization: OrganizationId,
    },
    /// Remove somebody: from then on they are let in nowhere.
    Remove {
        /// What they sign in with.
        #[arg(value_parser = MailAddress::parse)]
        mail: MailAddress,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
    /// Let somebody try to sign in again at once whose account was closed by too many wrong passwords.
    Unlock {
        /// What they sign in with.
        #[arg(value_parser = MailAddress::parse)]
        mail: MailAddress,
    },
}

fn role() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.map(Role::name)).try_map(|name| Role::parse(&name).ok_or("no role"))
}
