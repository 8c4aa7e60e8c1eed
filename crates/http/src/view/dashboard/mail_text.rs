//! Mail addresses in tables.

use askama::{Template, filters::HtmlSafe};

/// A mail address that breaks after its `@`, where it has to break at all.
#[derive(Debug, Template)]
#[template(path = "dashboard/parts/mail_text.html")]
pub(super) struct MailText<'a> {
    local: &'a str,
    domain: &'a str,
}

/// Its template escapes all of it.
impl HtmlSafe for MailText<'_> {}

/// This address, as tables show it.
pub(super) fn mail_text(address: &str) -> MailText<'_> {
    // What has no `@` is all domain.
    let (local, domain) = address.split_at(address.rfind('@').map_or(0, |at| at + 1));
    MailText { local, domain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_breaks_after_the_at_sign() {
        let html = |address: &str| mail_text(address).render().unwrap();
        assert_eq!(html("ada@example.org"), "ada@<wbr>example.org");
        assert_eq!(html("\"a@b\"@c"), "&#34;a@b&#34;@<wbr>c");
        assert_eq!(html("nowhere"), "<wbr>nowhere");
    }
}
