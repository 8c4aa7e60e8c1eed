//! Headers, read back by another parser (C04).

use crate::render_eml;
use mail_parser::{Address, Message, MessageParser, MimeHeaders as _};
use proptest::prelude::*;
use symbolon_domain::{
    mail::MailKind,
    recipient::Locale,
    template::TemplateKind,
    text::{MailAddress, OrganizationName, PersonName, TemplateName},
    time::Timestamp,
};

use super::sample::{Sample, letterhead, now};

pub(super) const NAMES: [&str; 14] = [
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Content-Type",
    "Content-Transfer-Encoding",
    "",
];

fn eml(sample: &Sample) -> Vec<u8> {
    render_eml(&letterhead(), &sample.letter(), now()).unwrap()
}

pub(super) fn parsed(eml: &[u8]) -> Message<'_> {
    MessageParser::default().parse(eml).unwrap()
}

/// The one mailbox of a header: name and address.
pub(super) fn one(address: Option<&Address<'_>>) -> (String, String) {
    let all: Vec<_> = address.unwrap().iter().collect();
    assert_eq!(all.len(), 1);
    let text = |part: Option<&str>| part.unwrap_or_default().to_owned();
    (text(all[0].name()), text(all[0].address()))
}

fn named(organization: &str, template: &str, recipient: &str) -> Sample {
    let mut sample = Sample::new(MailKind::Access, TemplateKind::Badge, Locale::English);
    sample.dossier.organization.name = OrganizationName::parse(organization).unwrap();
    sample.dossier.template.name = TemplateName::parse(template).unwrap();
    sample.dossier.recipient.first_name = PersonName::parse(recipient).unwrap();
    sample.dossier.recipient.last_name = None;
    sample
}

/// Everything that headers say, and that they say no more.
fn assert_headers(organization: &str, template: &str, recipient: &str) {
    let sample = named(organization, template, recipient);
    let eml = eml(&sample);
    assert!(eml.is_ascii());
    let (head, _) = std::str::from_utf8(&eml).unwrap().split_once("\r\n\r\n").unwrap();
    assert!(
        head.replace("\r\n", "")
            .bytes()
            .all(|byte| matches!(byte, b' '..=b'~')),
        "{head}"
    );
    assert!(head.lines().all(|line| line.len() <= 998), "{head}");

    let message = parsed(&eml);
    let names: Vec<_> = message
        .headers()
        .iter()
        .map(|header| header.name().to_owned())
        .collect();
    assert_eq!(names, NAMES[..9], "{head}");
    let normal = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (name, address) = one(message.to());
    assert_eq!(normal(&name), normal(recipient), "{head}");
    assert_eq!(address, "ada@example.org");
    let (name, address) = one(message.reply_to());
    assert_eq!(normal(&name), normal(organization), "{head}");
    assert_eq!(address, "contact@engines.example");
    let (name, address) = one(message.from());
    assert_eq!(
        normal(&name),
        normal(&format!("{organization} via Symbolon")),
        "{head}"
    );
    assert_eq!(address, "credentials@symbolon.example");
    assert_eq!(
        normal(message.subject().unwrap()),
        normal(&sample.rendered().subject),
        "{head}"
    );
}

#[test]
fn hostile_names_stay_names() {
    let long = "Ünïcödé ".repeat(25);
    let wide = "字".repeat(200);
    let words = "word ".repeat(40);
    let solid = "x".repeat(200);
    for name in [
        "Ada",
        "Ada Lovelace",
        "Ada\" <x@y>, \"B",
        "Ada <x@y>",
        "Ada, Countess of Lovelace",
        "Ada; Bob: Carol;",
        "\\",
        "\"",
        "Ada \\\" Lovelace",
        "(a comment)",
        "=?utf-8?q?Ada=0d=0aBcc:_x@y?=",
        "=?utf-8?b?QmNjOiB4QHk=?= tail",
        "head =?iso-8859-1?q?=e9?=",
        "Bcc: x@y",
        "a@b",
        ".",
        "é",
        "O’Neill & Söhne „GmbH“",
        "محمد",
        &long,
        &wide,
        &words,
        &solid,
    ] {
        assert_headers(name, name, name);
    }
}

#[test]
fn line_breaks_do_not_come_this_far() {
    for name in [
        "Ada\r\nBcc: x@y",
        "Ada\nBcc: x@y",
        "Ada\rBcc: x@y",
        "Ada\u{2028}Bcc: x@y",
        "Ada\0",
    ] {
        assert!(PersonName::parse(name).is_err());
        assert!(OrganizationName::parse(name).is_err());
        assert!(TemplateName::parse(name).is_err());
        assert!(MailAddress::parse(&format!("{name}@example.org")).is_err());
    }
}

