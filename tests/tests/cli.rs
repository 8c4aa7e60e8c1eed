//! The command line: what every command prints, for people and for programs, and how it ends.
#![cfg(test)]

use serde_json::{Value, json};
use symbolon_tests::{Key, Kind, Site, on_both};

on_both!(
    organizations_live_and_are_closed,
    an_operator_looks_after_tokens,
    what_fails_says_so,
    values_are_shown_once_where_that_is_wished,
    migrations_go_up_and_down,
    the_doctor_finds_all_well,
);

/// Every command there is, besides `symbolon` itself.
const COMMANDS: &[&[&str]] = &[
    &["serve"],
    &["demo"],
    &["organizations"],
    &["organizations", "create"],
    &["organizations", "list"],
    &["organizations", "cancel"],
    &["organizations", "reactivate"],
    &["organizations", "reveal-policy"],
    &["tokens"],
    &["tokens", "create"],
    &["tokens", "list"],
    &["tokens", "rotate"],
    &["tokens", "revoke"],
    &["templates"],
    &["templates", "create"],
    &["templates", "list"],
    &["templates", "pause"],
    &["templates", "resume"],
    &["recipients"],
    &["recipients", "list"],
    &["recipients", "import"],
    &["recipients", "export"],
    &["recipients", "reset"],
    &["recipients", "revoke-access"],
    &["recipients", "replace-access"],
    &["recipients", "revoke-credential"],
    &["recipients", "delete"],
    &["migrate"],
    &["doctor"],
    &["completions"],
    &["man"],
];

#[test]
fn every_command_explains_itself() {
    let site = Site::untouched(Kind::Sqlite);
    let all = site.run(&["--help"]).done();
    assert!(all.stdout.contains("Examples:") && all.stdout.contains("Exit codes:"));
    for command in COMMANDS {
        let help = site.run(&[command, &["--help"][..]].concat()).done();
        assert!(help.stdout.contains("Usage: symbolon"), "{}", help.stdout);
        assert!(help.stdout.contains("--json") && help.stdout.contains("SYMBOLON_DATABASE"));
        let first_line = help.stdout.lines().next().unwrap();
        assert!(first_line.len() > 10, "{first_line}");
        assert!(all.stdout.contains(command[0]), "{}", command[0]);
    }
    assert!(site.run(&["--version"]).done().stdout.starts_with("symbolon "));
    let nothing = site.run(&[]).with_code(2);
    nothing.says("Usage: symbolon");
    assert!(!site.data().exists(), "asking for help leaves no trace");
}

#[test]
fn shells_and_readers_get_theirs() {
    let site = Site::untouched(Kind::Sqlite);
    for (shell, word) in [
        ("bash", "complete -F"),
        ("zsh", "#compdef symbolon"),
        ("fish", "complete -c symbolon"),
    ] {
        let script = site.run(&["completions", shell]).done().stdout;
        assert!(
            script.contains(word) && script.contains("reveal-policy"),
            "{shell}"
        );
    }
    site.run(&["completions", "cmd"])
        .with_code(2)
        .says("possible values");
    let page = site.run(&["man"]).done().stdout;
    assert!(page.contains(".TH symbolon 1") && page.contains(".SH"), "{page}");
    let script = site.directory().join("symbolon.bash");
    std::fs::write(&script, site.run(&["completions", "bash"]).done().stdout).unwrap();
    let bash = symbolon_tests::command("bash").arg("-n").arg(&script).status();
    assert!(bash.unwrap().success(), "bash understands its script");
    assert!(!site.data().exists());
}

async fn organizations_live_and_are_closed(site: Site) {
    let list = ["organizations", "list"];
    assert_eq!(site.json(&list), json!([]));
    assert!(
        site.run(&list)
            .done()
            .stdout
            .contains("symbolon organizations create")
    );

    let create = [
        "organizations",
        "create",
        "Analytical Engines",
        "--contact",
        "ada@example.org",
    ];
    let text = site.run(&create).done();
    assert!(text.stdout.contains("Analytical Engines") && text.stdout.contains("symorg_"));
    let made = site.json(&[&create[..], &["--url", "https://example.org"]].concat());
    let organization = &made["organization"];
    let id = organization["id"].as_str().unwrap();
    assert_eq!(organization["name"], "Analytical Engines");
    assert_eq!(organization["contact_email"], "ada@example.org");
    assert_eq!(organization["website_url"], "https://example.org");
    assert_eq!(organization["state"], "active");
    let key = Key::of(&made["authorization_token"]);
    assert_eq!(key.organization, id);

    let all = site.json(&list);
    assert_eq!(all.as_array().unwrap().len(), 2);
    assert_eq!(all[1], *organization);
    let table = site.run(&list).done().stdout;
    assert_eq!(table.lines().count(), 3, "{table}");
    assert!(table.contains("active") && table.contains(id));

    for (act, state, text) in [
        ("cancel", "cancelled", "None of its tokens works any more"),
        ("cancel", "cancelled", "Nothing to do"),
        ("reactivate", "active", "active again"),
        ("reactivate", "active", "Nothing to do"),
    ] {
        let said = site.run(&["organizations", act, id]).done().stdout;
        assert!(said.contains(text), "{said}");
        assert_eq!(site.json(&["organizations", act, id])["state"], state);
    }
}

