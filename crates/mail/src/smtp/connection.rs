//! One connection to a mail server.

use std::{fmt, time::Duration};

use lettre::transport::smtp::{
    Error,
    authentication::{Credentials, DEFAULT_MECHANISMS},
    client::{AsyncSmtpConnection, TlsParameters},
    commands::{Data, Mail, Noop, Rcpt},
    extension::ClientId,
};
use symbolon_domain::{port::mailer::MailerError, text::MailAddress};
use tokio::time::timeout;

use super::{
    Encryption, SmtpError, SmtpSettings, Step,
    refusal::{no_encryption, refusal, too_slow},
};
use crate::eml;

/// How long a step may take.
const STEP: Duration = Duration::from_secs(5);
/// How long one address of a host is tried, so that the next has its turn within the step.
const ADDRESS: Duration = Duration::from_secs(2);

/// Opens connections.
pub(super) struct Connector {
    host: String,
    port: u16,
    encryption: Encryption,
    tls: Option<TlsParameters>,
    credentials: Option<Credentials>,
    hello: ClientId,
}

impl Connector {
    pub(super) fn new(settings: &SmtpSettings) -> Result<Self, SmtpError> {
        let tls = match settings.encryption {
            Encryption::None => None,
            _ => Some(TlsParameters::new(settings.host.clone()).map_err(|_| SmtpError::Tls)?),
        };
        let login = settings.login.as_ref();
        Ok(Self {
            host: settings.host.clone(),
            port: settings.port,
            encryption: settings.encryption,
            tls,
            credentials: login.map(|login| Credentials::new(login.user.clone(), login.password.clone())),
            hello: hello(),
        })
    }

    /// Opens one, encrypted and logged in as the settings have it.
    pub(super) async fn connect(&self) -> Result<Connection, MailerError> {
        let from_the_start = self
            .tls
            .clone()
            .filter(|_| self.encryption == Encryption::Wrapped);
        let server = (self.host.as_str(), self.port);
        let opening =
            AsyncSmtpConnection::connect_tokio1(server, Some(ADDRESS), &self.hello, from_the_start, None);
        let mut connection = Connection(bounded(Step::Connect, opening).await?);
        self.encrypt(&mut connection.0).await?;
        if let Some(credentials) = &self.credentials {
            bounded(Step::Login, connection.0.auth(DEFAULT_MECHANISMS, credentials)).await?;
        }
        Ok(connection)
    }

    async fn encrypt(&self, connection: &mut AsyncSmtpConnection) -> Result<(), MailerError> {
        let Some(tls) = self.tls.clone() else {
            return Ok(());
        };
        match self.encryption {
            Encryption::Required if !connection.can_starttls() => Err(no_encryption()),
            Encryption::Opportunistic if !connection.can_starttls() => Ok(()),
            Encryption::Required | Encryption::Opportunistic => {
                bounded(Step::Encrypt, connection.starttls(tls, &self.hello)).await
            }
            Encryption::None | Encryption::Wrapped => Ok(()),
        }
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Connector({}:{}, {:?})", self.host, self.port, self.encryption)
    }
}

/// A connection on which mails can be sent, one after another. After an error it is of no use.
pub(super) struct Connection(AsyncSmtpConnection);

impl Connection {
    /// Sends a mail. It has come through once this returns `Ok`.
    pub(super) async fn send(
        &mut self,
        sender: &MailAddress,
        recipient: &MailAddress,
        eml: &[u8],
    ) -> Result<(), MailerError> {
        let sender = Mail::new(Some(eml::address(sender)), Vec::new());
        bounded(Step::Sender, self.0.command(sender)).await?;
        let recipient = Rcpt::new(eml::address(recipient), Vec::new());
        bounded(Step::Recipient, self.0.command(recipient)).await?;
        bounded(Step::Content, self.0.command(Data)).await?;
        // Bounded by the whole alone: it may look for viruses first, and giving up early would send the mail twice.
        let answer = self.0.command(Content(eml)).await;
        answer.map(drop).map_err(|error| refusal(Step::Content, &error))
    }

    /// Asks whether it still works.
    pub(super) async fn rest(&mut self) -> Result<(), MailerError> {
        bounded(Step::Rest, self.0.command(Noop)).await.map(drop)
    }

    /// Says good-bye, while nobody waits for it.
    pub(super) fn leave(mut self) {
        tokio::spawn(async move { timeout(STEP, self.0.abort()).await });
    }
}

/// A mail as the answer to 354: dots at the start of a line are doubled, and a dot alone ends it (RFC 5321, 4.5.2).
///
/// As a command, so that it is written at once: lettre writes mail and end in two parts, and the second then waits for
/// the acknowledgement of the first, 40 ms.
struct Content<'a>(&'a [u8]);

impl fmt::Display for Content<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = String::from_utf8_lossy(self.0);
        for line in text.trim_end_matches("\r\n").split("\r\n") {
            let dot = if line.starts_with('.') { "." } else { "" };
            write!(f, "{dot}{line}\r\n")?;
        }
        f.write_str(".\r\n")
    }
}

async fn bounded<T>(step: Step, work: impl Future<Output = Result<T, Error>>) -> Result<T, MailerError> {
    match timeout(STEP, work).await {
        Ok(answer) => answer.map_err(|error| refusal(step, &error)),
        Err(_) => Err(too_slow()),
    }
}

/// As what the service greets: its host's full name, or else the address literal that says nothing.
fn hello() -> ClientId {
    match ClientId::default() {
        ClientId::Domain(name) if is_full_name(&name) => ClientId::Domain(name),
        _ => ClientId::Ipv4(std::net::Ipv4Addr::LOCALHOST),
    }
}

fn is_full_name(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    name.contains('.') && name.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_doubled_and_one_ends_it() {
        let sent = Content(b"a\r\n.\r\n..b\r\nc.\r\n").to_string();
        assert_eq!(sent, "a\r\n..\r\n...b\r\nc.\r\n.\r\n");
    }

    #[test]
    fn half_a_name_is_none() {
        assert!(is_full_name("mail.example.org"));
        for name in ["4f1c9a", "my_host.example", "a.b\r\nMAIL"] {
            assert!(!is_full_name(name), "{name}");
        }
    }
}
