//! Every page and act of the dashboard, with every kind of visitor.

use actix_web::{http::header, test::TestRequest};
use symbolon_domain::administrator::{Right, Role};

use super::office::{Clerk, Office};
use crate::{
    page::dashboard::{DASHBOARD, DashboardRoute, Needs},
    test_app::Answer,
    test_person::{Person, form},
};

/// The address of a page, with these ids in it.
fn path(route: &DashboardRoute, id: &str) -> String {
    route
        .path
        .replace("{id}", id)
        .replace("{token}", "x")
        .replace("{act}", "reset")
}

pub(super) const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

async fn ask(clerk: &Clerk<'_>, route: &DashboardRoute, id: &str) -> Answer {
    let path = path(route, id);
    match route.method {
        "GET" => clerk.get(&path).await,
        _ => {
            clerk
                .post(&path, &[("id", id), ("act", "approve"), ("asked", "0")])
                .await
        }
    }
}

pub(super) fn guarded() -> impl Iterator<Item = (&'static DashboardRoute, Right)> {
    DASHBOARD.iter().filter_map(|route| match route.needs {
        Needs::Nothing => None,
        Needs::Right(right) | Needs::RecentProof(right) => Some((route, right)),
    })
}

#[actix_web::test]
async fn nobody_sees_anything_without_signing_in() {
    let office = Office::open().await;
    let before = office.actions().await;
    for (route, _) in guarded() {
        let visitor = office.visitor();
        let request = match route.method {
            "GET" => TestRequest::get().uri(&path(route, NOBODY)),
            _ => form(&path(route, NOBODY), &[]).insert_header(("Sec-Fetch-Site", "same-origin")),
        };
        let answer = visitor
            .person
            .send(request.insert_header((header::ACCEPT, "text/html")))
            .await;
        let location = answer.expect(303).header("location").unwrap();
        assert!(
            location.starts_with("/dashboard/sign-in"),
            "{} {}",
            route.path,
            location
        );
    }
    assert_eq!(office.actions().await, before);
}

#[actix_web::test]
async fn nobody_does_what_their_role_does_not_let_them() {
    let office = Office::open().await;
    for role in [Role::Viewer, Role::Administrator] {
        let (_, clerk) = office.colleague(&format!("{role}@example.org"), role).await;
        let before = office.actions().await;
        let mut refused = 0;
        for (route, right) in guarded().filter(|(_, right)| !role.has(*right)) {
            let answer = ask(&clerk, route, NOBODY).await;
            assert!(
                answer.expect(403).text.contains("You may not do this"),
                "{role:?} {right:?} {} {}",
                route.method,
                route.path
            );
            refused += 1;
        }
        assert!(refused > 5, "{role:?}: {refused}");
        assert_eq!(office.actions().await, before, "{role:?}");
    }
}

/// B20: what is sent from elsewhere, or from a page that was made for another browser, does nothing.
#[actix_web::test]
async fn nothing_is_done_from_elsewhere() {
    let office = Office::open().await;
    let owner = office.owner().await;
    let page = owner.open("/dashboard").await;
    let csrf = Person::csrf(&page);
    let other = Person::csrf(&office.owner().await.open("/dashboard").await);
    let before = office.actions().await;
    for route in DASHBOARD.iter().filter(|route| route.method == "POST") {
        let path = path(route, NOBODY);
        let tries = [
            ("cross-site", csrf.as_str()),
            ("same-site", csrf.as_str()),
            ("same-origin", ""),
            ("same-origin", other.as_str()),
        ];
        for (site, csrf) in tries {
            let request = form(&path, &[("csrf", csrf)]).insert_header(("Sec-Fetch-Site", site));
            let answer = owner.person.send(request).await;
            assert_eq!(answer.status, 403, "{path} {site}: {}", answer.text);
        }
    }
    assert_eq!(office.actions().await, before);
    owner.get("/dashboard").await.expect(200);
}

/// B19 and the headers of the policy.
#[actix_web::test]
async fn every_page_has_the_headers_of_the_policy() {
    let office = Office::open().await;
    let owner = office.owner().await;
    for route in DASHBOARD.iter().filter(|route| route.method == "GET") {
        let answer = owner.get(&path(route, NOBODY)).await;
        let what = route.path;
        assert!(answer.status < 500, "{what}: {}", answer.text);
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{what}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{what}");
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("frame-ancestors 'none'"), "{what}: {policy}");
        assert!(!policy.contains("unsafe"), "{what}: {policy}");
        if answer.text.contains("<html") {
            assert_eq!(answer.header("x-robots-tag"), Some("noindex, nofollow"), "{what}");
            assert!(!answer.text.contains(" style="), "{what}");
            assert!(!answer.text.contains("symadm_"), "{what}");
        }
        for cookie in answer.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            for attribute in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
                assert!(cookie.contains(attribute), "{what}: {attribute}");
            }
        }
    }
}

/// Acts that ask for a recent proof ask for it, and lead back.
#[actix_web::test]
async fn who_signed_in_long_ago_proves_it_again() {
    let office = Office::open().await;
    let owner = office.owner().await;
    office.app.advance(14 * 60_000);
    owner
        .get("/dashboard/settings/account/second-factor")
        .await
        .expect(200);
    office.app.advance(60_000);
    let mut asked = 0;
    for (route, _) in guarded() {
        if !matches!(route.needs, Needs::RecentProof(_)) {
            continue;
        }
        let answer = ask(&owner, route, NOBODY).await;
        let location = answer.expect(303).header("location").unwrap();
        assert!(
            location.starts_with("/dashboard/confirm"),
            "{} {location}",
            route.path
        );
        asked += 1;
    }
    assert!(asked > 5, "{asked}");
    // A file would leave the browser where it is: they come back to the page that it stands on.
    for file in ["report", "rejects"] {
        let job = format!("/dashboard/jobs/{NOBODY}");
        let asked = owner.get(&format!("{job}/{file}.csv")).await;
        let location = asked.expect(303).header("location").unwrap();
        assert!(location.ends_with(&job.replace('/', "%2F")), "{location}");
    }
    let page = owner.open("/dashboard/settings/account/second-factor").await;
    let fields = [
        ("password", super::office::PASSWORD),
        ("next", "/dashboard/settings/account/second-factor"),
    ];
    let former = owner.session();
    let proved = owner.submit(&page, "/dashboard/confirm", &fields).await;
    let to = proved.expect(303).header("location").unwrap().to_owned();
    assert_eq!(to, "/dashboard/settings/account/second-factor");
    assert_ne!(owner.session(), former);
    owner.get(&to).await.expect(200);
}
