//! Reading the token from the `Authorization` header, in all the forms that clients of Credly's API send.
//!
//! Off-the-shelf Basic parsers refuse credentials without a colon, which real clients send; so the parser is ours.

use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use zeroize::Zeroizing;

/// The longest header value that is looked at, in bytes; a token needs about 70.
pub const MAX_LENGTH: usize = 512;

/// Base64 with or without `=` at the end.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What the header shows.
#[derive(Debug, PartialEq, Eq)]
pub enum Shown {
    /// Something that may be a token.
    Text(Zeroizing<String>),
    /// Nothing, or nothing that can be read.
    Nothing,
    /// Two headers: proxies and servers disagree which one counts, so neither does.
    Ambiguous,
}

/// What the request shows as its token.
#[must_use]
pub fn shown(headers: &HeaderMap) -> Shown {
    let mut values = headers.get_all(AUTHORIZATION);
    let first = values.next();
    if values.next().is_some() {
        return Shown::Ambiguous;
    }
    first
        .filter(|value| value.len() <= MAX_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(token_text)
        .map_or(Shown::Nothing, Shown::Text)
}

/// The token in the value of one header.
///
/// `Basic` carries it as the user name, with a blank password, with any password (which is ignored), or without a
/// colon at all; `Bearer` carries it as it is. The scheme's case does not matter.
///
/// ```
/// use symbolon_http::basic_auth::token_text;
///
/// let token = token_text("Basic SFRkYXVTanFYeWVzNUxieExPNUdadzo=").unwrap();
/// assert_eq!(token.as_str(), "HTdauSjqXyes5LbxLO5GZw");
/// ```
#[must_use]
pub fn token_text(value: &str) -> Option<Zeroizing<String>> {
    let (scheme, rest) = value.split_once(' ')?;
    let rest = rest.trim_matches(' ');
    let token = if scheme.eq_ignore_ascii_case("basic") {
        let decoded = Zeroizing::new(BASE64.decode(rest).ok()?);
        let user_name = decoded.split(|byte| *byte == b':').next()?;
        Zeroizing::new(std::str::from_utf8(user_name).ok()?.to_owned())
    } else if scheme.eq_ignore_ascii_case("bearer") {
        Zeroizing::new(rest.to_owned())
    } else {
        return None;
    };
    (!token.is_empty()).then_some(token)
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    const SEED_TOKEN: &str = "HTdauSjqXyes5LbxLO5GZw";

    fn text(value: &str) -> Option<String> {
        token_text(value).map(|token| token.as_str().to_owned())
    }

    fn basic(credentials: &str) -> String {
        format!("Basic {}", BASE64.encode(credentials))
    }

    #[test]
    fn the_seeds_vector_parses_to_its_token() {
        assert_eq!(
            text("Basic SFRkYXVTanFYeWVzNUxieExPNUdadzo=").as_deref(),
            Some(SEED_TOKEN)
        );
    }

    #[test]
    fn all_four_forms_carry_the_same_token() {
        for value in [
            basic(&format!("{SEED_TOKEN}:")),
            basic(SEED_TOKEN),
            basic(&format!("{SEED_TOKEN}:''")),
            basic(&format!("{SEED_TOKEN}:a:b")),
            format!("Bearer {SEED_TOKEN}"),
            format!("bearer {SEED_TOKEN}"),
            basic(SEED_TOKEN).replace("Basic", "bAsIc"),
            "Basic SFRkYXVTanFYeWVzNUxieExPNUdadzo".to_owned(),
            basic(&format!("{SEED_TOKEN}:")).replace(' ', "  "),
        ] {
            assert_eq!(text(&value).as_deref(), Some(SEED_TOKEN), "{value}");
        }
    }

    #[test]
    fn what_is_not_a_credential_is_nothing() {
        for value in [
            "",
            "Basic",
            "Basic ",
            "Basic !!!",
            "Basic Og==",
            "Bearer ",
            "Digest abc",
            "Token abc",
            "Basic SFRk_-==",
            "Basic /w==",
        ] {
            assert_eq!(text(value), None, "{value}");
        }
    }

    #[test]
    fn white_space_inside_a_basic_credential_stays_and_will_not_match() {
        assert_eq!(text(&basic(" x :")).as_deref(), Some(" x "));
    }

    #[test]
    fn two_headers_are_ambiguous_and_long_ones_are_nothing() {
        let mut headers = HeaderMap::new();
        assert_eq!(shown(&headers), Shown::Nothing);
        headers.insert(
            AUTHORIZATION,
            HeaderValue::from_str(&format!("Bearer {}", "x".repeat(600))).unwrap(),
        );
        assert_eq!(shown(&headers), Shown::Nothing);
        headers.insert(
            AUTHORIZATION,
            HeaderValue::from_bytes(b"Bearer \xff\xfe").unwrap(),
        );
        assert_eq!(shown(&headers), Shown::Nothing);
        headers.insert(AUTHORIZATION, HeaderValue::from_static("Bearer a"));
        headers.append(AUTHORIZATION, HeaderValue::from_static("Bearer a"));
        assert_eq!(shown(&headers), Shown::Ambiguous);
    }

    proptest! {
        #[test]
        fn no_header_makes_it_panic(value: String) {
            let _ = token_text(&value);
        }

        #[test]
        fn any_user_name_comes_back(name in "[!-9;-~]{1,60}", password in "[ -~]{0,40}") {
            let credentials = format!("{name}:{password}");
            prop_assert_eq!(text(&basic(&credentials)), Some(name));
        }
    }
}
