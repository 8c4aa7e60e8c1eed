//! What cannot be done, and how that is said.

use symbolon_tests::{Site, on_both};

use crate::{issuer, recipients, write};

on_both!(what_fails_says_so, what_is_used_wrongly_says_so);

const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

async fn what_fails_says_so(site: Site) {
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
}

async fn what_is_used_wrongly_says_so(site: Site) {
    let (organization, template) = issuer(&site);
    write(&site, "good.csv", "mail,name\nada@example.org,Ada\n");
    write(&site, "columns.csv", "Vorname;Strasse\r\nAda;Hauptstr. 1\r\n");
    write(&site, "twice.csv", "mail,E-Mail,name\n");
    write(&site, "empty.csv", "");
    // As Excel saves “CSV” in Germany: a heading that cannot be read would be an expiry that is left out.
    write(
        &site,
        "latin.csv",
        b"mail;name;g\xfcltig bis\r\nada@example.org;Ada;31.01.2027\r\n",
    );
    write(&site, "book.csv", "PK\u{3}\u{4}…");
    let import = |file: &'static str| ["recipients", "import", file, "--template", &template];
    let taken = [&import("good.csv")[..], &["--rejects", "empty.csv"]].concat();
    for (command, text) in [
        (&import("columns.csv")[..], "“Vorname”, “Strasse”"),
        (&import("columns.csv"), "email,first name,last name"),
        (&import("twice.csv"), "“mail” and “E-Mail” mean the same"),
        (&import("empty.csv"), "the file is empty"),
        (&import("book.csv"), "CSV UTF-8"),
        (&import("latin.csv"), "CSV UTF-8"),
        (&import("latin.csv"), "line 1, which names the columns"),
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
    assert!(
        recipients(&site, &organization, &[]).is_empty(),
        "nothing is issued"
    );
}
