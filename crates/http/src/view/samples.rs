//! Every page in every variant, for the snapshots, the checks of structure, and for looking at.

use super::*;

/// A page as it is sent.
pub(super) struct Sample {
    /// Names the page and its variant.
    pub(super) name: String,
    /// Its status.
    pub(super) status: u16,
    /// Its HTML.
    pub(super) html: String,
}

/// Every page in every variant.
pub(super) fn all(language: Language) -> Vec<Sample> {
    let mut samples = Samples {
        frame: frame(language),
        made: Vec::new(),
    };
    samples.access();
    samples.closed_links();
    samples.sign_in_problems();
    samples.credentials();
    samples.holdings();
    samples.verifications();
    samples.forms();
    samples.errors();
    samples.made
}

pub(super) fn frame(language: Language) -> Frame {
    Frame {
        base: "/symbolon".into(),
        language,
        csrf: "csrf-value".into(),
        signed_in: None,
    }
}

pub(super) fn profile() -> Profile {
    Profile {
        provider: "Google".into(),
        hint: "a…@example.org".into(),
    }
}

pub(super) fn providers() -> Vec<Provider> {
    [
        ("google", "Google"),
        ("linkedin", "LinkedIn"),
        ("microsoft", "Microsoft"),
    ]
    .map(|(id, name)| Provider {
        id: id.into(),
        name: name.into(),
    })
    .into()
}

pub(super) fn issuer() -> Issuer {
    Issuer {
        name: "Example Academy".into(),
        site: Some("https://academy.example.org/".into()),
        contact: Some("credentials@academy.example.org".into()),
    }
}

pub(super) fn march() -> Moment {
    Moment::of("2026-03-05T09:30:00.000Z")
}

pub(super) fn autumn() -> Moment {
    Moment::of("2026-10-01T00:00:00.000Z")
}

pub(super) fn revoked() -> Standing {
    Standing::Revoked {
        since: autumn(),
        reason: Some("The examination was repeated.".into()),
    }
}

const TITLE: &str = "Occupational Safety, Advanced Course";
const ID: &str = "019342a1-7c3e-7b52-9d1f-8a6e4b0c2d11";

struct Samples {
    frame: Frame,
    made: Vec<Sample>,
}

impl Samples {
    fn add(&mut self, name: &str, page: &impl Page) {
        self.made.push(Sample {
            name: name.to_owned(),
            status: page.status(),
            html: page.render().unwrap(),
        });
    }

    fn signed_in(&self) -> Frame {
        Frame {
            signed_in: Some(profile()),
            ..self.frame.clone()
        }
    }

    fn access(&mut self) {
        let free = AccessPage {
            frame: self.frame.clone(),
            offer: AccessOffer::Claim,
            kind: Kind::Certificate,
            title: TITLE.into(),
            issuer: issuer(),
            first_name: "Ada".into(),
            standing: Standing::Valid,
            providers: providers(),
        };
        self.add("access-free", &free);
        let one = AccessPage {
            kind: Kind::Badge,
            providers: providers().into_iter().take(1).collect(),
            ..free.clone()
        };
        self.add("access-one-provider", &one);
        let none = AccessPage {
            providers: Vec::new(),
            ..free.clone()
        };
        self.add("access-no-provider", &none);
        let expired = AccessPage {
            standing: Standing::Expired { since: autumn() },
            ..free.clone()
        };
        self.add("access-expired", &expired);
        let claimed = AccessPage {
            offer: AccessOffer::Return,
            ..free.clone()
        };
        self.add("access-claimed", &claimed);
        let revoked = AccessPage {
            offer: AccessOffer::ReturnAfterRevocation,
            standing: revoked(),
            ..free
        };
        self.add("access-revoked", &revoked);
    }

