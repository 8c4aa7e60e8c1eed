//! Acts on many recipients.

use symbolon_jobs::{Turned, take_turn};

use super::office::Office;
use crate::{test_app::Badge, test_person::Person};

async fn badges(office: &Office, template: &str, names: &[&str]) -> Vec<Badge> {
    let mut badges = Vec::new();
    for name in names {
        let mail = format!("{name}@example.org");
        badges.push(office.app.badge(&office.key, template, &mail).await);
    }
    badges
}

/// Issues to so many.
async fn issue(office: &Office, template: &str, count: usize) {
    let wishes: Vec<_> = (0..count)
        .map(|number| {
            serde_json::json!({
                "badge_template_id": template,
                "recipient_email": format!("{number}@example.org"),
                "issued_to_first_name": format!("Ada{number}"),
            })
        })
        .collect();
    for wishes in wishes.chunks(1_000) {
        let body = serde_json::json!({ "badges": wishes });
        let batch = office.key.path("/badges/batch");
        office.app.post(&batch, &office.key, body).await.expect(200);
    }
}

async fn claim(office: &Office, badge: &Badge) {
    let person = Person::new(&office.app);
    person
        .connect(&badge.link, &format!("of-{}", badge.id))
        .await
        .expect(200);
}

async fn work(office: &Office) {
    while take_turn(&office.app.ports, &|| false).await.unwrap() == Turned::Worked {}
}

#[actix_web::test]
async fn an_act_on_the_chosen_is_shown_first_and_told_afterwards() {
    let office = Office::open().await;
    let template = office.app.template(&office.key, "Weaving").await;
    let badges = badges(&office, &template, &["a", "b", "c"]).await;
    claim(&office, &badges[0]).await;
    claim(&office, &badges[2]).await;
    let owner = office.owner().await;
    let wish = [
        ("act", "reset"),
        ("scope", "chosen"),
        ("id", badges[0].id.as_str()),
        ("id", badges[1].id.as_str()),
    ];
    let before = office.actions().await.len();
    let preview = owner.post("/dashboard/recipients/bulk", &wish).await;
    for shown in ["Reset the access of 1 recipient?", "1 is left out", &badges[1].id] {
        assert!(
            preview.expect(200).text.contains(shown),
            "{shown}: {}",
            preview.text
        );
    }
    assert_eq!(office.actions().await.len(), before, "a preview does nothing");
    let job = owner.post("/dashboard/recipients/bulk/start", &wish).await;
    let job = job.expect(303).header("location").unwrap().to_owned();
    work(&office).await;
    assert_eq!(office.actions().await[before..], ["job.started", "access.reset"]);
    let page = owner.open(&job).await;
    for shown in [
        "2 chosen recipients",
        "Nobody has claimed it.",
        "2 of 2 recipients",
    ] {
        assert!(page.expect(200).text.contains(shown), "{shown}: {}", page.text);
    }
    let report = owner.open(&format!("{job}/report.csv")).await;
    let lines: Vec<_> = report.expect(200).text.lines().collect();
    assert_eq!(lines.len(), 3, "{}", report.text);
    assert!(report.text.contains("a@example.org") && report.text.contains("skipped"));
    owner.get(&format!("{job}/rejects.csv")).await.expect(404);
}

#[actix_web::test]
async fn an_act_on_all_is_on_those_whom_the_filter_lets_through() {
    let office = Office::open().await;
    let weaving = office.app.template(&office.key, "Weaving").await;
    let spinning = office.app.template(&office.key, "Spinning").await;
    badges(&office, &weaving, &["a", "b"]).await;
    badges(&office, &spinning, &["c"]).await;
    let owner = office.owner().await;
    let wish = [
        ("act", "revoke_credential"),
        ("scope", "filter"),
        ("template", weaving.as_str()),
        ("reason", "Printed twice"),
    ];
    let preview = owner.post("/dashboard/recipients/bulk", &wish).await;
    assert!(
        preview
            .expect(200)
            .text
            .contains("Revoke the credentials of 2 recipients?")
    );
    let started = owner.post("/dashboard/recipients/bulk/start", &wish).await;
    let job = started.expect(303).header("location").unwrap().to_owned();
    // Whoever is added meanwhile was in nobody's mind.
    office.app.advance(1);
    badges(&office, &weaving, &["d"]).await;
    work(&office).await;
    let page = owner.open(&job).await;
    assert!(page.text.contains("All recipients · “Weaving”"), "{}", page.text);
    let revoked = owner.open("/dashboard/recipients?state=credential_revoked").await;
    for (mail, is_revoked) in [("a@", true), ("b@", true), ("c@", false), ("d@", false)] {
        assert_eq!(revoked.text.contains(mail), is_revoked, "{mail}");
    }
    let one = owner.open("/dashboard/recipients?q=a@example.org").await;
    let id = one
        .text
        .split("/dashboard/recipients/")
        .find(|rest| rest.len() > 36 && rest.as_bytes()[8] == b'-');
    let recipient = owner
        .open(&format!("/dashboard/recipients/{}", &id.unwrap()[..36]))
        .await;
    assert!(recipient.text.contains("Printed twice"));
}

