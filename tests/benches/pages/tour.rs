//! Every page of the dashboard that somebody who looks around comes to.

use symbolon_tests::Reply;

use crate::{clerk::Clerk, recipients};

pub(crate) async fn everything(clerk: &mut Clerk<'_>, count: u64) {
    clerk.times("overview", "/dashboard").await;
    developers(clerk).await;
    let template = templates(clerk).await;
    recipients::lists(clerk, count, &template).await;
    recipients::one(clerk).await;
    recipients::questions(clerk, &template).await;
    clerk.times("add a recipient", "/dashboard/recipients/new").await;
    clerk.times("import", "/dashboard/import").await;
    let queue = clerk.times("reset requests", "/dashboard/reset-requests").await;
    next(clerk, "reset requests", queue).await;
    activity(clerk, count).await;
    for page in ["", "/administrators", "/account"] {
        let path = format!("/dashboard/settings{page}");
        clerk.times(&format!("settings{page}"), &path).await;
    }
    clerk.times("jobs", "/dashboard/jobs").await;
    // Last, for it goes on beside what comes after it.
    recipients::job(clerk).await;
}

async fn developers(clerk: &mut Clerk<'_>) {
    let path = "/dashboard/developers";
    let list = clerk.times("authorization tokens", path).await;
    clerk
        .times("authorization tokens, all", &format!("{path}?show=all"))
        .await;
    clerk
        .times("create an authorization token", &format!("{path}/new"))
        .await;
    let one = first_below(&list, path);
    clerk.times("one authorization token", &one).await;
    for act in ["rotate", "revoke"] {
        clerk
            .times(&format!("{act} an authorization token?"), &format!("{one}/{act}"))
            .await;
    }
}

/// Gives the id of one of them.
async fn templates(clerk: &mut Clerk<'_>) -> String {
    let path = "/dashboard/templates";
    let list = clerk.times("templates", path).await;
    clerk.times("create a template", &format!("{path}/new")).await;
    let one = first_below(&list, path);
    clerk.times("one template", &one).await;
    for act in ["edit", "pause", "delete"] {
        clerk
            .times(&format!("{act} a template"), &format!("{one}/{act}"))
            .await;
    }
    clerk
        .times("picture of a template", &format!("{one}/picture.svg"))
        .await;
    one.rsplit('/').next().unwrap_or_default().to_owned()
}

async fn activity(clerk: &mut Clerk<'_>, count: u64) {
    let path = "/dashboard/activity";
    let log = clerk.times("activity", path).await;
    let (kinds, actors) = (log.choices("what"), log.choices("actor"));
    next(clerk, "activity", log).await;
    let middle = format!("{path}?after={}", count / 2);
    clerk.times("activity, in the middle", &middle).await;
    for kind in &kinds {
        let name = format!("activity, what {kind}");
        clerk.times(&name, &format!("{path}?what={kind}")).await;
    }
    for actor in &actors {
        let name = format!("activity, who {actor}");
        clerk.times(&name, &format!("{path}?actor={actor}")).await;
        for kind in &kinds {
            let name = format!("activity, what {kind}, who {actor}");
            let path = format!("{path}?what={kind}&actor={actor}");
            clerk.times(&name, &path).await;
        }
    }
    for days in [
        "since=2025-03-01",
        "until=2025-03-01",
        "since=2025-03-01&until=2025-03-31",
        "until=2000-01-01",
        "what=recipients&until=2025-03-01",
    ] {
        clerk
            .times(&format!("activity, {days}"), &format!("{path}?{days}"))
            .await;
    }
}

/// Times the page that a list goes on with, where it does.
pub(crate) async fn next(clerk: &mut Clerk<'_>, name: &str, page: Reply) {
    if let Some(next) = page.beside("next") {
        let path = path_of(&next);
        clerk.times(&format!("{name}, second page"), &path).await;
    }
}

/// The path of the first link on a page that leads to something with an id below this path.
pub(crate) fn first_below(page: &Reply, path: &str) -> String {
    const ID: usize = "00000000-0000-0000-0000-000000000000".len();
    let is_one = |link: &String| {
        let below = link.strip_prefix(path).and_then(|rest| rest.strip_prefix('/'));
        below.is_some_and(|id| id.len() == ID)
    };
    let links = page.own_links();
    let paths = links.iter().filter_map(|link| Some(path_of(&link.parse().ok()?)));
    paths
        .into_iter()
        .find(is_one)
        .unwrap_or_else(|| panic!("nothing below {path} at {}, answered {}", page.url, page.status))
}

/// The path of an address of the service, with its query.
pub(crate) fn path_of(address: &url::Url) -> String {
    match address.query() {
        Some(query) => format!("{}?{query}", address.path()),
        None => address.path().to_owned(),
    }
}
