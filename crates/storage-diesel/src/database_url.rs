//! The URL of a database: which one it is, where it is, and how it is shown without its password.

#[cfg(test)]
mod tests;

use std::{
    fmt,
    path::{Path, PathBuf},
};

/// What stands where a password was.
const HIDDEN: &str = "***";

/// Parameters of a PostgreSQL URL that are secrets.
const SECRET_PARAMETERS: [&str; 2] = ["password", "sslpassword"];

/// The URL of a SQLite file or of a PostgreSQL database.
///
/// ```
/// use symbolon_storage_diesel::DatabaseUrl;
///
/// let url = DatabaseUrl::parse("postgres://symbolon:s3cret@db.example.org/symbolon").unwrap();
/// assert_eq!(url.to_string(), "postgres://symbolon:***@db.example.org/symbolon");
///
/// let url = DatabaseUrl::parse("sqlite:data/symbolon.db").unwrap();
/// assert_eq!(url.sqlite_path().unwrap().to_str(), Some("data/symbolon.db"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(Place);

#[derive(Clone, PartialEq, Eq)]
enum Place {
    Sqlite(PathBuf),
    Postgres {
        /// As it was given, which is how libpq takes it.
        text: String,
        /// The passwords in it, still percent-encoded.
        secrets: Vec<String>,
    },
}

impl DatabaseUrl {
    /// Reads `sqlite:PATH`, `sqlite:///PATH`, `postgres://…` or `postgresql://…`.
    ///
    /// A path is taken as it stands, without percent-decoding. A PostgreSQL URL is libpq's, with all its parameters.
    ///
    /// # Errors
    /// [`DatabaseUrlError`] says what to write instead, and repeats nothing of the URL.
    pub fn parse(text: &str) -> Result<Self, DatabaseUrlError> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            return sqlite(path.strip_prefix("//").unwrap_or(path));
        }
        let rest = text
            .strip_prefix("postgres://")
            .or_else(|| text.strip_prefix("postgresql://"))
            .ok_or(DatabaseUrlError::Scheme)?;
        Ok(Self(Place::Postgres {
            secrets: secrets(rest)?,
            text: text.to_owned(),
        }))
    }

    /// The file at this path.
    #[must_use]
    pub fn sqlite_file(path: impl Into<PathBuf>) -> Self {
        Self(Place::Sqlite(path.into()))
    }

    /// Whether it is a SQLite file.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        self.sqlite_path().is_some()
    }

    /// The path of the SQLite file, if it is one.
    #[must_use]
    pub fn sqlite_path(&self) -> Option<&Path> {
        match &self.0 {
            Place::Sqlite(path) => Some(path),
            Place::Postgres { .. } => None,
        }
    }

    /// What a parameter of a PostgreSQL URL says, such as `sslmode`.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        match &self.0 {
            Place::Sqlite(_) => None,
            Place::Postgres { text, .. } => {
                parameters(text).find_map(|(key, value)| (key == name).then_some(value))
            }
        }
    }

    /// The URL as libpq shall have it: with limits on how long it waits for an unreachable server, unless it has its own.
    pub(crate) fn for_libpq(&self) -> String {
        let Place::Postgres { text, .. } = &self.0 else {
            return String::new();
        };
        let mut url = text.clone();
        for (name, value) in [
            ("connect_timeout", "3"),
            // A server that vanished in the middle of a statement is given up after 10 s.
            ("tcp_user_timeout", "10000"),
            ("fallback_application_name", "symbolon"),
            // A standby answers with what was: of several hosts the primary is taken, and a standby alone is refused.
            ("target_session_attrs", "read-write"),
        ] {
            if self.parameter(name).is_none() {
                let separator = if url.contains('?') { '&' } else { '?' };
                url.push(separator);
                url.push_str(name);
                url.push('=');
                url.push_str(value);
            }
        }
        url
    }

    /// A text of another's, such as an error message, on one line and without this URL's passwords.
    pub(crate) fn without_password(&self, text: &str) -> String {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match &self.0 {
            Place::Sqlite(_) => line,
            Place::Postgres { secrets, .. } => secrets
                .iter()
                .filter(|secret| !secret.is_empty())
                .fold(line, |line, secret| line.replace(secret.as_str(), HIDDEN)),
        }
    }
}

