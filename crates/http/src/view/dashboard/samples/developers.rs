//! Authorization tokens.

use super::*;

const PATTERN: &str = "symorg_[0-9A-Za-z]{36}";
const VALUE: &str = "symorg_4fKq0ZbW7hTnXcV2mLpR9sYdJgEu3AwNi6oC";
const ALL: Permissions = Permissions {
    read: true,
    write: true,
    delete: true,
};

impl Samples {
    pub(super) fn developers(&mut self) {
        self.token_lists();
        self.token_forms();
        self.tokens_made();
        self.token_pages();
        self.token_questions();
    }

    fn token_lists(&mut self) {
        let full = TokenListPage {
            frame: DashboardFrame {
                outcome: Some(Outcome::TokenRevoked),
                alerts: vec![
                    Alert::TokensExpire { count: 2, days: 14 },
                    Alert::RotatedTokenUsed {
                        id: self.words(ID),
                        description: Some(self.words("Learning platform")),
                    },
                    Alert::MailFailed { count: 3 },
                ],
                requests: 3,
                ..self.frame(Section::Developers)
            },
            shown: TokensShown::All,
            tokens: self.rows(),
            listing: Listing {
                filters: vec![("show", "all".into())],
                ..Self::listing(2, 3, 61)
            },
            pattern: self.words(PATTERN),
            may_act: true,
        };
        self.add("tokens-all", &full);
        let live = TokenListPage {
            frame: self.frame(Section::Developers),
            shown: TokensShown::Live,
            tokens: self.rows().into_iter().take(3).collect(),
            listing: Listing::only(3),
            ..full.clone()
        };
        self.add("tokens-live", &live);
        let empty = TokenListPage {
            tokens: Vec::new(),
            listing: Listing::only(0),
            ..live
        };
        self.add("tokens-empty", &empty);
        let viewer = TokenListPage {
            frame: DashboardFrame {
                role: Role::Viewer,
                ..self.frame(Section::Developers)
            },
            shown: TokensShown::All,
            may_act: false,
            ..empty
        };
        self.add("tokens-viewer-empty", &viewer);
    }

    pub(super) fn row(&self, expires_at: &str) -> TokenRow {
        TokenRow {
            id: self.words(ID),
            description: Some(self.words("Learning platform")),
            ending: self.words("8bQz"),
            state: TokenState::Live,
            permissions: ALL,
            created: self.since("2026-11-18T10:00:00.000Z"),
            made_by: self.words("Grace Hopper"),
            expires: Expiry(self.since(expires_at)),
            last_used: Some(self.since("2026-11-21T07:00:00.000Z")),
            reuse: None,
        }
    }

    fn rows(&self) -> Vec<TokenRow> {
        let row = self.row("2027-05-20T10:00:00.000Z");
        vec![
            row.clone(),
            TokenRow {
                description: None,
                permissions: Permissions {
                    write: false,
                    delete: false,
                    ..ALL
                },
                last_used: None,
                ..self.row("2026-12-12T10:00:00.000Z")
            },
            TokenRow {
                description: Some(self.words(LONG)),
                ..self.row("2026-11-27T12:00:00.000Z")
            },
            TokenRow {
                state: TokenState::InGrace {
                    until: self.since("2026-11-21T14:00:00.000Z"),
                },
                ..row.clone()
            },
            TokenRow {
                state: TokenState::Expired,
                ..self.row("2026-11-12T10:00:00.000Z")
            },
            TokenRow {
                state: TokenState::Rotated,
                reuse: Some(Reuse { count: 12 }),
                ..row.clone()
            },
            TokenRow {
                state: TokenState::Revoked,
                ..row
            },
        ]
    }

    fn token_forms(&mut self) {
        let new = TokenFormPage {
            frame: self.frame(Section::Developers),
            description: Field::default(),
            permissions: Permissions {
                write: false,
                delete: false,
                ..ALL
            },
            permissions_problem: None,
            expires_in_days: Field::of("180"),
            problem: None,
        };
        self.add("token-new", &new);
        let wrong = TokenFormPage {
            description: self.field(LONG).with(Problem::TooLong { most: 200 }),
            permissions_problem: Some(Problem::Other(self.words("Choose at least one."))),
            expires_in_days: self
                .field("500")
                .with(Problem::NotANumber { least: 1, most: 366 }),
            problem: Some(self.words("50 tokens are live, and that is the most. Revoke one first.")),
            ..new
        };
        self.add("token-new-wrong", &wrong);
    }

    fn curl(&self) -> String {
        self.words(&format!(
            "curl -u '{VALUE}:' https://tokens.example.org/symbolon/v1/organizations/{ID}/authorization_tokens/current"
        ))
    }

