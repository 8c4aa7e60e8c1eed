//! Who is signed in to the dashboard, for a page that they may see.

use std::pin::Pin;

use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev, web::Data, web::Payload};
use futures_util::{TryFutureExt as _, future::try_join};
use symbolon_domain::{
    administrator::{Right, Role},
    port::recipients::RecipientFilter,
    service::{
        administration::{
            second_factor::half_way,
            sessions::{look_in, resume},
        },
        caller::{Authority, SignedInAdministrator},
    },
    time::Timestamp,
};

use super::{
    Needs, htmx, needs,
    next::Next,
    visit::{Visit, outcome},
};
use crate::{
    State,
    bearer::origin,
    page::{fault::PageFault, form::Form},
    view::dashboard::{self, DashboardFrame, Section},
};

/// Somebody who is signed in, and may see the page or do the act at hand: the only way for a handler to know who it is.
pub(super) struct Desk {
    pub(super) administrator: SignedInAdministrator,
    pub(super) visit: Visit,
    pub(super) state: Data<State>,
    request: HttpRequest,
}

/// What stands around the pages of whoever is signed in, for an error in the place of the page they asked for.
pub(in crate::page) struct Seated(pub(in crate::page) DashboardFrame);

impl FromRequest for Desk {
    type Error = PageFault;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageFault>>>>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let (right, is_recent) = match needs(&request) {
                Some(Needs::Right(right)) => (right, false),
                Some(Needs::RecentProof(right)) => (right, true),
                // A handler that asks who is signed in says so in the table.
                Some(Needs::Nothing) | None => return Err(PageFault::Internal),
            };
            Self::of(request, right, is_recent).await
        })
    }
}

impl Desk {
    /// Whoever is signed in, where nothing is to be seen and nothing done.
    pub(super) async fn at_no_page(request: HttpRequest) -> Result<Self, PageFault> {
        Self::of(request, Right::Look, false).await
    }

    async fn of(request: HttpRequest, right: Right, is_recent: bool) -> Result<Self, PageFault> {
        let state = request
            .app_data::<Data<State>>()
            .cloned()
            .ok_or(PageFault::Internal)?;
        let visit = Visit::of(&request, &state);
        let administrator = match visit.session() {
            // A page that is left open asks for itself for ever: its session ends all the same.
            Some(secret) if htmx::is_polling(&request) => {
                look_in(&state.ports, secret, origin(&request, &state)).await?
            }
            Some(secret) => resume(&state.ports, secret, origin(&request, &state)).await?,
            None => None,
        };
        let Some(administrator) = administrator else {
            if let Some(half) = visit.session()
                && half_way(&state.ports, half).await?.is_some()
            {
                return Err(PageFault::SecondFactorFirst {
                    next: Next::of(&request).carried(),
                });
            }
            return Err(PageFault::SignInFirst {
                next: Next::of(&request).carried(),
                had_session: visit.session().is_some(),
            });
        };
        let desk = Self {
            administrator,
            visit,
            state,
            request,
        };
        let frame = desk.bare_frame(Section::Overview);
        desk.request.extensions_mut().insert(Seated(frame));
        if !desk.administrator.has(right) {
            return Err(PageFault::RightLacking);
        }
        if is_recent && !desk.administrator.session.is_recent(desk.now()) {
            return Err(PageFault::ProveFirst {
                next: Next::of(&desk.request).carried(),
            });
        }
        Ok(desk)
    }

    /// On whose authority they act.
    pub(super) const fn authority(&self) -> Authority<'_> {
        Authority::Administrator(&self.administrator)
    }

    /// Whether they have this right.
    pub(super) const fn may(&self, right: Right) -> bool {
        self.administrator.has(right)
    }

    pub(super) fn now(&self) -> Timestamp {
        self.state.ports.clock.now()
    }

    /// The request at hand.
    pub(super) const fn request(&self) -> &HttpRequest {
        &self.request
    }

    /// Reads the form of the request, which must have been sent from a page of theirs.
    pub(super) async fn form(&self, payload: Payload) -> Result<Form, PageFault> {
        self.visit.form(&self.request, &self.state, payload).await
    }

    /// What stands around a page in this section.
    pub(super) async fn frame(&self, section: Section) -> Result<DashboardFrame, PageFault> {
        let organization = self.administrator.member.organization.id;
        let waiting = RecipientFilter {
            reset_requested: Some(true),
            ..RecipientFilter::default()
        };
        let waiting = self
            .state
            .ports
            .recipients
            .count(organization, &waiting, WAITING_SHOWN);
        let (requests, alerts) = try_join(waiting.err_into(), super::developers::alerts(self)).await?;
        Ok(DashboardFrame {
            outcome: outcome(&self.request),
            alerts,
            requests,
            ..self.bare_frame(section)
        })
    }

    fn bare_frame(&self, section: Section) -> DashboardFrame {
        let member = &self.administrator.member;
        DashboardFrame {
            base: self.state.public_url.base().to_owned(),
            csrf: self.visit.csrf(&self.state),
            organization: member.organization.name.to_string(),
            administrator: member.administrator.called().to_owned(),
            role: role(member.administrator.role),
            section,
            outcome: None,
            alerts: Vec::new(),
            requests: 0,
        }
    }
}

/// More reset requests than this are not counted for the number beside the section.
const WAITING_SHOWN: u64 = 100;

/// The domain's word in the pages' words.
pub(super) const fn role(role: Role) -> dashboard::Role {
    match role {
        Role::Owner => dashboard::Role::Owner,
        Role::Administrator => dashboard::Role::Administrator,
        Role::Viewer => dashboard::Role::Viewer,
    }
}