fn sqlite(path: &str) -> Result<DatabaseUrl, DatabaseUrlError> {
    // Each connection would have a database of its own.
    if path.is_empty() || path == ":memory:" || path.contains('\0') {
        return Err(DatabaseUrlError::SqlitePath);
    }
    Ok(DatabaseUrl::sqlite_file(path))
}

/// The passwords in what follows the scheme.
///
/// libpq ends the user's part at the first `@` before the first `/`. A password with one of these unencoded would be
/// taken for a host, and named in error messages: it is refused.
fn secrets(rest: &str) -> Result<Vec<String>, DatabaseUrlError> {
    let is_encoded = rest.split('%').skip(1).all(|part| {
        part.as_bytes()
            .get(..2)
            .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit))
    });
    if !is_encoded || rest.contains(|c: char| c.is_control() || c == ' ') {
        return Err(DatabaseUrlError::Encoding);
    }
    let (user, place) = match rest.split_once('@') {
        Some((user, place)) if !user.contains('/') => (user, place),
        _ => ("", rest),
    };
    if place.contains('@') {
        return Err(DatabaseUrlError::Encoding);
    }
    let password = user.split_once(':').map(|(_, password)| password);
    Ok(password
        .into_iter()
        .chain(
            parameters(place)
                .filter(|(name, _)| SECRET_PARAMETERS.contains(name))
                .map(|(_, value)| value),
        )
        .map(str::to_owned)
        .collect())
}

/// The parameters behind the `?`.
fn parameters(text: &str) -> impl Iterator<Item = (&str, &str)> {
    // A `?` before the `@` belongs to a password.
    let place = text.rsplit_once('@').map_or(text, |(_, place)| place);
    place
        .split_once('?')
        .map_or("", |(_, query)| query)
        .split('&')
        .filter_map(|pair| pair.split_once('='))
}

/// The URL with `***` for every password.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Place::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Place::Postgres { text, secrets } => {
                // Not a search for the password's text: it may be short enough to occur elsewhere.
                let (head, place) = text.rsplit_once('@').map_or(("", text.as_str()), |parts| parts);
                if !head.is_empty() {
                    let (scheme, user) = head.split_once("://").unwrap_or((head, ""));
                    match user.split_once(':') {
                        Some((user, _)) => write!(f, "{scheme}://{user}:{HIDDEN}@")?,
                        None => write!(f, "{scheme}://{user}@")?,
                    }
                }
                if secrets.is_empty() {
                    return f.write_str(place);
                }
                let (address, query) = place.split_once('?').unwrap_or((place, ""));
                f.write_str(address)?;
                for (index, pair) in query.split('&').filter(|pair| !pair.is_empty()).enumerate() {
                    f.write_str(if index == 0 { "?" } else { "&" })?;
                    match pair.split_once('=') {
                        Some((name, _)) if SECRET_PARAMETERS.contains(&name) => write!(f, "{name}={HIDDEN}")?,
                        _ => f.write_str(pair)?,
                    }
                }
                Ok(())
            }
        }
    }
}

/// As [`Display`](fmt::Display).
impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

/// Why a database URL is refused. Repeats nothing of it, for it may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DatabaseUrlError {
    /// Neither SQLite nor PostgreSQL.
    #[error(
        "a database URL begins with sqlite:, postgres:// or postgresql://, such as sqlite:data/symbolon.db or \
         postgres://symbolon@localhost/symbolon"
    )]
    Scheme,
    /// No path of a file.
    #[error(
        "a SQLite URL names a file, such as sqlite:data/symbolon.db; a database in memory cannot be shared"
    )]
    SqlitePath,
    /// A character that has a meaning of its own in URLs.
    #[error(
        "a PostgreSQL URL is postgres://USER:PASSWORD@HOST/DATABASE, with @ / % and spaces in its parts \
         percent-encoded as %40 %2F %25 %20"
    )]
    Encoding,
}