    fn closed_links(&mut self) {
        let (issuer, kind) = (issuer(), Kind::Certificate);
        let in_use = InUse {
            issuer: issuer.clone(),
            kind,
            refused: Some(profile()),
            asked_at: None,
        };
        let asked = InUse {
            asked_at: Some(autumn()),
            ..in_use.clone()
        };
        let variants = [
            ("closed-unknown", ClosedLink::Unknown),
            (
                "closed-replaced",
                ClosedLink::Replaced {
                    issuer: issuer.clone(),
                    sent_at: Some(march()),
                },
            ),
            (
                "closed-replaced-soon",
                ClosedLink::Replaced {
                    issuer: issuer.clone(),
                    sent_at: None,
                },
            ),
            (
                "closed-paused",
                ClosedLink::Paused {
                    issuer: issuer.clone(),
                    kind,
                },
            ),
            (
                "closed-access-revoked",
                ClosedLink::AccessRevoked {
                    issuer: issuer.clone(),
                    kind,
                },
            ),
            (
                "closed-shut-out",
                ClosedLink::ShutOut {
                    issuer: issuer.clone(),
                    kind,
                    refused: profile(),
                },
            ),
            (
                "closed-credential-revoked",
                ClosedLink::CredentialRevoked {
                    issuer: issuer.clone(),
                    kind,
                    since: autumn(),
                    reason: Some("The examination was repeated.".into()),
                },
            ),
            (
                "closed-organization-cancelled",
                ClosedLink::OrganizationCancelled { issuer, kind },
            ),
            ("closed-in-use", ClosedLink::InUse(in_use)),
            ("closed-in-use-asked", ClosedLink::InUse(asked)),
        ];
        for (name, reason) in variants {
            let page = ClosedLinkPage {
                frame: self.frame.clone(),
                reason,
            };
            self.add(name, &page);
        }
    }

    fn sign_in_problems(&mut self) {
        let provider = || "LinkedIn".to_owned();
        let variants = [
            ("sign-in-over", SignInProblem::Over),
            (
                "sign-in-declined",
                SignInProblem::Declined { provider: provider() },
            ),
            (
                "sign-in-unproven",
                SignInProblem::Unproven { provider: provider() },
            ),
            (
                "sign-in-unreachable",
                SignInProblem::Unreachable { provider: provider() },
            ),
            ("sign-in-no-provider", SignInProblem::NoProvider),
            ("sign-in-hand-over-expired", SignInProblem::HandOverExpired),
        ];
        for (name, problem) in variants {
            let page = SignInProblemPage {
                frame: self.frame.clone(),
                problem,
                back: WayBack::Access,
            };
            self.add(name, &page);
        }
    }

    fn credentials(&mut self) {
        let valid = CredentialPage {
            frame: self.signed_in(),
            id: ID.into(),
            kind: Kind::Certificate,
            title: TITLE.into(),
            description: Some("Forty hours on hazards at work, with an examination.".into()),
            holder: "Ada Lovelace".into(),
            issuer: issuer(),
            issued_at: march(),
            expires_at: None,
            standing: Standing::Valid,
            verify_url: format!("https://tokens.example.org/symbolon/verify/{ID}"),
            bound_to: profile(),
            bound_at: autumn(),
            just_claimed: false,
        };
        self.add("credential-valid", &valid);
        let claimed = CredentialPage {
            kind: Kind::Badge,
            expires_at: Some(Moment::of("2028-03-05T00:00:00.000Z")),
            just_claimed: true,
            ..valid.clone()
        };
        self.add("credential-just-claimed", &claimed);
        let expired = CredentialPage {
            expires_at: Some(autumn()),
            standing: Standing::Expired { since: autumn() },
            ..valid.clone()
        };
        self.add("credential-expired", &expired);
        let revoked = CredentialPage {
            standing: revoked(),
            ..valid
        };
        self.add("credential-revoked", &revoked);
    }