#[test]
fn a_line_break_that_came_this_far_is_encoded() {
    // A parser of names that lets one through is a flaw elsewhere; here it must not become a header.
    let rendered = crate::Rendered {
        subject: "Hello\r\nBcc: x@y".to_owned(),
        to: crate::Correspondent {
            name: Some("Ada\r\nBcc: x@y".to_owned()),
            address: MailAddress::parse("ada@example.org").unwrap(),
        },
        ..Sample::new(MailKind::Access, TemplateKind::Badge, Locale::English).rendered()
    };
    let eml = rendered.to_eml(now());
    let message = parsed(&eml);
    assert_eq!(message.headers().len(), 9);
    assert!(message.bcc().is_none());
    assert_eq!(one(message.to()).1, "ada@example.org");
}

proptest! {
    #[test]
    fn all_names_come_back(name in "\\PC{1,60}", other in "[ -~]{1,80}") {
        prop_assume!([&name, &other].iter().all(|name| OrganizationName::parse(name).is_ok()));
        // As the domain keeps them.
        let (name, other) = (OrganizationName::parse(&name).unwrap(), OrganizationName::parse(&other).unwrap());
        assert_headers(name.as_str(), other.as_str(), name.as_str());
        assert_headers(other.as_str(), name.as_str(), other.as_str());
    }
}

#[test]
fn the_same_mail_has_the_same_message_id_and_bytes() {
    for (name, sample) in Sample::all() {
        assert_eq!(eml(&sample), eml(&sample), "{name}");
        let later = render_eml(&letterhead(), &sample.letter(), now().plus_seconds(1_000)).unwrap();
        for eml in [&eml(&sample), &later] {
            assert_eq!(
                parsed(eml).message_id(),
                Some("01936d2a-0000-7000-8000-00000000000f@symbolon.example"),
                "{name}"
            );
        }
    }
}

#[test]
fn mails_are_dated_and_say_that_a_machine_wrote_them() {
    let sample = Sample::new(MailKind::Access, TemplateKind::Badge, Locale::English);
    let eml = eml(&sample);
    let text = std::str::from_utf8(&eml).unwrap();
    assert!(
        text.contains("\r\nDate: Sat, 04 Jul 2026 09:41:00 +0000\r\n"),
        "{text}"
    );
    assert!(text.contains("\r\nAuto-Submitted: auto-generated\r\n"), "{text}");
    for now in [Timestamp::MIN, Timestamp::MAX] {
        assert!(!sample.rendered().to_eml(now).is_empty());
    }
}

#[test]
fn text_comes_before_the_page_and_both_come_back() {
    for (name, sample) in Sample::all() {
        let eml = eml(&sample);
        assert!(
            eml.split(|byte| *byte == b'\n')
                .all(|line| line.ends_with(b"\r") || line.is_empty())
        );
        let longest = std::str::from_utf8(&eml).unwrap().lines().map(str::len).max();
        assert!(longest <= Some(78), "{name}: {longest:?}");
        let message = parsed(&eml);
        let kinds: Vec<_> = message
            .parts
            .iter()
            .map(|part| {
                let kind = part.content_type().unwrap();
                format!("{}/{}", kind.ctype(), kind.subtype().unwrap())
            })
            .collect();
        assert_eq!(
            kinds,
            ["multipart/alternative", "text/plain", "text/html"],
            "{name}"
        );
        let body = |part: usize| message.parts[part].text_contents().unwrap().replace("\r\n", "\n");
        let rendered = sample.rendered();
        assert_eq!(body(1).trim_end(), rendered.text.trim_end(), "{name}");
        assert_eq!(body(2).trim_end(), rendered.html.trim_end(), "{name}");
    }
}

#[test]
fn whoever_is_asked_can_answer_whoever_is_concerned() {
    let asked = Sample::new(MailKind::ResetRequested, TemplateKind::Badge, Locale::German).rendered();
    assert_eq!(
        asked.to.to_string(),
        "Analytical Engines <contact@engines.example>"
    );
    assert_eq!(asked.reply_to.to_string(), "Ada Lovelace <ada@example.org>");
    assert_eq!(asked.locale, Locale::English);
    let told = Sample::new(MailKind::Claimed, TemplateKind::Badge, Locale::German).rendered();
    assert_eq!(told.to.to_string(), "Ada Lovelace <ada@example.org>");
    assert_eq!(
        told.reply_to.to_string(),
        "Analytical Engines <contact@engines.example>"
    );
    assert_eq!(
        told.from.to_string(),
        "Analytical Engines via Symbolon <credentials@symbolon.example>"
    );
}
