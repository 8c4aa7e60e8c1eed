//! C01, C08: whatever issuers and recipients call themselves is shown as they wrote it, and never run.
#![cfg(test)]

use std::fs;

use serde_json::{Value, json};
use symbolon_tests::{Mail, OpenId, Person, Site, Spot, Stage, on_both};

on_both!(
    hostile_texts_are_texts,
    long_texts_are_shown,
    treacherous_texts_are_refused
);

/// Each would run, load something or break out of an attribute, somewhere.
const ORGANIZATION: &str = r#"<script>alert("o")</script>"><img src=x onerror=alert(1)> & Söhne 🏛️"#;
const TEMPLATE: &str =
    r"</title></text></svg><script>alert('t')</script>'><svg/onload=alert(2)> javascript:alert(3) 🎓";
const DESCRIPTION: &str = r#"{{ 7 * 7 }} ${alert(4)} <a href="javascript:alert(5)">click</a> <iframe srcdoc="<script>parent.alert(6)</script>"> &lt;b&gt; ]]>"#;
const FIRST_NAME: &str = r#""><input autofocus onfocus=alert(7)>"#;
/// Arabic and Hebrew, without any control.
const LAST_NAME: &str = "عائشة בת־שבע <b>";
const REASON: &str = r#"--><script>alert(8)</script><base href="//evil.example/"><meta http-equiv=refresh content="0;url=//evil.example/"> עברית"#;
/// As long as a name may be, and nowhere to break it.
const LONG: usize = 200;

async fn staged(site: Site, organization: &str) -> (Stage, OpenId) {
    let open_id = OpenId::start().await;
    let providers = [Stage::provider(
        "example",
        "<b>ID</b> \" onclick=\"alert(9)",
        open_id.issuer(),
    )];
    let stage = Stage::set(site, organization, &providers).await;
    open_id.allow(&stage.callback("example")).await;
    (stage, open_id)
}

/// Opens a mail as a mail program would that lets everything run.
async fn opens_mail(person: &Person, mail: &Mail, texts: &[&str]) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("mail.html");
    fs::write(&path, mail.html()).unwrap();
    person.goto(&format!("file://{}", path.display())).await;
    shows(person, texts).await;
    let plain = mail.text();
    for text in texts {
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        assert!(squeezed(&plain).contains(&squeezed(text)), "{text} in {plain}");
    }
}

/// Asserts that the page shows these texts as they were written, and fits on a narrow screen.
async fn shows(person: &Person, texts: &[&str]) {
    let url = person.current_url().await;
    // What a person reads, whether it is broken into lines or not.
    let read = person.execute("return document.body.innerText").await;
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let read = squeezed(read.as_str().unwrap());
    for text in texts {
        assert!(read.contains(&squeezed(text)), "{url}: {text} in {read}");
    }
    assert_eq!(
        person
            .count("iframe, object, embed, base, body script, img[src=x], b b")
            .await,
        0,
        "{url}"
    );
    assert_eq!(
        person
            .count("[onclick], [onerror], [onload], [onfocus], [autofocus], a[href^='javascript']")
            .await,
        0,
        "{url}"
    );
    person.set_viewport(320, 800).await;
    let beyond = "const page = document.documentElement; return page.scrollWidth - page.clientWidth";
    assert_eq!(person.execute(beyond).await, 0, "{url} is too wide");
    person.set_viewport(1280, 900).await;
}

/// Through every page that says something of an award: link, credential, verification, holdings, mails.
async fn tour(stage: &Stage, open_id: &OpenId, template: &str, recipient: &Value, texts: &Texts<'_>) {
    let Texts {
        organization,
        title,
        description,
        first,
        holder,
    } = *texts;
    let ada = stage.invite(template, recipient).await;
    let mail = stage.mail_with(&ada.link).await;
    assert_eq!(mail.to, [&*ada.mail], "nobody else was written to");
    assert_eq!(mail.header("Bcc"), None);
    assert!(mail.subject().contains(title), "{}", mail.subject());
    let (person, second) = (Person::new().await, Person::new().await);
    opens_mail(&person, &mail, &[organization, title, first]).await;

    person.goto(&ada.link).await;
    let _ = person.text(Person::CONNECT).await;
    shows(
        &person,
        &[organization, title, first, "<b>ID</b> \" onclick=\"alert(9)"],
    )
    .await;
    person.connect_as("Ada Lovelace").await;
    let _ = person.text(".notice").await;
    let own = person.current_url().await;
    shows(&person, &[organization, title, description, holder]).await;
    for picture in ["image.svg", "qr.svg"] {
        // A picture that is opened on its own is a document, which could run scripts.
        person
            .goto(&stage.url(&format!("/credentials/{}/{picture}", ada.id)))
            .await;
        assert_eq!(
            person.execute("return document.documentElement.tagName").await,
            "svg"
        );
        assert_eq!(
            person.count("script, foreignObject, image[href^='http']").await,
            0
        );
    }
    person.goto(&stage.url("/credentials")).await;
    shows(&person, &[organization, title]).await;
    let verify = stage.url(&format!("/verify/{}", ada.id));
    person.goto(&verify).await;
    shows(&person, &[organization, title, holder]).await;

    second.claim(&ada.link, "Grace Hopper").await;
    second.click(Spot::Button("Ask the issuer for a reset")).await;
    let _ = second.text(".notice").await;
    shows(&second, &[organization]).await;
    let mails = stage.mails_to(Stage::CONTACT, 1).await;
    opens_mail(&second, mails.last().unwrap(), &[title, holder]).await;

    stage.issuer.revoke_credential(&ada.id, REASON).await;
    person.goto(&verify).await;
    shows(&person, &[organization, title, holder, REASON]).await;
    person.goto(own.as_str()).await;
    shows(&person, &[REASON]).await;
    let unclaimed = json!({ "recipient_email": "other@example.org" });
    let unclaimed = stage.invite(template, &unclaimed).await;
    stage.issuer.revoke_credential(&unclaimed.id, REASON).await;
    second.goto(&unclaimed.link).await;
    shows(&second, &[organization, REASON]).await;
    let answer = stage
        .service
        .client()
        .look(&format!("/verify/{}.json", ada.id))
        .await;
    assert_eq!(answer.expect(200).json["data"]["issued_to"], holder);

    for person in [&person, &second] {
        person.goto(&stage.url("/")).await;
        person
            .was_safe(&[&stage.url(""), open_id.issuer(), "file://"])
            .await;
    }
}

