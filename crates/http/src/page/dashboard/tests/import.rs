//! The import wizard, and the job that comes of it.

use actix_web::http::header;
use actix_web::test::TestRequest;
use symbolon_domain::{
    administrator::Role,
    job::{MAX_FILE_BYTES, MAX_OPEN_JOBS},
};
use symbolon_jobs::{Turned, take_turn};

use super::office::{Clerk, Office};
use crate::{test_app::Answer, test_person::Person};

pub(super) const FILE: &str = "\u{feff}Vorname;Nachname;E-Mail;Abteilung\r\n\
    Ada;Lovelace;ada@example.org;\"Rechen;werk\"\r\n\
    Grace;Hopper;grace@example.org;\r\n\
    Niemand;;nirgends;\r\n\
    ALAN;TURING;alan@gmial.com;\r\n\
    Ada;Byron;ada@Example.org;\r\n";

fn with_file(path: &str, fields: &[(&str, &str)], name: &str, file: &[u8]) -> TestRequest {
    let mut body = Vec::new();
    for (field, value) in fields {
        let head = format!("--edge\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(head.as_bytes());
    }
    let head = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: text/csv\r\n\r\n"
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    TestRequest::post()
        .uri(path)
        .insert_header((header::ACCEPT, "text/html"))
        .insert_header((header::CONTENT_TYPE, "multipart/form-data; boundary=edge"))
        .insert_header(("Sec-Fetch-Site", "same-origin"))
        .set_payload(body)
}

pub(super) async fn send(clerk: &Clerk<'_>, template: &str, file: &[u8]) -> Answer {
    let page = clerk.open("/dashboard/import").await;
    let csrf = Person::csrf(page.expect(200));
    let fields = [("csrf", csrf.as_str()), ("template", template)];
    clerk
        .person
        .send(with_file("/dashboard/import", &fields, "C:\\people.csv", file))
        .await
}

/// The address of a draft of this file.
pub(super) async fn draft(clerk: &Clerk<'_>, template: &str, file: &[u8]) -> String {
    let sent = send(clerk, template, file).await;
    let to = sent.expect(303).header("location").unwrap().to_owned();
    to.strip_suffix("/columns").expect("the second step").to_owned()
}

/// Goes through the wizard with what it suggests; the address of the job.
pub(super) async fn imported(
    clerk: &Clerk<'_>,
    template: &str,
    file: &[u8],
    more: &[(&str, &str)],
) -> String {
    let draft = draft(clerk, template, file).await;
    let started = clerk.post(&format!("{draft}/start"), more).await;
    started.expect(303).header("location").unwrap().to_owned()
}

pub(super) async fn work(office: &Office) {
    while take_turn(&office.app.ports, &|| false).await.unwrap() == Turned::Worked {}
}

#[actix_web::test]
async fn a_file_goes_from_columns_to_a_check_to_a_job() {
    let office = Office::open().await;
    let template = office.app.template(&office.key, "Weaving").await;
    office
        .app
        .badge(&office.key, &template, "grace@example.org")
        .await;
    let owner = office.owner().await;
    let draft = draft(&owner, &template, FILE.as_bytes()).await;

    let columns = owner.open(&format!("{draft}/columns")).await;
    for shown in ["people.csv", "Abteilung", "Rechen;werk", "5 rows"] {
        assert!(columns.expect(200).text.contains(shown), "{shown}");
    }
    assert!(!columns.text.contains("C:\\"));
    let chosen = [
        ("column-1", "first_name"),
        ("column-2", "last_name"),
        ("column-3", "mail"),
        ("column-4", "skip"),
    ];
    let check = owner.act(&format!("{draft}/columns"), &chosen).await;
    for shown in [
        "This is no mail address.",
        "gmail.com",
        "The same mail address is on line 2.",
        "Somebody with this mail address has it already.",
        "Import 2 rows",
        "Ada Lovelace",
    ] {
        assert!(check.expect(200).text.contains(shown), "{shown}: {}", check.text);
    }
    let before = office.actions().await.len();
    let job = owner.act(&format!("{draft}/start"), &[]).await;
    assert!(job.expect(200).text.contains("You can leave this page"));
    assert_eq!(office.actions().await[before..], ["job.started"]);

    work(&office).await;
    let list = owner.open("/dashboard/jobs").await;
    assert!(list.expect(200).text.contains("people.csv"));
    let found = owner.open("/dashboard/recipients").await;
    for mail in ["ada@<wbr>example.org", "alan@<wbr>gmial.com"] {
        assert!(found.text.contains(mail), "{mail}");
    }
    assert!(!found.text.contains("nirgends"));
    let issued = office.actions().await;
    let issued = issued[before..]
        .iter()
        .filter(|action| **action == "credential.issued");
    assert_eq!(issued.count(), 2);

    let id = draft.rsplit('/').next().unwrap();
    let done = owner.open(&format!("/dashboard/jobs/{id}")).await;
    assert!(done.expect(200).text.contains("3 not done"), "{}", done.text);
    assert!(!done.text.contains("hx-trigger=\"every"), "it is over");
    let rejects = owner.open(&format!("/dashboard/jobs/{id}/rejects.csv")).await;
    let text = &rejects.expect(200).text;
    assert!(
        rejects
            .header("content-disposition")
            .unwrap()
            .starts_with("attachment"),
        "{:?}",
        rejects.headers
    );
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 4, "{text}");
    assert!(
        lines[0].starts_with("\u{feff}Vorname;Nachname;E-Mail;Abteilung;line;reason"),
        "{text}"
    );
    assert!(
        lines[1].starts_with("Grace;Hopper;grace@example.org;;3;"),
        "{text}"
    );
    assert!(lines[2].starts_with("Niemand;;nirgends;;4;"), "{text}");
    assert!(lines[3].starts_with("Ada;Byron;ada@Example.org;;6;"), "{text}");
    // Mended, it is taken as it is.
    let mended = text.replace("nirgends", "niemand@example.org");
    imported(&owner, &template, mended.as_bytes(), &[]).await;
    work(&office).await;
    assert!(
        owner
            .open("/dashboard/recipients?q=niemand")
            .await
            .text
            .contains("niemand@<wbr>example.org")
    );
    let report = owner.open(&format!("/dashboard/jobs/{id}/report.csv")).await;
    assert_eq!(report.expect(200).text.lines().count(), 4, "{}", report.text);
}

