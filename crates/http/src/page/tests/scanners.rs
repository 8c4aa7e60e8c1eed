//! What machines do to a link before its recipient does.

use actix_web::{http::Method, test::TestRequest};

use super::Stage;
use crate::test_person::Person;

/// B01: opened a hundred times, with whatever headers, a link binds nothing and begins no session.
#[actix_web::test]
async fn opening_a_link_binds_nothing() {
    let stage = Stage::set().await;
    for number in 0..100 {
        let scanner = Person::new(&stage.app);
        let mut request = TestRequest::get().uri(&stage.ada.link);
        if number % 2 == 0 {
            request = request.method(Method::HEAD);
        }
        if number % 3 == 0 {
            request = request.insert_header(("Sec-Purpose", "prefetch"));
        }
        let answer = scanner.send(request).await;
        answer.expect(303);
        assert_eq!(answer.header("location"), Some("/access"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(answer.header("x-robots-tag"), Some("noindex, nofollow"));
        assert_eq!(answer.text, "");
        let names: Vec<_> = scanner.cookies.borrow().keys().cloned().collect();
        assert_eq!(names, ["__Host-symbolon-access"]);
        scanner.get("/access").await.expect(200);
    }
    assert_eq!(stage.token().await, ("free".to_owned(), serde_json::Value::Null));
    assert_eq!(
        stage
            .app
            .ports
            .sessions
            .forget(stage.app.now().plus_seconds(1_000_000_000))
            .await
            .unwrap(),
        0
    );
}

/// B01: opens are counted, for what they are worth; a HEAD is none.
#[actix_web::test]
async fn opens_are_counted() {
    let stage = Stage::set().await;
    let scanner = Person::new(&stage.app);
    scanner.get(&stage.ada.link).await.expect(303);
    scanner.get(&stage.ada.link).await.expect(303);
    let head = TestRequest::default().method(Method::HEAD).uri(&stage.ada.link);
    scanner.send(head).await.expect(303);
    let ports = &stage.app.ports;
    ports.opens.flush(ports.access.as_ref()).await.unwrap();
    let token = stage.badge().await["access_token"].clone();
    assert_eq!(token["opens"], 2);
    assert!(token["first_opened_at"].is_string());
}

/// B02: even a scanner that presses the button binds nothing; it leaves a few sign-ins that nobody finishes.
#[actix_web::test]
async fn pressing_the_button_binds_nothing() {
    let stage = Stage::set().await;
    let scanner = Person::new(&stage.app);
    for _ in 0..25 {
        let page = scanner.open(&stage.ada.link).await;
        page.expect(200);
        scanner.press(&page, "/access").await;
    }
    assert_eq!(stage.token().await.0, "free");
    let later = stage.app.now().plus_seconds(3_600);
    assert_eq!(stage.app.ports.sign_ins.forget(later).await.unwrap(), 20);
}

/// The page names the recipient by the first name only: whoever has the link may be anybody.
#[actix_web::test]
async fn the_access_page_tells_little() {
    let stage = Stage::set().await;
    let page = Person::new(&stage.app).open(&stage.ada.link).await;
    assert!(page.text.contains("Ada") && page.text.contains("Programming"));
    for told in ["Lovelace", "countess@example.org", "symrec_"] {
        assert!(!page.text.contains(told), "{told}");
    }
}
