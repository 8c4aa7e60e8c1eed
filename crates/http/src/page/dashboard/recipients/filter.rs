//! Which recipients a list or an act is about, as an address or a form says it.

use symbolon_domain::{
    id::TemplateId,
    mail,
    port::recipients::{self, RecipientState},
};

use crate::view::dashboard::{Choice as _, MailShown, Order, RecipientFilter, StateShown};

/// What the fields say, by their names.
pub(super) fn wanted(text: impl Fn(&str) -> Option<String>) -> RecipientFilter {
    let said = |name| text(name).unwrap_or_default();
    RecipientFilter {
        search: said("q").trim().to_owned(),
        template: text("template").filter(|id| TemplateId::parse(id).is_some()),
        state: StateShown::from_code(&said("state")).unwrap_or_default(),
        mail: MailShown::from_code(&said("mail")).unwrap_or_default(),
        order: Order::from_code(&said("sort")).unwrap_or_default(),
    }
}

/// The same in the domain's words.
pub(super) fn asked(filter: &RecipientFilter) -> recipients::RecipientFilter {
    let mut asked = recipients::RecipientFilter {
        template: filter.template.as_deref().and_then(TemplateId::parse),
        query: (!filter.search.is_empty()).then(|| filter.search.clone()),
        link_mail: match filter.mail {
            MailShown::All => None,
            MailShown::Waiting => Some(mail::MailState::Pending),
            MailShown::Sent => Some(mail::MailState::Sent),
            MailShown::Failed => Some(mail::MailState::Failed),
        },
        ..recipients::RecipientFilter::default()
    };
    match filter.state {
        StateShown::All => {}
        StateShown::Waiting => {
            asked.state = Some(RecipientState::Pending);
            asked.access_revoked = Some(false);
        }
        StateShown::Claimed => asked.state = Some(RecipientState::Accepted),
        StateShown::ResetRequested => asked.reset_requested = Some(true),
        StateShown::AccessRevoked => asked.access_revoked = Some(true),
        StateShown::CredentialRevoked => asked.state = Some(RecipientState::Revoked),
    }
    asked
}
