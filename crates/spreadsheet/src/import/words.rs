//! Dates, languages, and yes or no, as people write them in spreadsheets.

use symbolon_domain::{recipient::Locale, service::issue_credentials::ExpiryWish, time::Timestamp};

use super::Reason;

/// A date or a time. What is written with slashes is refused, for it has two meanings.
pub(super) fn instant(text: &str) -> Result<Timestamp, Reason> {
    Timestamp::parse(text)
        .or_else(|| Timestamp::parse(&turned(text)?))
        .ok_or(Reason::NotADate)
}

/// `31.1.2027` as `2027-01-31`.
fn turned(text: &str) -> Option<String> {
    let mut parts = text.split('.').map(|part| part.trim().parse::<u16>().ok());
    match (parts.next()??, parts.next()??, parts.next()??, parts.next()) {
        (day, month, year @ 1_000..=9_999, None) => Some(format!("{year}-{month:02}-{day:02}")),
        _ => None,
    }
}

/// A date or a time, or that it is never.
pub(super) fn expiry(text: &str) -> Result<ExpiryWish, Reason> {
    // `FALSE` and `FALSCH` are what spreadsheets make of the API's `false`.
    match text.to_lowercase().as_str() {
        "never" | "nie" | "false" | "falsch" => Ok(ExpiryWish::Never),
        _ => instant(text).map(ExpiryWish::At),
    }
}

/// A language, by its tag or its name.
#[expect(clippy::unnecessary_wraps, reason = "it is read like every other field")]
pub(super) fn locale(text: &str) -> Result<Locale, Reason> {
    Ok(match text.to_lowercase().as_str() {
        "german" | "deutsch" => Locale::German,
        tag => Locale::nearest(tag),
    })
}

/// Yes or no.
pub(super) fn yes_or_no(text: &str) -> Result<bool, Reason> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "ja" | "wahr" | "1" | "x" => Ok(true),
        "false" | "no" | "nein" | "falsch" | "0" => Ok(false),
        _ => Err(Reason::NotYesOrNo),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_where_they_have_one_meaning() {
        for text in [
            "2027-01-31",
            "31.01.2027",
            "31.1.2027",
            "31. 1. 2027",
            "2027-01-31T00:00:00Z",
        ] {
            assert_eq!(
                instant(text).unwrap().to_string(),
                "2027-01-31T00:00:00.000Z",
                "{text}"
            );
        }
        for text in [
            "1/2/2027",
            "31.13.2027",
            "32.1.2027",
            "31.1.27",
            "46053",
            "1.2.3.2027",
            "soon",
            ".",
        ] {
            assert!(instant(text).is_err(), "{text}");
        }
    }

    #[test]
    fn words_are_read_in_two_languages() {
        assert_eq!(expiry("Never"), Ok(ExpiryWish::Never));
        assert_eq!(expiry("FALSCH"), Ok(ExpiryWish::Never));
        assert!(expiry("true").is_err());
        assert_eq!(locale("Deutsch"), Ok(Locale::German));
        assert_eq!(locale("de_CH"), Ok(Locale::German));
        assert_eq!(locale("fr"), Ok(Locale::English));
        assert_eq!((yes_or_no("WAHR"), yes_or_no("no")), (Ok(true), Ok(false)));
        assert!(yes_or_no("perhaps").is_err());
    }
}
