//! What holds for every page: it is named, has one heading, labels what it asks for, and carries no script or style of
//! its own.

use std::collections::HashSet;

use scraper::{ElementRef, Html, Selector};

use super::super::{
    Language, dashboard,
    samples::{self, Sample},
};

fn each(check: impl Fn(&Sample, &Html)) {
    for language in [Language::English, Language::German] {
        for sample in samples::all(language) {
            check(&sample, &Html::parse_document(&sample.html));
        }
    }
    for sample in dashboard::samples::all() {
        check(&sample, &Html::parse_document(&sample.html));
    }
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

#[test]
fn a_page_says_its_language_title_and_one_heading() {
    each(|sample, page| {
        let name = &sample.name;
        assert!(!page.root_element().attr("lang").unwrap().is_empty(), "{name}");
        let headings = select(page, "h1");
        assert_eq!(headings.len(), 1, "{name}");
        let titles = select(page, "head > title");
        assert_eq!(
            text(titles[0]),
            format!("{} – Symbolon", text(headings[0])),
            "{name}"
        );
        for landmark in ["header", "main#main", "footer", "a.skip[href='#main']"] {
            assert_eq!(select(page, landmark).len(), 1, "{name}: {landmark}");
        }
        let is_inside = !select(page, "body.dashboard").is_empty();
        assert_eq!(
            select(page, "header nav[aria-label]").len(),
            usize::from(is_inside),
            "{name}"
        );
    });
}

#[test]
fn a_page_carries_no_style_and_scripts_only_from_files() {
    each(|sample, page| {
        let name = &sample.name;
        let scripts = select(page, "script");
        for script in &scripts {
            let address = script.attr("src").unwrap();
            assert!(address.starts_with("/symbolon/assets/"), "{name}: {address}");
            assert_eq!(text(*script), "", "{name}");
        }
        assert!(
            scripts.is_empty() || !select(page, "body.dashboard").is_empty(),
            "{name}: only the dashboard has scripts"
        );
        let forbidden =
            "style, iframe, object, embed, base, link[rel=stylesheet]:not([href^='/symbolon/assets/'])";
        assert!(select(page, forbidden).is_empty(), "{name}");
        for element in select(page, "*") {
            for (attribute, value) in element.value().attrs() {
                assert!(
                    attribute != "style" && !attribute.starts_with("on"),
                    "{name}: {attribute}"
                );
                assert!(
                    !value.trim_start().to_ascii_lowercase().starts_with("javascript:"),
                    "{name}"
                );
            }
        }
    });
}

#[test]
fn a_page_loads_and_sends_to_its_own_host_only() {
    each(|sample, page| {
        for element in select(page, "[src], [action], link[href]") {
            let value = element.value();
            let address = ["src", "action", "href"]
                .into_iter()
                .find_map(|name| value.attr(name));
            assert!(
                address.unwrap().starts_with("/symbolon/"),
                "{}: {address:?}",
                sample.name
            );
        }
        for link in select(page, "a[href]") {
            let address = link.attr("href").unwrap();
            let is_known = [
                "#",
                "?",
                "/symbolon/",
                "mailto:",
                "https://academy.example.org",
                "https://www.linkedin.com/",
            ]
            .into_iter()
            .any(|start| address.starts_with(start));
            assert!(is_known, "{}: {address}", sample.name);
        }
    });
}

#[test]
fn what_a_page_asks_for_is_labelled() {
    each(|sample, page| {
        for input in select(page, "input:not([type=hidden]), select, textarea") {
            let id = input.attr("id").expect("every field has an id");
            assert_eq!(
                select(page, &format!("label[for={id}]")).len(),
                1,
                "{}: {id}",
                sample.name
            );
        }
        for form in select(page, "form[method=post]") {
            let csrf = Selector::parse("input[type=hidden][name=csrf]").unwrap();
            assert_eq!(form.select(&csrf).count(), 1, "{}", sample.name);
        }
        for button in select(page, "button, a") {
            assert!(!text(button).is_empty(), "{}: {}", sample.name, button.html());
        }
        for picture in select(page, "img") {
            assert!(!picture.attr("alt").unwrap().is_empty(), "{}", sample.name);
        }
    });
}

#[test]
fn references_within_a_page_lead_somewhere() {
    each(|sample, page| {
        let named: Vec<_> = select(page, "[id]")
            .iter()
            .filter_map(|element| element.attr("id"))
            .collect();
        let ids: HashSet<_> = named.iter().copied().collect();
        assert_eq!(ids.len(), named.len(), "{}", sample.name);
        for element in select(page, "[aria-labelledby], [aria-describedby]") {
            let value = element.value();
            for list in ["aria-labelledby", "aria-describedby"]
                .into_iter()
                .filter_map(|name| value.attr(name))
            {
                assert!(
                    list.split(' ').all(|id| ids.contains(id)),
                    "{}: {list}",
                    sample.name
                );
            }
        }
    });
}

#[test]
fn every_sentence_is_filled() {
    each(|sample, page| {
        // A pattern for secret scanners has braces of its own.
        let patterns: Vec<_> = select(page, "code").into_iter().map(text).collect();
        let text: String = page.root_element().text().collect();
        let text = patterns
            .iter()
            .fold(text, |text, pattern| text.replace(pattern, ""));
        assert!(!text.contains(['{', '}']), "{}: {text}", sample.name);
    });
}

#[test]
fn names_are_not_used_twice() {
    let mut samples = samples::all(Language::English);
    samples.extend(dashboard::samples::all());
    let names: HashSet<_> = samples.iter().map(|sample| &sample.name).collect();
    assert_eq!(names.len(), samples.len());
}

#[test]
fn the_page_for_an_access_token_does_not_say_whose_it_is() {
    each(|sample, _| {
        if sample.name.starts_with("access-") || sample.name.starts_with("closed-") {
            assert!(!sample.html.contains("Lovelace"), "{}", sample.name);
        }
    });
}
