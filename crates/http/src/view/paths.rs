//! Where the links and forms of the pages lead, below the base path.

/// What this service is.
pub(crate) const HOME: &str = "/";
/// `GET`: the access page of the access token in the cookie. `POST` (`provider`): connect a profile to it.
pub(crate) const ACCESS: &str = "/access";
/// `POST`: ask the issuer of the access token in the cookie for a reset.
pub(crate) const RESET_REQUEST: &str = "/access/reset-request";
/// `GET`: paste an access token. `POST` (`token`): open it.
pub(crate) const RECIPIENT_VIEW: &str = "/recipient-view";
/// `GET`: ask for the links to be mailed. `POST` (`mail`): mail them.
pub(crate) const RETRIEVE: &str = "/retrieve";
/// `GET`: what the signed-in profile holds (`?page=2`); below it, each credential, with `image.svg`, `image.png`,
/// `image.pdf` and `qr.svg`.
pub(crate) const CREDENTIALS: &str = "/credentials";
/// `POST` (`provider`): sign in to see what a profile holds.
pub(crate) const SIGN_IN: &str = "/sign-in";
/// `POST`: sign out.
pub(crate) const SIGN_OUT: &str = "/sign-out";
/// `GET`: below it, the verification of each credential, with `image.svg`.
pub(crate) const VERIFY: &str = "/verify";
