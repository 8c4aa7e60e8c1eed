//! The activity log.

use super::*;

impl Samples {
    pub(super) fn activity(&mut self) {
        let full = ActivityPage {
            frame: self.frame(Section::Activity),
            filter: ActivityFilter::default(),
            entries: self.entries(),
            pages: KeyPages {
                before: None,
                after: Some(self.words("1200")),
            },
            may_export: true,
        };
        self.add("activity", &full);
        let filtered = ActivityPage {
            filter: ActivityFilter {
                what: DeedGroup::Recipients,
                actor: ActorKind::Administrator,
                since: self.field("2026-11-01"),
                until: self.field("2026-11-32").with(Problem::NotADay),
            },
            entries: self.entries().into_iter().take(1).collect(),
            ..full.clone()
        };
        self.add("activity-filtered", &filtered);
        let none = ActivityPage {
            entries: Vec::new(),
            pages: KeyPages::default(),
            ..filtered
        };
        self.add("activity-none", &none);
        let viewer = ActivityPage {
            frame: self.viewer(Section::Activity),
            may_export: false,
            ..full
        };
        self.add("activity-viewer", &viewer);
    }

    fn about(&self, kind: AboutKind, name: Option<&str>) -> About {
        About {
            kind,
            id: self.words(ID),
            name: name.map(|name| self.words(name)),
        }
    }

    fn entries(&self) -> Vec<ActivityRow> {
        let grace = || Actor::Administrator {
            name: Some(self.words("Grace Hopper")),
        };
        let program = || Actor::Token {
            description: Some(self.words("Learning platform")),
        };
        let token = || self.about(AboutKind::Token, Some("Learning platform"));
        let entries = vec![
            (
                "access.reset",
                grace(),
                vec![
                    self.about(AboutKind::Recipient, Some("Ada Lovelace")),
                    self.about(AboutKind::Template, Some(LONG)),
                ],
            ),
            (
                "access.reset_requested",
                Actor::Recipient,
                vec![self.about(AboutKind::Recipient, Some(LONG_MAIL))],
            ),
            (
                "recipient.deleted",
                Actor::Administrator { name: None },
                vec![
                    self.about(AboutKind::Recipient, None),
                    self.about(AboutKind::Template, None),
                ],
            ),
            ("token.reuse_detected", program(), vec![token()]),
            (
                "token.rotated",
                program(),
                vec![token(), self.about(AboutKind::Token, None)],
            ),
            (
                "administrator.invited",
                grace(),
                vec![self.about(AboutKind::Administrator, Some("Margaret Hamilton"))],
            ),
            (
                "administrator.removed",
                grace(),
                vec![self.about(AboutKind::Administrator, None)],
            ),
            ("organization.created", Actor::Operator, Vec::new()),
        ];
        entries
            .into_iter()
            .map(|(action, by, about)| ActivityRow {
                action: action.to_owned(),
                at: self.since("2026-11-21T07:00:00.000Z"),
                address: (by != Actor::Recipient)
                    .then(|| client_address("2001:db8:85a3:8d3:1319:8a2e:370:7348")),
                request: (by != Actor::Operator).then(|| self.words(OTHER_ID)),
                by,
                about,
            })
            .collect()
    }
}
