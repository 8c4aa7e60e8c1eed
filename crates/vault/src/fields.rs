//! Fields put one after the other so that no two different lists of fields give the same bytes.

/// Hands each field to `sink`, preceded by its length as eight bytes, most significant first.
pub(crate) fn feed(fields: &[&[u8]], mut sink: impl FnMut(&[u8])) {
    for field in fields {
        let length = u64::try_from(field.len()).expect("no machine addresses more than 2^64 bytes");
        sink(&length.to_be_bytes());
        sink(field);
    }
}

/// The same, in one piece.
pub(crate) fn joined(fields: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(fields.iter().map(|field| 8 + field.len()).sum());
    feed(fields, |piece| bytes.extend_from_slice(piece));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_told_apart() {
        let lists: [&[&[u8]]; 6] = [
            &[],
            &[b""],
            &[b"", b""],
            &[b"abc"],
            &[b"a", b"bc"],
            &[b"ab", b"c"],
        ];
        for (place, one) in lists.iter().enumerate() {
            for other in lists.iter().skip(place + 1) {
                assert_ne!(joined(one), joined(other), "{one:?} and {other:?}");
            }
        }
    }

    #[test]
    fn the_form_is_fixed() {
        assert_eq!(joined(&[b"ab"]), [0, 0, 0, 0, 0, 0, 0, 2, b'a', b'b']);
    }
}
