//! Who looks at a page: what their browser shows, and in which language they read.

use actix_web::{HttpMessage as _, HttpRequest, http::header::ACCEPT_LANGUAGE};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use symbolon_domain::{
    access_token::Dossier,
    recipient::Locale,
    secret::{AccessSecret, BrowserSecret, SessionSecret},
    service::{
        hand_over::{self, HandedOver},
        open_link::OpenLink,
        resume_session::resume_session,
    },
    session::Session,
    social_profile::Connection,
};

use super::{cookie::Jar, fault::PageFault, same_site};
use crate::{
    State,
    view::{Frame, Language},
};

/// What stands around the pages of a visitor, for whoever has to write an error in the place of the page they asked for.
pub(super) struct Remembered(pub(super) Frame);

/// A visitor.
pub(super) struct Visitor {
    /// What they are signed in with, while that is good.
    session: Option<(SessionSecret, Session)>,
    /// The cookies that forms are bound to, as they came.
    shown: String,
    handed: HandedOver,
    language: Language,
}

impl Visitor {
    /// Reads what the browser shows.
    ///
    /// # Errors
    /// Where the store cannot answer.
    pub(super) async fn of(request: &HttpRequest, state: &State) -> Result<Self, PageFault> {
        let session = Jar::Session.read(request, state);
        let handed = Jar::HandOver.read(request, state);
        let shown = format!(
            "{} {}",
            session.as_deref().unwrap_or_default(),
            handed.as_deref().unwrap_or_default()
        );
        let session = match session.and_then(|text| SessionSecret::parse(&text).ok()) {
            Some(secret) => resume_session(&state.ports, &secret)
                .await?
                .map(|session| (secret, session)),
            None => None,
        };
        let handed = handed
            .and_then(|text| BASE64_URL_SAFE_NO_PAD.decode(text).ok())
            .map_or(HandedOver::Nothing, |sealed| {
                hand_over::open(&state.ports, &sealed)
            });
        let visitor = Self {
            session,
            shown,
            handed,
            language: language(request),
        };
        request.extensions_mut().insert(Remembered(visitor.frame(state)));
        Ok(visitor)
    }

    /// What the access token in play leads to.
    ///
    /// # Errors
    /// [`PageFault::NothingHandedOver`] where none is in play, [`PageFault::UnknownLink`] where it leads nowhere.
    pub(super) async fn dossier(&self, state: &State) -> Result<Dossier, PageFault> {
        match &self.handed {
            HandedOver::Nothing => Err(PageFault::NothingHandedOver),
            HandedOver::NoToken => Err(PageFault::UnknownLink),
            HandedOver::Secret(secret) => OpenLink { secret }
                .look(&state.ports)
                .await?
                .ok_or(PageFault::UnknownLink),
        }
    }

    /// Who is signed in.
    pub(super) fn connection(&self) -> Option<&Connection> {
        self.session.as_ref().map(|(_, session)| &session.connection)
    }

    /// What lets the browser in.
    pub(super) fn session_secret(&self) -> Option<&SessionSecret> {
        self.session.as_ref().map(|(secret, _)| secret)
    }

    /// The language of a recipient where they are known, otherwise the browser's.
    pub(super) fn speak_as(&mut self, locale: Locale) {
        self.language = of_locale(locale);
    }

    /// What stands around every page.
    pub(super) fn frame(&self, state: &State) -> Frame {
        let signed_in = self
            .connection()
            .map(|connection| super::profile(state, connection));
        Frame {
            base: state.public_url.base().to_owned(),
            language: self.language,
            csrf: self.csrf(state),
            signed_in,
        }
    }

    /// What a form has to bring back: bound to the cookies with which its page was made, so that a page of another
    /// session, or about another access token, sends nothing.
    fn csrf(&self, state: &State) -> String {
        let digest = state
            .ports
            .vault
            .fingerprint(&[b"form of a page", self.shown.as_bytes()]);
        BASE64_URL_SAFE_NO_PAD.encode(digest.0)
    }

    /// Whether a form was sent from a page of ours that was made for these very cookies.
    pub(super) fn check_form(
        &self,
        request: &HttpRequest,
        state: &State,
        csrf: Option<&str>,
    ) -> Result<(), PageFault> {
        // A digest under a secret key, compared once: timing tells nothing that could be used.
        if same_site::is_ours(request, state) && csrf == Some(self.csrf(state).as_str()) {
            Ok(())
        } else {
            Err(PageFault::ForeignForm)
        }
    }
}

/// The value that a browser shows of a sign-in that it began.
pub(super) fn browser(request: &HttpRequest, state: &State) -> Option<BrowserSecret> {
    let text = Jar::SignIn.read(request, state)?;
    BrowserSecret::parse(&text).ok()
}

/// The value of the cookie that carries an access token, or something of the same length that carries none.
pub(super) fn sealed(state: &State, secret: Option<&AccessSecret>) -> Result<String, PageFault> {
    let note = hand_over::seal(&state.ports, secret)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(note))
}

/// The language that a browser asks for first, of those there are.
pub(super) fn language(request: &HttpRequest) -> Language {
    let header = request.headers().get(ACCEPT_LANGUAGE);
    let wanted = header.and_then(|value| value.to_str().ok()).unwrap_or_default();
    let spoken = |tag: &str| {
        let language = tag.split(['-', ';']).next().unwrap_or_default().trim();
        Locale::ALL
            .into_iter()
            .find(|locale| locale.tag().eq_ignore_ascii_case(language))
    };
    of_locale(wanted.split(',').find_map(spoken).unwrap_or_default())
}

const fn of_locale(locale: Locale) -> Language {
    match locale {
        Locale::English => Language::English,
        Locale::German => Language::German,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_first_language_that_is_spoken_counts() {
        for (header, expected) in [
            ("de-AT,de;q=0.9,en;q=0.8", Language::German),
            ("fr,de;q=0.5", Language::German),
            ("en-GB", Language::English),
            ("fr", Language::English),
            ("", Language::English),
            ("den", Language::English),
        ] {
            let request = TestRequest::get().insert_header((ACCEPT_LANGUAGE, header));
            assert_eq!(language(&request.to_http_request()), expected, "{header}");
        }
    }
}
