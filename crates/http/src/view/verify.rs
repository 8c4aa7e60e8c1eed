//! What everybody may know of a credential.

use askama::Template;

use super::{
    fact::{Fact, Told},
    frame::{Frame, Page},
    issuer::Issuer,
    kind::Kind,
    moment::Moment,
    paths,
    sentence::{Sentence, Value, fill},
    standing::Standing,
};

/// The verification of a credential.
#[derive(Debug, Clone, Template)]
#[template(path = "verify.html")]
pub(crate) struct VerifyPage {
    /// Around it.
    pub(crate) frame: Frame,
    /// What was found.
    pub(crate) finding: Finding,
}

/// What a verification finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Finding {
    /// A credential.
    Public(Box<Facts>),
    /// Its issuer has closed its account.
    IssuerClosed {
        /// What the issuer called itself, where that may be said.
        issuer: Option<String>,
    },
    /// Nothing, or nothing that is public: always the same page.
    NotFound,
}

/// What is public of a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Names it.
    pub(crate) id: String,
    /// What it is.
    pub(crate) kind: Kind,
    /// What it is called.
    pub(crate) title: String,
    /// The whole name of the recipient.
    pub(crate) holder: String,
    /// Who issued it.
    pub(crate) issuer: Issuer,
    /// The date on it.
    pub(crate) issued_at: Moment,
    /// When it expires.
    pub(crate) expires_at: Option<Moment>,
    /// What it is worth.
    pub(crate) standing: Standing,
    /// When this was found.
    pub(crate) checked_at: Moment,
    /// The address of this page, from `https://` on.
    pub(crate) verify_url: String,
}

impl Page for VerifyPage {
    fn heading(&self) -> String {
        let words = self.frame.words();
        let Finding::Public(facts) = &self.finding else {
            return self.not_public().to_owned();
        };
        let pattern = match facts.standing {
            Standing::Valid => words.verify.valid,
            Standing::Expired { .. } => words.verify.expired,
            Standing::Revoked { .. } => words.verify.revoked,
        };
        fill(pattern, &[("kind", facts.kind.name(words))])
    }

    fn status(&self) -> u16 {
        match self.finding {
            Finding::Public(_) => 200,
            Finding::IssuerClosed { .. } => 410,
            Finding::NotFound => 404,
        }
    }
}

impl VerifyPage {
    const fn not_public(&self) -> &'static str {
        let words = &self.frame.language.words().verify;
        match self.finding {
            Finding::IssuerClosed { .. } => words.closed,
            Finding::Public(_) | Finding::NotFound => words.not_found,
        }
    }

    fn closed_why(&self, issuer: Option<&str>) -> String {
        let words = &self.frame.words().verify;
        match issuer {
            Some(issuer) => fill(words.closed_why, &[("issuer", issuer)]),
            None => words.closed_nameless.to_owned(),
        }
    }

    fn summary<'a>(&'a self, facts: &'a Facts) -> Sentence<'a> {
        let words = self.frame.words();
        let mut values = vec![
            ("issuer", Value::Name(&facts.issuer.name)),
            ("holder", Value::Name(&facts.holder)),
        ];
        let pattern = match &facts.standing {
            Standing::Valid => words.verify.valid_why,
            Standing::Expired { since } => {
                values.push(("day", Value::Day(since)));
                words.verify.expired_why
            }
            Standing::Revoked { since, .. } => {
                values.push(("day", Value::Day(since)));
                words.verify.revoked_why
            }
        };
        Sentence::new(words, pattern, &values)
    }

    fn lines<'a>(&'a self, facts: &'a Facts) -> Vec<Fact<'a>> {
        let words = self.frame.words();
        let labels = &words.fact;
        let mut lines = vec![
            Fact::new(labels.holder, Told::Person(&facts.holder)),
            Fact::new(labels.title, Told::Person(&facts.title)),
            Fact::new(labels.kind, Told::Text(facts.kind.title(words))),
            Fact::new(labels.issuer, Told::Text(&facts.issuer.name)),
        ];
        if facts.issuer.site.is_some() {
            lines.push(Fact::new(labels.site, Told::Site(&facts.issuer)));
        }
        lines.push(Fact::new(labels.issued, Told::Day(&facts.issued_at)));
        lines.push(facts.standing.end(labels, facts.expires_at.as_ref()));
        lines.push(Fact::new(labels.state, Told::Standing(&facts.standing)));
        lines.extend(facts.standing.revocation(labels));
        lines.push(Fact::new(labels.id, Told::Code(&facts.id)));
        lines
    }

    fn alternative(&self, facts: &Facts) -> String {
        let words = self.frame.words();
        let values = [
            ("kind", facts.kind.title(words)),
            ("title", facts.title.as_str()),
            ("holder", &facts.holder),
            ("issuer", &facts.issuer.name),
        ];
        fill(words.verify.picture, &values)
    }

    fn how<'a>(&'a self, facts: &'a Facts) -> Sentence<'a> {
        let words = self.frame.words();
        let values = [
            ("moment", Value::Exact(&facts.checked_at)),
            ("url", Value::Code(&facts.verify_url)),
        ];
        Sentence::new(words, words.verify.how_answer, &values)
    }

    fn picture(&self, facts: &Facts) -> String {
        self.frame
            .below(paths::VERIFY, &format!("{}/image.svg", facts.id))
    }

    /// The same address, but asking for JSON by name, as a link cannot send `Accept`.
    fn json(&self, facts: &Facts) -> String {
        self.frame.below(paths::VERIFY, &format!("{}.json", facts.id))
    }
}
