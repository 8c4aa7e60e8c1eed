//! Files that are written: harmless to open, and good to import.

use std::{fs, os::unix::fs::PermissionsExt as _};

use serde_json::{Value, json};
use symbolon_tests::{Key, Site, on_both, try_send};

use crate::{issuer, read};

on_both!(what_is_exported_is_harmless_and_can_be_imported);

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
    let key = Key::of(&site.json(&["tokens", "create", "--organization", &organization]));
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
        let _ = try_send(request).await.unwrap().expect(201);
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
