//! What stands in each notice.

use proptest::prelude::*;
use symbolon_domain::{
    administrator::Role,
    notice::{Maker, NoticeSubject},
    text::{Description, OrganizationName, PersonName},
};

use super::{
    gallery::hostile_notice,
    headers::{NAMES, one, parsed},
    notice_sample::{NoticeSample, subjects},
    sample::{Sample, letterhead, now},
};
use crate::{RenderError, Rendered};

const PUBLIC_URL: &str = "https://credentials.example/symbolon";

/// Where the links of a page lead, in order.
fn hrefs(rendered: &Rendered) -> Vec<&str> {
    rendered
        .html
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn an_invitation_and_a_new_password_have_the_link_and_nothing_else_has_it() {
    for (name, sample) in NoticeSample::all() {
        let rendered = sample.rendered();
        let link = format!("{PUBLIC_URL}/dashboard/link/{}", sample.secret.expose());
        if sample.dossier.notice.subject.link().is_some() {
            // The button, and the plain link: its address and its words.
            assert_eq!(rendered.html.matches(&link).count(), 3, "{name}");
            assert_eq!(rendered.html.matches("symlnk_").count(), 3, "{name}");
            assert_eq!(rendered.text.matches("symlnk_").count(), 1, "{name}");
            assert!(rendered.text.lines().any(|line| line == link), "{name}");
        } else {
            let all = format!("{rendered:?}{}{}", rendered.html, rendered.text);
            assert!(!all.contains("symlnk_") && !all.contains("/link/"), "{name}");
            // Even where somebody hands in the value.
            let mut letter = sample.letter();
            letter.secret = Some(&sample.secret);
            assert_eq!(letterhead().render_notice(&letter), Ok(rendered), "{name}");
        }
    }
    for (name, sample) in Sample::all() {
        let rendered = sample.rendered();
        assert!(
            !rendered.html.contains("symlnk_") && !rendered.text.contains("symlnk_"),
            "{name}"
        );
    }
}

#[test]
fn the_link_goes_to_nobody_but_its_addressee() {
    let [invitation, new_password, ..] = subjects();
    for subject in [invitation, new_password] {
        let mut sample = NoticeSample::new(subject);
        sample.dossier.addressee = None;
        assert_eq!(
            letterhead().render_notice(&sample.letter()),
            Err(RenderError::NoAddressee)
        );
    }
}

#[test]
fn no_notice_has_the_link_of_a_recipient_or_the_value_of_a_token() {
    for (name, sample) in NoticeSample::all() {
        let rendered = sample.rendered();
        let all = format!("{}{}{}", rendered.subject, rendered.html, rendered.text);
        for value in ["/r/", "symrec_", "symorg_", "symadm_"] {
            assert!(!all.contains(value), "{name}: {value}");
        }
    }
}

#[test]
fn the_others_lead_into_the_dashboard() {
    for (name, sample) in NoticeSample::all() {
        let rendered = sample.rendered();
        let path = match sample.dossier.notice.subject {
            NoticeSubject::Invitation(_) | NoticeSubject::NewPassword(_) => {
                format!("/dashboard/link/{}", sample.secret.expose())
            }
            NoticeSubject::ProofsChanged => "/dashboard/settings/account".to_owned(),
            NoticeSubject::TokenExpires(token)
            | NoticeSubject::TokenReused(token)
            | NoticeSubject::TokenMade(token) => {
                format!("/dashboard/developers/{token}")
            }
        };
        let link = PUBLIC_URL.to_owned() + &path;
        assert_eq!(hrefs(&rendered), [link.as_str(); 2], "{name}");
        assert_eq!(
            rendered.text.lines().filter(|line| **line == link).count(),
            1,
            "{name}"
        );
        let place = |text: &str| rendered.html.rfind(text).unwrap();
        assert!(place("copy this link") < place(&link), "{name}");
        assert!(place(&link) < place("Symbolon sent you this mail"), "{name}");
    }
}

#[test]
fn a_token_is_named_by_description_and_id_and_its_expiry_is_told_from_now() {
    let [.., expires, reused, _] = subjects();
    let sample = NoticeSample::new(expires);
    let id = expires.token().unwrap().to_string();
    let rendered = sample.rendered();
    assert_eq!(
        rendered.subject,
        "Authorization token “Nightly import” expires in 7 days"
    );
    for body in [&rendered.html, &rendered.text] {
        assert!(body.contains("Nightly import") && body.contains(&id));
        assert!(body.contains("11 July 2026, 09:40 UTC (in 7 days)"));
        assert!(body.contains("expires in 7 days"));
    }
    let mut letter = sample.letter();
    letter.now = now().plus_seconds(5 * 86_400);
    let later = letterhead().render_notice(&letter).unwrap();
    assert!(
        later
            .text
            .contains("Expires: 11 July 2026, 09:40 UTC (in 2 days)")
    );
    assert!(later.subject.ends_with("expires in 2 days"));

    let mut unnamed = NoticeSample::new(expires);
    unnamed.dossier.token.as_mut().unwrap().description = None;
    assert_eq!(
        unnamed.rendered().subject,
        format!("Authorization token {id} expires in 7 days")
    );
    let reused = NoticeSample::new(reused).rendered();
    assert!(reused.subject.contains("“Nightly import”"));
    assert!(
        reused
            .text
            .contains(&format!("Id: {id}\nRotated: 1 July 2026, 08:00 UTC\n"))
    );
    assert!(reused.text.contains("Requests since then: 3\n"));
}

#[test]
fn the_contact_is_told_how_to_rotate_without_the_dashboard() {
    for (name, sample) in NoticeSample::all() {
        let text = sample.rendered().text;
        let is_to_contact = sample.dossier.addressee.is_none();
        for command in [
            "symbolon tokens rotate 01936d2a-",
            "/authorization_tokens/rotate\n",
        ] {
            assert_eq!(text.contains(command), is_to_contact, "{name}: {command}");
        }
    }
}

#[test]
fn links_say_until_when_they_are_good() {
    let [invitation, new_password, ..] = subjects();
    let text = |subject| NoticeSample::new(subject).rendered().text;
    assert!(text(invitation).contains("Good until: 11 July 2026, 09:40 UTC (in 7 days)"));
    assert!(text(new_password).contains("Good until: 4 July 2026, 10:40 UTC (in 1 hour)"));
}

#[test]
fn an_invitation_says_what_the_role_may_do() {
    let [invitation, ..] = subjects();
    let mut leads = Vec::new();
    for role in Role::ALL {
        let mut sample = NoticeSample::new(invitation);
        sample.dossier.addressee.as_mut().unwrap().role = role;
        let text = sample.rendered().text;
        assert!(text.contains(&format!("Role: {role}\n")), "{text}");
        leads.push(
            text.lines()
                .find(|line| line.contains("invites you"))
                .map(str::to_owned),
        );
        assert!(
            text.replace('\n', " ")
                .to_lowercase()
                .contains(&format!("{role}s ")),
            "{text}"
        );
    }
    assert!(leads.iter().all(Option::is_some));
}

#[test]
fn notices_go_to_their_addressee_or_to_the_contact_and_are_answered_by_the_contact() {
    for (name, sample) in NoticeSample::all() {
        let rendered = sample.rendered();
        let contact = "Analytical Engines <contact@engines.example>";
        let to = match (&sample.dossier.addressee, sample.dossier.notice.subject) {
            (None, _) => contact,
            // Who is only invited has no name yet.
            (Some(_), NoticeSubject::Invitation(_)) => "ada@example.org",
            (Some(_), _) => "Ada Lovelace <ada@example.org>",
        };
        assert_eq!(rendered.to.to_string(), to, "{name}");
        assert_eq!(rendered.reply_to.to_string(), contact, "{name}");
        assert_eq!(
            rendered.from.to_string(),
            "Analytical Engines via Symbolon <credentials@symbolon.example>",
            "{name}"
        );
    }
}

#[test]
fn a_notice_without_what_it_tells_is_not_written() {
    for subject in subjects() {
        let sample = NoticeSample::new(subject);
        let mut letter = sample.letter();
        letter.secret = None;
        let without_secret = letterhead().render_notice(&letter);
        let mut empty = NoticeSample::new(subject);
        (empty.dossier.link, empty.dossier.token) = (None, None);
        let mut letter = empty.letter();
        letter.secret = Some(&empty.secret);
        let without_rows = letterhead().render_notice(&letter);
        match subject {
            NoticeSubject::Invitation(_) | NoticeSubject::NewPassword(_) => {
                assert_eq!(without_secret, Err(RenderError::NoLink));
                assert_eq!(without_rows, Err(RenderError::NoLink));
            }
            NoticeSubject::ProofsChanged => {
                assert!(without_secret.is_ok() && without_rows.is_ok());
            }
            NoticeSubject::TokenExpires(_) | NoticeSubject::TokenReused(_) | NoticeSubject::TokenMade(_) => {
                assert!(without_secret.is_ok());
                assert_eq!(without_rows, Err(RenderError::NoToken));
            }
        }
    }
}

#[test]
fn a_new_token_is_told_of_with_who_made_it() {
    let [.., made] = subjects();
    for (maker, told) in [
        (
            Some(Maker::Administrator(Some("Grace Hopper".to_owned()))),
            "By: Grace Hopper",
        ),
        (
            Some(Maker::Administrator(None)),
            "By: an administrator who was removed",
        ),
        (
            Some(Maker::Token(Some("Learning platform".to_owned()))),
            "By: the program with the token “Learning platform”",
        ),
        (Some(Maker::Token(None)), "By: a program with a token without a"),
        (Some(Maker::Operator), "By: the operator, at the command line"),
        (None, "By: unknown"),
    ] {
        let mut sample = NoticeSample::new(made);
        sample.maker = maker;
        let text = sample.rendered().text;
        for told in [
            told,
            "Permissions: read, write",
            "Expires: 11 July 2026, 09:40 UTC",
        ] {
            assert!(text.contains(told), "{told}: {text}");
        }
    }
}

#[test]
fn names_are_escaped_and_never_read_as_sentences() {
    for sample in subjects().map(|subject| NoticeSample::new(subject).hostile()) {
        let html = sample.rendered().html;
        for markup in ["<img", "<script", "<a href=javascript", "</style><", "\"&\""] {
            assert!(!html.contains(markup), "{markup}");
        }
        // A name that looks like a place for another name stays what it is.
        assert!(html.contains("{when} O’Neill"));
        assert_eq!(html.matches("</style>").count(), 1);
        assert_eq!(html.matches("</title>").count(), 1);
    }
    let hostile = hostile_notice().rendered();
    assert!(hostile.html.contains("{until}W") && hostile.subject.contains("{until}W"));
}

#[test]
fn nothing_of_a_link_is_shown_by_accident() {
    for (name, sample) in NoticeSample::all() {
        let shown = format!("{:?}", sample.rendered());
        assert!(!shown.contains("symlnk_") && !shown.contains("ada@"), "{shown}");
        assert!(
            shown.contains(sample.dossier.notice.subject.name()),
            "{name}: {shown}"
        );
    }
}

#[test]
fn headers_are_those_of_every_mail_and_the_id_is_the_notices() {
    for (name, sample) in NoticeSample::all() {
        let rendered = sample.rendered();
        let later = rendered.to_eml(now().plus_seconds(1_000));
        for eml in [rendered.to_eml(now()), later] {
            let message = parsed(&eml);
            let names: Vec<_> = message
                .headers()
                .iter()
                .map(|header| header.name().to_owned())
                .collect();
            assert_eq!(names, NAMES[..9], "{name}");
            assert_eq!(
                message.message_id(),
                Some("01936d2a-0000-7000-8000-00000000000e@symbolon.example"),
                "{name}"
            );
            let text = std::str::from_utf8(&eml).unwrap();
            assert!(text.contains("\r\nAuto-Submitted: auto-generated\r\n"), "{name}");
            let body = |part: usize| message.parts[part].text_contents().unwrap().replace("\r\n", "\n");
            assert_eq!(body(1).trim_end(), rendered.text.trim_end(), "{name}");
            assert_eq!(body(2).trim_end(), rendered.html.trim_end(), "{name}");
        }
    }
}

#[test]
fn what_could_be_read_as_something_else_does_not_come_this_far() {
    for text in [
        "Import\r\nBcc: x@y",
        "Import\nBcc: x@y",
        "Import\u{2028}Bcc: x@y",
        "Import\u{202e}tropmI",
        "Import\u{2066}",
        "Import\0",
    ] {
        assert!(Description::parse(text).is_err(), "{text:?}");
        assert!(PersonName::parse(text).is_err(), "{text:?}");
        assert!(OrganizationName::parse(text).is_err(), "{text:?}");
    }
}

proptest! {
    #[test]
    fn all_names_come_back(name in "\\PC{1,60}", other in "[ -~]{1,80}") {
        prop_assume!([&name, &other].iter().all(|name| Description::parse(name).is_ok()));
        for (issuer, token) in [(&name, &other), (&other, &name)] {
            let [.., expires, _] = subjects();
            let mut sample = NoticeSample::new(expires);
            sample.dossier.organization.name = OrganizationName::parse(issuer).unwrap();
            sample.dossier.addressee.as_mut().unwrap().name = Some(PersonName::parse(issuer).unwrap());
            sample.dossier.token.as_mut().unwrap().description = Some(Description::parse(token).unwrap());
            let rendered = sample.rendered();
            let eml = rendered.to_eml(now());
            prop_assert!(eml.is_ascii());
            let message = parsed(&eml);
            prop_assert_eq!(message.headers().len(), 9);
            let normal = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let (to, address) = one(message.to());
            prop_assert_eq!(normal(&to), normal(&rendered.to.name.unwrap()));
            prop_assert_eq!(address, "ada@example.org");
            prop_assert_eq!(normal(message.subject().unwrap()), normal(&rendered.subject));
        }
    }
}
