//! `GET /`: what this service is, and where to go.

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::{fault::PageFault, respond::page, visitor::Visitor};
use crate::{State, view::HomePage};

pub(crate) async fn show(state: Data<State>, request: HttpRequest) -> Result<HttpResponse, PageFault> {
    let visitor = Visitor::of(&request, &state).await?;
    page(&HomePage {
        frame: visitor.frame(&state),
    })
}
