//! Templates and recipients on the command line: files as spreadsheets save them, what becomes of their rows, and how an
//! operator looks after recipients.
#![cfg(test)]

use std::{fs, io::Write as _, os::unix::fs::PermissionsExt as _, thread};

use nix::{sys::stat::Mode, unistd::mkfifo};
use serde_json::{Value, json};
use symbolon_tests::{Kind, Process, Signal, Site, on_both, until};

on_both!(
    templates_are_made_paused_and_resumed,
    a_file_as_excel_saves_it_is_issued,
    a_rehearsal_changes_nothing,
    what_is_exported_is_harmless_and_can_be_imported,
    an_operator_looks_after_recipients,
    an_import_can_be_stopped_and_gone_on_with,
    what_is_used_wrongly_says_so,
);

const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

/// An organization with a template: the ids of both.
fn issuer(site: &Site) -> (String, String) {
    let organization = site.organization("Acclaim").organization;
    let template = template(site, &organization, "Rust");
    (organization, template)
}

fn template(site: &Site, organization: &str, name: &str) -> String {
    let of = ["--organization", organization];
    let create = ["templates", "create", "--kind", "badge", "--name", name];
    let made = site.json(&[&create[..], &of].concat());
    made["id"].as_str().unwrap().to_owned()
}

fn write(site: &Site, name: &str, content: impl AsRef<[u8]>) {
    fs::write(site.directory().join(name), content).unwrap();
}

fn read(site: &Site, name: &str) -> String {
    fs::read_to_string(site.directory().join(name)).unwrap()
}

fn recipients(site: &Site, organization: &str, more: &[&str]) -> Vec<Value> {
    let list = ["recipients", "list", "--organization", organization];
    site.json(&[&list[..], more].concat()).as_array().unwrap().clone()
}

/// One recipient: their id.
fn recipient(site: &Site, organization: &str, template: &str) -> String {
    write(site, "one.csv", "mail,name\nada@example.org,Ada Lovelace\n");
    let _ = site
        .run(&["recipients", "import", "one.csv", "--template", template])
        .done();
    let found = recipients(site, organization, &["--state", "pending"]);
    found[0]["id"].as_str().unwrap().to_owned()
}

async fn templates_are_made_paused_and_resumed(site: Site) {
    let organization = site.organization("Acclaim").organization;
    let of = ["--organization", organization.as_str()];
    let list = [&["templates", "list"], &of[..]].concat();
    assert_eq!(site.json(&list), json!([]));
    assert!(
        site.run(&list)
            .done()
            .stdout
            .contains("symbolon templates create")
    );

    let create = [
        "templates",
        "create",
        "--kind",
        "certificate",
        "--name",
        "First aid",
        "--description",
        "Two days",
        "--valid-for-days",
        "730",
    ];
    let made = site.json(&[&create[..], &of].concat());
    assert_eq!(made["name"], "First aid");
    assert_eq!(
        [&made["kind"], &made["state"], &made["description"]],
        ["certificate", "active", "Two days"]
    );
    assert_eq!(made["valid_for_days"], 730);
    assert_eq!(made["owner_id"], organization.as_str());
    assert_eq!(site.json(&list), json!([made]));
    let id = made["id"].as_str().unwrap();
    let table = site.run(&list).done().stdout;
    assert!(table.contains(id) && table.contains("730 days"), "{table}");

    for (act, state, text) in [
        ("pause", "paused", "its mail waits"),
        ("pause", "paused", "Nothing to do"),
        ("resume", "active", "active again"),
        ("resume", "active", "Nothing to do"),
    ] {
        let said = site.run(&["templates", act, id]).done().stdout;
        assert!(said.contains(text), "{said}");
        assert_eq!(site.json(&["templates", act, id])["state"], state);
    }
    let _ = site.run(&["organizations", "cancel", &organization]).done();
    site.run(&[&create[..], &of].concat())
        .with_code(1)
        .says("is cancelled")
        .says("symbolon organizations reactivate");
}

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
         characters before the '@; issued_at must be a date, such as 2027-01-31 or 31.01.2027, or a time, such as \
         2027-01-31T12:00:00Z; the row goes on to line 5: is a quotation mark \"\" never closed?\"\r\n\
         ada@example.org;Ada;Zweimal;;;8;the same mail address is on line 2, which is issued\r\n"
            .replace("'@", "@")
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

/// Names that a spreadsheet would run, or take apart.
const HOSTILE: [(&str, &str); 6] = [
    ("=cmd|'/c calc'!A1", "+1"),
    ("-2+3", "@SUM(A1)"),
    ("＝1+1", "Zoë \"Z\""),
    ("'=x", "''@y"),
    ("a;=1+1", "b,-c"),
    ("O'Neill", "'t Hooft"),
];

