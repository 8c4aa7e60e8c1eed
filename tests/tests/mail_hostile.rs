//! What people type never becomes a header or a recipient of a mail (C04), and mail goes to the address as it is stored
//! (C08).
#![cfg(test)]

use mail_parser::MessageParser;
use reqwest::Method;
use serde_json::{Value, json};
use symbolon_tests::{Key, Mail, PostOffice, Site, on_both, wish};

on_both!(
    nothing_that_is_typed_becomes_a_header,
    line_breaks_are_refused_where_they_are_typed,
    mail_goes_to_the_address_as_it_is_stored,
);

/// Names that are odd and allowed.
const NAMES: [&str; 14] = [
    "Bcc: eve@example.org",
    "=?utf-8?Q?=0D=0ABcc:_eve@example.org?=",
    "=?utf-8?B?DQpCY2M6IGV2ZUBleGFtcGxlLm9yZw==?=",
    "\"Ada\" <eve@example.org>",
    "Ada, eve@example.org",
    "Ada\\\" <eve@example.org>",
    "eve@example.org>; (Ada",
    "\\r\\nBcc: eve@example.org",
    "%0D%0ABcc:%20eve@example.org",
    "Ada\u{a0}=?utf-8?Q?=3Ceve=40example.org=3E?=",
    "\u{ff02}Ada\u{ff02} \u{ff1c}eve\u{ff20}example.org\u{ff1e}",
    "{{name}} {link} ${issuer}",
    ".",
    "アダ・ラヴレス 🎓",
];

/// What every mail has, once each.
const HEADERS: [&str; 9] = [
    "Auto-Submitted",
    "Content-Type",
    "Date",
    "From",
    "MIME-Version",
    "Message-ID",
    "Reply-To",
    "Subject",
    "To",
];

fn headers(mail: &Mail) -> Vec<String> {
    let text = String::from_utf8(mail.raw.clone()).expect("a mail is ASCII");
    assert!(text.is_ascii());
    let (head, _) = text.split_once("\r\n\r\n").expect("a head and a body");
    assert!(!head.replace("\r\n", "").contains(['\r', '\n']));
    let mut names: Vec<String> = head
        .split("\r\n")
        .filter(|line| !line.starts_with([' ', '\t']))
        .map(|line| line.split(':').next().unwrap_or_default().to_owned())
        .collect();
    names.sort();
    names
}

/// The names and addresses in From, To and Reply-To, as a mail program shows them.
fn people(mail: &Mail) -> [(String, String); 3] {
    let message = MessageParser::default().parse(&mail.raw).expect("a mail");
    [message.from(), message.to(), message.reply_to()].map(|addresses| {
        let addresses = addresses.expect("it is there").clone().into_list();
        let [one] = addresses.as_slice() else {
            panic!("{} addresses in {mail}", addresses.len())
        };
        (
            one.name().unwrap_or_default().to_owned(),
            one.address().unwrap_or_default().to_owned(),
        )
    })
}

async fn nothing_that_is_typed_becomes_a_header(site: Site) {
    let mut post = PostOffice::open(site).await;
    let longest = "Ä".repeat(200);
    let names = || NAMES.into_iter().chain([longest.as_str()]);
    let mut service = post.serving();
    let mut issued = Vec::new();
    for (number, name) in names().enumerate() {
        // Whoever issues is called as oddly, but for what would be too long with its suffix.
        let create = ["organizations", "create", name, "--contact", PostOffice::CONTACT];
        let made = post.site.json(&create);
        post.key = Key::of(&made["authorization_token"]);
        let issuer = post.issuer(&service);
        let template = issuer.badge_template(name).await;
        let address = format!("ada{number}@example.org");
        let mut wish = wish(&template, &address);
        wish["issued_to_first_name"] = name.into();
        wish["issued_to_last_name"] = name.into();
        issuer.issue(&wish).await.expect(201);
        issued.push((address, name));
    }
    post.smtp.has_kept(issued.len()).await;
    assert_eq!(service.stop().code(), Some(0));

    let mails = post.smtp.mails().await;
    assert_eq!(mails.len(), issued.len());
    for (address, name) in issued {
        let mail = mails.iter().find(|mail| mail.to.contains(&address));
        let mail = mail.unwrap_or_else(|| panic!("no mail for {name}"));
        assert_eq!(mail.to, [address.as_str()], "one recipient for {name}");
        assert_eq!(headers(mail), HEADERS, "{mail}");
        let [from, to, reply_to] = people(mail);
        assert_eq!(from.1, PostOffice::SENDER, "{mail}");
        assert_eq!(to.1, address, "{mail}");
        assert_eq!(reply_to.1, PostOffice::CONTACT, "{mail}");
        // It is read as it was typed, and not as what it pretends to be.
        assert_eq!(to.0, format!("{name} {name}"), "{mail}");
        assert_eq!(reply_to.0, name, "{mail}");
        assert_eq!(from.0, format!("{name} via Symbolon"), "{mail}");
        let subject = mail.subject();
        assert!(subject.contains(name) && !subject.contains('\n'), "{subject}");
    }
}

