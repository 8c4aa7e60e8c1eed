//! Deleting a recipient takes everything that is known of the person out of the database; what stays are ids (B09).
#![cfg(test)]

use reqwest::Method;
use serde_json::{Value, json};
use symbolon_tests::{
    Arrived, Claimant, Issuer, Kind, PostOffice, Recipient, Rogue, Service, Site, find, on_both, wish,
};

on_both!(
    nothing_of_a_deleted_person_is_kept,
    whoever_was_deleted_is_gone_for_everybody,
);

/// What is only known of the person.
const FIRST_NAME: &str = "Zephyrina";
const LAST_NAME: &str = "Quillfeather";
const MAIL: &str = "z.quillfeather@wherever.example";
const EARNER_ID: &str = "earner-58e1f0";
const REASON: &str = "Plagiarized chapter 7e2a";
const SUBJECTS: [&str; 2] = ["subject-c0ffee-1", "subject-c0ffee-2"];
const HINT: &str = "q…@hinted.example";
const HINT_MAIL: &str = "quill@hinted.example";

const PERSONAL: [&str; 9] = [
    FIRST_NAME,
    LAST_NAME,
    MAIL,
    EARNER_ID,
    REASON,
    SUBJECTS[0],
    SUBJECTS[1],
    HINT,
    HINT_MAIL,
];

async fn nothing_of_a_deleted_person_is_kept(site: Site) {
    let rogue = Rogue::start().await;
    rogue
        .claim(&json!({ "name": format!("{FIRST_NAME} {LAST_NAME}"), "email": HINT_MAIL }))
        .await;
    let post = PostOffice::open(site).await;
    let mut service = post.with_sign_in(&rogue, &[]);
    let issuer = post.issuer(&service);
    let template = issuer.badge_template("Programming").await;
    let bystander = issuer.invite(&template, "bystander@example.org").await;
    let person = invite(&issuer, &template).await;
    live(&issuer, &service, &person).await;
    issuer.until_no_mail_waits().await;
    assert_eq!(service.stop().code(), Some(0));
    let kept = post.site.kept();
    let known: Vec<&str> = PERSONAL.into_iter().filter(|text| is_in(&kept, text)).collect();
    // Of the first profile nothing is kept since its access was taken away, and of its mail address a hint only.
    assert_eq!(
        known,
        [FIRST_NAME, LAST_NAME, MAIL, EARNER_ID, REASON, SUBJECTS[1], HINT]
    );

    let mut service = post.with_sign_in(&rogue, &[]);
    let issuer = post.issuer(&service);
    issuer.delete(&person.id).await;
    assert_eq!(service.stop().code(), Some(0));
    let kept = post.site.kept();
    let known: Vec<&str> = PERSONAL.into_iter().filter(|text| is_in(&kept, text)).collect();
    assert_eq!(known, [""; 0]);
    assert!(is_in(&kept, &bystander.mail), "rows are looked at");
    assert!(
        activity_names(&post, &person.id),
        "the log says that somebody was deleted"
    );
    eprintln!("{:?}: nothing personal in {} bytes", post.site.kind(), kept.len());
}

async fn invite(issuer: &Issuer, template: &str) -> Recipient {
    let mut wish = wish(template, MAIL);
    wish["issued_to_first_name"] = FIRST_NAME.into();
    wish["issued_to_last_name"] = LAST_NAME.into();
    wish["issuer_earner_id"] = EARNER_ID.into();
    Recipient::of(&issuer.issue(&wish).await.expect(201).json["data"])
}

