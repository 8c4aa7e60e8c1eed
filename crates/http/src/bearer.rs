//! Who makes the request: the only ways for a handler to come by a caller.

use std::pin::Pin;

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::Method, web::Data};
use symbolon_domain::{
    activity::RequestOrigin,
    id::OrganizationId,
    permissions::Permission,
    secret::TokenSecret,
    service::{
        authenticate::{Authenticate, Bearer},
        caller::{Authority, Caller},
    },
};

use crate::{
    State,
    basic_auth::{self, Shown},
    client_address::client_address,
    error::ApiError,
    headers::{note_served_until, request_id},
};

/// A caller whose token permits the request's method: GET needs read, DELETE needs delete, all else needs write.
pub(crate) struct Authenticated(pub(crate) Caller);

impl Authenticated {
    /// On whose authority the request is carried out.
    pub(crate) fn authority(&self) -> Authority<'_> {
        Authority::Token(&self.0)
    }
}

/// A caller whose token permits writing, whatever the request's method.
pub(crate) struct Writing(pub(crate) Caller);

impl Writing {
    /// On whose authority the request is carried out.
    pub(crate) fn authority(&self) -> Authority<'_> {
        Authority::Token(&self.0)
    }
}

/// A caller who wants to rotate: any token will do, and one that was rotated away may ask for its answer again.
pub(crate) struct Rotating(pub(crate) Bearer);

impl FromRequest for Authenticated {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let permission = needed(request.method());
            Ok(Self(authenticate(&request, permission).await?))
        })
    }
}

impl FromRequest for Writing {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Ok(Self(authenticate(&request, Permission::Write).await?)) })
    }
}

impl FromRequest for Rotating {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let (state, secret) = (state(&request)?, secret(&request)?);
            let bearer = shown(&secret, &request, &state).bearer(&state.ports).await?;
            if let Bearer::Served(caller) = &bearer {
                admit(&request, caller)?;
            }
            Ok(Self(bearer))
        })
    }
}

/// The caller, if the token is good, of the organization in the path, and permits this.
async fn authenticate(request: &HttpRequest, permission: Permission) -> Result<Caller, ApiError> {
    let (state, secret) = (state(request)?, secret(request)?);
    let caller = shown(&secret, request, &state).run(&state.ports).await?;
    admit(request, &caller)?;
    caller.require(permission)?;
    Ok(caller)
}

fn shown<'a>(secret: &'a TokenSecret, request: &HttpRequest, state: &State) -> Authenticate<'a> {
    Authenticate {
        secret,
        origin: origin(request, state),
    }
}

/// Where the request comes from.
pub(crate) fn origin(request: &HttpRequest, state: &State) -> RequestOrigin {
    RequestOrigin {
        request_id: request_id(request),
        address: client_address(request, state),
    }
}

/// Notes until when the token is served, and refuses paths of other organizations as if there were none.
fn admit(request: &HttpRequest, caller: &Caller) -> Result<(), ApiError> {
    note_served_until(request, &caller.owned.token);
    match request.match_info().get("organization_id") {
        Some(id) if OrganizationId::parse(id) != Some(caller.owned.owner.id) => Err(ApiError::NotFound),
        _ => Ok(()),
    }
}

fn needed(method: &Method) -> Permission {
    match *method {
        Method::GET | Method::HEAD => Permission::Read,
        Method::DELETE => Permission::Delete,
        _ => Permission::Write,
    }
}

/// The value the request shows; what cannot be a token is refused here, before any storage is asked.
fn secret(request: &HttpRequest) -> Result<TokenSecret, ApiError> {
    match basic_auth::shown(request.headers()) {
        Shown::Text(text) => TokenSecret::parse(&text).map_err(|_| ApiError::Unauthorized),
        Shown::Nothing => Err(ApiError::Unauthorized),
        Shown::Ambiguous => Err(ApiError::AmbiguousAuthorization),
    }
}

fn state(request: &HttpRequest) -> Result<Data<State>, ApiError> {
    request.app_data::<Data<State>>().cloned().ok_or_else(|| {
        tracing::error!("the application was built without its state");
        ApiError::Internal
    })
}
