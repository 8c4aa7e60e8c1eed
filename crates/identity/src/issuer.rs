//! Who may say that they are the provider: one exact issuer, or one issuer for every tenant.

/// What stands in the template of an issuer for the tenant, in Microsoft's spelling.
const TENANT: &str = "{tenantid}";

/// The issuers that are believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum IssuerRule {
    /// This one, byte for byte.
    Exact(String),
    /// One per tenant: what stands before the tenant's id, and what stands behind it.
    PerTenant(String, String),
}

impl IssuerRule {
    /// The rule that this issuer states; `{tenantid}` in it stands for any tenant's id.
    pub(crate) fn of(issuer: &str) -> Self {
        match issuer.split_once(TENANT) {
            Some((before, behind)) => Self::PerTenant(before.to_owned(), behind.to_owned()),
            None => Self::Exact(issuer.to_owned()),
        }
    }

    /// Whether an issuer is believed, not knowing yet which tenant it should be.
    pub(crate) fn admits(&self, issuer: &str) -> bool {
        match self {
            Self::Exact(expected) => issuer == expected,
            Self::PerTenant(..) => self.tenant_of(issuer).is_some(),
        }
    }

    /// Whether an ID token of this issuer is believed, whose `tid` claim is this one.
    ///
    /// Where each tenant is an issuer of its own, the two must name the same tenant.
    pub(crate) fn admits_token(&self, issuer: &str, tenant: Option<&str>) -> bool {
        match self {
            Self::Exact(expected) => issuer == expected,
            Self::PerTenant(..) => {
                let named = self.tenant_of(issuer);
                named.is_some() && named == tenant
            }
        }
    }

    fn tenant_of<'a>(&self, issuer: &'a str) -> Option<&'a str> {
        match self {
            Self::Exact(_) => None,
            Self::PerTenant(before, behind) => issuer
                .strip_prefix(before.as_str())?
                .strip_suffix(behind.as_str())
                .filter(|tenant| is_tenant_id(tenant)),
        }
    }
}

/// Whether a text is a tenant's id: a UUID in lower case, 8-4-4-4-12 hexadecimal digits.
pub(crate) fn is_tenant_id(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12])
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "aaaaaaaa-0000-4000-8000-00000000000a";
    const B: &str = "bbbbbbbb-0000-4000-8000-00000000000b";

    #[test]
    fn an_exact_issuer_is_exact() {
        let rule = IssuerRule::of("https://a.example");
        assert!(rule.admits("https://a.example"));
        for other in ["https://a.example/", "https://A.example", "https://b.example", ""] {
            assert!(!rule.admits(other), "{other}");
            assert!(!rule.admits_token(other, Some(A)), "{other}");
        }
    }

    #[test]
    fn a_tenant_speaks_for_itself_only() {
        let rule = IssuerRule::of("https://login.example/{tenantid}/v2.0");
        let of_a = format!("https://login.example/{A}/v2.0");
        assert!(rule.admits(&of_a));
        assert!(rule.admits_token(&of_a, Some(A)));
        assert!(!rule.admits_token(&of_a, Some(B)));
        assert!(!rule.admits_token(&of_a, None));
    }

    #[test]
    fn only_an_id_stands_for_the_tenant() {
        let rule = IssuerRule::of("https://login.example/{tenantid}/v2.0");
        for tenant in [
            "",
            "{tenantid}",
            "common",
            "../x",
            &A.to_uppercase(),
            &format!("{A}/{B}"),
        ] {
            let issuer = format!("https://login.example/{tenant}/v2.0");
            assert!(!rule.admits(&issuer), "{issuer}");
            assert!(!rule.admits_token(&issuer, Some(tenant)), "{issuer}");
        }
        for issuer in [
            format!("https://evil.example/{A}/v2.0"),
            format!("https://login.example/{A}/v1.0"),
            "https://evil.example".to_owned(),
            String::new(),
        ] {
            assert!(!rule.admits(&issuer), "{issuer}");
            assert!(!rule.admits_token(&issuer, None), "{issuer}");
            assert!(!rule.admits_token(&issuer, Some(A)), "{issuer}");
        }
    }
}
