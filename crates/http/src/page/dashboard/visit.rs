//! What a browser shows to the dashboard before anybody is known to be signed in, and how its forms are bound to it.

use actix_web::HttpRequest;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use symbolon_domain::{
    secret::{AdministratorLinkSecret, AdministratorSessionSecret},
    service::administration::{links, sessions},
    text::BrowserName,
};

use crate::{
    State,
    bearer::origin,
    page::{cookie::Jar, fault::PageFault, form::Form, same_site},
    view::dashboard::{Outcome, OutsideFrame},
};
use actix_web::{http::header::USER_AGENT, web::Payload};

/// A browser that comes to the dashboard.
pub(super) struct Visit {
    session: Option<AdministratorSessionSecret>,
    link: Option<AdministratorLinkSecret>,
    /// The cookies that forms are bound to, as they came.
    shown: String,
}

impl Visit {
    /// Reads what the browser shows.
    pub(super) fn of(request: &HttpRequest, state: &State) -> Self {
        let session = Jar::Dashboard.read(request, state);
        let link = Jar::Welcome.read(request, state);
        let shown = format!(
            "{} {}",
            session.as_deref().unwrap_or_default(),
            link.as_deref().unwrap_or_default()
        );
        Self {
            session: session.and_then(|text| AdministratorSessionSecret::parse(&text).ok()),
            link: link
                .and_then(|text| BASE64_URL_SAFE_NO_PAD.decode(text).ok())
                .and_then(|note| links::handed_over(&state.ports, &note)),
            shown,
        }
    }

    /// What lets the browser in, if it is good.
    pub(super) const fn session(&self) -> Option<&AdministratorSessionSecret> {
        self.session.as_ref()
    }

    /// The one-time link that it opened.
    pub(super) const fn link(&self) -> Option<&AdministratorLinkSecret> {
        self.link.as_ref()
    }

    /// Where a sign-in by this browser comes from.
    pub(super) fn signing_in(&self, request: &HttpRequest, state: &State) -> sessions::Visit<'_> {
        let browser = request.headers().get(USER_AGENT);
        sessions::Visit {
            origin: origin(request, state),
            browser: browser
                .and_then(|name| name.to_str().ok())
                .and_then(BrowserName::of),
            former: self.session.as_ref(),
        }
    }

    /// What stands around the pages before signing in.
    pub(super) fn frame(&self, request: &HttpRequest, state: &State) -> OutsideFrame {
        OutsideFrame {
            base: state.public_url.base().to_owned(),
            csrf: self.csrf(state),
            outcome: outcome(request),
        }
    }

    /// What a form has to bring back: bound to the cookies with which its page was made.
    pub(super) fn csrf(&self, state: &State) -> String {
        let digest = state
            .ports
            .vault
            .fingerprint(&[b"form of the dashboard", self.shown.as_bytes()]);
        BASE64_URL_SAFE_NO_PAD.encode(digest.0)
    }

    /// Reads a form that was sent from a page of ours, made for these very cookies.
    ///
    /// # Errors
    /// [`PageFault::ForeignForm`] where it was not.
    pub(super) async fn form(
        &self,
        request: &HttpRequest,
        state: &State,
        payload: Payload,
    ) -> Result<Form, PageFault> {
        // Before the body is read: what comes from elsewhere is not looked at.
        of_ours(request, state)?;
        let form = Form::read(request, payload).await?;
        self.made_for(state, &form)?;
        Ok(form)
    }

    /// Whether the page of a form was made for these very cookies.
    ///
    /// # Errors
    /// [`PageFault::ForeignForm`] where it was not.
    pub(super) fn made_for(&self, state: &State, form: &Form) -> Result<(), PageFault> {
        // A digest under a secret key, compared once: timing tells nothing that could be used.
        if form.text("csrf") == Some(self.csrf(state).as_str()) {
            Ok(())
        } else {
            Err(PageFault::ForeignForm)
        }
    }
}

/// Whether a request comes from a page of ours.
///
/// # Errors
/// [`PageFault::ForeignForm`] where it does not.
pub(super) fn of_ours(request: &HttpRequest, state: &State) -> Result<(), PageFault> {
    if same_site::is_ours(request, state) {
        Ok(())
    } else {
        Err(PageFault::ForeignForm)
    }
}

/// What the act before has done, by the address.
pub(super) fn outcome(request: &HttpRequest) -> Option<Outcome> {
    query(request, "done").and_then(|code| Outcome::from_code(&code))
}

/// A parameter of the address.
pub(super) fn query(request: &HttpRequest, name: &str) -> Option<String> {
    parameter(request.query_string(), name)
}

/// A parameter of a query.
pub(super) fn parameter(query: &str, name: &str) -> Option<String> {
    let parameters = url::form_urlencoded::parse(query.as_bytes());
    parameters
        .into_iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
        .filter(|value| !value.is_empty())
}
