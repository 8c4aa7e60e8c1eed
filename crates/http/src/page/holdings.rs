//! `GET /credentials`: all that the signed-in profile holds, of all issuers.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use symbolon_domain::{
    access_token::{Dossier, ViewStanding},
    page::PageRequest,
    service::view_credential::list_holdings,
    sign_in::Audience,
    time::Timestamp,
};

use super::{
    access::no_provider,
    fault::PageFault,
    present,
    respond::{page, page_with_providers},
    visitor::Visitor,
};
use crate::{
    State, list_query,
    view::{Bar, Holding, HoldingsPage, Moment, Pager, SignInPage, WayBack},
};

/// Credentials on a page.
const PER_PAGE: u64 = 20;

pub(crate) async fn show(state: Data<State>, request: HttpRequest) -> Result<HttpResponse, PageFault> {
    let visitor = Visitor::of(&request, &state).await?;
    let Some(connection) = visitor.connection() else {
        return choose(&visitor, &state).await;
    };
    let number = list_query::page(&request).map_or(1, PageRequest::number);
    let wanted = PageRequest::new(number, PER_PAGE);
    let held = list_holdings(&state.ports, &connection.profile, wanted).await?;
    let now = state.ports.clock.now();
    page(&HoldingsPage {
        frame: visitor.frame(&state),
        pager: Pager {
            number,
            pages: held.total_pages(),
        },
        holdings: held
            .items
            .iter()
            .map(|dossier| holding(dossier, dossier.view_by(&connection.profile), now))
            .collect(),
    })
}

async fn choose(visitor: &Visitor, state: &State) -> Result<HttpResponse, PageFault> {
    let frame = visitor.frame(state);
    let (providers, origins) = present::providers(state.sign_in.providers(Audience::Recipients).await);
    if providers.is_empty() {
        return no_provider(frame, WayBack::Credentials);
    }
    page_with_providers(&SignInPage { frame, providers }, &origins)
}

fn holding(dossier: &Dossier, view: ViewStanding, now: Timestamp) -> Holding {
    Holding {
        id: dossier.recipient.id.to_string(),
        kind: present::kind(dossier.template.kind),
        title: dossier.template.name.to_string(),
        issuer: dossier.organization.name.to_string(),
        issued_at: Moment::of(dossier.recipient.issued_at),
        standing: present::standing(dossier, now),
        bar: match view {
            // The list has nothing that is not theirs.
            ViewStanding::Holder | ViewStanding::NotYours => None,
            ViewStanding::Paused => Some(Bar::Paused),
            ViewStanding::OrganizationCancelled => Some(Bar::IssuerClosed),
        },
    }
}
