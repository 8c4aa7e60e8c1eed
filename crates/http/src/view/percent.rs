//! Percent-encoding of what goes into a URL.

use std::fmt::Write;

/// The text with everything encoded but letters, digits and `-._~`.
pub(super) fn encode(text: &str) -> String {
    encode_except(text, "")
}

/// The text with everything encoded but letters, digits, `-._~` and these.
pub(super) fn encode_except(text: &str, kept: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        let plain = char::from(byte);
        if byte.is_ascii_alphanumeric() || "-._~".contains(plain) || kept.contains(plain) {
            encoded.push(plain);
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_a_url_is_encoded() {
        assert_eq!(encode("Ä&b=c d/~"), "%C3%84%26b%3Dc%20d%2F~");
        assert_eq!(encode_except("a@b+ü", "@+"), "a@b+%C3%BC");
    }
}