    fn holdings(&mut self) {
        let holding = Holding {
            id: ID.into(),
            kind: Kind::Certificate,
            title: TITLE.into(),
            issuer: issuer().name,
            issued_at: march(),
            standing: Standing::Valid,
            bar: None,
        };
        let holdings = vec![
            holding.clone(),
            Holding {
                kind: Kind::Badge,
                title: "First Aider".into(),
                standing: Standing::Expired { since: autumn() },
                ..holding.clone()
            },
            Holding {
                title: "Volunteer of the Year".into(),
                standing: revoked(),
                bar: Some(Bar::Paused),
                ..holding.clone()
            },
            Holding {
                title: "Lifesaver".into(),
                bar: Some(Bar::IssuerClosed),
                ..holding
            },
        ];
        let one = Pager { number: 1, pages: 1 };
        let full = HoldingsPage {
            frame: self.signed_in(),
            holdings,
            pager: Pager { number: 2, pages: 3 },
        };
        self.add("holdings", &full);
        let empty = HoldingsPage {
            holdings: Vec::new(),
            pager: one,
            ..full
        };
        self.add("holdings-empty", &empty);
        let sign_in = SignInPage {
            frame: self.frame.clone(),
            providers: providers(),
        };
        self.add("sign-in", &sign_in);
        let signed_out = SignedOutPage {
            frame: self.frame.clone(),
        };
        self.add("signed-out", &signed_out);
    }

    fn verifications(&mut self) {
        let facts = |standing| {
            Finding::Public(Box::new(Facts {
                id: ID.into(),
                kind: Kind::Certificate,
                title: TITLE.into(),
                holder: "Ada Lovelace".into(),
                issuer: issuer(),
                issued_at: march(),
                expires_at: Some(Moment::of("2028-03-05T00:00:00.000Z")),
                standing,
                checked_at: Moment::of("2026-11-21T10:00:00.000Z"),
                verify_url: format!("https://tokens.example.org/symbolon/verify/{ID}"),
            }))
        };
        let variants = [
            ("verify-valid", facts(Standing::Valid)),
            ("verify-expired", facts(Standing::Expired { since: autumn() })),
            ("verify-revoked", facts(revoked())),
            (
                "verify-issuer-closed",
                Finding::IssuerClosed {
                    issuer: Some(issuer().name),
                },
            ),
            (
                "verify-issuer-closed-nameless",
                Finding::IssuerClosed { issuer: None },
            ),
            ("verify-not-found", Finding::NotFound),
        ];
        for (name, finding) in variants {
            let page = VerifyPage {
                frame: self.frame.clone(),
                finding,
            };
            self.add(name, &page);
        }
    }

    fn forms(&mut self) {
        let home = HomePage {
            frame: self.frame.clone(),
        };
        self.add("home", &home);
        let variants = [("recipient-view", false), ("recipient-view-no-token", true)];
        for (name, has_no_token) in variants {
            let page = RecipientViewPage {
                frame: self.frame.clone(),
                has_no_token,
            };
            self.add(name, &page);
        }
        let variants = [
            ("retrieve", None),
            ("retrieve-not-an-address", Some("ada at example".to_owned())),
        ];
        for (name, not_an_address) in variants {
            let page = RetrievePage {
                frame: self.frame.clone(),
                not_an_address,
            };
            self.add(name, &page);
        }
        let sent = RetrieveSentPage {
            frame: self.frame.clone(),
        };
        self.add("retrieve-sent", &sent);
    }

    fn errors(&mut self) {
        let number = || Some("0193-42a1".to_owned());
        let variants = [
            ("error-forbidden", PageError::Forbidden, None),
            ("error-bad-form", PageError::BadForm, None),
            ("error-too-slow", PageError::TooSlow, None),
            ("error-busy", PageError::Busy, None),
            ("error-not-found", PageError::NotFound, None),
            ("error-method", PageError::MethodNotAllowed, None),
            ("error-too-large", PageError::TooLarge, None),
            (
                "error-too-many",
                PageError::TooManyRequests { retry_after: 42 },
                None,
            ),
            (
                "error-too-many-long",
                PageError::TooManyRequests { retry_after: 601 },
                None,
            ),
            (
                "error-too-many-short",
                PageError::TooManyRequests { retry_after: 0 },
                None,
            ),
            ("error-internal", PageError::Internal, number()),
            ("error-internal-numberless", PageError::Internal, None),
            ("error-unavailable", PageError::Unavailable, None),
        ];
        for (name, error, reference) in variants {
            let page = ErrorPage {
                frame: self.frame.clone(),
                error,
                reference,
            };
            self.add(name, &page);
        }
    }
}
