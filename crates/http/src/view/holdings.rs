//! All that the signed-in profile holds.

use askama::Template;

use super::{
    frame::{Frame, Page},
    kind::Kind,
    moment::Moment,
    paths,
    sentence::{Sentence, fill},
    standing::Standing,
};

/// The list; it belongs to the profile of [`Frame::signed_in`].
#[derive(Debug, Clone, Template)]
#[template(path = "holdings.html")]
pub(crate) struct HoldingsPage {
    /// Around it.
    pub(crate) frame: Frame,
    /// The credentials of this page of the list.
    pub(crate) holdings: Vec<Holding>,
    /// Which page of the list it is.
    pub(crate) pager: Pager,
}

/// A credential in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holding {
    /// Names it.
    pub(crate) id: String,
    /// What it is.
    pub(crate) kind: Kind,
    /// What it is called.
    pub(crate) title: String,
    /// What its issuer calls itself.
    pub(crate) issuer: String,
    /// The date on it.
    pub(crate) issued_at: Moment,
    /// What it is worth.
    pub(crate) standing: Standing,
    /// What keeps it closed, if anything does.
    pub(crate) bar: Option<Bar>,
}

/// What keeps a credential closed, also to its holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bar {
    /// Its issuer has paused it.
    Paused,
    /// Its issuer has closed its account.
    IssuerClosed,
}

/// Which page of a list this is; both numbers begin at 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pager {
    /// The number of the page.
    pub(crate) number: u64,
    /// How many there are.
    pub(crate) pages: u64,
}

impl Page for HoldingsPage {
    fn heading(&self) -> String {
        self.frame.words().holdings.heading.to_owned()
    }
}

impl HoldingsPage {
    fn lead(&self) -> Option<Sentence<'_>> {
        let (words, profile) = (self.frame.words(), self.frame.signed_in.as_ref()?);
        Some(Sentence::new(words, words.holdings.lead, &profile.values()))
    }

    fn page(&self) -> String {
        let (number, pages) = (self.pager.number.to_string(), self.pager.pages.to_string());
        fill(
            self.frame.words().holdings.page,
            &[("number", &number), ("pages", &pages)],
        )
    }

    fn newer(&self) -> Option<String> {
        let number = self.pager.number.min(self.pager.pages + 1).checked_sub(1)?;
        (number > 0).then(|| self.address_of(number))
    }

    fn older(&self) -> Option<String> {
        (self.pager.number < self.pager.pages).then(|| self.address_of(self.pager.number + 1))
    }

    fn address_of(&self, number: u64) -> String {
        format!("{}?page={number}", self.frame.to(paths::CREDENTIALS))
    }
}

impl Holding {
    fn issued_by(&self, frame: &Frame) -> String {
        fill(frame.words().holdings.issued_by, &[("issuer", &self.issuer)])
    }
}