#[actix_web::test]
async fn of_many_those_are_counted_and_named_whom_an_act_applies_to() {
    let office = Office::open().await;
    let template = office.app.template(&office.key, "Weaving").await;
    // The first who were added are the last of the list.
    let badges = badges(&office, &template, &["a", "b"]).await;
    claim(&office, &badges[0]).await;
    office.app.advance(1);
    issue(&office, &template, 348).await;
    let owner = office.owner().await;
    let preview = async |act| {
        let wish = [("act", act), ("scope", "filter")];
        let page = owner.post("/dashboard/recipients/bulk", &wish).await;
        page.expect(200).text.clone()
    };
    let reset = preview("reset").await;
    for shown in [
        "Reset the access of 1 recipient?",
        "349 are left out",
        &badges[0].id,
    ] {
        assert!(reset.contains(shown), "{shown}: {reset}");
    }
    assert!(!reset.contains(&badges[1].id), "{reset}");
    let revoked = preview("revoke_credential").await;
    assert!(
        revoked.contains("the credentials of 350 recipients?"),
        "{revoked}"
    );
    assert!(!revoked.contains("left out"), "{revoked}");
    assert_eq!(
        revoked.matches("<li><a href=\"/dashboard/recipients/").count(),
        10
    );

    issue(&office, &office.app.template(&office.key, "Spinning").await, 151).await;
    let deleted = preview("delete").await;
    assert!(deleted.contains("more than 500 recipients"), "{deleted}");
    // Nobody is left out, however many there are.
    assert!(!deleted.contains("left out"), "{deleted}");
}

#[actix_web::test]
async fn whoever_an_act_applies_to_is_named_in_whatever_state_far_down_the_list() {
    let office = Office::open().await;
    let weaving = office.app.template(&office.key, "Weaving").await;
    let badges = badges(&office, &weaving, &["a", "b"]).await;
    claim(&office, &badges[0]).await;
    office.app.advance(1);
    let spinning = office.app.template(&office.key, "Spinning").await;
    issue(&office, &spinning, 310).await;
    let owner = office.owner().await;
    let wish = [
        ("act", "revoke_credential"),
        ("scope", "filter"),
        ("template", spinning.as_str()),
    ];
    owner
        .post("/dashboard/recipients/bulk/start", &wish)
        .await
        .expect(303);
    work(&office).await;
    let preview = owner.post("/dashboard/recipients/bulk", &wish[..2]).await;
    for shown in ["the credentials of 2 recipients?", &badges[0].id, &badges[1].id] {
        assert!(
            preview.expect(200).text.contains(shown),
            "{shown}: {}",
            preview.text
        );
    }
}

#[actix_web::test]
async fn a_deletion_of_many_needs_their_number() {
    let office = Office::open().await;
    let template = office.app.template(&office.key, "Weaving").await;
    badges(&office, &template, &["a", "b", "c"]).await;
    let owner = office.owner().await;
    let start = "/dashboard/recipients/bulk/start";
    for confirm in ["", "2", "all"] {
        let wish = [("act", "delete"), ("scope", "filter"), ("confirm", confirm)];
        owner.post(start, &wish).await.expect(422);
    }
    work(&office).await;
    assert!(!office.actions().await.contains(&"recipient.deleted"));
    let wish = [("act", "delete"), ("scope", "filter"), ("confirm", "3")];
    owner.post(start, &wish).await.expect(303);
    work(&office).await;
    let deleted = office.actions().await;
    assert_eq!(
        deleted
            .iter()
            .filter(|action| **action == "recipient.deleted")
            .count(),
        3
    );
}

#[actix_web::test]
async fn nothing_is_done_where_nothing_is_chosen() {
    let office = Office::open().await;
    let template = office.app.template(&office.key, "Weaving").await;
    let badges = badges(&office, &template, &["a"]).await;
    let other = office.app.organization("Difference Engines").await;
    let foreign = office.app.template(&other, "Weaving").await;
    let foreign = office.app.badge(&other, &foreign, "joseph@example.org").await;
    let owner = office.owner().await;
    for (fields, told) in [
        (vec![("scope", "chosen"), ("act", "reset")], "choose recipients"),
        (
            vec![("scope", "chosen"), ("id", badges[0].id.as_str())],
            "choose what to do",
        ),
        (
            vec![("scope", "filter"), ("q", "nobody"), ("act", "reset")],
            "choose recipients",
        ),
    ] {
        let page = owner.act("/dashboard/recipients/bulk", &fields).await;
        assert!(page.expect(200).text.contains(told), "{told}: {}", page.text);
    }
    // What others have is nobody here.
    let fields = [
        ("scope", "chosen"),
        ("act", "delete"),
        ("id", foreign.id.as_str()),
        ("confirm", "1"),
    ];
    owner
        .post("/dashboard/recipients/bulk/start", &fields)
        .await
        .expect(422);
    work(&office).await;
    let kept = office.app.get(&foreign.path(&other, ""), &other).await;
    kept.expect(200);
}