/// Everything that can happen to somebody: two profiles, a new link, a wish for a reset, and the end of the credential.
async fn live(issuer: &Issuer, service: &Service, person: &Recipient) {
    let [first, second] = SUBJECTS;
    let new = Arrived::AtTheCredential { is_new: true };
    let one = Claimant::new(1).called(first);
    assert_eq!(one.claim(&person.link).await.0, new);
    issuer.replace_access(&person.id).await;
    let newer = Recipient::of(&issuer.recipient(&person.id).await);
    let two = Claimant::new(2).called(second);
    assert_eq!(two.claim(&newer.link).await.0, new);
    // Without a session: nobody is named who asks for a reset.
    let stranger = Claimant::new(3);
    let page = stranger.visitor().open(&newer.link).await;
    assert_eq!(page.status, 200);
    assert!(
        two.visitor()
            .get(&own(service, person))
            .await
            .text
            .contains(FIRST_NAME)
    );
    issuer.mail_again(&person.id).await;
    issuer.revoke_credential(&person.id, REASON).await;
}

fn own(service: &Service, person: &Recipient) -> String {
    format!("http://{}/credentials/{}", service.address, person.id)
}

fn is_in(kept: &[u8], text: &str) -> bool {
    find(kept, text.as_bytes()).is_some()
}

/// Whether the activity log names this id.
fn activity_names(post: &PostOffice, id: &str) -> bool {
    match post.site.kind() {
        Kind::Sqlite => {
            let digits: Vec<char> = id.chars().filter(|letter| *letter != '-').collect();
            let byte = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap();
            let bytes: Vec<u8> = digits.chunks(2).map(byte).collect();
            find(&post.site.kept(), &bytes).is_some()
        }
        Kind::Postgres => {
            let sql = format!("SELECT action FROM activity WHERE recipient_id = '{id}'");
            post.site.postgres().query(&sql).len() > 1
        }
    }
}

async fn whoever_was_deleted_is_gone_for_everybody(site: Site) {
    let rogue = Rogue::start().await;
    let post = PostOffice::open(site).await;
    let mut closed = post.closed();
    let issuer = post.issuer(&closed);
    let template = issuer.badge_template("Programming").await;
    let unsent = issuer.invite(&template, "unsent@example.org").await;
    issuer.delete(&unsent.id).await;
    assert_eq!(closed.stop().code(), Some(0));

    let mut service = post.with_sign_in(&rogue, &[]);
    let issuer = post.issuer(&service);
    let ada = issuer.invite(&template, "countess@example.org").await;
    let holder = Claimant::new(1);
    let (arrived, _) = holder.claim(&ada.link).await;
    assert_eq!(arrived, Arrived::AtTheCredential { is_new: true });
    let late = Claimant::new(2);
    let callback = late.set_out(&ada.link).await.unwrap();
    let verify = format!("http://{}/verify/{}", service.address, ada.id);
    let visitor = Claimant::new(3);
    assert_eq!(visitor.visitor().get(&verify).await.status, 200);
    issuer.until_no_mail_waits().await;
    post.smtp.has_kept(2).await;

    issuer.delete(&ada.id).await;
    let shown = issuer
        .ask(Method::GET, &format!("/badges/{}", ada.id), &Value::Null)
        .await;
    shown.refused(404, "not_found");
    assert_eq!(visitor.visitor().get(&verify).await.status, 404);
    assert_eq!(visitor.visitor().open(&ada.link).await.status, 404);
    // The session has ended with it: whoever held it is asked to sign in, as everybody is.
    let own = holder.visitor().open(&own(&service, &ada)).await;
    assert!(!own.text.contains("Lovelace"), "{}", own.text);
    let (again, _) = holder.claim(&ada.link).await;
    assert_eq!(again, Arrived::Refused(404));
    // Whoever was on the way has arrived nowhere.
    let arrived = late.arrive(&callback).await;
    assert!(
        matches!(arrived, Arrived::Over | Arrived::Refused(404)),
        "{arrived:?}"
    );
    // The same person may be issued to anew, with nothing of what was.
    let anew = issuer.invite(&template, "countess@example.org").await;
    assert_ne!(anew.id, ada.id);
    assert_eq!(issuer.access(&anew.id).await, ("free".to_owned(), Value::Null));
    post.smtp.has_kept(3).await;
    assert_eq!(service.stop().code(), Some(0));
    let mails = post.smtp.mails().await;
    assert_eq!(mails.len(), 3);
    assert!(mails.iter().all(|mail| mail.to == ["countess@example.org"]));
}
