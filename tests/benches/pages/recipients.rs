//! The pages about recipients, which are as many as there are.

use symbolon_tests::{Form, Reply};

use crate::{
    clerk::Clerk,
    tour::{first_below, next, path_of},
};

const LIST: &str = "/dashboard/recipients";

/// What people look for: what many have, what few have, what nobody has, beginnings of words, and several words.
const SEARCHES: [&str; 12] = [
    "maria",
    "zebulon",
    "qqqq",
    "m",
    "ma",
    "gmail.com",
    "maria schmidt",
    "maria zebulon",
    "gmail lukas",
    "web.de outlook.com",
    "zebulon q",
    "maria.schmidt0@gmail.com",
];

/// The lists over all templates and on one: every filter and search in every order, at their beginning, in the middle, and at
/// their end.
pub(crate) async fn lists(clerk: &mut Clerk<'_>, count: u64, template: &str) {
    let all = clerk.times("recipients", LIST).await;
    next(clerk, "recipients", all).await;
    let places = Places::found(clerk, count).await;
    let page = clerk.opens(LIST).await;
    for (where_, narrow) in [
        ("", String::new()),
        (" of one template", format!("&template={template}")),
    ] {
        for filter in filters(&page) {
            for sort in page.choices("sort") {
                let list = format!("{LIST}?sort={sort}{filter}{narrow}");
                let name = format!("recipients{where_}{}, {sort}", filter.replace('&', ", "));
                clerk.times(&name, &list).await;
                clerk
                    .times(
                        &format!("{name}, from the middle"),
                        &format!("{list}&after={}", places.middle),
                    )
                    .await;
                let last = match sort.as_str() {
                    "newest" => &places.oldest,
                    "oldest" => &places.newest,
                    _ => &places.last_mail,
                };
                clerk
                    .times(&format!("{name}, at the end"), &format!("{list}&after={last}"))
                    .await;
            }
        }
        for search in SEARCHES {
            for sort in page.choices("sort") {
                let query = search.replace(' ', "+").replace('@', "%40");
                let name = format!("recipients{where_}, search {search:?}, {sort}");
                let list = format!("{LIST}?q={query}&sort={sort}{narrow}");
                let found = clerk.times(&name, &list).await;
                if sort == "mail" {
                    next(clerk, &name, found).await;
                }
            }
        }
        let both = format!("{LIST}?q=maria&state=claimed{narrow}");
        clerk
            .times(&format!("recipients{where_}, search \"maria\", claimed"), &both)
            .await;
    }
}

/// What can be chosen of states of credentials and of mail; first nothing.
fn filters(page: &Reply) -> Vec<String> {
    let chosen = |name: &str| -> Vec<String> {
        let choices = page.choices(name).into_iter();
        // What lets everybody through is the same for both.
        let narrower = choices.filter(|choice| choice != "all");
        narrower.map(|choice| format!("&{name}={choice}")).collect()
    };
    let mut filters = vec![String::new()];
    filters.extend(chosen("state"));
    filters.extend(chosen("mail"));
    filters
}

/// Recipients beside whom pages begin.
struct Places {
    middle: String,
    /// Near the last who was added, the first, and the last by mail address.
    newest: String,
    oldest: String,
    last_mail: String,
}

impl Places {
    async fn found(clerk: &Clerk<'_>, count: u64) -> Self {
        let middle = clerk.opens(&format!("{LIST}?q=E-{}", count / 4 * 2)).await;
        Self {
            middle: first_below(&middle, LIST).replace(&format!("{LIST}/"), ""),
            newest: Self::beyond(clerk, "sort=newest").await,
            oldest: Self::beyond(clerk, "sort=oldest").await,
            last_mail: Self::beyond(clerk, "q=zoe&sort=mail").await,
        }
    }

    /// Whom the next page comes after.
    async fn beyond(clerk: &Clerk<'_>, list: &str) -> String {
        let page = clerk.opens(&format!("{LIST}?{list}")).await;
        let next = page.beside("next").expect("more than a page of them");
        let after = next.query_pairs().find(|(name, _)| name == "after");
        let (_, id) = after.expect("the next page comes after somebody");
        id.into_owned()
    }
}

/// The page of one of them, and every question that it leads to.
pub(crate) async fn one(clerk: &mut Clerk<'_>) {
    let list = clerk.opens(LIST).await;
    let path = first_below(&list, LIST);
    let page = clerk.times("one recipient", &path).await;
    let start = format!("{path}/");
    let links = page.own_links().into_iter();
    let mut below: Vec<_> = links
        .filter_map(|link| Some(path_of(&link.parse().ok()?)))
        .filter(|link| link.starts_with(&start))
        .chain([format!("{path}/image.svg")])
        .collect();
    below.sort_unstable();
    below.dedup();
    for link in below {
        let act = link.replace(&start, "");
        clerk.times(&format!("one recipient, {act}"), &link).await;
    }
}

/// The questions that come before an act on many.
pub(crate) async fn questions(clerk: &mut Clerk<'_>, template: &str) {
    for (whom, filter) in [
        ("all", String::new()),
        ("not claimed", "?state=waiting".to_owned()),
        ("claimed", "?state=claimed".to_owned()),
        ("mail failed", "?mail=failed".to_owned()),
        ("of one template", format!("?template={template}")),
        ("search \"maria\"", "?q=maria".to_owned()),
        ("search \"maria schmidt\"", "?q=maria+schmidt".to_owned()),
        ("search \"zebulon\"", "?q=zebulon".to_owned()),
    ] {
        let list = clerk.opens(&format!("{LIST}{filter}")).await;
        for act in list.choices("act") {
            let mut form = of_many(&list).with("act", &act);
            form.fields.retain(|(name, _)| name != "id");
            let button = form.button("scope", "filter").expect("a button for all of them");
            clerk
                .times_question(&format!("{act} for many? {whom}"), &form, button)
                .await;
        }
    }
}

/// An act on as many as a page shows: the question, and the job.
pub(crate) async fn job(clerk: &mut Clerk<'_>) {
    let list = clerk.opens(LIST).await;
    let form = of_many(&list).with("act", "send_again");
    let button = form
        .button("scope", "chosen")
        .expect("a button for those who were chosen");
    let question = clerk
        .times_question("send_again for many? the chosen", &form, button)
        .await;
    let start = question.forms().into_iter().find(|form| form.has("scope"));
    let job = clerk.does(&start.expect("it applies to some of them")).await;
    clerk.times("one job", &path_of(&job.url)).await;
}

/// The form of a list that acts on many.
fn of_many(list: &Reply) -> Form {
    let found = list
        .forms()
        .into_iter()
        .find(|form| form.button("scope", "filter").is_some());
    found.unwrap_or_else(|| panic!("no acts on many at {}", list.url))
}
