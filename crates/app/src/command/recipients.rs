//! `recipients`: list, import, export, reset, revoke-access, replace-access, revoke-credential, delete.

mod access;
mod delete;
mod export;
mod import;
mod list;

use std::process::ExitCode;

use symbolon_domain::{access_token::Dossier, id::RecipientId, port::Ports};
use symbolon_http::present::BadgeObject;

use self::access::Act;
use super::assemble;
use crate::{
    assembly::Assembly,
    failure::Failure,
    options::{Options, Recipients},
};

pub(super) async fn run(options: &Options, act: Recipients) -> Result<ExitCode, Failure> {
    match act {
        Recipients::Import(import) => return import::run(options, &import).await,
        Recipients::Export(export) => export::run(options, &export).await?,
        Recipients::List {
            organization,
            template,
            state,
            reset_requested,
        } => list::run(options, organization, template, state, reset_requested).await?,
        Recipients::Reset { id } => access::run(options, &id, Act::Reset).await?,
        Recipients::RevokeAccess { id } => access::run(options, &id, Act::RevokeAccess).await?,
        Recipients::ReplaceAccess { id } => access::run(options, &id, Act::ReplaceAccess).await?,
        Recipients::RevokeCredential { id, reason } => {
            access::run(options, &id, Act::RevokeCredential(reason)).await?;
        }
        Recipients::Delete { id, yes, dry_run } => delete::run(options, &id, yes, dry_run).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads an id. What is not one may be an access token or a whole link, so it is not repeated.
fn recipient_id(text: &str) -> Result<RecipientId, Failure> {
    RecipientId::parse(text).ok_or_else(|| {
        Failure::usage("that is not a recipient's id")
            .advise("Ids are shown by: symbolon recipients list --organization ID")
    })
}

/// The recipient with this id, or a failure that says how to find the right one.
async fn recipient_by_id(ports: &Ports, id: RecipientId) -> Result<Dossier, Failure> {
    ports.recipients.find_by_id(id).await?.ok_or_else(|| {
        Failure::new(format!("there is no recipient {id}"))
            .advise("See which there are: symbolon recipients list --organization ID")
    })
}

/// A recipient as the API has them, without their link.
fn object(assembly: &Assembly, dossier: &Dossier) -> BadgeObject {
    BadgeObject::new(dossier, None, &assembly.public_url)
}

/// Who somebody is, in a sentence.
fn described(dossier: &Dossier) -> String {
    let recipient = &dossier.recipient;
    format!("{} <{}>", recipient.name(), recipient.mail)
}