async fn what_is_exported_is_harmless_and_can_be_imported(site: Site) {
    let (organization, template) = issuer(&site);
    let mut client = site.serve();
    let key = symbolon_tests::Key::of(&site.json(&["tokens", "create", "--organization", &organization]));
    for (number, (first, last)) in HOSTILE.into_iter().enumerate() {
        let badge = json!({
            "badge_template_id": template, "recipient_email": format!("+{number}@example.org"),
            "issued_to_first_name": first, "issued_to_last_name": last, "locale": "de",
            "issued_at": "2026-01-31", "issuer_earner_id": format!("={number}"), "test": number == 1,
        });
        let path = format!("/v1/organizations/{organization}/badges");
        let request = client
            .client()
            .with(&key, reqwest::Method::POST, &path)
            .json(&badge);
        let _ = symbolon_tests::try_send(request).await.unwrap().expect(201);
    }
    assert_eq!(client.stop().code(), Some(0));

    let export = ["recipients", "export", "--template", &template];
    let csv = site.run(&export).done().stdout;
    let lines: Vec<_> = csv.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 1 + HOSTILE.len(), "{csv}");
    assert_eq!(
        lines[0],
        "\u{feff}id,state,recipient_email,issued_to_first_name,issued_to_last_name,template,kind,issued_at,\
         expires_at,revoked_at,revocation_reason,email_state,access_state,bound_provider,bound_hint,bound_at,locale,\
         issuer_earner_id,test"
    );
    assert!(
        lines[1].ends_with(
            ",pending,'+0@example.org,'=cmd|'/c calc'!A1,'+1,Rust,badge,2026-01-31T00:00:00.000Z,never,,,pending,free,\
             ,,,de,'=0,false"
        ),
        "{csv}"
    );
    for line in &lines {
        for cell in line.split([',', ';', '"']) {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']),
                "{line}"
            );
        }
    }
    assert!(
        !csv.contains("/r/") && !csv.to_lowercase().contains("symacc_"),
        "{csv}"
    );

    let to_file = [&export[..], &["--output", "export.csv"]].concat();
    let said = site.run(&to_file).done().stdout;
    assert_eq!(said, "6 recipients: written to export.csv\n");
    assert_eq!(read(&site, "export.csv"), csv);
    let mode = fs::metadata(site.directory().join("export.csv")).unwrap();
    assert_eq!(mode.permissions().mode() & 0o777, 0o600);
    site.run(&to_file).with_code(2).says("export.csv exists already");

    let other = template_of(&site, &organization);
    let import = ["recipients", "import", "export.csv", "--template", &other];
    assert_eq!(site.run(&import).done().stdout, "6 rows: 6 issued\n");
    let shown = |template: &str| {
        let export = ["recipients", "export", "--template", template];
        let mut found = site.json(&export).as_array().unwrap().clone();
        for recipient in &mut found {
            let kept = [
                "recipient_email",
                "issued_to_first_name",
                "issued_to_last_name",
                "issued_at",
                "expires_at",
                "locale",
                "issuer_earner_id",
                "test",
            ];
            *recipient = json!(kept.map(|field| recipient[field].clone()));
        }
        found.sort_by_key(Value::to_string);
        found
    };
    assert_eq!(shown(&other), shown(&template));
    assert_eq!(shown(&template)[0][1], HOSTILE[0].0);
    let of_all = ["recipients", "export", "--organization", &organization];
    assert_eq!(site.json(&of_all).as_array().unwrap().len(), 12);
    let empty = template_of(&site, &organization);
    assert_eq!(
        site.json(&["recipients", "export", "--template", &empty]),
        json!([])
    );
}

/// One more template, whose credentials would expire unless they say otherwise.
fn template_of(site: &Site, organization: &str) -> String {
    let create = ["templates", "create", "--kind", "badge", "--name", "Other"];
    let more = ["--valid-for-days", "9", "--organization", organization];
    let made = site.json(&[&create[..], &more].concat());
    made["id"].as_str().unwrap().to_owned()
}

