//! Recipients in the dashboard.

use super::office::{Clerk, Office};
use crate::{test_app::Badge, test_person::Person};

async fn badge(office: &Office, mail: &str) -> Badge {
    let template = office.app.template(&office.key, "Weaving").await;
    office.app.badge(&office.key, &template, mail).await
}

fn at(badge: &Badge, rest: &str) -> String {
    format!("/dashboard/recipients/{}{rest}", badge.id)
}

async fn act(clerk: &Clerk<'_>, badge: &Badge, act: &str) -> String {
    let question = clerk.open(&at(badge, act)).await;
    question.expect(200);
    clerk.act(&at(badge, act), &[]).await.expect(200).text.clone()
}

#[actix_web::test]
async fn a_recipient_is_added_found_and_looked_at() {
    let office = Office::open().await;
    let template = office.app.template(&office.key, "Weaving").await;
    let owner = office.owner().await;
    let fields = [
        ("template", template.as_str()),
        ("first_name", "Joseph"),
        ("last_name", "Jacquard"),
        ("mail", "joseph@example.org"),
        ("locale", "de"),
        ("issued_at", "2026-03-05"),
        ("expires_at", "2030-03-05"),
        ("external_id", "E-1804"),
    ];
    let page = owner.act("/dashboard/recipients/new", &fields).await;
    assert!(
        page.expect(200).text.contains("The recipient was added"),
        "{}",
        page.text
    );
    for fact in [
        "Joseph Jacquard",
        "joseph@example.org",
        "German",
        "E-1804",
        "5\u{a0}March\u{a0}2026",
    ] {
        assert!(page.text.contains(fact), "{fact}");
    }
    let again = owner.post("/dashboard/recipients/new", &fields).await;
    assert!(again.expect(422).text.contains("Joseph Jacquard"));
    let found = owner.open("/dashboard/recipients?q=jacq").await;
    assert!(found.text.contains("joseph@<wbr>example.org"));
    let none = owner.open("/dashboard/recipients?q=nobody").await;
    assert!(!none.expect(200).text.contains("joseph@"));
}

#[actix_web::test]
async fn filters_let_through_what_they_say() {
    let office = Office::open().await;
    let free = badge(&office, "free@example.org").await;
    let claimed = badge(&office, "claimed@example.org").await;
    Person::new(&office.app)
        .connect(&claimed.link, "claimer")
        .await
        .expect(200);
    let shut = badge(&office, "shut@example.org").await;
    let void = badge(&office, "void@example.org").await;
    let owner = office.owner().await;
    act(&owner, &shut, "/revoke-access").await;
    act(&owner, &void, "/revoke-credential").await;
    let all = ["free@", "claimed@", "shut@", "void@"];
    for (query, shown) in [
        ("", &all[..]),
        ("?state=waiting", &["free@"]),
        ("?state=claimed", &["claimed@"]),
        ("?state=access_revoked", &["shut@"]),
        ("?state=credential_revoked", &["void@"]),
        ("?mail=failed", &[]),
    ] {
        let page = owner.open(&format!("/dashboard/recipients{query}")).await;
        for mail in all {
            assert_eq!(page.text.contains(mail), shown.contains(&mail), "{query} {mail}");
        }
    }
    assert!(owner.open(&at(&free, "")).await.text.contains("Not opened"));
}

#[actix_web::test]
async fn pages_follow_each_other_without_gap_or_overlap() {
    let office = Office::open().await;
    let template = office.app.template(&office.key, "Weaving").await;
    for number in 0..120 {
        let mail = format!("number-{number:03}@example.org");
        office.app.badge(&office.key, &template, &mail).await;
        office.app.advance(1);
    }
    let owner = office.owner().await;
    for sort in ["newest", "oldest", "mail"] {
        let mut seen = Vec::new();
        let mut query = format!("?sort={sort}");
        for _ in 0..3 {
            let page = owner.open(&format!("/dashboard/recipients{query}")).await;
            let here: Vec<String> = (0..120)
                .map(|number| format!("number-{number:03}@"))
                .filter(|mail| page.text.contains(mail.as_str()))
                .collect();
            seen.push(here);
            match page.text.split("after=").nth(1) {
                Some(rest) => {
                    query = format!("?sort={sort}&after={}", rest.split(['"', '&']).next().unwrap());
                }
                None => break,
            }
        }
        assert_eq!(
            seen.iter().map(Vec::len).collect::<Vec<_>>(),
            [50, 50, 20],
            "{sort}"
        );
        let mut all = seen.concat();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 120, "{sort}");
        // And back.
        let page = owner.open(&format!("/dashboard/recipients{query}")).await;
        let before = page
            .text
            .split("before=")
            .nth(1)
            .unwrap()
            .split(['"', '&'])
            .next()
            .unwrap();
        let back = owner
            .open(&format!("/dashboard/recipients?sort={sort}&before={before}"))
            .await;
        assert!(
            seen[1].iter().all(|mail| back.text.contains(mail.as_str())),
            "{sort}"
        );
    }
}

#[actix_web::test]
async fn token_and_link_are_shown_and_that_stands_in_the_timeline() {
    let office = Office::open().await;
    let badge = badge(&office, "joseph@example.org").await;
    let owner = office.owner().await;
    let page = owner.open(&at(&badge, "")).await;
    assert!(!page.text.contains("symrec_"));
    let shown = owner.post(&at(&badge, "/reveal"), &[]).await;
    assert!(shown.expect(200).text.contains(&badge.link));
    assert!(shown.text.contains("Attention: do not open this link yourself."));
    assert_eq!(office.actions().await.last(), Some(&"access.revealed"));
    let after = owner.open(&at(&badge, "")).await;
    assert!(after.text.contains("Token and link shown") && after.text.contains("Ada Lovelace"));
    assert!(!after.text.contains("symrec_"));
}

