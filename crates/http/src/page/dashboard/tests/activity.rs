//! The activity log in the dashboard.

use symbolon_domain::{
    activity::{About, Action, ActivityEntry, Actor, Attribution},
    administrator::Role,
    id::ActivityId,
    time::Timestamp,
};

use super::office::{Clerk, Office};

/// Adds entries to the office's log, one a second, as the operator's; each can be told by the request's id.
async fn append(office: &Office, numbers: std::ops::Range<u64>) {
    for number in numbers {
        office.app.advance(1_000);
        let now = office.app.now();
        let entry = ActivityEntry {
            id: ActivityId::fresh(now, entropy(number)),
            organization: office.organization.id,
            at: now,
            attribution: Attribution {
                actor: Actor::Operator,
                request_id: Some(called(number)),
                address: Some([203, 0, 113, 7].into()),
            },
            action: Action::IntegrityFailed,
            about: About::default(),
        };
        office.app.ports.activity.append(&entry).await.unwrap();
    }
}

fn entropy<const N: usize>(number: u64) -> [u8; N] {
    let bytes = number.to_be_bytes();
    std::array::from_fn(|place| bytes[place % bytes.len()])
}

fn called(number: u64) -> String {
    format!("request-{number:05}-")
}

/// Which of so many entries a page shows, in its order.
fn numbers(page: &str) -> Vec<u64> {
    let found = page.split("request-").skip(1);
    found.map(|rest| rest[..5].parse().unwrap()).collect()
}

fn key<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!("{name}="))?;
    rest.split(['"', '&']).next()
}

async fn page(clerk: &Clerk<'_>, query: &str) -> String {
    let answer = clerk.open(&format!("/dashboard/activity{query}")).await;
    answer.expect(200).text.clone()
}

#[actix_web::test]
async fn it_says_who_did_what_when_and_from_where() {
    let office = Office::open().await;
    let template = office.app.template(&office.key, "Weaving").await;
    let badge = office
        .app
        .badge(&office.key, &template, "joseph@example.org")
        .await;
    let owner = office.owner().await;
    owner
        .post(&format!("/dashboard/recipients/{}/reveal", badge.id), &[])
        .await
        .expect(200);
    append(&office, 7..8).await;
    let log = page(&owner, "").await;
    for told in [
        "Credential issued",
        "Access token and link shown",
        &format!("<a href=\"/dashboard/recipients/{}\">Ada Lovelace</a>", badge.id),
        &format!("<a href=\"/dashboard/templates/{template}\">Weaving</a>"),
        "the program “A token for tests”",
        "the operator",
        "203.0.113.7",
        "request-00007-",
        "title=\"",
        "Look into this",
    ] {
        assert!(log.contains(told), "{told}: {log}");
    }
}

/// Of what is gone the id is left, and no link.
#[actix_web::test]
async fn what_is_gone_is_told_by_its_id() {
    let office = Office::open().await;
    let template = office.app.template(&office.key, "Weaving").await;
    let badge = office
        .app
        .badge(&office.key, &template, "joseph@example.org")
        .await;
    let (grace, _) = office.colleague("grace@example.org", Role::Viewer).await;
    let owner = office.owner().await;
    owner
        .act(&format!("/dashboard/recipients/{}/delete", badge.id), &[])
        .await;
    owner
        .act(&format!("/dashboard/settings/administrators/{grace}/remove"), &[])
        .await;
    let log = page(&owner, "").await;
    assert!(
        log.contains("a recipient who was deleted") && log.contains(&badge.id),
        "{log}"
    );
    assert!(log.contains("an administrator who was removed") && log.contains(&grace.to_string()));
    assert!(!log.contains(&format!("/dashboard/recipients/{}", badge.id)));
    assert!(!log.contains("joseph") && !log.contains("grace@"));
    assert!(log.contains(&format!(
        "<a href=\"/dashboard/templates/{template}\">Weaving</a>"
    )));
}

