//! Pages of a list: numbered from 1, 50 items by default, at most 100.

/// Which page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    number: u64,
    per: u64,
}

impl PageRequest {
    /// Items on a page when nothing else is asked for.
    pub const DEFAULT_PER: u64 = 50;
    /// The most items a page holds.
    pub const MAX_PER: u64 = 100;

    /// The page with this number and size; the number starts at 1, the size is clamped to 1–100.
    ///
    /// ```
    /// use symbolon_domain::page::PageRequest;
    ///
    /// let page = PageRequest::new(3, 1_000);
    /// assert_eq!((page.number(), page.per(), page.offset()), (3, 100, 200));
    /// ```
    #[must_use]
    pub fn new(number: u64, per: u64) -> Self {
        Self {
            number: number.max(1),
            per: per.clamp(1, Self::MAX_PER),
        }
    }

    /// The number of the page, from 1.
    #[must_use]
    pub fn number(self) -> u64 {
        self.number
    }

    /// How many items it holds at most, 1–100.
    #[must_use]
    pub fn per(self) -> u64 {
        self.per
    }

    /// How many items lie before it; a number beyond what can be counted stays there.
    #[must_use]
    pub fn offset(self) -> u64 {
        (self.number - 1).saturating_mul(self.per)
    }
}

/// The first page of 50.
impl Default for PageRequest {
    fn default() -> Self {
        Self::new(1, Self::DEFAULT_PER)
    }
}

/// One page of a list, with the size of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// What was asked for.
    pub request: PageRequest,
    /// At most [`PageRequest::per`] items; empty past the end.
    pub items: Vec<T>,
    /// Items on all pages, exact at the moment the page was read.
    pub total_count: u64,
}

impl<T> Page<T> {
    /// How many pages there are; 1 for an empty list, as clients count from 1 to it.
    #[must_use]
    pub fn total_pages(&self) -> u64 {
        self.total_count.div_ceil(self.request.per()).max(1)
    }

    /// The number of the page before this one, if there is one with items.
    #[must_use]
    pub fn previous(&self) -> Option<u64> {
        let before = self
            .request
            .number()
            .checked_sub(1)
            .filter(|number| *number > 0)?;
        Some(before.min(self.total_pages()))
    }

    /// The number of the page after this one, if it has items.
    #[must_use]
    pub fn next(&self) -> Option<u64> {
        self.request
            .number()
            .checked_add(1)
            .filter(|number| *number <= self.total_pages())
    }

    /// The same page with every item turned into something else.
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        Page {
            request: self.request,
            items: self.items.into_iter().map(turn).collect(),
            total_count: self.total_count,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn page(number: u64, per: u64, total_count: u64) -> Page<()> {
        Page {
            request: PageRequest::new(number, per),
            items: Vec::new(),
            total_count,
        }
    }

    #[test]
    fn an_empty_list_has_one_page_and_no_neighbours() {
        let empty = page(1, 50, 0);
        assert_eq!(
            (empty.total_pages(), empty.previous(), empty.next()),
            (1, None, None)
        );
    }

    #[test]
    fn past_the_end_the_way_back_leads_to_the_last_page() {
        let past = page(9, 50, 101);
        assert_eq!(
            (past.total_pages(), past.previous(), past.next()),
            (3, Some(3), None)
        );
    }

    proptest! {
        #[test]
        fn following_next_visits_every_page_once(per in 1u64..=100, total in 0u64..5_000) {
            let mut number = 1;
            let mut visited = 1;
            while let Some(next) = page(number, per, total).next() {
                prop_assert_eq!(page(next, per, total).previous(), Some(number));
                number = next;
                visited += 1;
            }
            prop_assert_eq!(visited, page(1, per, total).total_pages());
        }

        #[test]
        fn no_number_overflows(number: u64, per: u64, total: u64) {
            let page = page(number, per, total);
            prop_assert!(page.request.offset() >= page.request.number() - 1 || page.request.offset() == u64::MAX);
            prop_assert!(page.total_pages() >= 1);
            let _ = (page.previous(), page.next());
        }
    }
}