/// Whatever is previewed, the first to connect is still the recipient.
#[actix_web::test]
async fn a_preview_binds_nothing_and_counts_nothing() {
    let office = Office::open().await;
    let badge = badge(&office, "joseph@example.org").await;
    let owner = office.owner().await;
    let preview = owner.open(&at(&badge, "/preview")).await;
    assert!(preview.expect(200).text.contains("Weaving"));
    assert!(!preview.text.contains("symrec_"));
    assert!(owner.open(&at(&badge, "")).await.text.contains("Not opened"));
    Person::new(&office.app)
        .connect(&badge.link, "joseph")
        .await
        .expect(200);
}

#[actix_web::test]
async fn acts_do_what_their_questions_say() {
    let office = Office::open().await;
    let badge = badge(&office, "joseph@example.org").await;
    office.app.empty_outbox().await;
    let owner = office.owner().await;
    assert!(
        act(&owner, &badge, "/send-again")
            .await
            .contains("being mailed again")
    );
    let joseph = Person::new(&office.app);
    joseph.connect(&badge.link, "joseph").await.expect(200);
    assert!(owner.open(&at(&badge, "")).await.text.contains("Claimed"));
    assert!(
        act(&owner, &badge, "/reset")
            .await
            .contains("The access was reset.")
    );
    let charles = Person::new(&office.app);
    charles.connect(&badge.link, "charles").await.expect(200);
    assert!(
        act(&owner, &badge, "/replace")
            .await
            .contains("The link was replaced.")
    );
    assert!(
        act(&owner, &badge, "/revoke-access")
            .await
            .contains("Access was revoked.")
    );
    let reason = [("reason", "Awarded by mistake")];
    let revoked = owner.act(&at(&badge, "/revoke-credential"), &reason).await;
    assert!(revoked.text.contains("Awarded by mistake"));
    let gone = owner.act(&at(&badge, "/delete"), &[]).await;
    assert!(gone.expect(200).text.contains("The recipient was deleted"));
    owner.open(&at(&badge, "")).await.expect(404);
}

#[actix_web::test]
async fn an_address_is_corrected_and_the_old_link_leads_nowhere_new() {
    let office = Office::open().await;
    let wrong = badge(&office, "jozef@example.org").await;
    let owner = office.owner().await;
    let bad = owner
        .post(&at(&wrong, "/correct-address"), &[("mail", "no address")])
        .await;
    assert!(bad.expect(422).text.contains("not a mail address"));
    let page = owner
        .act(&at(&wrong, "/correct-address"), &[("mail", "joseph@example.org")])
        .await;
    assert!(page.expect(200).text.contains("joseph@example.org"));
    let stranger = Person::new(&office.app).open(&wrong.link).await;
    assert!(
        stranger.text.contains("A new link takes the place of this one"),
        "{}",
        stranger.text
    );
}

/// What a hidden field holds.
fn value_of(field: &str, page: &str) -> String {
    let (_, rest) = page
        .split_once(&format!("name=\"{field}\" value=\""))
        .expect("there is such a field");
    let (value, _) = rest.split_once('"').expect("it ends");
    value.to_owned()
}

#[actix_web::test]
async fn reset_requests_wait_in_a_queue() {
    let office = Office::open().await;
    let badge = badge(&office, "joseph@example.org").await;
    Person::new(&office.app)
        .connect(&badge.link, "thief")
        .await
        .expect(200);
    let joseph = Person::new(&office.app);
    let refused = joseph.connect(&badge.link, "joseph").await;
    let csrf = Person::csrf(refused.expect(409));
    let ask = async || joseph.post("/access/reset-request", &[("csrf", &csrf)]).await;
    ask().await.expect(303);
    let owner = office.owner().await;
    let queue = owner.open("/dashboard/reset-requests").await;
    assert!(queue.expect(200).text.contains("joseph@<wbr>example.org"));
    assert!(
        owner
            .open("/dashboard")
            .await
            .text
            .contains("1 recipient asks for a reset.")
    );
    let answer = async |act: &str, asked: &str| {
        let fields = [("id", badge.id.as_str()), ("act", act), ("asked", asked)];
        owner.act("/dashboard/reset-requests", &fields).await
    };
    let first = value_of("asked", &queue.text);
    let page = answer("dismiss", &first).await;
    assert!(page.text.contains("The reset request was dismissed."));
    office.app.advance(1);
    ask().await.expect(303);
    // Who has the first request's page still open answers that one, not the second.
    for act in ["approve", "dismiss"] {
        let page = answer(act, &first).await;
        assert!(page.text.contains("does not wait any more"), "{act}");
        let answered = owner
            .act(&at(&badge, &format!("/{act}-request")), &[("asked", &first)])
            .await;
        assert!(answered.text.contains("does not wait any more"), "{act}");
    }
    let second = value_of("asked", &owner.open(&at(&badge, "")).await.text);
    let page = answer("approve", &second).await;
    assert!(page.text.contains("The access was reset."));
    Person::new(&office.app)
        .connect(&badge.link, "joseph")
        .await
        .expect(200);
    // Another approval comes late, and takes nothing from him.
    let page = answer("approve", &second).await;
    assert!(page.text.contains("does not wait any more"));
    let kept = owner.open(&at(&badge, "")).await;
    assert!(kept.expect(200).text.contains("Claimed"), "{}", kept.text);
    assert_eq!(
        office
            .actions()
            .await
            .iter()
            .filter(|action| **action == "access.reset")
            .count(),
        1
    );
}
