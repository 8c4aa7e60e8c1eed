//! Cuts a page out of a list.

use symbolon_domain::page::{Page, PageRequest};

/// The page of these items, which are in order.
pub(crate) fn cut<T: Clone>(items: &[T], request: PageRequest) -> Page<T> {
    // Beyond what memory can hold there is nothing.
    let offset = usize::try_from(request.offset()).unwrap_or(usize::MAX);
    let per = usize::try_from(request.per()).unwrap_or(usize::MAX);
    Page {
        request,
        items: items.iter().skip(offset).take(per).cloned().collect(),
        total_count: u64::try_from(items.len()).unwrap_or(u64::MAX),
    }
}
