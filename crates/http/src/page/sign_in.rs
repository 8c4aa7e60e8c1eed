//! `POST /sign-in`: signs in without a link, to see what a profile holds.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Payload},
};

use super::{access::begin, fault::PageFault, form::Form, visitor::Visitor};
use crate::{State, client_address::client_address};

pub(crate) async fn begin_without_link(
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let visitor = Visitor::of(&request, &state).await?;
    let form = Form::read(&request, payload).await?;
    visitor.check_form(&request, &state, form.text("csrf"))?;
    state.rates.sign_in(client_address(&request, &state))?;
    begin(&request, &state, &form, None).await
}
