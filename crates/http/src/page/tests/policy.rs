//! What every page carries, and what it must not.

use actix_web::{http::Method, test::TestRequest};

use super::Stage;
use crate::{page::PAGES, test_person::Person};

async fn every_answer(stage: &Stage) -> Vec<(String, crate::test_app::Answer)> {
    let mut answers = Vec::new();
    let signed_in = Person::new(&stage.app);
    signed_in.connect(&stage.ada.link, "ada").await.expect(200);
    for person in [Person::new(&stage.app), signed_in] {
        for page in PAGES {
            let path = page
                .path
                .replace("{token}", "symrec_x")
                .replace("{provider}", "example")
                .replace("{id}", &stage.ada.id)
                .replace("{file}", "image.svg");
            let request = TestRequest::default()
                .method(Method::from_bytes(page.method.as_bytes()).unwrap())
                .insert_header(("Accept", "text/html"))
                .uri(&path);
            answers.push((
                format!("{} {}", page.method, page.path),
                person.send(request).await,
            ));
        }
    }
    let nowhere = TestRequest::get()
        .uri("/nowhere")
        .insert_header(("Accept", "text/html"));
    answers.push(("nowhere".to_owned(), stage.app.send(nowhere).await));
    let put = TestRequest::put()
        .uri("/access")
        .insert_header(("Accept", "text/html"));
    answers.push(("wrong method".to_owned(), stage.app.send(put).await));
    answers
}

/// B19 and the headers of the policy.
#[actix_web::test]
async fn every_page_has_the_headers_of_the_policy() {
    let stage = Stage::set().await;
    for (what, answer) in every_answer(&stage).await {
        assert!(answer.status < 500, "{what}: {}", answer.status);
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{what}: {name}");
        }
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{what}"
        );
        assert!(
            !policy.contains("unsafe") && !policy.contains("script-src"),
            "{what}: {policy}"
        );
        let cached = answer.header("cache-control").unwrap();
        assert!(
            what.contains("/assets/") || cached == "no-store",
            "{what}: {cached}"
        );
        if answer.text.contains("<html") {
            assert_eq!(answer.header("x-robots-tag"), Some("noindex, nofollow"), "{what}");
            assert!(
                !answer.text.contains("<script") && !answer.text.contains(" style="),
                "{what}"
            );
            let value = stage.ada.link.trim_start_matches("/r/");
            let is_told = answer.text.contains(value) || answer.text.contains("symses_");
            assert!(!is_told, "{what}");
        }
        for cookie in answer.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            for attribute in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
                assert!(cookie.contains(attribute), "{what}: {attribute}");
            }
            assert!(
                cookie.starts_with("__Host-") && !cookie.contains("Domain"),
                "{what}"
            );
        }
    }
}

/// Only pages with a provider's button let forms lead there.
#[actix_web::test]
async fn forms_lead_to_providers_only_where_there_is_a_button() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    let policy =
        |answer: &crate::test_app::Answer| answer.header("content-security-policy").unwrap().to_owned();
    let access = ada.open(&stage.ada.link).await;
    assert!(policy(&access).contains("form-action 'self' https://provider.example;"));
    let home = ada.get("/").await;
    assert!(policy(&home).contains("form-action 'self';"));
}

/// What loads is there, may be kept, and has the right type.
#[actix_web::test]
async fn assets_are_kept_by_browsers() {
    let stage = Stage::set().await;
    let home = Person::new(&stage.app).get("/").await;
    let assets: Vec<_> = home
        .text
        .split('"')
        .filter(|text| text.starts_with("/assets/"))
        .map(ToOwned::to_owned)
        .collect();
    assert!(assets.len() >= 2, "{assets:?}");
    for path in assets {
        let answer = Person::new(&stage.app).get(&path).await;
        let kept = answer.expect(200).header("cache-control");
        assert_eq!(kept, Some("public, max-age=31536000, immutable"), "{path}");
        assert!(answer.header("content-type").is_some());
    }
    Person::new(&stage.app)
        .get("/assets/style-00000000.css")
        .await
        .expect(404);
}

/// A program that asks a page's address gets errors it can read.
#[actix_web::test]
async fn programs_get_no_pages() {
    let stage = Stage::set().await;
    let answer = stage.app.send(TestRequest::get().uri("/nowhere")).await;
    assert_eq!(answer.expect(404).json["code"], "not_found");
}

/// Who is signed in sees so on errors too, and can sign out there.
#[actix_web::test]
async fn errors_know_who_is_signed_in() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    ada.connect(&stage.ada.link, "ada").await.expect(200);
    let nothing = "/credentials/00000000-0000-7000-8000-000000000000";
    let page = ada.get(nothing).await;
    assert!(page.expect(404).text.contains("a…@example.org"));
    let csrf = Person::csrf(&page);
    let stranger = Person::new(&stage.app);
    let page = stranger.get("/verify/x/image.svg").await;
    assert!(!page.expect(404).text.contains("Sign out"));
    ada.post("/sign-out", &[("csrf", &csrf)]).await.expect(200);
}
