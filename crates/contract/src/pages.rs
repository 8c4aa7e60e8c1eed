//! Which pages are asked for, and what must be on them.

use symbolon_domain::page::{Page, PageRequest};

/// Pages of every size that matters for a list of seven, up to its end.
pub(crate) fn within_seven() -> Vec<PageRequest> {
    [
        (1, 1),
        (2, 1),
        (7, 1),
        (1, 3),
        (2, 3),
        (3, 3),
        (1, 6),
        (2, 6),
        (1, 7),
        (1, 100),
    ]
    .into_iter()
    .map(|(number, per)| PageRequest::new(number, per))
    .collect()
}

/// Pages that lie past the end of a list of seven: just so, and so far that an offset no longer fits in 64 bits, with
/// or without a sign.
pub(crate) fn past_seven() -> Vec<PageRequest> {
    [
        (8, 1),
        (4, 3),
        (2, 7),
        (2, 100),
        (1 << 31, 100),
        (1 << 32, 100),
        (1 << 57, 100),
        (1 << 58, 100),
        (1 << 63, 1),
        (u64::MAX, 1),
        (u64::MAX, 100),
    ]
    .into_iter()
    .map(|(number, per)| PageRequest::new(number, per))
    .collect()
}

/// The page that must be given of these items, which are in the promised order.
pub(crate) fn page_of<T: Clone>(items: &[T], request: PageRequest) -> Page<T> {
    let per = usize::try_from(request.per()).expect("a page fits in memory");
    let before = usize::try_from(request.number() - 1).unwrap_or(usize::MAX);
    Page {
        request,
        items: items.chunks(per).nth(before).unwrap_or_default().to_vec(),
        total_count: u64::try_from(items.len()).unwrap_or(u64::MAX),
    }
}
