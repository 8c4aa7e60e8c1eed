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

/// Every page with this text wherever a text can stand.
fn pages(text: &str) -> Vec<String> {
    let text = || text.to_owned();
    let who = || Profile {
        provider: text(),
        hint: text(),
    };
    let frame = || Frame {
        base: "/symbolon".into(),
        language: Language::English,
        csrf: text(),
        signed_in: Some(who()),
    };
    let issuer = || Issuer {
        name: text(),
        site: Some(text()),
        contact: Some(text()),
    };
    let moment = || Moment::of(text());
    let kind = Kind::Certificate;
    let standing = || Standing::Revoked {
        since: moment(),
        reason: Some(text()),
    };
    let providers = || {
        vec![Provider {
            id: text(),
            name: text(),
        }]
    };
    let closed = |reason| ClosedLinkPage {
        frame: frame(),
        reason,
    };
    let problem = |problem| SignInProblemPage {
        frame: frame(),
        problem,
        back: WayBack::Credentials,
    };
    vec![
        html(&AccessPage {
            frame: frame(),
            offer: AccessOffer::Claim,
            kind,
            title: text(),
            issuer: issuer(),
            first_name: text(),
            standing: standing(),
            providers: providers(),
        }),
        html(&closed(ClosedLink::Replaced {
            issuer: issuer(),
            sent_at: moment(),
        })),
        html(&closed(ClosedLink::Paused {
            issuer: issuer(),
            kind,
        })),
        html(&closed(ClosedLink::AccessRevoked {
            issuer: issuer(),
            kind,
        })),
        html(&closed(ClosedLink::CredentialRevoked {
            issuer: issuer(),
            kind,
            since: moment(),
            reason: Some(text()),
        })),
        html(&closed(ClosedLink::OrganizationCancelled {
            issuer: issuer(),
            kind,
        })),
        html(&closed(ClosedLink::InUse(InUse {
            issuer: issuer(),
            kind,
            refused: Some(who()),
            asked_at: Some(moment()),
        }))),
        html(&problem(SignInProblem::Declined { provider: text() })),
        html(&problem(SignInProblem::Unproven { provider: text() })),
        html(&problem(SignInProblem::Unreachable { provider: text() })),
        html(&CredentialPage {
            frame: frame(),
            id: text(),
            kind,
            title: text(),
            description: Some(text()),
            holder: text(),
            issuer: issuer(),
            issued_at: moment(),
            expires_at: Some(moment()),
            standing: standing(),
            verify_url: text(),
            bound_to: who(),
            bound_at: moment(),
            just_claimed: true,
        }),
        html(&HoldingsPage {
            frame: frame(),
            holdings: vec![Holding {
                id: text(),
                kind,
                title: text(),
                issuer: text(),
                issued_at: moment(),
                standing: standing(),
                is_paused: false,
            }],
            pager: Pager { number: 1, pages: 1 },
        }),
        html(&VerifyPage {
            frame: frame(),
            finding: Finding::Public(Box::new(Facts {
                id: text(),
                kind,
                title: text(),
                holder: text(),
                issuer: issuer(),
                issued_at: moment(),
                expires_at: Some(moment()),
                standing: standing(),
                checked_at: moment(),
                verify_url: text(),
            })),
        }),
        html(&VerifyPage {
            frame: frame(),
            finding: Finding::IssuerClosed { issuer: Some(text()) },
        }),
        html(&RetrievePage {
            frame: frame(),
            not_an_address: Some(text()),
        }),
        html(&ErrorPage {
            frame: frame(),
            error: PageError::Internal,
            reference: Some(text()),
        }),
    ]
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
