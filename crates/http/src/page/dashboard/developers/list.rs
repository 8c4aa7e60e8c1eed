//! `GET /dashboard/developers`: the list.

use actix_web::HttpResponse;
use symbolon_domain::{
    administrator::Right,
    authorization_token::{AuthorizationToken, TokenStates},
    page::PageRequest,
    secret::AUTHORIZATION_TOKEN_PATTERN,
    service::list_tokens::ListTokens,
    time::Timestamp,
};

use super::{makers::Makers, present};
use crate::{
    page::{
        dashboard::{desk::Desk, visit::query},
        fault::PageFault,
        respond::scripted_page,
    },
    view::{
        Pager,
        dashboard::{Listing, Section, Since, TokenListPage, TokenRow, TokensShown},
    },
};

pub(crate) async fn show(desk: Desk) -> Result<HttpResponse, PageFault> {
    let shows_all = query(desk.request(), "show").as_deref() == Some("all");
    let number = query(desk.request(), "page").and_then(|text| text.parse().ok());
    let listing = ListTokens {
        authority: desk.authority(),
        states: if shows_all {
            TokenStates::All
        } else {
            TokenStates::Live
        },
        page: PageRequest::new(number.unwrap_or(1), PageRequest::DEFAULT_PER),
    };
    let found = listing.run(&desk.state.ports).await?;
    let tokens: Vec<_> = found.items.iter().map(|shown| &shown.token).collect();
    let makers = Makers::of(&desk, &tokens).await?;
    let now = desk.now();
    scripted_page(&TokenListPage {
        frame: desk.frame(Section::Developers).await?,
        shown: if shows_all {
            TokensShown::All
        } else {
            TokensShown::Live
        },
        listing: Listing {
            pager: Pager {
                number: found.request.number(),
                pages: found.total_pages(),
            },
            total: found.total_count,
            filters: if shows_all {
                vec![("show", "all".to_owned())]
            } else {
                Vec::new()
            },
        },
        tokens: found
            .items
            .iter()
            .map(|shown| row(&shown.token, &makers, now))
            .collect(),
        pattern: AUTHORIZATION_TOKEN_PATTERN.to_owned(),
        may_act: desk.may(Right::Work),
    })
}

fn row(token: &AuthorizationToken, makers: &Makers, now: Timestamp) -> TokenRow {
    TokenRow {
        id: token.id.to_string(),
        description: present::description(token),
        ending: present::ending(token),
        state: present::state(token, now),
        permissions: present::permissions(token.permissions),
        created: Since::of(token.created_at, now),
        made_by: makers.called(token),
        expires: present::expiry(token, now),
        last_used: present::last_used(token, now),
        reuse: present::reuse(token),
    }
}
