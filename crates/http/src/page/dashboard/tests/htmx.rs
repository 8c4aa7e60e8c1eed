//! Requests of htmx: for parts of pages, and by the clock.

use actix_web::{http::header, test::TestRequest};

use super::office::{Clerk, Office};
use crate::test_app::Answer;

/// Asks as htmx does, from a page at this address.
async fn ask(clerk: &Clerk<'_>, path: &str, from: &str, trigger: &str) -> Answer {
    let request = TestRequest::get()
        .uri(path)
        .insert_header((header::ACCEPT, "*/*"))
        .insert_header(("HX-Request", "true"))
        .insert_header(("HX-Trigger", trigger))
        .insert_header(("HX-Current-URL", format!("https://tokens.example.org{from}")));
    clerk.person.send(request).await
}

/// Whoever is not signed in any more leaves the page as a whole, and comes back to it.
#[actix_web::test]
async fn the_sign_in_page_is_no_part_of_a_page() {
    let office = Office::open().await;
    let owner = office.owner().await;
    let list = "/dashboard/recipients";
    ask(&owner, list, list, "q").await.expect(200);
    office.app.advance(31 * 60_000);
    let page = format!("{list}?q=ada");
    let answer = ask(&owner, list, &page, "q").await;
    assert_eq!(answer.expect(204).text, "");
    assert_eq!(answer.header("location"), None);
    assert_eq!(
        answer.header("hx-redirect"),
        Some("/dashboard/sign-in?next=%2Fdashboard%2Frecipients%3Fq%3Dada&done=session-ended")
    );
    assert_eq!(owner.session(), None, "the cookie goes too");
    // A part that is no page of its own leads back to the page that it is part of.
    let answer = ask(
        &owner,
        "/dashboard/templates/preview",
        "/dashboard/templates/new",
        "preview",
    )
    .await;
    assert_eq!(
        answer.expect(204).header("hx-redirect"),
        Some("/dashboard/sign-in?next=%2Fdashboard%2Ftemplates%2Fnew")
    );
    // And nowhere else.
    let answer = ask(&owner, list, ".evil.example/dashboard/x", "q").await;
    let to = answer.expect(204).header("hx-redirect").unwrap();
    assert!(to.starts_with("/dashboard/sign-in"), "{to}");
    // Browsers themselves are led there as ever.
    owner.get(list).await.expect(303);
}

/// A page that asks for itself keeps nobody signed in.
#[actix_web::test]
async fn asking_by_the_clock_keeps_no_session() {
    let office = Office::open().await;
    let (idle, busy) = (office.owner().await, office.owner().await);
    let mut polls = 0;
    for _ in 0..31 {
        office.app.advance(60_000);
        polls += u64::from(ask(&idle, "/dashboard", "/dashboard", "progress").await.status == 200);
        ask(&busy, "/dashboard", "/dashboard", "q").await.expect(200);
    }
    assert_eq!(polls, 29);
    let ended = ask(&idle, "/dashboard", "/dashboard", "progress").await;
    assert!(ended.expect(204).header("hx-redirect").is_some());
}

/// What is known here as asking by the clock is what the page of a job does.
#[test]
fn the_page_of_a_job_asks_by_the_clock() {
    let page = include_str!("../../../../templates/dashboard/job_page.html");
    let polling = "hx-trigger=\"every 1s\"";
    let element = page.lines().find(|line| line.contains(polling)).unwrap();
    assert!(element.contains("<div id=\"progress\""), "{element}");
    let others = include_str!("../../../../templates/dashboard/recipient_list.html");
    assert!(!others.contains("every "));
}