/// What ends a line, somewhere.
const BREAKS: [&str; 8] = [
    "\r\n", "\n", "\r", "\0", "\u{b}", "\u{85}", "\u{2028}", "\u{2029}",
];

async fn line_breaks_are_refused_where_they_are_typed(site: Site) {
    let post = PostOffice::open(site).await;
    let mut service = post.serving();
    let issuer = post.issuer(&service);
    let template = issuer.badge_template("Programming").await;
    let good = wish(&template, "ada@example.org");
    for line_break in BREAKS {
        let text = format!("Ada{line_break}Bcc: eve@example.org");
        for field in [
            "issued_to_first_name",
            "issued_to_last_name",
            "recipient_email",
            "issuer_earner_id",
        ] {
            let mut wish = good.clone();
            wish[field] = text.clone().into();
            issuer.issue(&wish).await.refused(422, "invalid");
        }
        let template = json!({ "name": text });
        let made = issuer.ask(Method::POST, "/badge_templates", &template).await;
        made.expect(422);
        if line_break != "\0" {
            for (name, contact) in [(text.as_str(), "ada@example.org"), ("Acclaim", &text)] {
                let create = ["organizations", "create", name, "--contact", contact];
                let _ = post.site.run(&create).with_code(2);
            }
        }
    }
    for address in [
        "ada@example.org,eve@example.org",
        "ada@example.org eve@example.org",
        "Ada <ada@example.org>",
        "<ada@example.org>",
        "\"ada eve\"@example.org",
        "ada@example.org>\r\nRCPT TO:<eve@example.org",
        "ada@[127.0.0.1]",
        "@eve.example.org:ada@example.org",
        "ada@example.org\u{202e}",
        "ada@exam\u{200d}ple.org",
    ] {
        let refused = issuer.issue(&wish(&template, address)).await;
        let text = &refused.expect(422).text;
        assert!(!text.contains("eve"), "nothing is echoed: {text}");
    }
    assert_eq!(issuer.recipients().await, [Value::Null; 0]);
    assert_eq!(service.stop().code(), Some(0));
    assert_eq!(post.smtp.mails().await, []);
}

async fn mail_goes_to_the_address_as_it_is_stored(site: Site) {
    let post = PostOffice::open(site).await;
    let mut service = post.serving();
    let issuer = post.issuer(&service);
    let template = issuer.badge_template("Programming").await;
    // Dotless i, long s, a Cyrillic a, a full-width a: nobody's address becomes another's by its case or its looks.
    for look_alike in [
        "ıda@example.org",
        "ſam@example.org",
        "аda@example.org",
        "ａda@example.org",
    ] {
        issuer
            .issue(&wish(&template, look_alike))
            .await
            .refused(422, "invalid");
    }
    let mut addresses = Vec::new();
    for (typed, stored) in [
        ("Ada@EXÄMPLE.org", "Ada@xn--exmple-cua.org"),
        // Another person than Ada, for the mail server of the domain alone knows better.
        ("ada@exämple.org", "ada@xn--exmple-cua.org"),
        // Looks like example.org, and is not.
        ("ada@ex\u{430}mple.org", "ada@xn--exmple-4nf.org"),
        ("ada@example.org", "ada@example.org"),
        // The Kelvin sign is by Unicode's own rule the letter K; what is stored is ASCII.
        ("\u{212a}im@example.org", "Kim@example.org"),
        // Domain names have no zero-width space, by their own rule (UTS 46): what cannot be seen is not stored.
        ("zero@exam\u{200b}ple.org", "zero@example.org"),
        ("  padded@Example.ORG ", "padded@example.org"),
        ("o'hara+a=b/c@example.org", "o'hara+a=b/c@example.org"),
        ("-x@a-b.example", "-x@a-b.example"),
    ] {
        let issued = issuer.issue(&wish(&template, typed)).await;
        let recipient = &issued.expect(201).json["data"];
        assert_eq!(recipient["recipient_email"], stored, "{typed}");
        addresses.push([stored.to_owned()]);
    }
    // The same address, otherwise written, is the same person.
    for again in [
        "ada@xn--exmple-cua.org",
        "ada@exa\u{308}mple.org",
        "Kim@example.org",
    ] {
        issuer.issue(&wish(&template, again)).await.expect(422);
    }
    let mut marks = wish(&template, "marks@example.org");
    marks["issued_to_first_name"] = format!("e{}", "\u{301}".repeat(10_000)).into();
    issuer.issue(&marks).await.expect(422);

    post.smtp.has_kept(addresses.len()).await;
    assert_eq!(service.stop().code(), Some(0));
    let mut mailed: Vec<_> = post.smtp.mails().await.into_iter().map(|mail| mail.to).collect();
    mailed.sort();
    addresses.sort();
    assert_eq!(mailed, addresses);
}
