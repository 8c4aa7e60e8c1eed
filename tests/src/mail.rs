//! A mail as it came, and what a person would read in it.

use mail_parser::{Message, MessageParser, MimeHeaders as _};

/// A mail that the server kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Whom the envelope is from.
    pub from: String,
    /// Whom the envelope is for.
    pub to: Vec<String>,
    /// Headers and body, byte for byte.
    pub raw: Vec<u8>,
    /// Whether it came over TLS.
    pub over_tls: bool,
    /// As whom the client logged in.
    pub user: Option<String>,
}

impl Mail {
    /// A header, decoded and unfolded, if there is one. There must not be two.
    pub fn header(&self, name: &str) -> Option<String> {
        let message = self.parsed();
        let mut values = message.header_values(name);
        let value = values.next()?;
        assert!(values.next().is_none(), "two headers {name} in {self}");
        let text = value
            .as_text()
            .map(ToOwned::to_owned)
            .or_else(|| message.header_raw(name).map(|raw| raw.trim().to_owned()));
        Some(text.expect("a header has text"))
    }

    /// The subject.
    pub fn subject(&self) -> String {
        self.header("Subject")
            .unwrap_or_else(|| panic!("no subject in {self}"))
    }

    /// The media types of its parts, from the outside to the inside.
    pub fn types(&self) -> Vec<String> {
        let message = self.parsed();
        let of = |part: &mail_parser::MessagePart<'_>| {
            let kind = part.content_type().expect("every part says what it is");
            format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default())
        };
        message.parts.iter().map(of).collect()
    }

    /// The part for people who read plain text. Nothing is made up from the HTML.
    pub fn text(&self) -> String {
        self.part("text/plain")
    }

    /// The part in HTML.
    pub fn html(&self) -> String {
        self.part("text/html")
    }

    /// The only part of a type, decoded.
    fn part(&self, wanted: &str) -> String {
        let message = self.parsed();
        let (kind, subtype) = wanted.split_once('/').expect("a media type");
        let parts: Vec<_> = message
            .parts
            .iter()
            .filter(|part| part.is_content_type(kind, subtype))
            .collect();
        match parts.as_slice() {
            [part] => part.text_contents().expect("text is text").to_owned(),
            _ => panic!("{} parts are {wanted} in {self}", parts.len()),
        }
    }

    /// The links in the plain text, in their order.
    pub fn links(&self) -> Vec<String> {
        links_in_text(&self.text())
    }

    /// The links in the HTML, in their order.
    pub fn html_links(&self) -> Vec<String> {
        links_in_html(&self.html())
    }

    fn parsed(&self) -> Message<'_> {
        MessageParser::default()
            .parse(&self.raw)
            .unwrap_or_else(|| panic!("not a mail: {self}"))
    }
}

impl std::fmt::Display for Mail {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&String::from_utf8_lossy(&self.raw))
    }
}

/// A link ends where white space or a delimiter begins, and has no punctuation at its end.
fn links_in_text(text: &str) -> Vec<String> {
    let starts = text
        .match_indices("http")
        .filter(|(_, rest)| !rest.is_empty())
        .map(|(start, _)| text.split_at(start).1)
        .filter(|rest| rest.starts_with("http://") || rest.starts_with("https://"));
    starts
        .map(|rest| {
            let end = rest.find(|end: char| end.is_whitespace() || "<>\"()[]".contains(end));
            let link = rest.split_at(end.unwrap_or(rest.len())).0;
            link.trim_end_matches(['.', ',', ';', ':', '!', '?', '\''])
                .to_owned()
        })
        .collect()
}

/// What stands in the `href`s.
fn links_in_html(html: &str) -> Vec<String> {
    html.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
        .map(|(link, _)| link.replace("&amp;", "&"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Mail;

    const RAW: &str = "Subject: =?utf-8?B?RWluIEdydcOf?=\r\n\
        To: Ada <ada@example.org>\r\n\
        MIME-Version: 1.0\r\n\
        Content-Type: multipart/alternative; boundary=\"b\"\r\n\
        \r\n\
        --b\r\n\
        Content-Type: text/plain; charset=utf-8\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\
        \r\n\
        Gr=C3=BC=C3=9Fe: https://example.org/a?b=3D=\r\n\
        c&d (or <http://example.org/e>).\r\n\
        --b\r\n\
        Content-Type: text/html; charset=utf-8\r\n\
        Content-Transfer-Encoding: base64\r\n\
        \r\n\
        PGEgaHJlZj0iaHR0cHM6Ly9leGFtcGxlLm9yZy8/YT1iJmFtcDtjPWQiPkdyw7zDn2U8L2E+\r\n\
        --b--\r\n";

    fn mail() -> Mail {
        Mail {
            from: String::new(),
            to: Vec::new(),
            raw: RAW.into(),
            over_tls: false,
            user: None,
        }
    }

    #[test]
    fn both_parts_are_decoded() {
        let mail = mail();
        assert_eq!(mail.types(), ["multipart/alternative", "text/plain", "text/html"]);
        assert!(mail.text().starts_with("Grüße: https"), "{}", mail.text());
        assert_eq!(
            mail.html(),
            r#"<a href="https://example.org/?a=b&amp;c=d">Grüße</a>"#
        );
    }

    #[test]
    fn headers_are_decoded() {
        let mail = mail();
        assert_eq!(mail.subject(), "Ein Gruß");
        assert_eq!(mail.header("to").as_deref(), Some("Ada <ada@example.org>"));
        assert_eq!(mail.header("Reply-To"), None);
    }

    #[test]
    fn links_are_found() {
        let mail = mail();
        assert_eq!(
            mail.links(),
            ["https://example.org/a?b=c&d", "http://example.org/e"]
        );
        assert_eq!(mail.html_links(), ["https://example.org/?a=b&c=d"]);
    }

    #[test]
    #[should_panic(expected = "two headers")]
    fn a_header_that_is_there_twice_is_noticed() {
        let mut twice = mail();
        twice.raw.splice(0..0, *b"Subject: another\r\n");
        let _ = twice.subject();
    }
}