async fn an_operator_looks_after_recipients(site: Site) {
    let (organization, template) = issuer(&site);
    let nobody = ["recipients", "list", "--organization", &organization];
    assert!(
        site.run(&nobody)
            .done()
            .stdout
            .contains("symbolon recipients import")
    );
    let waiting = [&nobody[..], &["--reset-requested"]].concat();
    assert!(site.run(&waiting).done().stdout.contains("Nobody waits"));

    let id = recipient(&site, &organization, &template);
    let act = |act: &str| site.run(&["recipients", act, &id]);
    assert!(act("reset").done().stdout.contains("Nothing to do"));
    if site.kind() == Kind::Postgres {
        a_claimed_one_is_reset(&site, &organization, &id);
    }
    let replaced = site.json(&["recipients", "replace-access", &id]);
    assert_eq!(replaced["access_token"]["state"], "free");
    let said = act("replace-access").done().stdout;
    assert!(said.contains("a new link is mailed"), "{said}");
    assert!(act("revoke-access").done().stdout.contains("access is revoked"));
    assert!(act("revoke-access").done().stdout.contains("Nothing to do"));
    act("reset").with_code(1).says("revoked").says("replace-access");
    let found = recipients(&site, &organization, &[]);
    assert_eq!(found[0]["access_token"]["state"], "revoked");
    assert_eq!(found[0]["state"], "pending");

    let revoke = ["recipients", "revoke-credential", &id, "--reason", "Typing error"];
    let revoked = site.json(&revoke);
    assert_eq!(
        (&revoked["state"], &revoked["revocation_reason"]),
        (&json!("revoked"), &json!("Typing error"))
    );
    assert!(site.run(&revoke).done().stdout.contains("Nothing to do"));
    act("replace-access").with_code(1).says("credential is revoked");
    assert_eq!(recipients(&site, &organization, &["--state", "revoked"]).len(), 1);
    assert!(recipients(&site, &organization, &["--state", "accepted"]).is_empty());

    act("delete").with_code(2).says("--yes");
    let delete = ["recipients", "delete", &id];
    let would = site.run(&[&delete[..], &["--dry-run"]].concat()).done().stdout;
    assert!(
        would.contains("Would delete Ada Lovelace <ada@example.org>"),
        "{would}"
    );
    assert_eq!(recipients(&site, &organization, &[]).len(), 1);
    let deleted = site.json(&[&delete[..], &["--yes"]].concat());
    assert_eq!(deleted["id"], id.as_str());
    assert!(recipients(&site, &organization, &[]).is_empty());
    site.run(&[&delete[..], &["--yes"]].concat())
        .with_code(1)
        .says("there is no recipient");
}

/// Somebody claims, and somebody else asks for a reset, for which a browser is needed: the database is told so.
fn a_claimed_one_is_reset(site: &Site, organization: &str, id: &str) {
    site.postgres().query(&format!(
        "UPDATE access_tokens SET bound_issuer = 'https://idp.example', bound_subject = '7', bound_provider = 'google', \
         bound_hint = 'a…@example.org', bound_at = created_at, reset_requested_at = created_at, \
         reset_provider = 'google', reset_hint = 'b…@example.org' WHERE recipient_id = '{id}'"
    ));
    let waiting = [
        "recipients",
        "list",
        "--organization",
        organization,
        "--reset-requested",
    ];
    let table = site.run(&waiting).done().stdout;
    assert!(
        table.contains("b…@example.org (google)") && table.contains("bound"),
        "{table}"
    );
    let csv = site
        .run(&["recipients", "export", "--organization", organization])
        .done()
        .stdout;
    assert!(
        csv.contains(",accepted,") && csv.contains(",bound,google,a…@example.org,2"),
        "{csv}"
    );
    let reset = site.run(&["recipients", "reset", id]).done().stdout;
    assert!(reset.contains("whoever connects first"), "{reset}");
    assert_eq!(site.json(&waiting), json!([]));
    let found = recipients(site, organization, &[]);
    assert_eq!(found[0]["access_token"]["state"], "free");
}

async fn an_import_can_be_stopped_and_gone_on_with(site: Site) {
    let (organization, template) = issuer(&site);
    let rows: Vec<_> = (0..4_000)
        .map(|number| format!("person-{number}@example.org,Person {number}\n"))
        .collect();
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
        format!("mail,name\n{}", rows[..2_500].concat()),
        rows[2_500..].concat(),
    );
    let (go_on, gone_on) = std::sync::mpsc::channel();
    let writer = thread::spawn(move || {
        let mut pipe = fs::OpenOptions::new().write(true).open(pipe).unwrap();
        pipe.write_all(begun.as_bytes()).unwrap();
        gone_on.recv().unwrap();
        // Nobody reads to the end.
        let _ = pipe.write_all(rest.as_bytes());
    });
    let export = ["recipients", "export", "--organization", &organization];
    until("two chunks are issued", async || {
        site.run(&export).done().stdout.lines().count() == 2_001
    })
    .await;
    process.signal(Signal::SIGINT);
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    go_on.send(()).unwrap();
    assert_eq!(process.ended().code(), Some(1));
    writer.join().unwrap();
    let said = process.stderr.to_the_end();
    assert!(
        said.contains("Stopped: 3,000 rows are done, up to line 3001."),
        "{said}"
    );
    assert_eq!(process.stdout.to_the_end(), "3,000 rows: 3,000 issued");

    write(&site, "all.csv", format!("mail,name\n{}", rows.concat()));
    let again = [
        "recipients",
        "import",
        "all.csv",
        "--template",
        &template,
        "--no-mail",
    ];
    assert_eq!(
        site.run(&again).with_code(1).stdout,
        "4,000 rows: 1,000 issued, 3,000 rejected (see all.rejects.csv)\n"
    );
}

