//! What is no page of the dashboard, and what its pages do not take.

use actix_web::{
    http::{Method, header},
    test::TestRequest,
};

use super::office::{Clerk, Office};
use crate::test_app::Answer;

/// Addresses at which there is nothing: no page, or no id in the place of one.
const NOWHERE: &[&str] = &[
    "/dashboard/",
    "/dashboard/nowhere",
    "/dashboard/nowhere/at/all.csv",
    "/dashboard/link",
    "/dashboard/recipients/",
    "/dashboard/recipients/xyz",
    "/dashboard/recipients/xyz/reset",
    "/dashboard/recipients/xyz/eat",
    "/dashboard/recipients/%ff",
    "/dashboard/templates/xyz",
    "/dashboard/templates/xyz/picture.svg",
    "/dashboard/developers/xyz",
    "/dashboard/jobs/xyz",
    "/dashboard/import/xyz/columns",
    "/dashboard/settings/administrators/xyz/remove",
];

async fn ask(clerk: &Clerk<'_>, method: Method, path: &str) -> Answer {
    let request = TestRequest::default()
        .method(method)
        .uri(path)
        .insert_header((header::ACCEPT, "text/html"));
    clerk.person.send(request).await
}

/// Whether a page has the way to everywhere else.
fn is_in_the_dashboard(answer: &Answer) -> bool {
    answer.text.contains("<nav") && answer.text.contains("href=\"/dashboard/recipients\"")
}

#[actix_web::test]
async fn where_there_is_nothing_the_way_on_stands() {
    let office = Office::open().await;
    let owner = office.owner().await;
    for path in NOWHERE {
        let answer = owner.get(path).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.text);
        assert!(
            answer.text.contains("There is no such page"),
            "{path}: {}",
            answer.text
        );
        assert!(is_in_the_dashboard(&answer), "{path}: {}", answer.text);
    }
    let posted = owner.post("/dashboard/nowhere", &[]).await;
    assert!(is_in_the_dashboard(posted.expect(404)), "{}", posted.text);
    let beside = owner.get("/dashboards").await;
    assert!(!is_in_the_dashboard(beside.expect(404)), "{}", beside.text);
}

#[actix_web::test]
async fn a_page_says_which_methods_it_takes() {
    let office = Office::open().await;
    let owner = office.owner().await;
    for (method, path, taken) in [
        (Method::PUT, "/dashboard", "GET, HEAD"),
        (Method::POST, "/dashboard/recipients", "GET, HEAD"),
        (Method::DELETE, "/dashboard/recipients/new", "GET, HEAD, POST"),
        (Method::GET, "/dashboard/recipients/bulk/start", "POST"),
        (Method::GET, "/dashboard/sign-out", "POST"),
    ] {
        let answer = ask(&owner, method, path).await;
        assert_eq!(answer.status, 405, "{path}: {}", answer.text);
        assert_eq!(answer.header("allow"), Some(taken), "{path}");
        assert!(
            answer.text.contains("cannot be used that way"),
            "{path}: {}",
            answer.text
        );
        assert!(is_in_the_dashboard(&answer), "{path}: {}", answer.text);
    }
}

/// Whoever is not signed in cannot tell what is there from what is not.
#[actix_web::test]
async fn strangers_do_not_learn_which_pages_there_are() {
    let office = Office::open().await;
    let visitor = office.visitor();
    let known = ask(&visitor, Method::GET, "/dashboard/recipients").await;
    for path in NOWHERE.iter().filter(|path| !path.contains('%')) {
        let answer = ask(&visitor, Method::GET, path).await;
        let next = form_urlencoded(path);
        let to = format!("/dashboard/sign-in?next={next}");
        assert_eq!(answer.expect(303).header("location"), Some(to.as_str()), "{path}");
        assert_eq!(answer.text, known.text, "{path}");
        assert_eq!(names(&answer), names(&known), "{path}");
    }
    for (method, path) in [
        (Method::PUT, "/dashboard/recipients"),
        (Method::PUT, "/dashboard/nowhere"),
        (Method::POST, "/dashboard/nowhere"),
        (Method::POST, "/dashboard/recipients"),
        (Method::GET, "/dashboard/sign-out"),
    ] {
        let answer = ask(&visitor, method, path).await;
        let to = answer.expect(303).header("location").unwrap();
        assert!(to.starts_with("/dashboard/sign-in"), "{path} {to}");
        assert_eq!(answer.header("allow"), None, "{path}");
    }
}

fn form_urlencoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn names(answer: &Answer) -> Vec<String> {
    let mut names: Vec<_> = answer.headers.keys().map(ToString::to_string).collect();
    names.sort_unstable();
    names
}
