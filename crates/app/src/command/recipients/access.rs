//! What an operator does with a recipient's access token, or with their credential.

use symbolon_domain::{
    access_token::{AccessState, Dossier},
    port::{Ports, access_tokens::AccessChange, recipients::RecipientChange},
    service::{
        Fault,
        caller::Authority,
        change_access::{ReplaceAccess, Replacing, ResetAccess, RevokeAccess},
        change_recipient::RevokeCredential,
    },
    text::RevocationReason,
};

use super::{assemble, described, object, recipient_by_id, recipient_id};
use crate::{failure::Failure, options::Options};

/// What is to be done.
pub(super) enum Act {
    Reset,
    RevokeAccess,
    ReplaceAccess,
    RevokeCredential(Option<RevocationReason>),
}

/// What became of it: what is said about it.
type Said = Result<String, Failure>;

pub(super) async fn run(options: &Options, id: &str, act: Act) -> Result<(), Failure> {
    // Before a database is opened, or made, for a slip of the hand.
    let id = recipient_id(id)?;
    let assembly = assemble(options).await?;
    let before = recipient_by_id(&assembly.ports, id).await?;
    let said = carry_out(&assembly.ports, &before, act).await??;
    let after = recipient_by_id(&assembly.ports, id).await?;
    options.output().print(&object(&assembly, &after), || said)
}

async fn carry_out(ports: &Ports, dossier: &Dossier, act: Act) -> Result<Said, Fault> {
    let authority = Authority::Operator(&dossier.organization);
    let recipient = dossier.recipient.id;
    let who = described(dossier);
    Ok(match act {
        Act::Reset => {
            let reset = ResetAccess { authority, recipient };
            match reset.run(ports).await? {
                AccessChange::Changed => Ok(format!(
                    "{who}: reset. The same link works again, for whoever connects first; mail tells them."
                )),
                AccessChange::Refused(AccessState::Free) => Ok(format!(
                    "Nothing to do: the access token of {who} is not in use by anybody."
                )),
                other => Err(refused(other, "reset")),
            }
        }
        Act::RevokeAccess => {
            let revoke = RevokeAccess { authority, recipient };
            match revoke.run(ports).await? {
                AccessChange::Changed => Ok(format!(
                    "{who}: access is revoked. Nobody can claim the credential any more; what was claimed stays, and \
                     the credential is as valid as before."
                )),
                AccessChange::Refused(AccessState::Revoked) => {
                    Ok(format!("Nothing to do: access of {who} is revoked already."))
                }
                other => Err(refused(other, "revoked")),
            }
        }
        Act::ReplaceAccess => {
            let replace = ReplaceAccess { authority, recipient };
            match replace.run(ports).await? {
                Replacing::Replaced(..) => Ok(format!(
                    "{who}: a new link is mailed. The old one only says so from now on."
                )),
                Replacing::Not(other) => Err(refused(other, "replaced")),
            }
        }
        Act::RevokeCredential(reason) => {
            let revoke = RevokeCredential {
                authority,
                recipient,
                reason,
            };
            match revoke.run(ports).await? {
                RecipientChange::Changed => Ok(format!(
                    "{who}: the credential is revoked. Its verification page says so from now on."
                )),
                RecipientChange::Unchanged => Ok(format!(
                    "Nothing to do: the credential of {who} is revoked already."
                )),
                RecipientChange::Absent => Err(gone()),
            }
        }
    })
}

fn refused(change: AccessChange, done: &str) -> Failure {
    match change {
        AccessChange::CredentialRevoked => Failure::new(format!(
            "the credential is revoked, and so its access token cannot be {done}"
        ))
        .advise("Issue another: symbolon recipients import FILE.csv --template ID"),
        AccessChange::Refused(state) => Failure::new(format!(
            "the access token is {}, and cannot be {done}",
            state.name()
        ))
        .advise("Put a new one in its place: symbolon recipients replace-access ID"),
        AccessChange::Overtaken => Failure::new("somebody else replaced the access token at the same time")
            .advise("Their new link is mailed already."),
        AccessChange::Changed | AccessChange::Absent => gone(),
    }
}

fn gone() -> Failure {
    Failure::new("the recipient was deleted meanwhile")
}
