//! What an error of a mail server means for the mail, in our words.
//!
//! Only what a mail server says of the recipient's address, or of the mail itself, is final. Everything else may be the
//! operator's to mend, and costs no recipient their mail.

use std::error::Error as _;

use lettre::transport::smtp::{Error, response::Severity};
use symbolon_domain::port::mailer::MailerError;

/// What was being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The connection, TLS from the first byte, the greeting, EHLO.
    Connect,
    /// STARTTLS, and EHLO again.
    Encrypt,
    /// AUTH.
    Login,
    /// NOOP.
    Rest,
    /// MAIL FROM.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA, and the mail itself.
    Content,
}

/// The service's own words for an error at that step.
pub(super) fn refusal(step: Step, error: &Error) -> MailerError {
    let Some(code) = error.status() else {
        return MailerError::Later(broken(step, error).to_owned());
    };
    let number = u16::from(code);
    let text = match step {
        Step::Connect => "the mail server takes no mail from this service",
        Step::Encrypt => "the mail server refused STARTTLS",
        Step::Login => "the mail server refused the user name or the password",
        Step::Rest => "the mail server refused to be asked",
        Step::Sender => "the mail server refused the sender's address",
        Step::Recipient => "the mail server refused the address",
        Step::Content => "the mail server refused the mail",
    };
    let text = format!("{text} ({number})");
    if code.severity == Severity::PermanentNegativeCompletion && is_final(step, number, error) {
        MailerError::Never(text)
    } else {
        MailerError::Later(text)
    }
}

/// It took longer than it may.
pub(super) fn too_slow() -> MailerError {
    MailerError::Later("the mail server did not answer in time".to_owned())
}

/// STARTTLS is required, and not offered.
pub(super) fn no_encryption() -> MailerError {
    MailerError::Later("the mail server offers no STARTTLS, and without it nothing is sent".to_owned())
}

/// Whether a 5xx is about this recipient or this mail.
fn is_final(step: Step, number: u16, error: &Error) -> bool {
    let is_about_the_service = match number {
        // Commands it does not know, or not now; the login it misses; and a full mailbox, which RFC 5321, section
        // 4.5.3.1.10, takes for transient.
        500 | 502..=504 | 530 | 534 | 535 | 538 | 552 => true,
        _ => has_policy_status(error),
    };
    matches!(step, Step::Recipient | Step::Content) && !is_about_the_service
}

/// Whether the reply begins with an enhanced status `5.7.x` (RFC 3463): security or policy, such as "relay access
/// denied", which is what a mail server says to all recipients where the login is missing.
fn has_policy_status(error: &Error) -> bool {
    error
        .source()
        .is_some_and(|reply| reply.to_string().starts_with("5.7."))
}

/// What went wrong where the mail server did not say.
fn broken(step: Step, error: &Error) -> &'static str {
    if error.is_timeout() {
        return "the mail server did not answer in time";
    }
    match step {
        _ if has_bad_data(error) || error.is_tls() => {
            "TLS could not be agreed upon with the mail server; check its certificate and host name"
        }
        Step::Connect if !error.is_response() => "the mail server cannot be reached",
        Step::Login if error.is_client() => "the mail server offers no way to log in that is known here",
        _ => "the connection to the mail server broke off",
    }
}

/// What a failed handshake is to the network.
fn has_bad_data(error: &Error) -> bool {
    let mut source = error.source();
    while let Some(cause) = source {
        let io = cause.downcast_ref::<std::io::Error>();
        if io.is_some_and(|error| error.kind() == std::io::ErrorKind::InvalidData) {
            return true;
        }
        source = cause.source();
    }
    false
}
