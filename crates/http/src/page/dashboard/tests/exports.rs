//! Files that administrators take away.

use actix_web::{http::header, test::TestRequest};
use symbolon_domain::{
    activity::{About, Action, ActivityEntry, Attribution},
    administrator::Role,
    id::ActivityId,
};

use super::{
    faltering::with_faltering_log,
    import::{FILE, imported, work},
    office::{Clerk, Office},
};

/// Every kind of file that can be taken away.
async fn files(office: &Office, owner: &Clerk<'_>) -> [String; 5] {
    let template = office.app.template(&office.key, "Weaving").await;
    let job = imported(owner, &template, FILE.as_bytes(), &[]).await;
    work(office).await;
    [
        "/dashboard/activity.csv".to_owned(),
        "/dashboard/activity.jsonl".to_owned(),
        "/dashboard/recipients.csv".to_owned(),
        format!("{job}/report.csv"),
        format!("{job}/rejects.csv"),
    ]
}

async fn append(office: &Office, count: u64) {
    for number in 0..count {
        let bytes = number.to_be_bytes();
        let entry = ActivityEntry {
            id: ActivityId::fresh(
                office.app.now(),
                std::array::from_fn(|place| bytes[place % bytes.len()]),
            ),
            organization: office.organization.id,
            at: office.app.now(),
            attribution: Attribution {
                request_id: Some(format!("request-{number:05}")),
                ..Attribution::operator()
            },
            action: Action::IntegrityFailed,
            about: About::default(),
        };
        office.app.ports.activity.append(&entry).await.unwrap();
    }
}

#[actix_web::test]
async fn the_log_is_taken_away_as_a_table() {
    let office = Office::open().await;
    let owner = office.owner().await;
    owner
        .act("/dashboard/settings/account", &[("name", "=HYPERLINK(\"//e\")")])
        .await;
    let file = owner.get("/dashboard/activity.csv").await;
    assert_eq!(
        file.expect(200).header("content-type"),
        Some("text/csv; charset=utf-8")
    );
    let disposition = file.header("content-disposition").unwrap();
    let day = &office.app.now().to_string()[..10];
    assert_eq!(
        disposition,
        format!("attachment; filename=\"activity-analytical-engines-{day}.csv\"")
    );
    let lines: Vec<_> = file.text.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "\u{feff}id,at,action,actor,actor_id,actor_name,address,request_id,token_id,other_token_id,template_id,\
         recipient_id,access_token_id,administrator_id"
    );
    // The latest first, and that is this file.
    assert!(
        lines[1].contains(",activity.exported,administrator,"),
        "{}",
        lines[1]
    );
    assert!(
        lines
            .iter()
            .any(|line| line.contains(",organization.created,operator,"))
    );
    assert_eq!(lines.len(), 2 + office.actions().await.len());
    assert!(file.text.contains("'=HYPERLINK"), "{}", file.text);
    assert!(!file.text.contains(",\"=HYPERLINK") && !file.text.contains(",=HYPERLINK"));
}

#[actix_web::test]
async fn the_log_is_taken_away_line_by_line() {
    let office = Office::open().await;
    let template = office.app.template(&office.key, "Weaving").await;
    office
        .app
        .badge(&office.key, &template, "joseph@example.org")
        .await;
    let owner = office.owner().await;
    let file = owner
        .get("/dashboard/activity.jsonl?what=recipients&actor=token")
        .await;
    assert_eq!(file.expect(200).header("content-type"), Some("application/jsonl"));
    let lines: Vec<serde_json::Value> = file
        .text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["action"], "credential.issued");
    assert_eq!(lines[0]["actor"], "token");
    assert_eq!(lines[0]["actor_id"], office.key.id.to_string());
    assert_eq!(lines[0]["actor_name"], "A token for tests");
    assert_eq!(lines[0]["template_id"], template);
    assert_eq!(lines[0]["administrator_id"], serde_json::Value::Null);
    // Names of recipients could not be deleted from a file.
    assert!(!file.text.contains("Lovelace") && !file.text.contains("joseph"));
}

/// Steps that are read one after the other are one file.
#[actix_web::test]
async fn a_long_log_is_whole() {
    let office = Office::open().await;
    append(&office, 2_500).await;
    let owner = office.owner().await;
    for file in ["/dashboard/activity.csv", "/dashboard/activity.jsonl"] {
        let file = owner
            .get(&format!("{file}?what=organization&actor=operator"))
            .await;
        assert!(file.expect(200).is_whole);
        let found: Vec<u64> = file
            .text
            .split("request-")
            .skip(1)
            .map(|rest| rest[..5].parse().unwrap())
            .collect();
        assert_eq!(found, (0..2_500).rev().collect::<Vec<_>>());
    }
}