async fn what_is_used_wrongly_says_so(site: Site) {
    let (organization, template) = issuer(&site);
    for (command, text) in [
        (&["templates", "pause", NOBODY][..], "there is no template"),
        (&["templates", "resume", NOBODY], "symbolon templates list"),
        (
            &["templates", "list", "--organization", NOBODY],
            "there is no organization",
        ),
        (
            &["recipients", "list", "--organization", NOBODY],
            "there is no organization",
        ),
        (
            &[
                "recipients",
                "list",
                "--organization",
                &organization,
                "--template",
                NOBODY,
            ],
            "has no template",
        ),
        (
            &["recipients", "export", "--template", NOBODY],
            "there is no template",
        ),
        (
            &["recipients", "import", "good.csv", "--template", NOBODY],
            "there is no template",
        ),
        (&["recipients", "reset", NOBODY], "there is no recipient"),
        (&["recipients", "revoke-access", NOBODY], "there is no recipient"),
        (&["recipients", "replace-access", NOBODY], "there is no recipient"),
        (
            &["recipients", "revoke-credential", NOBODY],
            "there is no recipient",
        ),
        (
            &["recipients", "delete", NOBODY, "--yes"],
            "symbolon recipients list",
        ),
        (
            &["recipients", "import", "endless.csv", "--template", &template],
            "line 3 is longer than 1 MiB",
        ),
    ] {
        write(&site, "good.csv", "mail,name\nada@example.org,Ada\n");
        let endless = format!(
            "mail,name\nada@example.org,Ada\nbob@example.org,\"{}",
            "x\n".repeat(700_000)
        );
        write(&site, "endless.csv", endless);
        let failed = site.run(command).with_code(1);
        failed.says("error: ").says(text);
        assert_eq!(failed.stdout, "");
    }
    assert_eq!(
        recipients(&site, &organization, &[]).len(),
        1,
        "good rows are kept"
    );

    write(&site, "columns.csv", "Vorname;Strasse\r\nAda;Hauptstr. 1\r\n");
    write(&site, "twice.csv", "mail,E-Mail,name\n");
    write(&site, "empty.csv", "");
    write(&site, "book.csv", "PK\u{3}\u{4}…");
    let import = |file: &'static str| ["recipients", "import", file, "--template", &template];
    let taken = [&import("good.csv")[..], &["--rejects", "empty.csv"]].concat();
    for (command, text) in [
        (&import("columns.csv")[..], "“Vorname”, “Strasse”"),
        (&import("columns.csv"), "email,first name,last name"),
        (&import("twice.csv"), "“mail” and “E-Mail” mean the same"),
        (&import("empty.csv"), "the file is empty"),
        (&import("book.csv"), "CSV UTF-8"),
        (&import("nowhere.csv"), "nowhere.csv"),
        (&taken, "empty.csv exists already"),
        (&["recipients", "import", "good.csv"], "--template"),
        (&["recipients", "export"], "--organization"),
        (
            &["recipients", "reset", "https://example.org/r/secret"],
            "not a recipient's id",
        ),
        (
            &["recipients", "list", "--organization", NOBODY, "--state", "lost"],
            "possible values",
        ),
        (&["templates", "pause", "7"], "symbolon templates list"),
        (
            &[
                "templates",
                "create",
                "--organization",
                NOBODY,
                "--kind",
                "diploma",
                "--name",
                "A",
            ],
            "possible values",
        ),
        (
            &[
                "templates",
                "create",
                "--organization",
                NOBODY,
                "--kind",
                "badge",
                "--name",
                "A",
                "--valid-for-days",
                "0",
            ],
            "between 1 and 36600 days",
        ),
    ] {
        let misused = site.run(command).with_code(2);
        misused.says(text);
        assert_eq!(misused.stdout, "");
        assert!(!misused.stderr.contains("secret"), "{}", misused.stderr);
    }
}
