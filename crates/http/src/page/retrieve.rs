//! `/retrieve`: somebody has lost their mail, and asks for their links.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Payload},
};
use symbolon_domain::{service::mail_again::RetrieveLinks, text::MailAddress};

use super::{fault::PageFault, form::Form, respond::page, same_site, visitor::Visitor};
use crate::{
    State,
    bearer::origin,
    client_address::client_address,
    view::{RetrievePage, RetrieveSentPage},
};

pub(crate) async fn show(state: Data<State>, request: HttpRequest) -> Result<HttpResponse, PageFault> {
    let visitor = Visitor::of(&request, &state).await?;
    page(&RetrievePage {
        frame: visitor.frame(&state),
        not_an_address: None,
    })
}

/// The same answer whether the address is known or not, and whether it was asked for too often, and as fast: the mail is
/// queued after it.
pub(crate) async fn mail(
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let visitor = Visitor::of(&request, &state).await?;
    let form = Form::read(&request, payload).await?;
    if !same_site::is_ours(&request, &state) {
        return Err(PageFault::ForeignForm);
    }
    let text = form.text("mail").unwrap_or_default();
    let Ok(mail) = MailAddress::parse(text) else {
        return page(&RetrievePage {
            frame: visitor.frame(&state),
            not_an_address: Some(text.to_owned()),
        });
    };
    state.rates.retrieve(client_address(&request, &state))?;
    if state.rates.may_mail(&mail) {
        let retrieve = RetrieveLinks {
            mail,
            origin: origin(&request, &state),
        };
        let ports = state.ports.clone();
        tokio::spawn(async move {
            if let Err(error) = retrieve.run(&ports).await {
                tracing::error!(%error, "links that were asked for cannot be mailed");
            }
        });
    }
    page(&RetrieveSentPage {
        frame: visitor.frame(&state),
    })
}
