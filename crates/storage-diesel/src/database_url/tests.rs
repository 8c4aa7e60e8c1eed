//! The URL of a database: what is accepted, what is refused with which advice, and that no password is shown.

use super::*;

#[test]
fn sqlite_urls_name_a_file() {
    for (url, path) in [
        ("sqlite:symbolon.db", "symbolon.db"),
        ("sqlite:./data/symbolon.db", "./data/symbolon.db"),
        ("sqlite:/var/lib/symbolon.db", "/var/lib/symbolon.db"),
        ("sqlite:///var/lib/symbolon.db", "/var/lib/symbolon.db"),
        ("sqlite:a b%20c?d.db", "a b%20c?d.db"),
    ] {
        let parsed = DatabaseUrl::parse(url).unwrap();
        assert!(parsed.is_sqlite());
        assert_eq!(parsed.sqlite_path().unwrap().to_str(), Some(path), "{url}");
        assert_eq!(DatabaseUrl::parse(&parsed.to_string()), Ok(parsed), "{url}");
    }
    for url in ["sqlite:", "sqlite://", "sqlite::memory:"] {
        assert_eq!(
            DatabaseUrl::parse(url),
            Err(DatabaseUrlError::SqlitePath),
            "{url}"
        );
    }
}

#[test]
fn other_schemes_are_refused_with_what_to_write() {
    for url in [
        "",
        "symbolon.db",
        "mysql://db/symbolon",
        "postgres:/db",
        "host=db dbname=symbolon",
        "POSTGRES://db",
    ] {
        let error = DatabaseUrl::parse(url).unwrap_err();
        assert_eq!(error, DatabaseUrlError::Scheme, "{url}");
        assert!(error.to_string().contains("sqlite:data/symbolon.db"));
    }
}

#[test]
fn passwords_are_never_shown() {
    for (url, shown) in [
        ("postgres://u:secret@h/d", "postgres://u:***@h/d"),
        (
            "postgresql://u:secret@h:5432/d?sslmode=require",
            "postgresql://u:***@h:5432/d?sslmode=require",
        ),
        ("postgres://u:se:cr?et@h", "postgres://u:***@h"),
        ("postgres://u:@h/d", "postgres://u:***@h/d"),
        ("postgres://u@h/d", "postgres://u@h/d"),
        ("postgres://h1:1,h2:2/d", "postgres://h1:1,h2:2/d"),
        (
            "postgres:///d?host=/run/postgresql",
            "postgres:///d?host=/run/postgresql",
        ),
        (
            "postgres://h/d?user=u&password=secret&x=y",
            "postgres://h/d?user=u&password=***&x=y",
        ),
        (
            "postgres://u:d@d/d?password=d",
            "postgres://u:***@d/d?password=***",
        ),
        ("postgres://%2Frun/d", "postgres://%2Frun/d"),
    ] {
        let parsed = DatabaseUrl::parse(url).unwrap();
        assert!(!parsed.is_sqlite());
        assert_eq!(parsed.to_string(), shown);
        assert_eq!(format!("{parsed:?}"), format!("DatabaseUrl({shown})"));
    }
}

#[test]
fn a_password_that_would_be_taken_for_a_host_is_refused() {
    for url in [
        "postgres://u:p@ss@h/d",
        "postgres://u:pa/ss@h/d",
        "postgres://u:100%@h/d",
        "postgres://u:a%2@h/d",
        "postgres://u:a b@h/d",
        "postgres://u:a\n@h/d",
    ] {
        let error = DatabaseUrl::parse(url).unwrap_err();
        assert_eq!(error, DatabaseUrlError::Encoding, "{url}");
        assert!(error.to_string().contains("%40"));
    }
}