async fn an_operator_looks_after_tokens(site: Site) {
    let key = site.organization("Acclaim");
    let of = ["--organization", key.organization.as_str()];
    let list = |more: &[&str]| site.json(&[&["tokens", "list"], &of[..], more].concat());
    let create = [
        "tokens",
        "create",
        "--description",
        "Nightly",
        "--permissions",
        "read,write",
    ];
    let made = site.json(&[&create[..], &["--expires-in-days", "7"], &of].concat());
    assert_eq!(made["description"], "Nightly");
    assert_eq!(
        [
            &made["read_enabled"],
            &made["write_enabled"],
            &made["delete_enabled"]
        ],
        [true, true, false]
    );
    let token = Key::of(&made);
    let text = site.run(&[&create[..], &of].concat()).done().stdout;
    assert!(text.contains("symorg_") && text.contains("Keep it"), "{text}");

    let live = list(&[]);
    assert_eq!(live.as_array().unwrap().len(), 3);
    assert!(
        live.as_array()
            .unwrap()
            .iter()
            .all(|token| token["state"] == "live")
    );
    let table = site.run(&[&["tokens", "list"], &of[..]].concat()).done().stdout;
    assert_eq!(table.lines().count(), 4, "{table}");
    assert!(
        table.contains("Nightly") && table.contains("in 7 days") && table.contains("never"),
        "{table}"
    );
    assert!(!table.contains("symorg_"), "{table}");

    let rotated = site.json(&["tokens", "rotate", &token.id, "--description", "Weekly"]);
    assert_eq!(rotated["rotated_from"], token.id.as_str());
    assert_eq!(rotated["description"], "Weekly");
    let graceful = site.json(&["tokens", "rotate", &key.id, "--grace-seconds", "600"]);
    assert!(graceful["token"].is_string());
    let text = site
        .run(&["tokens", "rotate", &Key::of(&rotated).id])
        .done()
        .stdout;
    assert!(text.contains("symorg_"), "{text}");

    let successor = Key::of(&graceful);
    assert_eq!(
        site.json(&["tokens", "revoke", &successor.id])["state"],
        "revoked"
    );
    let again = site.run(&["tokens", "revoke", &successor.id]).done();
    assert!(again.stdout.contains("Nothing to do"), "{}", again.stdout);

    let all = list(&["--all"]);
    let state = |id: &str| {
        let found = all.as_array().unwrap().iter().find(|token| token["id"] == id);
        found.unwrap()["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(state(&token.id), "rotated");
    assert_eq!(state(&successor.id), "revoked");
    assert_eq!(state(&key.id), "rotated");
    let table = site
        .run(&[&["tokens", "list", "--all"], &of[..]].concat())
        .done()
        .stdout;
    assert!(table.contains("rotated, in grace"), "{table}");
}

async fn what_fails_says_so(site: Site) {
    let key = site.organization("Acclaim");
    let nobody = "00000000-0000-7000-8000-000000000000";
    for command in [
        &["organizations", "cancel", nobody][..],
        &["organizations", "reactivate", nobody],
        &["organizations", "reveal-policy", nobody, "once"],
        &["tokens", "list", "--organization", nobody],
        &["tokens", "create", "--organization", nobody],
        &["tokens", "rotate", nobody],
        &["tokens", "revoke", nobody],
    ] {
        let failed = site.run(command).with_code(1);
        failed.says("error: there is no").says("symbolon ");
        assert_eq!(failed.stdout, "");
    }
    let _ = site.run(&["tokens", "revoke", &key.id]).done();
    site.run(&["tokens", "rotate", &key.id])
        .with_code(1)
        .says("revoked");

    let of = ["--organization", key.organization.as_str()];
    for (command, text) in [
        (&["frobnicate"][..], "unrecognized"),
        (&["organizations", "create", "A"], "--contact"),
        (
            &["organizations", "create", "A", "--contact", "nowhere"],
            "contact",
        ),
        (
            &["organizations", "create", "", "--contact", "a@example.org"],
            "must not be empty",
        ),
        (&["organizations", "cancel", "7"], "symbolon organizations list"),
        (
            &["organizations", "reveal-policy", &key.organization, "twice"],
            "possible values",
        ),
        (&["tokens", "revoke", &key.value], "symbolon tokens list"),
        (
            &["tokens", "create", of[0], of[1], "--permissions", "admin"],
            "read, write and delete",
        ),
        (
            &["tokens", "create", of[0], of[1], "--expires-in-days", "0"],
            "expires-in-days",
        ),
        (
            &["tokens", "create", of[0], of[1], "--expires-in-days", "367"],
            "expires-in-days",
        ),
        (
            &["tokens", "rotate", &key.id, "--grace-seconds", "-1"],
            "grace-seconds",
        ),
        (&["migrate", "--down", "1"], "--yes"),
        (
            &["--database", "oracle://x", "tokens", "list", of[0], of[1]],
            "postgres://",
        ),
        (&["--log", "nonsense=nonsense", "organizations", "list"], "--log"),
    ] {
        let misused = site.run(command).with_code(2);
        misused.says(text);
        assert_eq!(misused.stdout, "");
    }
}

async fn values_are_shown_once_where_that_is_wished(site: Site) {
    let key = site.organization("Acclaim");
    let service = site.serve();
    let client = service.client();
    let values = async || {
        let list = client.list(&key).await;
        let tokens = list.expect(200).json["data"].as_array().unwrap().clone();
        tokens
            .iter()
            .map(|token| token["token"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(values().await, [json!(key.value)]);
    let once = site.json(&["organizations", "reveal-policy", &key.organization, "once"]);
    assert_eq!(once["reveal_policy"], "once");
    assert_eq!(values().await, [Value::Null]);
    let made = client.create(&key, &json!({})).await.expect(201).key();
    assert_eq!(values().await, [Value::Null, Value::Null]);
    assert!(client.is_served(&made).await && client.is_served(&key).await);

    let always = site
        .run(&["organizations", "reveal-policy", &key.organization, "always"])
        .done();
    assert!(always.stdout.contains("from now on"), "{}", always.stdout);
    let next = client.create(&key, &json!({})).await.expect(201).key();
    assert_eq!(values().await, [json!(next.value), Value::Null, Value::Null]);
}

async fn migrations_go_up_and_down(site: Site) {
    let site = Site::untouched(site.kind());
    let looked = site.run(&["migrate", "--dry-run"]).done().stdout;
    assert!(
        looked.contains("Would apply") || looked.contains("would be made"),
        "{looked}"
    );
    assert!(!site.data().exists(), "looking makes nothing");
    let applied = site.json(&["migrate"]);
    let count = applied.as_array().unwrap().len();
    assert!(count >= 5, "{applied}");
    assert_eq!(site.json(&["migrate", "--dry-run"]), json!([]));
    assert!(site.run(&["migrate"]).done().stdout.contains("Nothing to do"));

    let key = site.organization("Acclaim");
    let undone = site.json(&["migrate", "--down", "2", "--yes"]);
    assert_eq!(undone.as_array().unwrap().len(), 2);
    assert_eq!(site.json(&["migrate", "--dry-run"]).as_array().unwrap().len(), 2);
    let said = site.run(&["migrate", "--dry-run"]).done().stdout;
    assert_eq!(
        said.lines()
            .filter(|line| line.starts_with("Would apply "))
            .count(),
        2,
        "{said}"
    );
    let said = site.run(&["migrate"]).done().stdout;
    assert_eq!(
        said.lines().filter(|line| line.starts_with("Applied ")).count(),
        2,
        "{said}"
    );
    // What lay in the tables that stayed is still there.
    assert_eq!(site.tokens(&key)[0]["id"], key.id.as_str());
    let service = site.serve();
    assert!(service.client().is_served(&key).await);
    drop(service);

    let undone = site.json(&["migrate", "--down", "99", "--yes"]);
    assert_eq!(undone.as_array().unwrap().len(), count);
    assert!(
        site.run(&["migrate", "--down", "1", "--yes"])
            .done()
            .stdout
            .contains("Nothing to undo")
    );
    assert_eq!(site.json(&["migrate"]), applied);
    assert_eq!(site.json(&["organizations", "list"]), json!([]));
}

async fn the_doctor_finds_all_well(site: Site) {
    let _ = site.organization("Acclaim");
    // The PostgreSQL of the tests need not survive a power cut, and says so; nobody signs in here, and no mail is sent.
    let excused = |finding: &Value| {
        let name = &finding["name"];
        [json!("sign-in provider"), json!("mail server")].contains(name)
            || (site.kind() == Kind::Postgres && [json!("fsync"), json!("full_page_writes")].contains(name))
    };
    let findings = site.doctor();
    assert!(findings.len() > 5, "{findings:?}");
    let mut is_well = true;
    for finding in &findings {
        assert!(finding["severity"] == "good" || excused(finding), "{finding}");
        assert_eq!(finding["severity"] == "good", finding["advice"].is_null());
        is_well &= finding["severity"] != "bad";
    }
    let said = site.run(&["doctor"]).with_code(i32::from(!is_well)).stdout;
    for finding in &findings {
        assert!(said.contains(finding["name"].as_str().unwrap()), "{said}");
    }
    let names: Vec<_> = findings
        .iter()
        .map(|finding| finding["name"].as_str().unwrap())
        .collect();
    assert!(names.contains(&"key ring") && names.contains(&"configuration"));
    assert!(names.contains(&"keys and database") || !is_well, "{names:?}");
}