#[actix_web::test]
async fn the_wizard_says_what_stands_in_the_way() {
    let office = Office::open().await;
    let template = office.app.template(&office.key, "Weaving").await;
    let owner = office.owner().await;
    let too_large = vec![b'x'; MAX_FILE_BYTES + 1];
    for (file, told) in [
        (&b""[..], "no rows below its headings"),
        (b"mail;name\r\n", "no rows below its headings"),
        (b"PK\x03\x04 and so on", "Excel"),
        (b"mail;n\xe4me\r\na@example.org;A\r\n", "cannot be read"),
        (&too_large, "larger than 10"),
    ] {
        let answer = send(&owner, &template, file).await;
        assert!(answer.expect(422).text.contains(told), "{told}: {}", answer.text);
    }
    let other = office.app.organization("Difference Engines").await;
    let foreign = office.app.template(&other, "Weaving").await;
    for template in ["", foreign.as_str(), "nonsense"] {
        send(&owner, template, FILE.as_bytes()).await.expect(422);
    }

    let draft = draft(&owner, &template, FILE.as_bytes()).await;
    let twice = [("column-1", "mail"), ("column-3", "mail")];
    let answer = owner.post(&format!("{draft}/columns"), &twice).await;
    for told in ["for one column only", "No column has the name"] {
        assert!(answer.expect(422).text.contains(told), "{told}");
    }
    // What was refused is not kept.
    owner.get(&format!("{draft}/check")).await.expect(200);
}

