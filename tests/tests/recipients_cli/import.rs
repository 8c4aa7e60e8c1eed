//! Files, and what becomes of their rows.

use std::{fs, io::Write as _, os::unix::fs::PermissionsExt as _, thread};

use nix::{sys::stat::Mode, unistd::mkfifo};
use serde_json::{Value, json};
use symbolon_tests::{Process, Signal, Site, on_both, until};

use crate::{issuer, read, recipients, write};

on_both!(
    a_file_as_excel_saves_it_is_issued,
    a_rehearsal_changes_nothing,
    an_import_can_be_stopped_and_gone_on_with,
);

/// As Excel saves it in Germany: a byte order mark, semicolons, CRLF, and a line break in a cell.
const BY_EXCEL: &str = "\u{feff}E-Mail;Vorname;Nachname;Datum;Bemerkung\r\n\
    ada@example.org;Ada;Lovelace;31.01.2026;\r\n\
    nowhere;Bob;;;\r\n\
    jürgen@example.org;Jürgen;;1/2/2026;\"kommt; vielleicht\r\nspäter\"\r\n\
    ;;;;\r\n\
    grace@EXAMPLE.org;\"Grace; Admiral\";Hopper;;=cmd|x\r\n\
    ada@example.org;Ada;Zweimal;;\r\n";

async fn a_file_as_excel_saves_it_is_issued(site: Site) {
    let (organization, template) = issuer(&site);
    write(&site, "people.csv", BY_EXCEL);
    let import = ["recipients", "import", "people.csv", "--template", &template];
    let first = site.run(&import).with_code(1);
    first.says("These columns are ignored: Bemerkung");
    assert_eq!(
        first.stdout,
        "5 rows: 2 issued, 3 rejected (see people.rejects.csv)\n"
    );
    assert_eq!(
        read(&site, "people.rejects.csv"),
        "\u{feff}E-Mail;Vorname;Nachname;Datum;Bemerkung;line;reason\r\n\
         nowhere;Bob;;;;3;recipient_email must be a mail address, such as ada@example.org\r\n\
         jürgen@example.org;Jürgen;;1/2/2026;\"kommt; vielleicht\nspäter\";4;\"recipient_email must have only ASCII \
         characters before the @; issued_at must be a date, such as 2027-01-31 or 31.01.2027, or a time, such as \
         2027-01-31T12:00:00Z; the row goes on to line 5: is a quotation mark \"\" never closed?\"\r\n\
         ada@example.org;Ada;Zweimal;;;8;the same mail address is on line 2, which is issued\r\n"
    );
    let mode = fs::metadata(site.directory().join("people.rejects.csv")).unwrap();
    assert_eq!(mode.permissions().mode() & 0o777, 0o600);

    let found = recipients(&site, &organization, &["--template", &template]);
    assert_eq!(found.len(), 2);
    let of = |mail: &str| {
        let found = found.iter().find(|found| found["recipient_email"] == mail);
        found.unwrap().clone()
    };
    assert_eq!(of("ada@example.org")["issued_to"], "Ada Lovelace");
    assert_eq!(of("ada@example.org")["issued_at"], "2026-01-31T00:00:00.000Z");
    assert_eq!(of("grace@example.org")["issued_to_first_name"], "Grace; Admiral");
    assert_eq!(of("grace@example.org")["email_state"], "pending");
    assert_eq!(of("grace@example.org")["accept_badge_url"], Value::Null);

    let again = site.run(&[&import[..], &["--json"]].concat()).with_code(1).json();
    assert_eq!(
        again,
        json!({
            "rows": 5, "issued": 0, "rejected": 5, "rejects_file": "people.rejects-2.csv",
            "dry_run": false, "stopped": false,
        })
    );
    let rejected = read(&site, "people.rejects-2.csv");
    assert_eq!(rejected.matches("already issued").count(), 3, "{rejected}");
    assert!(rejected.contains(";'=cmd|x;7;already issued"), "{rejected}");
    assert_eq!(recipients(&site, &organization, &[]).len(), 2);

    // What was rejected is corrected in its file, and that is imported.
    let corrected = read(&site, "people.rejects.csv")
        .replace("nowhere", "bob@example.org")
        .replace("jürgen@", "juergen@")
        .replace("1/2/2026", "2026-02-01");
    write(&site, "corrected.csv", corrected);
    let third = ["recipients", "import", "corrected.csv", "--template", &template];
    let third = site
        .run(&[&third[..], &["--rejects", "rest.csv", "--no-mail", "--test"]].concat())
        .with_code(1);
    assert_eq!(third.stdout, "3 rows: 2 issued, 1 rejected (see rest.csv)\n");
    assert!(
        read(&site, "rest.csv")
            .starts_with("\u{feff}E-Mail;Vorname;Nachname;Datum;Bemerkung;line;reason\r\n")
    );
    let found = recipients(&site, &organization, &[]);
    let bob = found.iter().find(|found| found["issued_to"] == "Bob").unwrap();
    assert_eq!((&bob["test"], &bob["email_state"]), (&json!(true), &Value::Null));
}

