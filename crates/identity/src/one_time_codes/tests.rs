//! RFC 6238's own codes, and what people make of codes.

use proptest::prelude::*;
use url::Url;

use super::*;

/// "12345678901234567890" in base32: the secret of RFC 6238, appendix B.
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn secret() -> TotpSecret {
    TotpSecret::read(SECRET).unwrap()
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds * 1_000)
}

fn step_of(code: &str, seconds: i64) -> Option<i64> {
    Totp.step_of(&secret(), code, at(seconds))
}

/// The appendix has eight digits; apps show the last six.
#[test]
fn the_codes_are_those_of_the_rfc() {
    for (seconds, code) in [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ] {
        assert_eq!(step_of(&code[2..], seconds), Some(seconds / 30), "{code}");
        assert_eq!(step_of(code, seconds), None, "{code}");
    }
}

#[test]
fn clocks_may_differ_by_one_step() {
    // The code of step 1, from 30 to 59.
    for seconds in 0..=89 {
        assert_eq!(step_of("287082", seconds), Some(1), "{seconds}");
    }
    assert_eq!(Totp.step_of(&secret(), "287082", at(90).plus_millis(-1)), Some(1));
    assert_eq!(step_of("287082", 90), None);
    assert_eq!(step_of("081804", 1_111_111_109 + 60), None);
    assert_eq!(step_of("081804", 1_111_111_109 - 60), None);
}

#[test]
fn another_secret_has_other_codes() {
    let other = TotpSecret::read("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").unwrap();
    assert_eq!(Totp.step_of(&other, "287082", at(59)), None);
}

#[test]
fn white_space_does_not_matter() {
    for code in [
        "287 082",
        " 287082\r\n",
        "2 8 7 0 8 2",
        "287\u{a0}082",
        "287\u{2009}082",
    ] {
        assert_eq!(step_of(code, 59), Some(1), "{code:?}");
    }
}

#[test]
fn what_is_no_code_is_refused() {
    for code in [
        "",
        " ",
        "28708",
        "2870820",
        "0287082",
        "+87082",
        "-87082",
        "287o82",
        "287-082",
        "0x2870",
        // Arabic-Indic, full-width and mathematical digits; the first are as many bytes as six digits.
        "٢٨٧",
        "٢٨٧٠٨٢",
        "２８７０８２",
        "𝟐𝟖𝟕𝟎𝟖𝟐",
        "287082\0",
        "287082\u{200b}",
    ] {
        assert_eq!(step_of(code, 59), None, "{code:?}");
    }
    let spaces = " ".repeat(58);
    assert_eq!(step_of(&format!("{spaces}287082"), 59), Some(1));
    assert_eq!(step_of(&format!("{spaces} 287082"), 59), None);
}

#[test]
fn before_the_epoch_and_at_the_end_of_time_there_is_an_answer() {
    assert_eq!(Totp.step_of(&secret(), "287082", Timestamp::MIN), None);
    assert_eq!(Totp.step_of(&secret(), "287082", at(-1)), None);
    assert_eq!(Totp.step_of(&secret(), "28708x", Timestamp::MAX), None);
}

/// As another reader of such addresses has it.
fn read_back(address: &str) -> totp_rs::Totp {
    totp_rs::Totp::from_url(address).unwrap()
}

#[test]
fn apps_read_the_address() {
    let address = Totp.address(&secret(), "Analytical Engines", "ada@example.org");
    assert_eq!(
        address,
        format!(
            "otpauth://totp/Analytical%20Engines:ada%40example%2Eorg?secret={SECRET}&issuer=Analytical%20Engines"
        )
    );
    let read = read_back(&address);
    assert_eq!(read.issuer(), Some("Analytical Engines"));
    assert_eq!(read.account_name(), "ada@example.org");
    assert_eq!(read.secret().to_base32(), SECRET);
    assert_eq!((read.digits(), read.step()), (6, 30));
    // What it shows is what is taken.
    let code = read.generate(1_234_567_890).to_string();
    assert_eq!(step_of(&code, 1_234_567_890), Some(1_234_567_890 / 30));
}

#[test]
fn a_colon_does_not_move_the_border_between_issuer_and_account() {
    let read = read_back(&Totp.address(&secret(), "Academy: Berlin", "a:b@example.org"));
    assert_eq!(read.issuer(), Some("Academy Berlin"));
    assert_eq!(read.account_name(), "ab@example.org");
}

proptest! {
    #[test]
    fn names_come_back_and_nothing_is_added(issuer in "[^:]{1,40}", account in "[^:]{1,40}") {
        let address = Totp.address(&secret(), &issuer, &account);
        prop_assert!(address.bytes().all(|byte| byte.is_ascii_graphic()));
        let read = read_back(&address);
        prop_assert_eq!(read.issuer(), Some(issuer.as_str()));
        prop_assert_eq!(read.account_name(), account.as_str());
        prop_assert_eq!(read.secret().to_base32(), SECRET);
        let url = Url::parse(&address).unwrap();
        let names: Vec<_> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
        prop_assert_eq!(names, ["secret", "issuer"]);
    }

    #[test]
    fn no_text_makes_it_fail(code in any::<String>(), seconds in any::<i32>()) {
        let step = step_of(&code, i64::from(seconds));
        let digits = code.chars().filter(|letter| !letter.is_whitespace()).count();
        prop_assert!(step.is_none() || digits == 6);
    }
}
