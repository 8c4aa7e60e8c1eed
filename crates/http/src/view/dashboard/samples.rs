//! Every page of the dashboard in every variant, for the snapshots, the checks, and for looking at.

mod activity;
mod developers;
mod errors;
mod import;
mod outside;
mod recipient;
mod recipients;
mod settings;
mod templates;

use super::{super::samples::Sample, *};
use crate::view::{Page, Profile, connect::Provider, holdings::Pager};

/// Every page in every variant.
pub(in crate::view) fn all() -> Vec<Sample> {
    said(None)
}

/// Every page in every variant, with this text wherever somebody's words can stand.
pub(in crate::view) fn said(text: Option<&'static str>) -> Vec<Sample> {
    let mut samples = Samples {
        text,
        made: Vec::new(),
    };
    samples.outside();
    samples.templates();
    samples.developers();
    samples.errors();
    samples.recipients();
    samples.recipient();
    samples.import();
    samples.activity();
    samples.settings();
    samples.made
}

const ID: &str = "019342a1-7c3e-7b52-9d1f-8a6e4b0c2d11";
const OTHER_ID: &str = "019342a1-7c3e-7b52-9d1f-8a6e4b0c2d12";
const NOW: &str = "2026-11-21T10:00:00.000Z";
const LONG: &str =
    "Rechtsschutzversicherungsgesellschaften-Fortbildungsnachweis-Schnittstelle der Landeshauptstadt";

const LONG_MAIL: &str =
    "rechtsschutzversicherungsgesellschaften.fortbildungsnachweise@landeshauptstadt.verwaltung.example.org";

/// Where a request came from.
fn client_address(text: &str) -> ClientAddress {
    ClientAddress::of(text.parse().unwrap())
}

struct Samples {
    text: Option<&'static str>,
    made: Vec<Sample>,
}

impl Samples {
    fn add(&mut self, name: &str, page: &impl Page) {
        self.made.push(Sample {
            name: format!("dashboard-{name}"),
            status: page.status(),
            html: page.render().unwrap(),
        });
    }

    /// Somebody's words.
    fn words(&self, usual: &str) -> String {
        self.text.unwrap_or(usual).to_owned()
    }

    /// An instant.
    fn since(&self, at: &str) -> Since {
        Since::of(self.text.unwrap_or(at), NOW)
    }

    /// An instant.
    fn moment(&self, at: &str) -> super::super::Moment {
        super::super::Moment::of(self.text.unwrap_or(at))
    }

    fn field(&self, usual: &str) -> Field {
        Field::of(self.words(usual))
    }

    fn frame(&self, section: Section) -> DashboardFrame {
        DashboardFrame {
            base: "/symbolon".into(),
            csrf: self.words("csrf-value"),
            organization: self.words("Example Academy"),
            administrator: self.words("Grace Hopper"),
            role: Role::Owner,
            section,
            outcome: None,
            alerts: Vec::new(),
            requests: 0,
        }
    }

    /// For somebody who may only look.
    fn viewer(&self, section: Section) -> DashboardFrame {
        DashboardFrame {
            role: Role::Viewer,
            ..self.frame(section)
        }
    }

    fn outside_frame(&self) -> OutsideFrame {
        OutsideFrame {
            base: "/symbolon".into(),
            csrf: self.words("csrf-value"),
            outcome: None,
        }
    }

    fn providers(&self) -> Vec<Provider> {
        [("google", "Google"), ("company", "Example Academy")]
            .map(|(id, name)| Provider {
                id: self.words(id),
                name: self.words(name),
            })
            .into()
    }

    fn listing(number: u64, pages: u64, total: u64) -> Listing {
        Listing {
            pager: Pager { number, pages },
            total,
            filters: Vec::new(),
        }
    }
}
