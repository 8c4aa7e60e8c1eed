//! The cookies of the pages: what each is called, how long it lives, and what keeps it from others.
//!
//! Under TLS all have the prefix `__Host-`, with which a browser takes them from this very host only. A browser that is
//! served without TLS, on a developer's machine, takes no such cookies, so there they have plain names.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};
use symbolon_domain::{
    administrator_session,
    service::{administration::show_once::SHOW_SECONDS, hand_over::HAND_OVER_SECONDS},
    session,
    sign_in::SIGN_IN_SECONDS,
};

use crate::State;

/// How long somebody has to fill in the page that a one-time link leads to: 1 hour.
const WELCOME_SECONDS: i64 = 60 * 60;

/// A cookie of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Jar {
    /// Carries an access token from its link to the access page; sealed.
    HandOver,
    /// Lets a signed-in browser in again.
    Session,
    /// Proves that this browser began a sign-in.
    SignIn,
    /// Lets an administrator's browser in again.
    Dashboard,
    /// Carries a one-time link of an administrator to the page that it leads to; sealed.
    Welcome,
    /// Carries the value of a new authorization token to the one page that shows it; sealed.
    Shown,
    /// Carries the page from which an administrator left for a sign-in provider.
    Departure,
}

impl Jar {
    const fn name(self, is_https: bool) -> &'static str {
        match (self, is_https) {
            (Self::HandOver, true) => "__Host-symbolon-access",
            (Self::Session, true) => "__Host-symbolon-session",
            (Self::SignIn, true) => "__Host-symbolon-sign-in",
            (Self::Dashboard, true) => "__Host-symbolon-dashboard",
            (Self::Welcome, true) => "__Host-symbolon-welcome",
            (Self::Shown, true) => "__Host-symbolon-shown",
            (Self::Departure, true) => "__Host-symbolon-departure",
            (Self::HandOver, false) => "symbolon-access",
            (Self::Session, false) => "symbolon-session",
            (Self::SignIn, false) => "symbolon-sign-in",
            (Self::Dashboard, false) => "symbolon-dashboard",
            (Self::Welcome, false) => "symbolon-welcome",
            (Self::Shown, false) => "symbolon-shown",
            (Self::Departure, false) => "symbolon-departure",
        }
    }

    const fn seconds(self) -> i64 {
        match self {
            Self::HandOver => HAND_OVER_SECONDS,
            Self::Session => session::ABSOLUTE_SECONDS,
            Self::SignIn | Self::Departure => SIGN_IN_SECONDS,
            Self::Dashboard => administrator_session::ABSOLUTE_SECONDS,
            Self::Welcome => WELCOME_SECONDS,
            Self::Shown => SHOW_SECONDS,
        }
    }

    /// What a browser shows.
    pub(super) fn read(self, request: &HttpRequest, state: &State) -> Option<String> {
        let cookie = request.cookie(self.name(state.public_url.is_https()))?;
        (!cookie.value().is_empty()).then(|| cookie.value().to_owned())
    }

    /// The cookie that makes a browser show this from now on.
    pub(super) fn filled(self, value: String, state: &State) -> Cookie<'static> {
        self.cookie(value, self.seconds(), state)
    }

    /// The cookie that makes a browser forget.
    pub(super) fn emptied(self, state: &State) -> Cookie<'static> {
        self.cookie(String::new(), 0, state)
    }

    fn cookie(self, value: String, seconds: i64, state: &State) -> Cookie<'static> {
        let is_https = state.public_url.is_https();
        // Lax: a link in a mail, and the way back from a provider, come from other sites.
        Cookie::build(self.name(is_https), value)
            .path("/")
            .http_only(true)
            .secure(is_https)
            .same_site(SameSite::Lax)
            .max_age(Duration::seconds(seconds))
            .finish()
    }
}
