//! A mail as it goes over the wire.
//!
//! Headers are put together one by one, not by lettre's builder: that reads them back with a parser which refuses names
//! that people have, dates a mail by itself, and panics where a name has a control character.

use std::{
    fmt::{self, Write as _},
    time::{Duration, SystemTime},
};

use email_encoding::headers::{quoted_string, rfc2047, writer::EmailWriter};
use lettre::{
    Address,
    message::{
        MultiPart, SinglePart,
        header::{
            ContentTransferEncoding, ContentType, Date, HeaderName, HeaderValue, Headers, MIME_VERSION_1_0,
            MessageId,
        },
    },
};
use symbolon_domain::{text::MailAddress, time::Timestamp};

use crate::{Correspondent, Rendered};

/// Headers and body.
pub(crate) fn write(rendered: &Rendered, now: Timestamp) -> String {
    let mut headers = Headers::new();
    headers.insert_raw(mailbox("From", &rendered.from));
    headers.insert_raw(mailbox("To", &rendered.to));
    headers.insert_raw(mailbox("Reply-To", &rendered.reply_to));
    headers.insert_raw(subject(&rendered.subject));
    headers.set(Date::new(system_time(now)));
    headers.set(MessageId::from(rendered.message_id()));
    // RFC 3834: so that no absence notice answers it.
    headers.insert_raw(HeaderValue::new(
        HeaderName::new_from_ascii_str("Auto-Submitted"),
        "auto-generated".to_owned(),
    ));
    headers.set(MIME_VERSION_1_0);
    let body = MultiPart::alternative()
        // No line of quoted-printable text has `=_`, so none is taken for this.
        .boundary(format!("=_{}", rendered.mail))
        .singlepart(part(ContentType::TEXT_PLAIN, &rendered.text))
        .singlepart(part(ContentType::TEXT_HTML, &rendered.html));
    // All of it is ASCII: the parts are quoted-printable, and headers are encoded.
    format!("{headers}{}", String::from_utf8_lossy(&body.formatted()))
}

/// The address as lettre has it. What the domain takes for an address has no character that a header or a command of
/// SMTP gives a meaning; so whether there are such addresses is left to the mail server.
pub(crate) fn address(address: &MailAddress) -> Address {
    let (user, domain) = address.as_str().rsplit_once('@').unwrap_or_default();
    Address::new_dangerous(user, domain)
}

/// One mailbox. The name is quoted, or encoded where it has more than letters, digits and a few marks.
fn mailbox(header: &'static str, correspondent: &Correspondent) -> HeaderValue {
    encoded(header, &correspondent.to_string(), |writer| {
        let address = correspondent.address.as_str();
        let Some(name) = &correspondent.name else {
            return writer.write_str(address);
        };
        quoted_string::encode(name, writer)?;
        writer.space();
        write!(writer, "<{address}>")
    })
}

/// The subject. All of it is encoded, so that nothing in it is taken for an encoded word.
fn subject(text: &str) -> HeaderValue {
    encoded("Subject", text, |writer| rfc2047::encode(text, writer))
}

/// A header whose value is written in ASCII by `encode`, which folds its lines.
fn encoded(
    header: &'static str,
    value: &str,
    encode: impl FnOnce(&mut EmailWriter<'_>) -> fmt::Result,
) -> HeaderValue {
    let mut ascii = String::new();
    // Writing to a string does not fail.
    let _ = encode(&mut EmailWriter::new(
        &mut ascii,
        header.len() + ": ".len(),
        0,
        false,
    ));
    HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(header), value.to_owned(), ascii)
}

fn part(content_type: ContentType, body: &str) -> SinglePart {
    SinglePart::builder()
        .header(content_type)
        .header(ContentTransferEncoding::QuotedPrintable)
        .body(body.to_owned())
}

fn system_time(at: Timestamp) -> SystemTime {
    let millis = u64::try_from(at.as_millis()).unwrap_or(0);
    SystemTime::UNIX_EPOCH + Duration::from_millis(millis)
}