#[derive(Clone, Copy)]
struct Texts<'a> {
    organization: &'a str,
    title: &'a str,
    description: &'a str,
    first: &'a str,
    holder: &'a str,
}

async fn hostile_texts_are_texts(site: Site) {
    let (stage, open_id) = staged(site, ORGANIZATION).await;
    let template = json!({ "name": TEMPLATE, "description": DESCRIPTION, "kind": "certificate" });
    let template = stage.issuer.template(&template).await;
    let recipient = json!({ "issued_to_first_name": FIRST_NAME, "issued_to_last_name": LAST_NAME });
    let texts = Texts {
        organization: ORGANIZATION,
        title: TEMPLATE,
        description: DESCRIPTION,
        first: FIRST_NAME,
        holder: &format!("{FIRST_NAME} {LAST_NAME}"),
    };
    tour(&stage, &open_id, &template, &recipient, &texts).await;
}

/// As long as can be, and nowhere to break.
async fn long_texts_are_shown(site: Site) {
    let (organization, title) = ("W".repeat(LONG), "ß".repeat(LONG));
    let (first, last) = ("<".repeat(LONG), "漢".repeat(LONG));
    let (stage, open_id) = staged(site, &organization).await;
    let description = "&".repeat(2_000);
    let wish = json!({ "name": title, "description": description, "kind": "badge" });
    let template = stage.issuer.template(&wish).await;
    let recipient = json!({ "issued_to_first_name": first, "issued_to_last_name": last });
    let texts = Texts {
        organization: &organization,
        title: &title,
        description: &description,
        first: &first,
        holder: &format!("{first} {last}"),
    };
    tour(&stage, &open_id, &template, &recipient, &texts).await;
}

/// What could make a text be read as another, or end a header, is refused where it comes in.
async fn treacherous_texts_are_refused(site: Site) {
    let (stage, _open_id) = staged(site, Stage::ISSUER).await;
    for wish in [
        json!({ "name": "\u{202e}gnimmargorP" }),
        json!({ "name": "Programming\u{2066}" }),
        json!({ "name": "Programming\r\nBcc: eve@example.org" }),
        json!({ "name": "Programming", "description": "a\u{200f}b" }),
        json!({ "name": "x".repeat(LONG + 1) }),
    ] {
        let refused = stage
            .issuer
            .ask(reqwest::Method::POST, "/badge_templates", &wish)
            .await;
        assert_eq!(refused.status, 422, "{wish}: {}", refused.text);
    }
    let template = stage.issuer.badge_template("Programming").await;
    for (field, text) in [
        ("issued_to_first_name", "\u{202e}adA"),
        ("issued_to_last_name", "Love\u{2028}lace"),
        ("issued_to_first_name", "Ada\u{0}"),
        ("issued_to_first_name", &*"a".repeat(LONG + 1)),
        ("recipient_email", "ada@example.org\r\nBcc: eve@example.org"),
        ("recipient_email", "ada@exam\u{202e}ple.org"),
        ("recipient_email", "a\u{131}da@\u{131}"),
    ] {
        let mut wish = json!({
            "badge_template_id": template,
            "recipient_email": "ada@example.org",
            "issued_to_first_name": "Ada",
        });
        wish[field] = text.into();
        let refused = stage.issuer.issue(&wish).await;
        assert_eq!(refused.status, 422, "{wish}: {}", refused.text);
        assert!(refused.text.contains(field), "{}", refused.text);
    }
    for site in [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https://example.org/ x",
    ] {
        let arguments = [
            "organizations",
            "create",
            "Evil",
            "--contact",
            "ada@example.org",
            "--url",
            site,
        ];
        let _ = stage.site.run(&arguments).with_code(2);
    }
    // A mail that was queued by any of these would be here before this one.
    let _ = stage.invite(&template, &Value::Null).await;
    assert_eq!(stage.smtp.mails().await.len(), 1);
}
