//! Templates in the dashboard.

use super::office::Office;

async fn made(office: &Office, name: &str) -> String {
    let owner = office.owner().await;
    let fields = [
        ("kind", "badge"),
        ("name", name),
        ("description", "It took a lot."),
        ("validity_days", "730"),
    ];
    let answer = owner.post("/dashboard/templates/new", &fields).await;
    let to = answer.expect(303).header("location").unwrap().to_owned();
    to.split(['/', '?']).nth(3).unwrap().to_owned()
}

#[actix_web::test]
async fn a_template_is_made_changed_paused_resumed_and_deleted() {
    let office = Office::open().await;
    let id = made(&office, "Weaving").await;
    let owner = office.owner().await;
    let at = |rest: &str| format!("/dashboard/templates/{id}{rest}");
    let page = owner.open(&at("")).await;
    assert!(page.expect(200).text.contains("730 days from the day of issue"));
    let fields = [
        ("name", "Weaving, advanced"),
        ("description", ""),
        ("validity_days", ""),
    ];
    let changed = owner.act(&at("/edit"), &fields).await;
    assert!(changed.expect(200).text.contains("Weaving, advanced"));
    assert!(
        owner
            .act(&at("/pause"), &[])
            .await
            .text
            .contains("The template is paused")
    );
    assert!(owner.open("/dashboard/templates").await.text.contains("Paused"));
    assert!(owner.act(&at("/resume"), &[]).await.text.contains("active again"));
    let gone = owner.act(&at("/delete"), &[]).await;
    assert!(gone.expect(200).text.contains("The template was deleted."));
    owner.open(&at("")).await.expect(404);
}

#[actix_web::test]
async fn a_template_with_recipients_is_not_deleted() {
    let office = Office::open().await;
    let id = made(&office, "Weaving").await;
    office.app.badge(&office.key, &id, "joseph@example.org").await;
    let owner = office.owner().await;
    let kept = owner.act(&format!("/dashboard/templates/{id}/delete"), &[]).await;
    assert!(kept.expect(200).text.contains("Nothing was deleted"));
}

#[actix_web::test]
async fn numbers_follow_what_happens() {
    let office = Office::open().await;
    let id = made(&office, "Weaving").await;
    office.app.badge(&office.key, &id, "joseph@example.org").await;
    office.app.empty_outbox().await;
    let owner = office.owner().await;
    let page = owner.open(&format!("/dashboard/templates/{id}")).await;
    for word in ["Issued", "Mailed", "Opened", "Claimed"] {
        assert!(page.text.contains(word), "{word}");
    }
    let overview = owner.open("/dashboard").await;
    assert!(overview.expect(200).text.contains("Not claimed yet"));
}

#[actix_web::test]
async fn a_preview_is_drawn_of_what_was_typed() {
    let office = Office::open().await;
    let owner = office.owner().await;
    let query = "?kind=certificate&name=Weaving%20%3Cb%3E&description=&validity_days=30";
    let part = owner.open(&format!("/dashboard/templates/preview{query}")).await;
    assert!(
        part.expect(200)
            .text
            .contains("preview.svg?kind=certificate&#38;name=Weaving"),
        "{}",
        part.text
    );
    let picture = owner
        .open(&format!("/dashboard/templates/preview.svg{query}"))
        .await;
    assert_eq!(picture.expect(200).header("content-type"), Some("image/svg+xml"));
    assert!(!picture.text.contains("<b>"));
    let fields = [("kind", "badge"), ("name", ""), ("preview", "true")];
    let form = owner.post("/dashboard/templates/new", &fields).await;
    assert!(!form.expect(200).text.contains("Fill this in."));
}
