//! Which mail server, and how to talk to it.

#[cfg(test)]
mod tests;

use std::{fmt, net::IpAddr};

use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// A mail server, as its operator names it in one URL.
///
/// | URL | |
/// | --- | --- |
/// | `smtps://user:password@host` | TLS from the first byte; port 465 |
/// | `smtp://user:password@host` | STARTTLS, without which nothing is sent; port 587 |
/// | `smtp://127.0.0.1:1025` | no encryption within one machine |
/// | `smtp://host:25?tls=opportunistic` | STARTTLS where the mail server offers it |
/// | `smtp://host:25?tls=none` | no encryption, password included |
/// | `smtp://localhost?tls=required` | STARTTLS within one machine too |
///
/// User name and password are percent-encoded. Certificates are always checked, by the machine's root certificates; the
/// file that `SSL_CERT_FILE` names replaces those.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpSettings {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) encryption: Encryption,
    pub(super) login: Option<Login>,
}

/// When a connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// Never.
    None,
    /// By STARTTLS, where the mail server offers it.
    Opportunistic,
    /// By STARTTLS, or nothing is sent.
    Required,
    /// From the first byte.
    Wrapped,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Login {
    pub(super) user: String,
    pub(super) password: String,
}

impl SmtpSettings {
    /// Reads a URL. The password may come by itself, as from a file, whose last line break is left out.
    ///
    /// # Errors
    /// [`SmtpSettingsError`] says what is wrong, and repeats nothing of the URL.
    pub fn parse(url: &str, password: Option<&str>) -> Result<Self, SmtpSettingsError> {
        use SmtpSettingsError as Error;

        let url = Url::parse(url).map_err(|_| Error::NotAUrl)?;
        let is_wrapped = match url.scheme() {
            "smtps" => true,
            "smtp" => false,
            _ => return Err(Error::Scheme),
        };
        let host = host_of(&url).ok_or(Error::NoHost)?;
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(Error::Superfluous);
        }
        let encryption = match (is_wrapped, asked_for(&url)?) {
            (true, None) => Encryption::Wrapped,
            (true, Some(_)) => return Err(Error::TlsOption),
            (false, Some(asked)) => asked,
            (false, None) if is_loopback(&host) => Encryption::None,
            (false, None) => Encryption::Required,
        };
        Ok(Self {
            port: url.port().unwrap_or(if is_wrapped { 465 } else { 587 }),
            host,
            encryption,
            login: login_of(&url, password)?,
        })
    }

    /// The mail server's name or address.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// When connections are encrypted.
    #[must_use]
    pub const fn encryption(&self) -> Encryption {
        self.encryption
    }

    /// Whether somebody on the way could read the password. Worth a warning.
    #[must_use]
    pub fn exposes_password(&self) -> bool {
        let can_be_plain = matches!(self.encryption, Encryption::None | Encryption::Opportunistic);
        self.login.is_some() && can_be_plain && !is_loopback(&self.host)
    }
}

/// Shows whether there is a login, and nothing of it.
impl fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpSettings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("encryption", &self.encryption)
            .field("login", &self.login.as_ref().map(|_| "…"))
            .finish()
    }
}

fn host_of(url: &Url) -> Option<String> {
    match url.host()? {
        Host::Domain(host) => {
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
            (!host.is_empty() && host.bytes().all(is_plain)).then(|| host.to_ascii_lowercase())
        }
        Host::Ipv4(address) => Some(address.to_string()),
        Host::Ipv6(address) => Some(address.to_string()),
    }
}

/// What `?tls=` asks for.
fn asked_for(url: &Url) -> Result<Option<Encryption>, SmtpSettingsError> {
    let mut asked = None;
    for (name, value) in url.query_pairs() {
        let encryption = match (name.as_ref(), value.as_ref()) {
            ("tls", "none") => Encryption::None,
            ("tls", "opportunistic") => Encryption::Opportunistic,
            ("tls", "required") => Encryption::Required,
            ("tls", _) => return Err(SmtpSettingsError::TlsOption),
            _ => return Err(SmtpSettingsError::Superfluous),
        };
        if asked.replace(encryption).is_some() {
            return Err(SmtpSettingsError::TlsOption);
        }
    }
    Ok(asked)
}

fn login_of(url: &Url, separate: Option<&str>) -> Result<Option<Login>, SmtpSettingsError> {
    let user = decoded(url.username())?;
    let inside = url.password().map(decoded).transpose()?;
    let separate = separate.map(|text| text.trim_end_matches(['\r', '\n']).to_owned());
    let password = match (inside, separate) {
        (Some(_), Some(_)) => return Err(SmtpSettingsError::TwoPasswords),
        (Some(one), None) | (None, Some(one)) if !one.is_empty() => Some(one),
        _ => None,
    };
    match (user.is_empty(), password) {
        (true, None) => Ok(None),
        (false, Some(password)) => Ok(Some(Login { user, password })),
        (false, None) => Err(SmtpSettingsError::NoPassword),
        (true, Some(_)) => Err(SmtpSettingsError::NoUser),
    }
}

fn decoded(text: &str) -> Result<String, SmtpSettingsError> {
    let text = percent_decode_str(text)
        .decode_utf8()
        .map_err(|_| SmtpSettingsError::NotText)?;
    // SMTP has no place for them within a login.
    if text.chars().any(char::is_control) {
        return Err(SmtpSettingsError::NotText);
    }
    Ok(text.into_owned())
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// What is wrong with a mail server's URL. The message completes a sentence that begins with the setting's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SmtpSettingsError {
    /// Not a URL at all.
    #[error("is not a URL such as smtps://user:password@mail.example.org")]
    NotAUrl,
    /// Another kind of URL.
    #[error("must begin with smtps:// or smtp://")]
    Scheme,
    /// No host, or one that no mail server has.
    #[error("names no host")]
    NoHost,
    /// A path, a fragment, or an option that does not exist.
    #[error("has more than user, password, host, port and ?tls=")]
    Superfluous,
    /// An option with another value, or twice, or beside `smtps`.
    #[error("may have ?tls=required, ?tls=opportunistic or ?tls=none, once, and after smtp:// only")]
    TlsOption,
    /// A user name or password that is not text.
    #[error("has a user name or a password that is not text; percent-encode what is special in URLs")]
    NotText,
    /// A user name alone.
    #[error("names a user without a password")]
    NoPassword,
    /// A password alone.
    #[error("has a password without a user")]
    NoUser,
    /// One in the URL, one beside it.
    #[error("has a password, and another is given by itself; leave one out")]
    TwoPasswords,
}
