//! Authorization tokens.

use super::*;

const PATTERN: &str = "symorg_[0-9A-Za-z]{36}";
const ALL: Permissions = Permissions {
    read: true,
    write: true,
    delete: true,
};

impl Samples {
    pub(super) fn developers(&mut self) {
        self.token_lists();
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
                made_by: self.words(LONG),
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
                reuse: Some(Reuse {
                    count: 12,
                    last: self.since("2026-11-21T07:00:00.000Z"),
                }),
                ..row.clone()
            },
            TokenRow {
                state: TokenState::Revoked,
                ..row
            },
        ]
    }
}