#[actix_web::test]
async fn recipients_are_taken_away_as_the_list_shows_them() {
    let office = Office::open().await;
    let template = office.app.template(&office.key, "Weaving").await;
    let other = office.app.template(&office.key, "Spinning").await;
    for mail in ["joseph@example.org", "+jacquard@example.org"] {
        office.app.badge(&office.key, &template, mail).await;
        office.app.advance(1);
    }
    office.app.badge(&office.key, &other, "ada@example.org").await;
    let foreign = office.app.organization("Difference Engines").await;
    let theirs = office.app.template(&foreign, "Looms").await;
    office.app.badge(&foreign, &theirs, "charles@example.org").await;
    let owner = office.owner().await;
    let file = owner
        .get(&format!("/dashboard/recipients.csv?template={template}"))
        .await;
    let lines: Vec<_> = file.expect(200).text.split("\r\n").collect();
    assert_eq!(lines.len(), 4, "{}", file.text);
    assert!(lines[0].starts_with("\u{feff}id,state,recipient_email,"));
    assert!(lines[1].contains(",joseph@example.org,Ada,Lovelace,Weaving,certificate,"));
    assert!(lines[2].contains(",'+jacquard@example.org,"));
    assert!(!file.text.contains("symrec_"));
    assert!(
        file.header("content-disposition")
            .unwrap()
            .contains("recipients-analytical-engines-")
    );
    let exported = office.app.activity(office.organization.id).await.pop().unwrap();
    assert_eq!(exported.action, Action::RecipientsExported);
    assert_eq!(exported.about.template.map(|id| id.to_string()), Some(template));
    let searched = owner.get("/dashboard/recipients.csv?q=jacq").await;
    assert_eq!(searched.expect(200).text.split("\r\n").count(), 3);
    let all = owner.get("/dashboard/recipients.csv").await;
    assert_eq!(all.expect(200).text.split("\r\n").count(), 5);
    assert!(!all.text.contains("charles"));
}

#[actix_web::test]
async fn pages_lead_to_the_files_of_what_they_show() {
    let office = Office::open().await;
    let template = office.app.template(&office.key, "Weaving").await;
    office
        .app
        .badge(&office.key, &template, "joseph@example.org")
        .await;
    let owner = office.owner().await;
    let (_, viewer) = office.colleague("grace@example.org", Role::Viewer).await;
    for (page, link) in [
        (
            "/dashboard/activity?actor=token",
            "/dashboard/activity.csv?actor=token",
        ),
        (
            "/dashboard/activity?actor=token",
            "/dashboard/activity.jsonl?actor=token",
        ),
        (
            "/dashboard/recipients?q=ada&sort=mail",
            "/dashboard/recipients.csv?q=ada\"",
        ),
    ] {
        assert!(owner.open(page).await.expect(200).text.contains(link), "{link}");
        assert!(!viewer.open(page).await.expect(200).text.contains(link), "{link}");
    }
}

/// A file that would leave the browser on the page that asks for a proof leads back to the page that it stands on.
#[actix_web::test]
async fn after_a_proof_the_page_is_there_again() {
    let office = Office::open().await;
    let owner = office.owner().await;
    office.app.advance(15 * 60_000);
    for (file, page) in [
        (
            "/dashboard/activity.csv?actor=token",
            "/dashboard/activity?actor=token",
        ),
        ("/dashboard/activity.jsonl", "/dashboard/activity"),
        ("/dashboard/recipients.csv?q=ada", "/dashboard/recipients?q=ada"),
    ] {
        let asked = owner.get(file).await;
        let location = asked.expect(303).header("location").unwrap();
        let (_, next) = location.split_once("next=").unwrap();
        let next: String = url::form_urlencoded::parse(format!("next={next}").as_bytes())
            .map(|(_, value)| value.into_owned())
            .collect();
        assert_eq!(next, page);
    }
}

#[actix_web::test]
async fn ten_files_an_hour_and_no_more() {
    let office = Office::open().await;
    let owner = office.owner().await;
    let files = files(&office, &owner).await;
    for number in 0..10 {
        owner.get(&files[number % files.len()]).await.expect(200);
    }
    let before = office.actions().await.len();
    for file in &files {
        let refused = owner.get(file).await;
        assert!(refused.expect(429).header("retry-after").is_some());
    }
    assert_eq!(office.actions().await.len(), before);
    let (_, grace) = office.colleague("grace@example.org", Role::Administrator).await;
    grace.get(&files[0]).await.expect(200);
}

/// Whoever asks for the head of a file takes nothing away.
#[actix_web::test]
async fn a_head_is_no_file() {
    let office = Office::open().await;
    let owner = office.owner().await;
    let files = files(&office, &owner).await;
    let before = office.actions().await;
    for file in &files {
        for _ in 0..5 {
            let head = TestRequest::default()
                .method(actix_web::http::Method::HEAD)
                .uri(file);
            let answer = owner
                .person
                .send(head.insert_header((header::ACCEPT, "text/html")))
                .await;
            assert_eq!(answer.expect(200).text, "", "{file}");
        }
    }
    assert_eq!(office.actions().await, before);
}

/// There is no file of what cannot be read: it would hold more than was asked for.
#[actix_web::test]
async fn a_day_that_cannot_be_read_gives_no_file() {
    let office = Office::open().await;
    let owner = office.owner().await;
    let before = office.actions().await;
    owner
        .get("/dashboard/activity.csv?since=yesterday")
        .await
        .expect(400);
    owner
        .get("/dashboard/activity.jsonl?until=2031-02-30")
        .await
        .expect(400);
    assert_eq!(office.actions().await, before);
}

/// B22, for files: where it cannot be recorded, nothing leaves; and a file that breaks off does not look whole.
#[actix_web::test]
async fn nothing_leaves_unrecorded_and_half_a_file_is_none() {
    let (office, faults) = with_faltering_log().await;
    let owner = office.owner().await;
    append(&office, 5).await;
    let files = files(&office, &owner).await;
    faults.refuse_entries(true);
    for file in &files {
        let refused = owner.get(file).await;
        assert!(!refused.expect(503).text.contains("request-"), "{file}");
        assert!(!refused.text.contains("example.org"), "{file}");
    }
    faults.refuse_entries(false);
    assert!(owner.get("/dashboard/activity.csv").await.expect(200).is_whole);
    faults.break_off();
    for file in ["/dashboard/activity.csv", "/dashboard/activity.jsonl"] {
        assert!(!owner.get(file).await.is_whole, "{file}");
    }
}
