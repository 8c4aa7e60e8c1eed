//! Hostile texts (C01) in every field that holds somebody's words.

use scraper::{Html, Selector};

use super::super::*;

const HOSTILE: [&str; 6] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "</title></textarea><svg onload=alert(1)>",
    "{kind}{{ 7 }}{issuer}&lt;b&gt;",
];

/// Makes everything that has a text out of one.
struct Filled<'a>(&'a str);

impl Filled<'_> {
    fn text(&self) -> String {
        self.0.to_owned()
    }

    fn frame(&self) -> Frame {
        Frame {
            base: "/symbolon".into(),
            language: Language::English,
            csrf: self.text(),
            signed_in: Some(self.profile()),
        }
    }

    fn profile(&self) -> Profile {
        Profile {
            provider: self.text(),
            hint: self.text(),
        }
    }

    fn provider(&self) -> Provider {
        Provider {
            id: self.text(),
            name: self.text(),
        }
    }

    fn issuer(&self) -> Issuer {
        Issuer {
            name: self.text(),
            site: Some(self.text()),
            contact: Some(self.text()),
        }
    }

    fn moment(&self) -> Moment {
        Moment::of(self.0)
    }

    fn revoked(&self) -> Standing {
        Standing::Revoked {
            since: self.moment(),
            reason: Some(self.text()),
        }
    }

    fn access_page(&self) -> AccessPage {
        AccessPage {
            frame: self.frame(),
            offer: AccessOffer::Claim,
            kind: Kind::Certificate,
            title: self.text(),
            issuer: self.issuer(),
            first_name: self.text(),
            standing: self.revoked(),
            providers: vec![self.provider()],
        }
    }

    fn closed_links(&self) -> [ClosedLink; 7] {
        let kind = Kind::Certificate;
        [
            ClosedLink::Replaced {
                issuer: self.issuer(),
                sent_at: Some(self.moment()),
            },
            ClosedLink::Paused {
                issuer: self.issuer(),
                kind,
            },
            ClosedLink::AccessRevoked {
                issuer: self.issuer(),
                kind,
            },
            ClosedLink::ShutOut {
                issuer: self.issuer(),
                kind,
                refused: self.profile(),
            },
            ClosedLink::CredentialRevoked {
                issuer: self.issuer(),
                kind,
                since: self.moment(),
                reason: Some(self.text()),
            },
            ClosedLink::OrganizationCancelled {
                issuer: self.issuer(),
                kind,
            },
            ClosedLink::InUse(InUse {
                issuer: self.issuer(),
                kind,
                refused: Some(self.profile()),
                asked_at: Some(self.moment()),
            }),
        ]
    }

    fn problems(&self) -> [SignInProblem; 3] {
        [
            SignInProblem::Declined {
                provider: self.text(),
            },
            SignInProblem::Unproven {
                provider: self.text(),
            },
            SignInProblem::Unreachable {
                provider: self.text(),
            },
        ]
    }

    /// Expired, for a revoked one is not offered to LinkedIn.
    fn credential_page(&self) -> CredentialPage {
        CredentialPage {
            frame: self.frame(),
            id: self.text(),
            kind: Kind::Certificate,
            title: self.text(),
            description: Some(self.text()),
            holder: self.text(),
            issuer: self.issuer(),
            issued_at: self.moment(),
            expires_at: Some(self.moment()),
            standing: Standing::Expired { since: self.moment() },
            verify_url: self.text(),
            bound_to: self.profile(),
            bound_at: self.moment(),
            just_claimed: true,
        }
    }

    fn holding(&self) -> Holding {
        Holding {
            id: self.text(),
            kind: Kind::Certificate,
            title: self.text(),
            issuer: self.text(),
            issued_at: self.moment(),
            standing: self.revoked(),
            bar: Some(Bar::IssuerClosed),
        }
    }

    fn findings(&self) -> [Finding; 2] {
        let facts = Facts {
            id: self.text(),
            kind: Kind::Certificate,
            title: self.text(),
            holder: self.text(),
            issuer: self.issuer(),
            issued_at: self.moment(),
            expires_at: Some(self.moment()),
            standing: self.revoked(),
            checked_at: self.moment(),
            verify_url: self.text(),
        };
        let closed = Finding::IssuerClosed {
            issuer: Some(self.text()),
        };
        [Finding::Public(Box::new(facts)), closed]
    }
}