async fn a_rehearsal_changes_nothing(site: Site) {
    let (organization, template) = issuer(&site);
    let import = ["recipients", "import", "people.csv", "--template", &template];
    let rehearse = [&import[..], &["--dry-run"]].concat();
    write(
        &site,
        "people.csv",
        "Email,Name,Expires At,Issued At\nada@example.org,Ada Lovelace,never,\n\
         bob@example.org,Bob,2026-01-01,2026-02-01\nada@example.org,Ada,,\n",
    );
    let said = site.run(&rehearse).with_code(1);
    assert_eq!(
        said.stdout,
        "3 rows: 1 would be issued, 2 rejected (see people.rejects.csv)\n"
    );
    let rejected = read(&site, "people.rejects.csv");
    assert!(
        rejected.contains("3,expires_at must be after issued_at"),
        "{rejected}"
    );
    assert!(
        rejected.contains("4,\"the same mail address is on line 2"),
        "{rejected}"
    );
    assert!(recipients(&site, &organization, &[]).is_empty());

    write(&site, "people.csv", "mail,name\nada@example.org,Ada\n");
    assert_eq!(site.run(&rehearse).done().stdout, "1 row: 1 would be issued\n");
    assert_eq!(site.run(&import).done().stdout, "1 row: 1 issued\n");
    let report = site
        .run(&[&rehearse[..], &["--json"]].concat())
        .with_code(1)
        .json();
    assert_eq!((&report["issued"], &report["dry_run"]), (&json!(0), &json!(true)));
    assert_eq!(recipients(&site, &organization, &[]).len(), 1);
    // Whoever was revoked may be issued the same again.
    let found = recipients(&site, &organization, &[]);
    let id = found[0]["id"].as_str().unwrap();
    let _ = site.run(&["recipients", "revoke-credential", id]).done();
    assert_eq!(site.run(&rehearse).done().stdout, "1 row: 1 would be issued\n");
}

/// Makes a row of 8 KiB, so that not many of them are read at once.
fn wide_row(number: usize) -> String {
    format!(
        "person-{number}@example.org,Person {number},{}\n",
        "x".repeat(8 * 1024)
    )
}

async fn an_import_can_be_stopped_and_gone_on_with(site: Site) {
    let (organization, template) = issuer(&site);
    let rows: Vec<_> = (0..4_000).map(wide_row).collect();
    // A pipe, so that the test decides how far the import can read.
    let pipe = site.directory().join("people.csv");
    mkfifo(&pipe, Mode::S_IRUSR | Mode::S_IWUSR).unwrap();
    let import = [
        "recipients",
        "import",
        "people.csv",
        "--template",
        &template,
        "--no-mail",
    ];
    let rejects = ["--rejects", "rejects.csv"];
    let mut process = Process::start(site.command(&[&import[..], &rejects].concat()));
    let (begun, rest) = (
        format!("mail,name,words\n{}", rows[..3_000].concat()),
        rows[3_000..].concat(),
    );
    let (go_on, gone_on) = std::sync::mpsc::channel();
    let writer = thread::spawn(move || {
        let mut pipe = fs::OpenOptions::new().write(true).open(pipe).unwrap();
        // Nobody reads to the end.
        if pipe.write_all(begun.as_bytes()).is_ok() && gone_on.recv().is_ok() {
            let _ = pipe.write_all(rest.as_bytes());
        }
    });
    let export = ["recipients", "export", "--organization", &organization];
    until("a part is issued", async || {
        site.run(&export).done().stdout.lines().count() > 1
    })
    .await;
    process.signal(Signal::SIGINT);
    process.stderr.wait_for("Stopping: ");
    go_on.send(()).unwrap();
    assert_eq!(process.ended().code(), Some(1));
    writer.join().unwrap();
    let said = process.stdout.to_the_end();
    let (done, issued) = said.split_once(" rows: ").unwrap();
    assert_eq!(issued, format!("{done} issued"), "each that was read");
    let told = process.stderr.to_the_end();
    assert!(told.contains(&format!("Stopped: {done} rows are done")), "{told}");
    let done: usize = done.replace(',', "").parse().unwrap();
    assert!((2_000..=3_001).contains(&done), "{told}");

    write(&site, "all.csv", format!("mail,name,words\n{}", rows.concat()));
    let again = [
        "recipients",
        "import",
        "all.csv",
        "--template",
        &template,
        "--no-mail",
    ];
    let report = site.run(&[&again[..], &["--json"]].concat()).with_code(1).json();
    assert_eq!(
        (&report["issued"], &report["rejected"]),
        (&json!(4_000 - done), &json!(done))
    );
    let lines = site.run(&export).done().stdout.lines().count();
    assert_eq!(lines, 4_001, "everybody once, and the header");
}
