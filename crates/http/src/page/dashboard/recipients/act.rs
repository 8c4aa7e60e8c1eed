//! `/dashboard/recipients/{id}/{act}`: what an administrator does to one recipient. `GET` asks, `POST` does it.

use actix_web::{
    HttpResponse,
    web::{Path, Payload},
};
use symbolon_domain::{
    access_token::Dossier,
    port::{
        access_tokens::AccessChange,
        outbox::Resending,
        recipients::{Correction, RecipientChange},
    },
    service::{
        change_access::{CorrectAddress, ReplaceAccess, Replacing, ResetAccess, RevokeAccess},
        change_recipient::{DeleteRecipient, RevokeCredential},
        mail_again::MailAgain,
    },
    text::{MailAddress, RevocationReason},
};

use super::{
    named, page_after,
    present::{self, Mails},
    requests::{Answer, answered},
};
use crate::{
    page::{
        dashboard::{desk::Desk, typed::Typed},
        fault::PageFault,
        form::Form,
        respond::{scripted_page, see_page},
    },
    view::dashboard::{Field, Outcome, Problem, QuestionPage, RecipientAct, Section, paths},
};

/// What an act came to.
enum Done {
    /// It is told on the recipient's page.
    Told(Outcome),
    /// The recipient is gone.
    Gone,
    /// The form is shown again.
    Asked(Field),
}

pub(crate) async fn ask(desk: Desk, path: Path<(String, String)>) -> Result<HttpResponse, PageFault> {
    let act = RecipientAct::from_code(&path.1).ok_or(PageFault::NotFound)?;
    let dossier = named(&desk, &path.0).await?;
    question(&desk, &dossier, act, None).await
}

pub(crate) async fn carry_out(
    desk: Desk,
    path: Path<(String, String)>,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let dossier = named(&desk, &path.0).await?;
    let id = dossier.recipient.id;
    if let Some(answer) = path.1.strip_suffix("-request") {
        let answer = Answer::from_code(answer).ok_or(PageFault::NotFound)?;
        let outcome = answered(&desk, id, answer, &form).await?;
        return Ok(see_page(&desk.state, &page_after(id, outcome), Vec::new()));
    }
    let act = RecipientAct::from_code(&path.1).ok_or(PageFault::NotFound)?;
    match done(&desk, &dossier, act, &form).await? {
        Done::Told(outcome) => Ok(see_page(&desk.state, &page_after(id, outcome), Vec::new())),
        Done::Gone => {
            let to = format!("{}?done={}", paths::RECIPIENTS, Outcome::RecipientDeleted.code());
            Ok(see_page(&desk.state, &to, Vec::new()))
        }
        Done::Asked(field) => question(&desk, &dossier, act, Some(field)).await,
    }
}

async fn question(
    desk: &Desk,
    dossier: &Dossier,
    act: RecipientAct,
    said: Option<Field>,
) -> Result<HttpResponse, PageFault> {
    let id = dossier.recipient.id;
    let about = desk
        .state
        .ports
        .outbox
        .about(dossier.organization.id, &[id])
        .await?;
    let recipient = present::recipient(&desk.state, dossier, &Mails::of(about));
    if act.bar(&recipient).is_some() {
        // The page says why not.
        let to = page_after(id, Outcome::RecipientChanged);
        return Ok(see_page(&desk.state, &to, Vec::new()));
    }
    let frame = desk.frame(Section::Recipients).await?;
    scripted_page(&QuestionPage::about_recipient(frame, act, &recipient, said))
}

async fn done(desk: &Desk, dossier: &Dossier, act: RecipientAct, form: &Form) -> Result<Done, PageFault> {
    let ports = &desk.state.ports;
    let (authority, recipient) = (desk.authority(), dossier.recipient.id);
    let changed = |change, outcome| match change {
        AccessChange::Changed => Ok(Done::Told(outcome)),
        AccessChange::Absent => Err(PageFault::NotFound),
        AccessChange::Refused(_) | AccessChange::CredentialRevoked | AccessChange::Overtaken => {
            Ok(Done::Told(Outcome::RecipientChanged))
        }
    };
    match act {
        RecipientAct::SendAgain => {
            let sending = MailAgain { authority, recipient };
            Ok(Done::Told(match sending.run(ports).await? {
                Resending::Queued => Outcome::SentAgain,
                Resending::AlreadyWaiting | Resending::TooSoon { .. } => Outcome::NotSentAgain,
                Resending::Moot | Resending::Overtaken => Outcome::RecipientChanged,
                Resending::Absent => return Err(PageFault::NotFound),
            }))
        }
        RecipientAct::CorrectAddress => correct(desk, dossier, form).await,
        RecipientAct::Reset => {
            let resetting = ResetAccess { authority, recipient };
            changed(resetting.run(ports).await?, Outcome::AccessReset)
        }
        RecipientAct::Replace => {
            let replacing = ReplaceAccess { authority, recipient };
            match replacing.run(ports).await? {
                Replacing::Replaced(..) => Ok(Done::Told(Outcome::AccessReplaced)),
                Replacing::Not(change) => changed(change, Outcome::AccessReplaced),
            }
        }
        RecipientAct::RevokeAccess => {
            let revoking = RevokeAccess { authority, recipient };
            changed(revoking.run(ports).await?, Outcome::AccessRevoked)
        }
        RecipientAct::RevokeCredential => revoke_credential(desk, dossier, form).await,
        RecipientAct::Delete => {
            let deleting = DeleteRecipient { authority, recipient };
            // Gone is gone, whoever did it.
            deleting.run(ports).await?;
            Ok(Done::Gone)
        }
    }
}

async fn correct(desk: &Desk, dossier: &Dossier, form: &Form) -> Result<Done, PageFault> {
    let typed = Typed::needed(form, "mail", MailAddress::parse);
    let Some(mail) = typed.value else {
        return Ok(Done::Asked(typed.field));
    };
    let correcting = CorrectAddress {
        authority: desk.authority(),
        recipient: dossier.recipient.id,
        mail,
    };
    Ok(match correcting.run(&desk.state.ports).await? {
        Correction::Corrected => Done::Told(Outcome::AddressCorrected),
        Correction::Unchanged => {
            let same = Problem::Other("This is the address that it has already.".into());
            Done::Asked(typed.field.with(same))
        }
        Correction::Duplicate(rival) => {
            let organization = dossier.organization.id;
            let rival = desk.state.ports.recipients.find(organization, rival).await?;
            let name = rival.map_or_else(|| "Somebody".to_owned(), |rival| rival.recipient.name());
            Done::Asked(typed.field.with(Problem::address_taken(&name)))
        }
        Correction::Claimed | Correction::CredentialRevoked | Correction::Overtaken => {
            Done::Told(Outcome::RecipientChanged)
        }
        Correction::Absent => return Err(PageFault::NotFound),
    })
}

async fn revoke_credential(desk: &Desk, dossier: &Dossier, form: &Form) -> Result<Done, PageFault> {
    let typed = Typed::optional(form, "reason", RevocationReason::parse);
    let Some(reason) = typed.value else {
        return Ok(Done::Asked(typed.field));
    };
    let revoking = RevokeCredential {
        authority: desk.authority(),
        recipient: dossier.recipient.id,
        reason,
    };
    match revoking.run(&desk.state.ports).await? {
        RecipientChange::Changed => Ok(Done::Told(Outcome::CredentialRevoked)),
        RecipientChange::Unchanged => Ok(Done::Told(Outcome::RecipientChanged)),
        RecipientChange::Absent => Err(PageFault::NotFound),
    }
}
