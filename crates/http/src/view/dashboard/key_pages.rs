//! Pages of long lists: not numbered, but named by the entry where they begin, so that the millionth costs what the first
//! does.

use std::fmt::Write;

use super::super::percent;

/// How to get from a page of a list to those beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct KeyPages {
    /// What `before` says on the page before this one, if there is one.
    pub(crate) before: Option<String>,
    /// What `after` says on the page after this one, if there is one.
    pub(crate) after: Option<String>,
}

/// The filters of a list that has none.
pub(super) const UNFILTERED: &[(&str, String)] = &[];

impl KeyPages {
    /// Whether there is more than this page.
    pub(super) const fn are_several(&self) -> bool {
        self.before.is_some() || self.after.is_some()
    }

    /// The address of the page before, relative to the list's own address.
    pub(super) fn previous(&self, filters: &[(&'static str, String)]) -> Option<String> {
        self.before.as_deref().map(|key| query(filters, "before", key))
    }

    /// The address of the page after.
    pub(super) fn next(&self, filters: &[(&'static str, String)]) -> Option<String> {
        self.after.as_deref().map(|key| query(filters, "after", key))
    }
}

/// The filters and where the page begins.
fn query(filters: &[(&'static str, String)], name: &str, key: &str) -> String {
    let mut query = String::from("?");
    for (filter, value) in filters {
        // Writing to a `String` cannot fail.
        let _ = write!(query, "{filter}={}&", percent::encode(value));
    }
    query + &format!("{name}={}", percent::encode(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_stay_from_page_to_page() {
        let pages = KeyPages {
            before: None,
            after: Some("k/1=".into()),
        };
        assert!(pages.are_several());
        assert_eq!(pages.previous(UNFILTERED), None);
        assert_eq!(
            pages.next(&[("q", "a&b".into())]).unwrap(),
            "?q=a%26b&after=k%2F1%3D"
        );
        assert!(!KeyPages::default().are_several());
    }
}
