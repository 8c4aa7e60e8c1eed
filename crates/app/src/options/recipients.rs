//! What can be done with recipients.

use std::path::PathBuf;

use clap::{
    Args, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};
use symbolon_domain::{
    id::{OrganizationId, TemplateId},
    port::recipients::RecipientState,
    text::RevocationReason,
};

use super::{organization_id, templates::template_id};

/// What `symbolon recipients --help` ends with.
pub(super) const EXAMPLES: &str = "\
Examples:
  symbolon recipients import people.csv --template ID --dry-run    what would become of each row
  symbolon recipients import people.csv --template ID
  symbolon recipients list --organization ID --reset-requested     who waits for a reset
  symbolon recipients reset ID
  symbolon recipients export --organization ID --output people.csv

Revoking access and revoking a credential are different acts. After revoke-access the link can no longer claim the \
credential, which stays valid. After revoke-credential the verification page says that it is revoked, and why.";

const IMPORT_HELP: &str = "\
The file is CSV as Excel and its like save it: with commas, semicolons or tabs, with or without a byte order mark. Its \
first line names the columns, in any order and case, in English or German:

  email         or e-mail, recipient email              needed
  first name    or given name, Vorname                  needed, unless there is a name
  last name     or surname, Nachname
  name          or full name: split at the last space
  issued at     or date, Datum: 2027-01-31, 31.01.2027  by default now
  expires at    or valid until: a date, or never        by default as the template has it
  locale        or language, Sprache: en, de            by default en
  external id   or employee id, issuer earner id
  test          true for somebody who tries things out

Good rows are issued, and mail with their links is queued. Bad rows are written to a file of their own, each with its \
line and the reason: correct them there, and import that file. Importing a file again is safe, for nobody is issued \
the same twice.

Examples:
  symbolon recipients import people.csv --template ID --dry-run
  symbolon recipients import people.csv --template ID --rejects bad.csv

Exit codes: 0 all issued, 1 some or all rejected, 2 wrong use.";

/// What can be done with recipients.
#[derive(Debug, Subcommand)]
pub(crate) enum Recipients {
    /// List recipients, newest first; also those who wait for a reset.
    List {
        /// Whose.
        #[arg(long, value_name = "ID", value_parser = organization_id)]
        organization: OrganizationId,
        /// On this template only.
        #[arg(long, value_name = "ID", value_parser = template_id)]
        template: Option<TemplateId>,
        /// In this state only.
        #[arg(long, value_parser = state())]
        state: Option<RecipientState>,
        /// Only those who asked for a reset, and wait for it.
        #[arg(long)]
        reset_requested: bool,
    },
    /// Issue credentials to everybody in a CSV file; good rows are kept, bad ones reported.
    Import(Import),
    /// Write recipients as CSV, which spreadsheets open safely; never with a token.
    Export(Export),
    /// Clear the binding of a recipient's access token: the same link works again, for whoever connects first.
    Reset {
        /// Which recipient.
        id: String,
    },
    /// End a recipient's access token: it can no longer claim. What is claimed stays, and the credential is valid.
    RevokeAccess {
        /// Which recipient.
        id: String,
    },
    /// Put a new access token in the old one's place; the new link is mailed, the old one says so.
    ReplaceAccess {
        /// Which recipient.
        id: String,
    },
    /// End a credential's validity: its verification says so, with the reason.
    RevokeCredential {
        /// Which recipient.
        id: String,
        /// Why, shown to whoever verifies it.
        #[arg(long, value_parser = RevocationReason::parse)]
        reason: Option<RevocationReason>,
    },
    /// Delete a recipient with their credential, access token and personal data.
    Delete {
        /// Which recipient.
        id: String,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
        /// Only print who would be deleted.
        #[arg(long, conflicts_with = "yes")]
        dry_run: bool,
    },
}

/// Options of `recipients import`.
#[derive(Debug, Args)]
#[command(after_help = IMPORT_HELP)]
pub(crate) struct Import {
    /// The CSV file.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The template on which credentials are issued.
    #[arg(long, value_name = "ID", value_parser = template_id)]
    pub(crate) template: TemplateId,
    /// Check every row, and issue nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Where bad rows are written, if there are any; a new file. [default: beside FILE, as FILE.rejects.csv]
    #[arg(long, value_name = "FILE")]
    pub(crate) rejects: Option<PathBuf>,
    /// Queue no mail.
    #[arg(long)]
    pub(crate) no_mail: bool,
    /// All of them are test recipients, left out of statistics.
    #[arg(long)]
    pub(crate) test: bool,
}

/// Options of `recipients export`.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// All recipients of this organization.
    #[arg(
        long,
        value_name = "ID",
        value_parser = organization_id,
        required_unless_present = "template",
        conflicts_with = "template"
    )]
    pub(crate) organization: Option<OrganizationId>,
    /// All recipients on this template.
    #[arg(long, value_name = "ID", value_parser = template_id)]
    pub(crate) template: Option<TemplateId>,
    /// A new file, readable by its owner only. [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

fn state() -> impl TypedValueParser<Value = RecipientState> {
    PossibleValuesParser::new(RecipientState::ALL.map(RecipientState::name))
        .try_map(|word| RecipientState::parse(&word).ok_or("must be pending, accepted or revoked"))
}
