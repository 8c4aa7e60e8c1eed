//! Values that are shown again: of an authorization token, and of a recipient's access token. One promise for both.

use super::{
    faltering::with_faltering_log,
    office::{Clerk, Office},
};

/// What is shown, and the addresses that show it: a token of the organization, and a recipient's.
async fn reveals(office: &Office) -> [(&'static str, String); 2] {
    let template = office.app.template(&office.key, "Weaving").await;
    let badge = office
        .app
        .badge(&office.key, &template, "joseph@example.org")
        .await;
    [
        (
            "symorg_",
            format!("/dashboard/developers/{}/reveal", office.key.id),
        ),
        ("symrec_", format!("/dashboard/recipients/{}/reveal", badge.id)),
    ]
}

/// B21: a page that is merely opened shows nothing.
#[actix_web::test]
async fn a_value_is_shown_to_a_form_only() {
    let office = Office::open().await;
    let owner = office.owner().await;
    for (prefix, reveal) in reveals(&office).await {
        let before = office.actions().await;
        let opened = owner.get(&reveal).await;
        assert_eq!(opened.expect(405).header("allow"), Some("POST"), "{reveal}");
        assert!(!opened.text.contains(prefix), "{reveal}");
        assert_eq!(office.actions().await, before, "{reveal}");
        let shown = owner.post(&reveal, &[]).await;
        assert!(shown.expect(200).text.contains(prefix), "{reveal}");
    }
}

/// How many values of this kind somebody is shown before they have to wait.
async fn shown_before_waiting(clerk: &Clerk<'_>, prefix: &str, reveal: &str) -> usize {
    // What is allowed again meanwhile is one a second.
    for shown in 0..200 {
        let answer = clerk.post(reveal, &[]).await;
        if answer.status == 429 {
            assert!(answer.header("retry-after").is_some(), "{reveal}");
            assert!(!answer.text.contains(prefix), "{reveal}");
            return shown;
        }
        assert!(answer.expect(200).text.contains(prefix), "{reveal}");
    }
    panic!("{reveal} shows values without end");
}

/// B21: whoever looks at one value after the other has to wait, whatever they are of.
#[actix_web::test]
async fn sixty_values_a_minute_and_no_more() {
    for first in [0, 1] {
        let office = Office::open().await;
        let owner = office.owner().await;
        let reveals = reveals(&office).await;
        let (prefix, reveal) = &reveals[first];
        let shown = shown_before_waiting(&owner, prefix, reveal).await;
        assert!(shown >= 60, "{reveal}: {shown}");
        let (prefix, other) = &reveals[1 - first];
        let more = shown_before_waiting(&owner, prefix, other).await;
        assert!(more < 60, "{other} after {reveal}: {more}");
    }
}

/// B22: where it cannot be recorded that somebody looks at a value, they are not shown it.
#[actix_web::test]
async fn nothing_is_shown_unrecorded() {
    let (office, faults) = with_faltering_log().await;
    let owner = office.owner().await;
    for (prefix, reveal) in reveals(&office).await {
        let before = office.actions().await;
        faults.refuse_entries(true);
        let refused = owner.post(&reveal, &[]).await;
        assert!(!refused.expect(503).text.contains(prefix), "{reveal}");
        faults.refuse_entries(false);
        assert_eq!(office.actions().await, before, "{reveal}");
        let shown = owner.post(&reveal, &[]).await;
        assert!(shown.expect(200).text.contains(prefix), "{reveal}");
        assert_eq!(office.actions().await.len(), before.len() + 1, "{reveal}");
    }
}
