//! The list of providers in a TOML file, and what is wrong with it, told without repeating anything that stands there: it
//! may be a secret.

use std::collections::BTreeMap;

use serde::Deserialize;
use symbolon_identity::ProviderSettings;
use toml::{Spanned, Table, Value};

use crate::config_file::SIGN_IN;

/// The providers in a file; or what is wrong with it, in our words.
pub(super) fn read(text: &str) -> Result<Vec<ProviderSettings>, String> {
    // What TOML's grammar says of a file is made of its own words only.
    let mut table: Table = text
        .parse()
        .map_err(|error: toml::de::Error| error.message().to_owned())?;
    match table.remove(SIGN_IN) {
        None => Ok(Vec::new()),
        Some(list) => list.try_into().map_err(|_: toml::de::Error| wrong(text)),
    }
}

/// The list, as far as it is one.
#[derive(Deserialize)]
struct List {
    sign_in: Vec<Entry>,
}

type Entry = BTreeMap<Spanned<String>, Spanned<Value>>;

/// The first thing that is wrong with the list.
fn wrong(text: &str) -> String {
    let Ok(List { sign_in }) = toml::from_str(text) else {
        return format!("{SIGN_IN} must be a list of tables, each under [[{SIGN_IN}]]");
    };
    for (number, entry) in (1..).zip(&sign_in) {
        let provider = format!("[[{SIGN_IN}]] number {number}");
        let first = entry
            .iter()
            .filter_map(|(key, value)| Some((key, fault(key.get_ref(), value.get_ref())?)))
            .min_by_key(|(key, _)| key.span().start);
        if let Some((key, fault)) = first {
            let line = line(text, key.span().start);
            return format!("{provider}: {} (line {line}) {fault}", key.get_ref());
        }
        if !entry.contains_key("client_id") {
            return format!("{provider}: client_id is missing");
        }
    }
    format!("[[{SIGN_IN}]] cannot be used")
}

/// What is wrong with a setting by itself, in a provider that is complete without it.
fn fault(key: &str, value: &Value) -> Option<String> {
    let mut table = Table::new();
    table.insert("client_id".to_owned(), "id".into());
    table.insert(key.to_owned(), value.clone());
    let error = table.try_into::<ProviderSettings>().err()?;
    let message = error.message();
    if message.starts_with("unknown field") {
        return Some("is no setting of a provider".to_owned());
    }
    // What comes after the last of these words is ours; what comes before is what stands there.
    let is_by_type = ["invalid type: ", "invalid value: ", "unknown variant "]
        .into_iter()
        .any(|start| message.starts_with(start));
    Some(match message.rsplit_once(", expected ") {
        Some((_, expected)) if is_by_type => format!("must be {expected}"),
        _ => "cannot be used".to_owned(),
    })
}

fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_by_its_place_and_not_repeated() {
        let good = "[[sign_in]]\npreset = \"google\"\nclient_id = \"a\"\nclient_secret = \"b\"\n";
        for (written, expected) in [
            (
                "[[sign_in]]\npreset = \"github\"\nclient_id = \"a\"\nclient_secret = 987654321",
                "[[sign_in]] number 2: client_secret (line 8) must be a string",
            ),
            (
                "[[sign_in]]\nclient_id = 987654321\nclient_secret = [987654321]",
                "[[sign_in]] number 2: client_id (line 6) must be a string",
            ),
            (
                "[[sign_in]]\nclient_id = \"a\"\npkce = \"987654321, expected 987654321\"",
                "[[sign_in]] number 2: pkce (line 7) must be a boolean",
            ),
            (
                "[[sign_in]]\nclient_id = \"a\"\npreset = \"987654321\"",
                "[[sign_in]] number 2: preset (line 7) must be one of `google`, `linkedin`, `github`, `microsoft`, \
                 `facebook`",
            ),
            (
                "[[sign_in]]\nclient_id = \"a\"\nscopes = [\"x\", 987654321]",
                "[[sign_in]] number 2: scopes (line 7) must be a string",
            ),
            (
                "[[sign_in]]\nclient_id = \"a\"\nsecret = 987654321",
                "[[sign_in]] number 2: secret (line 7) is no setting of a provider",
            ),
            (
                "[[sign_in]]\nclient_secret = \"987654321\"",
                "[[sign_in]] number 2: client_id is missing",
            ),
        ] {
            let told = read(&format!("{good}{written}\n")).unwrap_err();
            assert_eq!(told, expected);
        }
        for written in [
            "sign_in = 987654321",
            "sign_in = [987654321]",
            "sign_in.x = 987654321",
        ] {
            let told = read(written).unwrap_err();
            assert_eq!(told, "sign_in must be a list of tables, each under [[sign_in]]");
        }
        assert_eq!(read(good).unwrap().len(), 1);
        assert!(read("listen = \"x\"").unwrap().is_empty());
    }

    /// Whatever is wrong with the grammar.
    #[test]
    fn nothing_of_a_file_that_is_no_toml_is_repeated() {
        let head = "[[sign_in]]\nclient_id = \"a\"\nclient_secret = ";
        for secret in [
            "hunter2",
            "\"hunter2",
            "'hunter2",
            "\"hunter2\\q\"",
            "\"\"\"hunter2",
            "987 hunter2",
            "hunter2 hunter2 = 1",
            "\"hunter2\"\nclient_secret = \"hunter2\"",
            "{ hunter2",
            "[ hunter2",
            "987hunter2",
            "\"hunter2\" hunter2",
            "=hunter2",
        ] {
            let told = read(&format!("{head}{secret}\n")).unwrap_err();
            assert!(
                !told.contains("hunter2") && !told.contains("987"),
                "{secret}: {told}"
            );
        }
    }
}