#[actix_web::test]
async fn an_import_is_begun_once_and_by_whoever_may() {
    let office = Office::open().await;
    let template = office.app.template(&office.key, "Weaving").await;
    let owner = office.owner().await;
    let draft = draft(&owner, &template, FILE.as_bytes()).await;
    let (_, viewer) = office.colleague("eve@example.org", Role::Viewer).await;
    viewer.get(&format!("{draft}/check")).await.expect(403);
    viewer.post(&format!("{draft}/start"), &[]).await.expect(403);

    owner
        .post(&format!("{draft}/start"), &[("no_mail", "true")])
        .await
        .expect(303);
    for step in ["columns", "start"] {
        let answer = owner.act(&format!("{draft}/{step}"), &[]).await;
        assert!(answer.text.contains("This import was begun already"), "{step}");
    }
    work(&office).await;
    let mails = office
        .app
        .ports
        .outbox
        .take_due(office.app.now(), office.app.now())
        .await
        .unwrap();
    assert!(mails.is_none(), "no mail was wanted");
    let issued = office.actions().await;
    assert_eq!(
        issued
            .iter()
            .filter(|action| **action == "credential.issued")
            .count(),
        3
    );
}

#[actix_web::test]
async fn a_file_from_elsewhere_is_not_read() {
    let office = Office::open().await;
    let template = office.app.template(&office.key, "Weaving").await;
    let owner = office.owner().await;
    let page = owner.open("/dashboard/import").await;
    let csrf = Person::csrf(&page);
    for (csrf, site) in [
        ("", "same-origin"),
        ("x", "same-origin"),
        (csrf.as_str(), "cross-site"),
    ] {
        let fields = [("csrf", csrf), ("template", template.as_str())];
        let request = with_file("/dashboard/import", &fields, "a.csv", FILE.as_bytes())
            .insert_header(("Sec-Fetch-Site", site));
        owner.person.send(request).await.expect(403);
    }
    // The file stands before what would prove where it comes from.
    let fields = [("template", template.as_str())];
    let request = with_file("/dashboard/import", &fields, "a.csv", FILE.as_bytes());
    owner.person.send(request).await.expect(403);
}

#[actix_web::test]
async fn whoever_leaves_takes_their_work_with_them() {
    let office = Office::open().await;
    let template = office.app.template(&office.key, "Weaving").await;
    let (grace, clerk) = office.colleague("grace@example.org", Role::Administrator).await;
    let job = imported(&clerk, &template, FILE.as_bytes(), &[]).await;
    let owner = office.owner().await;
    let role = format!("/dashboard/settings/administrators/{grace}/role");
    owner.post(&role, &[("role", "viewer")]).await.expect(303);
    work(&office).await;
    let page = owner.open(&job).await;
    assert!(
        page.expect(200).text.contains("may no longer do it"),
        "{}",
        page.text
    );
    assert!(!office.actions().await.contains(&"credential.issued"));
}

#[actix_web::test]
async fn a_job_can_be_stopped_and_files_do_not_pile_up() {
    let office = Office::open().await;
    let template = office.app.template(&office.key, "Weaving").await;
    let owner = office.owner().await;
    let job = imported(&owner, &template, FILE.as_bytes(), &[]).await;
    owner.open(&format!("{job}/cancel")).await.expect(200);
    let stopped = owner.act(&format!("{job}/cancel"), &[]).await;
    assert!(
        stopped.expect(200).text.contains("It was stopped"),
        "{}",
        stopped.text
    );
    work(&office).await;
    assert!(!office.actions().await.contains(&"credential.issued"));
    let again = owner.act(&format!("{job}/cancel"), &[]).await;
    assert!(
        again.expect(200).text.contains("it was over already"),
        "{}",
        again.text
    );

    for _ in 0..MAX_OPEN_JOBS {
        draft(&owner, &template, FILE.as_bytes()).await;
    }
    let sent = send(&owner, &template, FILE.as_bytes()).await;
    let page = owner.open(sent.expect(303).header("location").unwrap()).await;
    assert!(page.text.contains("too many imports"), "{}", page.text);
}

#[actix_web::test]
async fn the_template_file_can_be_imported() {
    let office = Office::open().await;
    let template = office.app.template(&office.key, "Weaving").await;
    let owner = office.owner().await;
    let file = owner.open("/dashboard/import/template.csv").await;
    let text = file.expect(200).text.clone();
    imported(&owner, &template, text.as_bytes(), &[]).await;
    work(&office).await;
    let issued = office.actions().await;
    assert_eq!(
        issued
            .iter()
            .filter(|action| **action == "credential.issued")
            .count(),
        2
    );
}
