//! `recipients delete`.

use symbolon_domain::{
    access_token::Dossier,
    service::{caller::Authority, change_recipient::DeleteRecipient},
};

use super::{assemble, described, object, recipient_by_id, recipient_id};
use crate::{failure::Failure, options::Options, question::Question};

pub(super) async fn run(options: &Options, id: &str, yes: bool, dry_run: bool) -> Result<(), Failure> {
    let id = recipient_id(id)?;
    let question = |consequence| Question {
        consequence,
        verb: "delete",
        otherwise: "nothing was deleted",
    };
    if !yes && !dry_run {
        // Before a database is opened for nothing.
        question(String::new()).require_somebody()?;
    }
    let assembly = assemble(options).await?;
    let dossier = recipient_by_id(&assembly.ports, id).await?;
    let deleted = object(&assembly, &dossier);
    if dry_run {
        return options.output().print(&deleted, || {
            format!("Would delete {}: {}", described(&dossier), consequence(&dossier))
        });
    }
    if !yes {
        let consequence = format!(
            "Deleting {}: {}\n\nTo only end its validity: symbolon recipients revoke-credential {}",
            described(&dossier),
            consequence(&dossier),
            dossier.recipient.id
        );
        question(consequence).ask()?;
    }
    let request = DeleteRecipient {
        authority: Authority::Operator(&dossier.organization),
        recipient: id,
    };
    let was_there = request.run(&assembly.ports).await?;
    options.output().print(&deleted, || {
        if was_there {
            format!("{} is deleted.", described(&dossier))
        } else {
            "Nothing to do: the recipient was deleted meanwhile.".to_owned()
        }
    })
}

fn consequence(dossier: &Dossier) -> String {
    format!(
        "the credential “{}”, the access token and all personal data are gone for good, the link stops working, and the \
         verification page no longer finds anything. Only the activity log keeps the id.",
        dossier.template.name
    )
}