/// Every page with this text wherever a text can stand.
fn pages(text: &str) -> Vec<String> {
    let filled = Filled(text);
    let frame = || filled.frame();
    let mut pages = vec![
        html(&filled.access_page()),
        html(&filled.credential_page()),
        html(&HoldingsPage {
            frame: frame(),
            holdings: vec![filled.holding()],
            pager: Pager { number: 1, pages: 1 },
        }),
        html(&RetrievePage {
            frame: frame(),
            not_an_address: Some(filled.text()),
        }),
        html(&ErrorPage {
            frame: frame(),
            error: PageError::Internal,
            reference: Some(filled.text()),
        }),
    ];
    pages.extend(filled.closed_links().map(|reason| {
        html(&ClosedLinkPage {
            frame: frame(),
            reason,
        })
    }));
    pages.extend(filled.findings().map(|finding| {
        html(&VerifyPage {
            frame: frame(),
            finding,
        })
    }));
    pages.extend(filled.problems().map(|problem| {
        html(&SignInProblemPage {
            frame: frame(),
            problem,
            back: WayBack::Credentials,
        })
    }));
    pages
}

fn html(page: &impl Page) -> String {
    page.render().unwrap()
}

#[test]
fn hostile_texts_stay_texts() {
    let tame: Vec<_> = pages("tame").iter().map(|html| shape(html)).collect();
    for text in HOSTILE {
        for (html, tame) in pages(text).iter().zip(&tame) {
            assert_eq!(&shape(html), tame, "{text}");
        }
    }
}

#[test]
fn hostile_texts_are_shown_as_they_are() {
    for text in HOSTILE {
        for html in pages(text) {
            let page = Html::parse_document(&html);
            let shown: String = page.root_element().text().collect();
            let with_value = Selector::parse("[value]").unwrap();
            let filled: Vec<_> = page
                .select(&with_value)
                .filter_map(|element| element.attr("value"))
                .collect();
            assert!(shown.contains(text) || filled.contains(&text), "{text}: {html}");
        }
    }
}

#[test]
fn an_issuers_site_is_a_link_only_if_it_is_a_web_address() {
    for html in pages("javascript:alert(1)") {
        let page = Html::parse_document(&html);
        for link in page.select(&Selector::parse("[href], [src], [action]").unwrap()) {
            for name in ["href", "src", "action"] {
                let address = link.attr(name).unwrap_or("#");
                let is_ours = [
                    "#",
                    "/symbolon/",
                    "mailto:javascript%3Aalert%281%29",
                    "https://www.linkedin.com/",
                ];
                assert!(
                    is_ours.into_iter().any(|start| address.starts_with(start)),
                    "{address}"
                );
            }
        }
    }
}

#[test]
fn hostile_texts_stay_texts_in_the_dashboard() {
    let tame: Vec<_> = dashboard::samples::said(Some("tame"))
        .iter()
        .map(|sample| shape(&sample.html))
        .collect();
    for text in HOSTILE {
        for (sample, tame) in dashboard::samples::said(Some(text)).iter().zip(&tame) {
            assert_eq!(&shape(&sample.html), tame, "{}: {text}", sample.name);
        }
    }
}

#[test]
fn hostile_texts_lead_nowhere_in_the_dashboard() {
    let addressed = Selector::parse("[href], [src], [action], [hx-get]").unwrap();
    for sample in dashboard::samples::said(Some("javascript:alert(1)")) {
        for element in Html::parse_document(&sample.html).select(&addressed) {
            for name in ["href", "src", "action", "hx-get"] {
                let address = element.attr(name).unwrap_or("#");
                let is_ours = ["#", "?", "/symbolon/"]
                    .into_iter()
                    .any(|start| address.starts_with(start));
                assert!(is_ours, "{}: {address}", sample.name);
            }
        }
    }
}

/// The page without its texts: the elements in their order, with the names of their attributes.
fn shape(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let every = Selector::parse("*").unwrap();
    page.select(&every)
        .map(|element| {
            let mut names: Vec<_> = element.value().attrs().map(|(name, _)| name).collect();
            names.sort_unstable();
            format!("{} {}", element.value().name(), names.join(" "))
        })
        .collect()
}
