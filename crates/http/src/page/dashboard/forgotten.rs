//! `/dashboard/forgotten`: mails a link for a new password. Whether an address is known, nobody is told.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Payload},
};
use symbolon_domain::{service::administration::links::forgotten, text::MailAddress};

use super::{typed::Typed, visit::Visit};
use crate::{
    State,
    client_address::client_address,
    page::{fault::PageFault, respond::page},
    view::dashboard::{Field, ForgottenPage, ForgottenSentPage},
};

pub(crate) async fn show(state: Data<State>, request: HttpRequest) -> Result<HttpResponse, PageFault> {
    let visit = Visit::of(&request, &state);
    page(&ForgottenPage {
        frame: visit.frame(&request, &state),
        mail: Field::default(),
    })
}

pub(crate) async fn mail(
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let visit = Visit::of(&request, &state);
    let fields = visit.form(&request, &state, payload).await?;
    state.rates.retrieve(client_address(&request, &state))?;
    let typed = Typed::needed(&fields, "mail", MailAddress::parse);
    let frame = visit.frame(&request, &state);
    let Some(mail) = typed.value else {
        return page(&ForgottenPage {
            frame,
            mail: typed.field,
        });
    };
    if state.rates.may_mail(&mail) {
        forgotten(&state.ports, &mail).await?;
    }
    page(&ForgottenSentPage { frame })
}
