//! The authorization endpoint: what a browser asks for, and where it is sent with the answer.

use symbolon_domain::port::entropy::EntropyError;
use url::{Url, form_urlencoded};

use super::{Demonstration, Person, codes::Code, key};

/// The longest value that is repeated to the client or kept with a code.
const MAX_CHARACTERS: usize = 512;

/// A request of the one client that is in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    state: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) challenge: String,
}

/// Why nobody is asked whom they want to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is not known who asks, so the browser stays; this is what to tell the person.
    Stay(&'static str),
    /// The client is at fault, and told so at this address.
    SendBack(String),
}

/// The parameters of a request, each at most once.
struct Parameters(Vec<(String, String)>);

impl Parameters {
    fn read(query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes());
        Self(
            pairs
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        )
    }

    /// A parameter; `None` where it is missing, empty, repeated or too long.
    fn one(&self, name: &str) -> Option<&str> {
        let mut values = self.0.iter().filter(|(key, _)| key == name);
        let (_, value) = values.next()?;
        let is_good = values.next().is_none() && !value.is_empty() && value.len() <= MAX_CHARACTERS;
        is_good.then_some(value)
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }
}

impl Demonstration {
    /// Reads the query of a request.
    ///
    /// # Errors
    /// [`Refusal`] says what to do instead of asking.
    pub fn read(&self, query: &str) -> Result<Request, Refusal> {
        let parameters = Parameters::read(query);
        if parameters.one("client_id") != Some(&self.client.identifier) {
            return Err(Refusal::Stay("It names a service that is not known here."));
        }
        if parameters.one("redirect_uri") != Some(&self.client.redirect_uri) {
            return Err(Refusal::Stay(
                "It would send you on to an address that is not the service’s.",
            ));
        }
        let state = parameters.one("state").map(str::to_owned);
        let back = |error| Err(Refusal::SendBack(self.send_back(state.as_deref(), error)));
        if parameters.has("state") && state.is_none() {
            return back("invalid_request");
        }
        if parameters.one("response_type") != Some("code") {
            return back("unsupported_response_type");
        }
        let scope = parameters.one("scope").unwrap_or_default();
        if !scope.split(' ').any(|scope| scope == "openid") {
            return back("invalid_scope");
        }
        if parameters.one("prompt") == Some("none") {
            return back("interaction_required");
        }
        let nonce = parameters.one("nonce").map(str::to_owned);
        match (
            parameters.one("code_challenge"),
            parameters.one("code_challenge_method"),
        ) {
            (Some(challenge), Some("S256")) if nonce.is_some() || !parameters.has("nonce") => Ok(Request {
                challenge: challenge.to_owned(),
                state,
                nonce,
            }),
            _ => back("invalid_request"),
        }
    }

    /// Where to send the browser of somebody who chose to be this person.
    ///
    /// # Errors
    /// Where there are no random bytes.
    pub fn allow(&self, request: Request, person: &'static Person) -> Result<String, EntropyError> {
        let text = key::random_text(self.entropy.as_ref())?;
        let location = self.callback(request.state.as_deref(), ("code", &text));
        self.codes.keep(Code {
            text,
            person,
            request,
            made_at: self.clock.now(),
        });
        Ok(location)
    }

    /// Where to send the browser of somebody who cancelled.
    #[must_use]
    pub fn cancel(&self, request: &Request) -> String {
        self.send_back(request.state.as_deref(), "access_denied")
    }

    fn send_back(&self, state: Option<&str>, error: &str) -> String {
        self.callback(state, ("error", error))
    }

    /// The redirect URI with an answer, and with the issuer (RFC 9207).
    fn callback(&self, state: Option<&str>, (name, value): (&str, &str)) -> String {
        let redirect_uri = &self.client.redirect_uri;
        // It was parsed before, when the settings were resolved.
        let Ok(mut address) = Url::parse(redirect_uri) else {
            return redirect_uri.clone();
        };
        let mut query = address.query_pairs_mut();
        query.append_pair(name, value).append_pair("iss", &self.issuer);
        if let Some(state) = state {
            query.append_pair("state", state);
        }
        drop(query);
        address.into()
    }
}

#[cfg(test)]
impl Request {
    pub(super) fn sample() -> Self {
        Self {
            state: None,
            nonce: None,
            challenge: String::new(),
        }
    }
}
