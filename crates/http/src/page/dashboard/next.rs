//! Where somebody goes on to after signing in: only ever within the dashboard.

use actix_web::{HttpRequest, web::Data};
use url::Url;

use super::{DASHBOARD, htmx, nowhere};
use crate::{State, view::dashboard::paths};

/// The most characters that are carried along.
const LONGEST: usize = 500;

/// A path of the dashboard, with its query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Next(String);

impl Next {
    /// The page that somebody asks for. Of an act it is the nearest page above it: what was sent is not done later. Of a file
    /// it is the page that it stands on: a file would leave the browser where it is.
    pub(super) fn of(request: &HttpRequest) -> Self {
        // A part of a page is asked for: the page is the one that the browser shows.
        if let Some(shown) = htmx::shown(request) {
            return Self::shown(request, &shown);
        }
        if matches!(request.method().as_str(), "GET" | "HEAD") {
            let path = request.uri().path_and_query().map_or("", |path| path.as_str());
            return match page_of_file(request) {
                Some(page) => {
                    let query = request.uri().query().map(|query| format!("?{query}"));
                    Self::read(Some(&(page.to_owned() + &query.unwrap_or_default())))
                }
                None => Self::read(Some(path)),
            };
        }
        let mut pattern = request.match_pattern().unwrap_or_default();
        if pattern == nowhere::PATH {
            return Self::default();
        }
        let mut path = request.path().to_owned();
        while !is_page(&pattern) && !path.is_empty() {
            pattern.truncate(pattern.rfind('/').unwrap_or(0));
            path.truncate(path.rfind('/').unwrap_or(0));
        }
        Self::read(Some(&path))
    }

    fn shown(request: &HttpRequest, shown: &Url) -> Self {
        let state = request.app_data::<Data<State>>();
        let base = state.map_or("", |state| state.public_url.base());
        let Some(path) = shown.path().strip_prefix(base) else {
            return Self::default();
        };
        let query = shown.query().map(|query| format!("?{query}"));
        Self::read(Some(&(path.to_owned() + &query.unwrap_or_default())))
    }

    /// What a form or an address carries, if it is a path of the dashboard; otherwise the overview.
    ///
    /// What browsers read otherwise than it looks is none: two slashes, a backslash, percent signs before the query, anything
    /// but printable ASCII.
    pub(super) fn read(text: Option<&str>) -> Self {
        let Some(text) = text.filter(|text| text.len() <= LONGEST) else {
            return Self::default();
        };
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let is_ours = path == paths::OVERVIEW
            || path
                .strip_prefix(paths::OVERVIEW)
                .is_some_and(|rest| rest.starts_with('/'));
        let is_plain = path
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.'));
        let is_clean = !path.contains("//") && !path.contains("..");
        let is_query = query.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        if is_ours && is_plain && is_clean && is_query {
            Self(text.to_owned())
        } else {
            Self::default()
        }
    }

    /// The path, below the base path.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// As forms and addresses carry it: empty for the overview.
    pub(super) fn carried(&self) -> String {
        if self.0 == paths::OVERVIEW {
            String::new()
        } else {
            self.0.clone()
        }
    }
}

/// The page that a file to take away stands on.
fn page_of_file(request: &HttpRequest) -> Option<&str> {
    let (path, pattern) = (request.path(), request.match_pattern()?);
    let kind = [".csv", ".jsonl"]
        .into_iter()
        .find(|kind| pattern.ends_with(kind))?;
    if is_page(pattern.strip_suffix(kind)?) {
        return path.strip_suffix(kind);
    }
    let ((above, _), (pattern, _)) = (path.rsplit_once('/')?, pattern.rsplit_once('/')?);
    is_page(pattern).then_some(above)
}

/// Whether something can be looked at there.
fn is_page(pattern: &str) -> bool {
    DASHBOARD
        .iter()
        .any(|page| page.method == "GET" && page.path == pattern)
}

impl Default for Next {
    fn default() -> Self {
        Self(paths::OVERVIEW.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// B12.
    #[test]
    fn it_never_leaves_the_dashboard() {
        for elsewhere in [
            "",
            "/",
            "//e",
            "/\\e",
            "https:e",
            "https://e.example/dashboard",
            "%2f%2fe",
            "javascript:alert(1)",
            "/dashboards",
            "/dashboard//e.example",
            "/dashboard/../credentials",
            "/dashboard/%2e%2e/credentials",
            "/dashboard\\@e.example",
            "/dashboard/x\r\nLocation: https://e.example",
            "/dashboard?x=\u{202e}",
            "/credentials",
            &format!("/dashboard/{}", "x".repeat(LONGEST)),
        ] {
            assert_eq!(Next::read(Some(elsewhere)), Next::default(), "{elsewhere}");
        }
        assert_eq!(Next::read(None).as_str(), "/dashboard");
    }

    #[test]
    fn it_leads_back_to_a_page_and_its_query() {
        for page in [
            "/dashboard",
            "/dashboard/developers",
            "/dashboard/recipients?q=ada&state=claimed",
        ] {
            assert_eq!(Next::read(Some(page)).as_str(), page);
        }
        assert_eq!(Next::default().carried(), "");
        assert_eq!(
            Next::read(Some("/dashboard/developers")).carried(),
            "/dashboard/developers"
        );
    }
}
