//! What stands in each mail.

use crate::RenderError;
use symbolon_domain::{mail::MailKind, recipient::Locale, template::TemplateKind};

use super::{
    gallery::{all, hostile},
    sample::{Sample, letterhead},
};

#[test]
fn every_mail_reads_as_it_did() {
    for (name, rendered) in all() {
        insta::assert_snapshot!(format!("{name}.html"), rendered.html);
        let envelope = format!(
            "From: {}\nTo: {}\nReply-To: {}\nSubject: {}\n\n",
            rendered.from, rendered.to, rendered.reply_to, rendered.subject
        );
        insta::assert_snapshot!(format!("{name}.txt"), envelope + &rendered.text);
    }
}

#[test]
fn the_link_is_in_mails_that_carry_it_and_in_no_other() {
    for (name, sample) in Sample::all() {
        let rendered = sample.rendered();
        let link = format!(
            "https://credentials.example/symbolon/r/{}",
            sample.secret.expose()
        );
        if sample.mail.kind.has_link() {
            // The button, and the plain link: its address and its words.
            assert_eq!(rendered.html.matches(&link).count(), 3, "{name}");
            assert_eq!(
                rendered.text.lines().filter(|line| **line == link).count(),
                1,
                "{name}"
            );
        } else {
            assert!(
                !rendered.html.contains("/r/") && !rendered.html.contains("href"),
                "{name}"
            );
            assert!(!rendered.text.contains("/r/"), "{name}");
            // Even where somebody hands in the value.
            let mut letter = sample.letter();
            letter.secret = Some(&sample.secret);
            assert_eq!(letterhead().render(&letter), Ok(rendered), "{name}");
        }
    }
}

#[test]
fn the_plain_link_stands_above_the_footer() {
    let rendered = Sample::new(MailKind::Access, TemplateKind::Badge, Locale::English).rendered();
    let place = |text: &str| rendered.html.rfind(text).unwrap();
    assert!(place("copy this link") < place("/r/symrec_"));
    assert!(place("/r/symrec_") < place("Symbolon sent you this mail"));
}

#[test]
fn lines_of_text_are_short() {
    for (name, rendered) in all() {
        for line in rendered.text.lines() {
            let is_copied = line.contains("://") || line.trim_start().starts_with("symbolon ");
            let is_a_name = name.ends_with("hostile") && line.contains("WWW");
            assert!(
                line.chars().count() <= 76 || is_copied || is_a_name,
                "{name}: {line}"
            );
        }
    }
}

#[test]
fn names_are_escaped_and_never_read_as_sentences() {
    let html = hostile().rendered().html;
    for markup in ["<img", "<script", "<a href=javascript", "</style><", "\"&\""] {
        assert!(!html.contains(markup), "{markup}");
    }
    // A name that looks like a place for another name stays what it is.
    assert!(html.contains("{title} O’Neill"));
    // One of each, the template's own.
    assert_eq!(html.matches("</style>").count(), 1);
    assert_eq!(html.matches("</title>").count(), 1);
}

#[test]
fn mails_ask_nothing_of_the_network() {
    for (name, rendered) in all() {
        let html = rendered.html.to_ascii_lowercase();
        for request in [
            "<img",
            "src=",
            "url(",
            "@import",
            "<link",
            "<script",
            "background=\"",
        ] {
            let is_a_name = name.ends_with("hostile");
            assert!(!html.contains(request) || is_a_name, "{name}: {request}");
        }
    }
}

#[test]
fn words_are_those_of_the_product() {
    for (name, rendered) in all() {
        let text = format!("{} {}", rendered.subject, rendered.text).to_lowercase();
        // Recipients are not invited, and nothing that they have is called just revoked; administrators are, and tokens are.
        let to_recipients: &[_] = match name.strip_prefix("notice-") {
            None => &["invit", "einlad", "revoke", "widerruf"],
            Some(_) => &[],
        };
        for word in to_recipients.iter().chain(&["oops", "please", "bitte"]) {
            assert!(!text.contains(word), "{name}: {word}");
        }
        assert!(!text.contains('!'), "{name}");
        let text = ["{title}", "{when}", "{until}"]
            .iter()
            .fold(text, |text, typed| text.replace(typed, ""));
        assert!(!text.contains(['{', '}']), "{name}");
    }
}

#[test]
fn a_letter_without_what_it_tells_is_not_written() {
    for (kind, error) in [
        (MailKind::Access, RenderError::NoLink),
        (MailKind::Claimed, RenderError::NoClaim),
        (MailKind::ResetRequested, RenderError::NoWish),
    ] {
        let mut sample = Sample::new(kind, TemplateKind::Badge, Locale::German);
        sample.dossier.token.binding = None;
        sample.dossier.token.reset_request = None;
        let mut letter = sample.letter();
        letter.secret = None;
        assert_eq!(letterhead().render(&letter), Err(error));
    }
}

#[test]
fn nothing_of_a_link_is_shown_by_accident() {
    let sample = Sample::new(MailKind::Access, TemplateKind::Badge, Locale::English);
    let shown = format!("{:?}", sample.rendered());
    assert!(!shown.contains("symrec_") && !shown.contains("ada@"), "{shown}");
}
