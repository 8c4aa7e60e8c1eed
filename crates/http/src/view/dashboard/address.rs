//! What stands in an address after its path.

use super::super::percent;

/// These fields as a query; nothing where there are none.
pub(super) fn query(fields: &[(&'static str, String)]) -> String {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", percent::encode(value)))
        .collect();
    if fields.is_empty() {
        String::new()
    } else {
        format!("?{}", fields.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stand_behind_a_question_mark() {
        assert_eq!(query(&[]), "");
        let fields = [("q", "a&b".to_owned()), ("state", "claimed".to_owned())];
        assert_eq!(query(&fields), "?q=a%26b&state=claimed");
    }
}
