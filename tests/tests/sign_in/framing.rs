//! B19: no page shows itself inside another's.

use std::fs;

use symbolon_tests::{Person, Site, on_both, until};

use crate::staged;

on_both!(no_page_can_be_framed);

async fn no_page_can_be_framed(site: Site) {
    let (stage, open_id, ada) = staged(site).await;
    let person = Person::new().await;
    person.claim(&ada.link, "Ada Lovelace").await;
    let paths = [
        "/".to_owned(),
        "/access".to_owned(),
        "/credentials".to_owned(),
        format!("/credentials/{}", ada.id),
        format!("/verify/{}", ada.id),
        "/recipient-view".to_owned(),
        "/retrieve".to_owned(),
        "/no-such-page".to_owned(),
    ];
    for path in &paths {
        let directory = tempfile::tempdir().unwrap();
        let trap = directory.path().join("trap.html");
        let framed = stage.url(path);
        fs::write(
            &trap,
            format!("<title>A trap</title><iframe src=\"{framed}\"></iframe>"),
        )
        .unwrap();
        let before = refusals(&person).await;
        person.goto(&format!("file://{}", trap.display())).await;
        until(&format!("the browser refuses to frame {path}"), async || {
            refusals(&person).await > before
        })
        .await;
    }
    drop(open_id);
}

/// How many frames the browser has refused since the beginning.
async fn refusals(person: &Person) -> usize {
    let said = person.console().await;
    said.iter()
        .filter(|line| line.contains("frame-ancestors 'none'"))
        .count()
}