    fn tokens_made(&mut self) {
        let once = TokenMadePage {
            frame: self.frame(Section::Developers),
            id: self.words(ID),
            description: Some(self.words("Learning platform")),
            value: self.words(VALUE),
            curl: self.curl(),
            expires: self.since("2027-05-20T10:00:00.000Z"),
            is_revealable: false,
            rotation: None,
        };
        self.add("token-made", &once);
        let rotated = TokenMadePage {
            description: None,
            is_revealable: true,
            rotation: Some(Rotation::Grace(self.since("2026-11-21T11:00:00.000Z"))),
            ..once.clone()
        };
        self.add("token-rotated-grace", &rotated);
        let over = TokenMadePage {
            rotation: Some(Rotation::Over),
            ..once
        };
        self.add("token-rotated", &over);
    }

    fn link(&self, state: TokenState) -> TokenLink {
        TokenLink {
            id: self.words(OTHER_ID),
            description: Some(self.words("Learning platform")),
            state,
        }
    }

    fn token_page(&self) -> TokenPage {
        TokenPage {
            frame: self.frame(Section::Developers),
            id: self.words(ID),
            description: Some(self.words("Learning platform")),
            ending: self.words("8bQz"),
            state: TokenState::Live,
            permissions: ALL,
            created: self.since("2026-11-18T10:00:00.000Z"),
            made_by: self.words("Grace Hopper"),
            expires: Expiry(self.since("2026-12-12T10:00:00.000Z")),
            closed: None,
            last_used: Some(self.since("2026-11-21T07:00:00.000Z")),
            reuse: None,
            rotated_from: None,
            rotated_to: None,
            descendants: Vec::new(),
            value: TokenValue::Hidden,
            describe: self.field("Learning platform"),
            may_act: true,
        }
    }

    fn token_pages(&mut self) {
        let live = self.token_page();
        self.add("token", &live);
        let shown = TokenPage {
            frame: DashboardFrame {
                outcome: Some(Outcome::TokenDescribed),
                ..self.frame(Section::Developers)
            },
            rotated_from: Some(self.link(TokenState::Rotated)),
            descendants: [1, 2, 3, 4, 1]
                .map(|depth| Descendant {
                    token: self.link(if depth == 2 {
                        TokenState::Revoked
                    } else {
                        TokenState::Live
                    }),
                    depth,
                })
                .into(),
            value: TokenValue::Shown {
                value: self.words(VALUE),
                curl: self.curl(),
            },
            ..live.clone()
        };
        self.add("token-shown", &shown);
        let rotated = TokenPage {
            description: None,
            state: TokenState::Rotated,
            closed: Some(self.since("2026-11-20T10:00:00.000Z")),
            reuse: Some(Reuse { count: 12 }),
            rotated_to: Some(self.link(TokenState::Live)),
            value: TokenValue::NotKept,
            ..live.clone()
        };
        self.add("token-reused", &rotated);
        let grace = TokenPage {
            description: Some(self.words(LONG)),
            state: TokenState::InGrace {
                until: self.since("2026-11-21T14:00:00.000Z"),
            },
            last_used: None,
            closed: Some(self.since("2026-11-21T09:00:00.000Z")),
            rotated_to: Some(self.link(TokenState::Live)),
            value: TokenValue::NotKept,
            describe: self.field(LONG).with(Problem::TooLong { most: 200 }),
            ..live.clone()
        };
        self.add("token-in-grace", &grace);
        let viewer = TokenPage {
            value: TokenValue::NotForYou,
            may_act: false,
            ..live
        };
        self.add("token-viewer", &viewer);
    }

    fn token_questions(&mut self) {
        let frame = self.frame(Section::Developers);
        let (id, description) = (self.words(ID), self.words("Learning platform"));
        let description = Some(description.as_str());
        for (name, page) in [
            (
                "rotate",
                QuestionPage::rotate_token(frame.clone(), &id, description),
            ),
            (
                "revoke",
                QuestionPage::revoke_token(frame.clone(), &id, description, 3),
            ),
            (
                "revoke-alone",
                QuestionPage::revoke_token(frame.clone(), &id, None, 0),
            ),
        ] {
            self.add(&format!("token-{name}"), &page);
        }
        let fields = QuestionPage {
            title: self.words("Revoke the credential of Ada Lovelace?"),
            consequences: vec![self.words("Its verification page will say so, with the reason.")],
            fields: vec![
                QuestionField::Text {
                    name: "reason",
                    label: self.words("Reason"),
                    help: self.words("Everybody who verifies it can read it."),
                    field: Field::default().with(Problem::Missing),
                    is_required: true,
                },
                QuestionField::Hidden {
                    name: "version",
                    value: self.words("7"),
                },
            ],
            verb: self.words("Revoke credential"),
            action: "/symbolon/dashboard/recipients/1/revoke-credential".into(),
            cancel: "/symbolon/dashboard/recipients/1".into(),
            is_danger: true,
            frame,
        };
        self.add("question-wrong", &fields);
    }
}
