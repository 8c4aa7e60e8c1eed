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

/// Every template can be chosen, and what stands in a list comes in the order in which people look for it.
#[actix_web::test]
async fn each_of_many_templates_can_be_chosen() {
    let office = Office::open().await;
    let first = office.app.template(&office.key, "zebra").await;
    for number in 0..110 {
        office
            .app
            .template(&office.key, &format!("Course {number:03}"))
            .await;
    }
    let owner = office.owner().await;
    for page in [
        "/dashboard/recipients/new",
        "/dashboard/import",
        "/dashboard/recipients",
    ] {
        office
            .app
            .badge(&office.key, &first, &format!("{}@example.org", page.len()))
            .await;
        let answer = owner.open(page).await;
        let offered = choices(&answer.expect(200).text);
        assert_eq!(offered.len(), 111, "{page}");
        assert!(
            offered.is_sorted_by_key(|(_, name)| name.to_lowercase()),
            "{page}"
        );
        assert_eq!(offered.last(), Some(&(first.clone(), "zebra".to_owned())));
        assert!(!answer.text.contains("Only the newest"), "{page}");
    }
    let fields = [
        ("template", first.as_str()),
        ("first_name", "Ada"),
        ("mail", "ada@example.org"),
    ];
    let added = owner.post("/dashboard/recipients/new", &fields).await;
    added.expect(303);
}

/// Beyond what a select holds, the page says so, and the way over the template's own page stays.
#[actix_web::test]
async fn a_select_says_that_it_does_not_hold_all() {
    let office = Office::open().await;
    let first = office.app.template(&office.key, "zebra").await;
    for number in 0..1_000 {
        office.app.advance(1);
        office
            .app
            .template(&office.key, &format!("Course {number:04}"))
            .await;
    }
    let owner = office.owner().await;
    let open = owner.open("/dashboard/recipients/new").await;
    let offered = choices(&open.expect(200).text);
    assert_eq!(offered.len(), 1_000);
    assert!(offered.iter().all(|(id, _)| *id != first));
    assert!(
        open.text
            .contains("Only the newest 1,000 templates can be chosen here.")
    );
    let chosen = owner
        .open(&format!("/dashboard/recipients/new?template={first}"))
        .await;
    let selected = format!("value=\"{first}\" selected");
    assert!(chosen.expect(200).text.contains(&selected));
    assert_eq!(choices(&chosen.text).len(), 1_001);
    let fields = [
        ("template", first.as_str()),
        ("first_name", "Ada"),
        ("mail", "ada@example.org"),
    ];
    owner.post("/dashboard/recipients/new", &fields).await.expect(303);
}

/// Id and name of the templates that a page offers.
fn choices(page: &str) -> Vec<(String, String)> {
    let (_, rest) = page.split_once("<select id=\"template\"").unwrap();
    let (select, _) = rest.split_once("</select>").unwrap();
    select
        .split("<option value=\"")
        .skip(1)
        .filter_map(|option| {
            let (id, rest) = option.split_once('"')?;
            let (_, rest) = rest.split_once('>')?;
            let (name, _) = rest.split_once('<')?;
            (!id.is_empty()).then(|| (id.to_owned(), name.to_owned()))
        })
        .collect()
}