/// Older and newer pages are those directly beside, also while the log grows.
#[actix_web::test]
async fn pages_follow_each_other_without_gap_or_overlap() {
    let office = Office::open().await;
    append(&office, 0..120).await;
    let owner = office.owner().await;
    let all: Vec<u64> = (0..120).rev().collect();
    let mut query = String::from("?what=organization&actor=operator");
    let mut seen = Vec::new();
    let mut oldest = String::new();
    for _ in 0..4 {
        oldest = page(&owner, &query).await;
        seen.push(numbers(&oldest));
        let Some(after) = key(&oldest, "after") else { break };
        query = format!("?what=organization&actor=operator&after={after}");
        assert!(oldest.contains("Older"));
    }
    assert_eq!(seen.iter().map(Vec::len).collect::<Vec<_>>(), [50, 50, 20]);
    assert_eq!(seen.concat(), all);
    // And forward again, to the page directly newer.
    append(&office, 120..200).await;
    let mut newer = Vec::new();
    let mut here = oldest;
    while let Some(before) = key(&here, "before") {
        here = page(
            &owner,
            &format!("?what=organization&actor=operator&before={before}"),
        )
        .await;
        newer.push(numbers(&here));
    }
    newer.reverse();
    assert_eq!(newer.iter().map(Vec::len).collect::<Vec<_>>(), [30, 50, 50, 50]);
    assert_eq!(newer.concat(), (20..200).rev().collect::<Vec<_>>());
    assert!(
        page(&owner, "?after=0")
            .await
            .contains("Nothing of that kind has happened.")
    );
    assert_eq!(numbers(&page(&owner, "?after=nonsense").await).len(), 50);
}

#[actix_web::test]
async fn filters_let_through_what_they_say() {
    let office = Office::open().await;
    let template = office.app.template(&office.key, "Weaving").await;
    office
        .app
        .badge(&office.key, &template, "joseph@example.org")
        .await;
    let owner = office.owner().await;
    let all = [
        "Organization created",
        "Authorization token created",
        "Service set up",
        "Template created",
        "Credential issued",
        "Signed in",
    ];
    for (query, shown) in [
        ("", &all[..]),
        ("?what=organization", &["Organization created"]),
        ("?what=tokens", &["Authorization token created"]),
        ("?what=templates", &["Template created"]),
        ("?what=recipients", &["Credential issued"]),
        ("?what=administrators", &["Service set up", "Signed in"]),
        ("?actor=token", &["Template created", "Credential issued"]),
        (
            "?actor=operator",
            &["Organization created", "Authorization token created"],
        ),
        ("?actor=recipient", &[]),
        ("?what=recipients&actor=administrator", &[]),
        ("?what=nonsense&actor=nonsense", &all[..]),
    ] {
        let log = page(&owner, query).await;
        let (_, table) = log.split_once("</form>").unwrap();
        for told in all {
            assert_eq!(table.contains(told), shown.contains(&told), "{query} {told}");
        }
    }
}

/// Days are whole days in UTC.
#[actix_web::test]
async fn days_are_looked_at_from_their_beginning_to_their_end() {
    let office = Office::open().await;
    let noon = Timestamp::parse("2031-03-05T12:00:00Z").unwrap();
    office
        .app
        .advance(noon.as_millis() - office.app.now().as_millis());
    append(&office, 0..1).await;
    office.app.advance(86_400_000);
    append(&office, 1..2).await;
    let owner = office.owner().await;
    for (query, shown) in [
        ("?since=2031-03-05", &[1, 0][..]),
        ("?since=2031-03-06", &[1]),
        ("?since=2031-03-07", &[]),
        ("?since=2031-03-05&until=2031-03-05", &[0]),
        ("?since=2031-03-06&until=2031-03-05", &[]),
        ("?until=2031-03-04", &[]),
    ] {
        assert_eq!(numbers(&page(&owner, query).await), shown, "{query}");
    }
}

#[actix_web::test]
async fn a_day_that_cannot_be_read_is_told_and_filters_nothing() {
    let office = Office::open().await;
    append(&office, 0..60).await;
    let owner = office.owner().await;
    for bad in ["2031-02-30", "yesterday", "2031-03-05T12:00:00Z"] {
        let log = page(
            &owner,
            &format!("?what=organization&since={bad}&until=2099-01-01"),
        )
        .await;
        assert!(log.contains("This is not a day."), "{bad}");
        assert!(log.contains(&format!("value=\"{bad}\"")), "{bad}");
        assert_eq!(numbers(&log).len(), 50, "{bad}");
        // It leads nowhere else.
        assert!(!log.contains(&format!("since={bad}")), "{bad}");
    }
}

/// A16.
#[actix_web::test]
async fn what_others_did_is_not_there() {
    let office = Office::open().await;
    let other = office.app.organization("Difference Engines").await;
    office.app.template(&other, "Looms").await;
    let owner = office.owner().await;
    let log = page(&owner, "").await;
    assert!(
        !log.contains("Looms") && !log.contains("Template created"),
        "{log}"
    );
}
