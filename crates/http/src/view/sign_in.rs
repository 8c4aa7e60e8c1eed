//! Signing in to see what a profile holds.

use askama::Template;

use super::{
    connect::Provider,
    frame::{Frame, Page},
    paths,
};

/// The choice of a provider, for somebody who is not signed in.
#[derive(Debug, Clone, Template)]
#[template(path = "sign_in.html")]
pub(crate) struct SignInPage {
    /// Around it.
    pub(crate) frame: Frame,
    /// The providers to choose from.
    pub(crate) providers: Vec<Provider>,
}

impl Page for SignInPage {
    fn heading(&self) -> String {
        self.frame.words().sign_in.heading.to_owned()
    }
}
