//! What can be done with templates.

use clap::{
    Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};
use symbolon_domain::{
    id::{OrganizationId, TemplateId},
    template::{TemplateKind, Validity},
    text::{TemplateDescription, TemplateName},
};

use super::organization_id;

/// What `symbolon templates --help` ends with.
pub(super) const EXAMPLES: &str = "\
Examples:
  symbolon templates create --organization ID --kind badge --name \"Rust, first year\"
  symbolon templates create --organization ID --kind certificate --name \"First aid\" --valid-for-days 730
  symbolon templates list --organization ID
  symbolon templates pause ID

Then issue credentials on it: symbolon recipients import FILE.csv --template ID";

/// What can be done with templates.
#[derive(Debug, Subcommand)]
pub(crate) enum Templates {
    /// Make a template, on which badges or certificates are then issued.
    Create {
        /// Whose it is.
        #[arg(long, value_name = "ID", value_parser = organization_id)]
        organization: OrganizationId,
        /// A badge is shown as a round seal, a certificate as a sheet of paper.
        #[arg(long, value_parser = kind())]
        kind: TemplateKind,
        /// What it is called; recipients and whoever verifies a credential read it.
        #[arg(long, value_parser = TemplateName::parse)]
        name: TemplateName,
        /// What it says about itself.
        #[arg(long, value_parser = TemplateDescription::parse)]
        description: Option<TemplateDescription>,
        /// How long its credentials are valid, 1 to 36600; without it, for ever.
        #[arg(long, value_name = "DAYS", allow_negative_numbers = true, value_parser = validity)]
        valid_for_days: Option<Validity>,
    },
    /// List an organization's templates, newest first.
    List {
        /// Whose.
        #[arg(long, value_name = "ID", value_parser = organization_id)]
        organization: OrganizationId,
    },
    /// Pause a template: its links stop working and its mail waits, until it is resumed. Nothing is lost.
    Pause {
        /// Which one.
        #[arg(value_parser = template_id)]
        id: TemplateId,
    },
    /// Resume a paused template: everything is as it was, and the mail that waited is sent.
    Resume {
        /// Which one.
        #[arg(value_parser = template_id)]
        id: TemplateId,
    },
}

/// Reads a template's id.
pub(super) fn template_id(text: &str) -> Result<TemplateId, &'static str> {
    TemplateId::parse(text).ok_or("not a template's id; see: symbolon templates list --organization ID")
}

fn kind() -> impl TypedValueParser<Value = TemplateKind> {
    PossibleValuesParser::new(TemplateKind::ALL.map(TemplateKind::name))
        .try_map(|word| TemplateKind::parse(&word).ok_or("must be badge or certificate"))
}

fn validity(text: &str) -> Result<Validity, String> {
    let days = text.parse().map_err(|_| "must be a whole number".to_owned())?;
    Validity::from_days(days).map_err(|error| error.to_string())
}
