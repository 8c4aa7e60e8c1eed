//! Templates, and what an operator does with recipients.

use serde_json::json;
use symbolon_tests::{Kind, Site, on_both};

use crate::{issuer, recipients, write};

on_both!(
    templates_are_made_paused_and_resumed,
    an_operator_looks_after_recipients,
);

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

/// One recipient: their id.
fn recipient(site: &Site, organization: &str, template: &str) -> String {
    write(site, "one.csv", "mail,name\nada@example.org,Ada Lovelace\n");
    let _ = site
        .run(&["recipients", "import", "one.csv", "--template", template])
        .done();
    let found = recipients(site, organization, &["--state", "pending"]);
    found[0]["id"].as_str().unwrap().to_owned()
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
