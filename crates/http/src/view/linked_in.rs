//! The link that offers a credential to a LinkedIn profile.

use std::fmt::Write;

use super::{moment::Moment, percent::encode};

/// What LinkedIn is told.
pub(super) struct Entry<'a> {
    /// What was awarded.
    pub(super) title: &'a str,
    /// Who awarded it.
    pub(super) issuer: &'a str,
    /// The date on the credential.
    pub(super) issued_at: &'a Moment,
    /// When it expires.
    pub(super) expires_at: Option<&'a Moment>,
    /// Where it is verified.
    pub(super) verify_url: &'a str,
    /// What it is called.
    pub(super) id: &'a str,
}

impl Entry<'_> {
    /// The link: following it is all that happens, nothing is sent before.
    pub(super) fn link(&self) -> String {
        let mut link = format!(
            "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name={}&organizationName={}",
            encode(self.title),
            encode(self.issuer),
        );
        let days = [("issue", Some(self.issued_at)), ("expiration", self.expires_at)];
        for (prefix, moment) in days {
            if let Some((year, month)) = moment.and_then(Moment::year_and_month) {
                // Writing to a `String` cannot fail.
                let _ = write!(link, "&{prefix}Year={}&{prefix}Month={month}", encode(year));
            }
        }
        link + "&certUrl=" + &encode(self.verify_url) + "&certId=" + &encode(self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_says_all_that_linkedin_asks_for() {
        let link = Entry {
            title: "Safety & Care",
            issuer: "Example Academy",
            issued_at: &Moment::of("2026-03-05T09:30:00.000Z"),
            expires_at: Some(&Moment::of("2028-11-05T09:30:00.000Z")),
            verify_url: "https://tokens.example.org/verify/1",
            id: "1",
        }
        .link();
        assert_eq!(
            link,
            "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name=Safety%20%26%20Care\
             &organizationName=Example%20Academy&issueYear=2026&issueMonth=3&expirationYear=2028&expirationMonth=11\
             &certUrl=https%3A%2F%2Ftokens.example.org%2Fverify%2F1&certId=1"
        );
    }
}
