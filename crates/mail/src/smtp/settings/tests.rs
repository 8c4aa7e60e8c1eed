use super::*;

fn told(url: &str) -> String {
    match SmtpSettings::parse(url, None) {
        Ok(it) => format!(
            "{}:{} {:?} {}",
            it.host,
            it.port,
            it.encryption,
            it.login.map_or("-".to_owned(), |login| format!(
                "{}/{}",
                login.user, login.password
            ))
        ),
        Err(error) => format!("{error:?}"),
    }
}

#[test]
fn a_url_says_it_all() {
    for (url, expected) in [
        ("smtp://mail.example.org", "mail.example.org:587 Required -"),
        ("smtp://Mail.Example.ORG:25/", "mail.example.org:25 Required -"),
        ("smtps://mail.example.org", "mail.example.org:465 Wrapped -"),
        ("smtps://mail.example.org:1465", "mail.example.org:1465 Wrapped -"),
        ("smtp://u:p@mail.example.org", "mail.example.org:587 Required u/p"),
        (
            "smtp://ada%40example.org:p%3A%2F%20%C3%A9@h",
            "h:587 Required ada@example.org/p:/ é",
        ),
        ("smtp://localhost:1025", "localhost:1025 None -"),
        ("smtp://127.0.0.2:1025", "127.0.0.2:1025 None -"),
        ("smtp://[::1]:1025", "::1:1025 None -"),
        ("smtp://localhost?tls=required", "localhost:587 Required -"),
        ("smtp://h?tls=opportunistic", "h:587 Opportunistic -"),
        ("smtp://h?tls=none", "h:587 None -"),
        (
            "smtp://localhost.example.org",
            "localhost.example.org:587 Required -",
        ),
        ("", "NotAUrl"),
        ("mail.example.org", "NotAUrl"),
        ("mail.example.org:25", "Scheme"),
        ("http://mail.example.org", "Scheme"),
        ("smtp:mail.example.org", "NoHost"),
        ("smtp://", "NoHost"),
        ("smtp://ma%0d%0ail", "NoHost"),
        ("smtp://h:99999", "NotAUrl"),
        ("smtp://h/path", "Superfluous"),
        ("smtp://h#f", "Superfluous"),
        ("smtp://h?pool=9", "Superfluous"),
        ("smtp://h?tls=maybe", "TlsOption"),
        ("smtp://h?tls=none&tls=required", "TlsOption"),
        ("smtps://h?tls=none", "TlsOption"),
        ("smtp://u@h", "NoPassword"),
        ("smtp://u:@h", "NoPassword"),
        ("smtp://:p@h", "NoUser"),
        ("smtp://u%0d:p@h", "NotText"),
        ("smtp://u:%ff@h", "NotText"),
    ] {
        assert_eq!(told(url), expected, "{url}");
    }
}

#[test]
fn a_password_may_come_by_itself() {
    let settings = SmtpSettings::parse("smtp://u@h", Some("secret\r\n")).unwrap();
    assert_eq!(settings.login.unwrap().password, "secret");
    for (url, password, error) in [
        ("smtp://u:p@h", "q", SmtpSettingsError::TwoPasswords),
        ("smtp://u@h", "\n", SmtpSettingsError::NoPassword),
        ("smtp://h", "q", SmtpSettingsError::NoUser),
    ] {
        assert_eq!(SmtpSettings::parse(url, Some(password)), Err(error), "{url}");
    }
}

#[test]
fn nothing_of_a_login_is_shown() {
    let settings = SmtpSettings::parse("smtp://ada:canary@mail.example.org", None).unwrap();
    let shown = format!("{settings:?}");
    assert!(!shown.contains("ada") && !shown.contains("canary"), "{shown}");
}

#[test]
fn passwords_in_the_clear_are_told() {
    for (url, expected) in [
        ("smtp://u:p@h", false),
        ("smtps://u:p@h", false),
        ("smtp://u:p@localhost", false),
        ("smtp://h?tls=none", false),
        ("smtp://u:p@h?tls=none", true),
        ("smtp://u:p@h?tls=opportunistic", true),
    ] {
        let settings = SmtpSettings::parse(url, None).unwrap();
        assert_eq!(settings.exposes_password(), expected, "{url}");
    }
}
