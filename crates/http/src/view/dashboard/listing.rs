//! Lists in pages: which one it is, and how to get to the others.

use std::fmt::Write;

use super::super::{holdings::Pager, percent};

/// Which page of a list this is, and what the list is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listing {
    /// Which page.
    pub(crate) pager: Pager,
    /// How many entries all pages have together.
    pub(crate) total: u64,
    /// What the address says besides the page: names and values of the filters that are set.
    pub(crate) filters: Vec<(&'static str, String)>,
}

impl Listing {
    /// The only page of a list without filters.
    #[cfg(test)]
    pub(crate) const fn only(total: u64) -> Self {
        Self {
            pager: Pager { number: 1, pages: 1 },
            total,
            filters: Vec::new(),
        }
    }

    /// The address of the page before, if there is one.
    pub(super) fn before(&self) -> Option<String> {
        let number = self.pager.number.min(self.pager.pages + 1).checked_sub(1)?;
        (number > 0).then(|| self.query(number))
    }

    /// The address of the page after, if there is one.
    pub(super) fn after(&self) -> Option<String> {
        (self.pager.number < self.pager.pages).then(|| self.query(self.pager.number + 1))
    }

    /// Where it is: "Page 2 of 14".
    pub(super) fn place(&self) -> String {
        format!(
            "Page {} of {}",
            grouped(self.pager.number),
            grouped(self.pager.pages)
        )
    }

    /// The filters and the page, relative to the list's own address.
    fn query(&self, number: u64) -> String {
        let mut query = String::from("?");
        for (name, value) in &self.filters {
            // Writing to a `String` cannot fail.
            let _ = write!(query, "{name}={}&", percent::encode(value));
        }
        query + &format!("page={number}")
    }
}

/// A number with its digits in groups: `1,000,000`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with its noun: "1 template", "1,200 templates".
pub(super) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (123_456, "123,456"),
            (1_000_000, "1,000,000"),
        ] {
            assert_eq!(grouped(number), text);
        }
        assert_eq!(counted(1, "token", "tokens"), "1 token");
        assert_eq!(counted(1_200, "token", "tokens"), "1,200 tokens");
    }

    #[test]
    fn filters_stay_from_page_to_page() {
        let at = |number| Listing {
            pager: Pager { number, pages: 3 },
            total: 70,
            filters: vec![("search", "a&b=c".into())],
        };
        assert_eq!(at(1).before(), None);
        assert_eq!(at(1).after().unwrap(), "?search=a%26b%3Dc&page=2");
        assert_eq!(at(3).after(), None);
        assert_eq!(at(9).before().unwrap(), "?search=a%26b%3Dc&page=3");
    }
}
