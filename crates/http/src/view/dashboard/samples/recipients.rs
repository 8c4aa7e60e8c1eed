//! Lists of recipients, reset requests, and the form for a new recipient.

use super::*;

impl Samples {
    pub(super) fn recipients(&mut self) {
        self.recipient_lists();
        self.reset_requests();
        self.add_recipient();
    }

    pub(super) fn profile(&self) -> Profile {
        Profile {
            provider: self.words("Google"),
            hint: self.words("a…@example.org"),
        }
    }

    pub(super) fn named(&self, id: &str, name: &str) -> Named {
        Named {
            id: self.words(id),
            name: self.words(name),
        }
    }

    pub(super) fn templates_to_choose(&self) -> TemplateChoices {
        TemplateChoices {
            offered: vec![
                self.named(OTHER_ID, "First Aid"),
                self.named(ID, "Occupational Safety, Advanced Course"),
            ],
            cut_at: None,
        }
    }

    /// The same of an organization that has more than a select offers.
    pub(super) fn some_templates(&self) -> TemplateChoices {
        TemplateChoices {
            cut_at: Some(1_000),
            ..self.templates_to_choose()
        }
    }

    /// One in each state.
    pub(super) fn claims(&self) -> Vec<ClaimState> {
        let at = self.since("2026-11-18T10:00:00.000Z");
        let free = |opens, was_claimed| ClaimState::Free { opens, was_claimed };
        let claimed = |asked| ClaimState::Claimed {
            by: self.profile(),
            at: at.clone(),
            asked,
        };
        let revoked = |by: Option<Profile>, was_claimed| ClaimState::Revoked {
            at: at.clone(),
            by,
            was_claimed,
        };
        vec![
            free(0, false),
            free(1, false),
            free(1_200, false),
            claimed(None),
            claimed(Some(self.since("2026-11-21T07:00:00.000Z"))),
            free(3, true),
            revoked(None, false),
            revoked(Some(self.profile()), true),
            revoked(None, true),
        ]
    }

    /// One in each state.
    fn mails(&self) -> Vec<MailState> {
        let why = self.words("The mail server at example.org knows no such mailbox.");
        vec![
            MailState::Waiting { failure: None },
            MailState::Sent {
                at: self.since("2026-11-21T09:58:00.000Z"),
            },
            MailState::Failed { why: why.clone() },
            MailState::Suppressed,
            MailState::Held,
            MailState::Waiting { failure: Some(why) },
            MailState::Dropped,
        ]
    }

    fn recipient_rows(&self) -> Vec<RecipientRow> {
        let mails = self.mails();
        let mut rows: Vec<_> = self
            .claims()
            .into_iter()
            .zip(mails.into_iter().cycle())
            .map(|(claim, mail_state)| RecipientRow {
                id: self.words(ID),
                name: self.words("Ada Lovelace"),
                mail: self.words("ada@example.org"),
                template: self.words("Occupational Safety, Advanced Course"),
                mail_state,
                claim,
                revoked: None,
                added: self.since("2026-11-18T10:00:00.000Z"),
                is_test: false,
            })
            .collect();
        rows[0].is_test = true;
        rows[1].name = self.words(LONG);
        rows[2].mail = self.words(LONG_MAIL);
        rows[2].template = self.words(LONG);
        rows[8].revoked = Some(self.since("2026-11-20T10:00:00.000Z"));
        rows
    }

    fn recipient_lists(&mut self) {
        let full = RecipientListPage {
            frame: DashboardFrame {
                outcome: Some(Outcome::RecipientAdded),
                requests: 2,
                ..self.frame(Section::Recipients)
            },
            filter: RecipientFilter::default(),
            templates: self.templates_to_choose(),
            recipients: self.recipient_rows(),
            total: Some(1_000_000),
            pages: KeyPages {
                before: None,
                after: Some(self.words("MjAyNi0xMS0xOA==")),
            },
            has_recipients: true,
            may_act: true,
            may_export: true,
        };
        self.add("recipients", &full);
        let filtered = RecipientListPage {
            frame: self.frame(Section::Recipients),
            filter: RecipientFilter {
                search: self.words("ada"),
                template: Some(self.words(ID)),
                state: StateShown::Claimed,
                mail: MailShown::Sent,
                order: Order::Oldest,
            },
            recipients: self.recipient_rows().into_iter().skip(3).take(1).collect(),
            total: None,
            pages: KeyPages {
                before: Some(self.words("a/b")),
                after: Some(self.words("c&d")),
            },
            ..full.clone()
        };
        self.add("recipients-filtered", &filtered);
        let many = RecipientListPage {
            templates: self.some_templates(),
            ..filtered.clone()
        };
        self.add("recipients-many-templates", &many);
        let none = RecipientListPage {
            recipients: Vec::new(),
            pages: KeyPages::default(),
            ..filtered.clone()
        };
        self.add("recipients-no-match", &none);
        let beyond = RecipientListPage {
            filter: RecipientFilter::default(),
            ..none.clone()
        };
        self.add("recipients-beyond", &beyond);
        let empty = RecipientListPage {
            has_recipients: false,
            ..beyond
        };
        self.add("recipients-empty", &empty);
        let viewer = RecipientListPage {
            may_act: false,
            may_export: false,
            ..empty
        };
        self.add("recipients-viewer-empty", &viewer);
        let viewer = RecipientListPage {
            frame: self.viewer(Section::Recipients),
            may_act: false,
            may_export: false,
            ..filtered
        };
        self.add("recipients-viewer", &viewer);
    }

    fn reset_requests(&mut self) {
        let row = ResetRequestRow {
            id: self.words(ID),
            name: self.words("Ada Lovelace"),
            mail: self.words("ada@example.org"),
            template: self.words("Occupational Safety, Advanced Course"),
            bound_to: self.profile(),
            bound: self.since("2026-11-18T10:00:00.000Z"),
            by: Some(Profile {
                provider: self.words("Microsoft"),
                hint: self.words("l…@company.example"),
            }),
            asked: self.since("2026-11-21T07:00:00.000Z"),
            asked_at: 1_795_244_400_000,
        };
        let unknown = ResetRequestRow {
            name: self.words(LONG),
            mail: self.words(LONG_MAIL),
            by: None,
            ..row.clone()
        };
        let queue = ResetRequestsPage {
            frame: DashboardFrame {
                requests: 2,
                ..self.frame(Section::Recipients)
            },
            requests: vec![row, unknown],
            pages: KeyPages {
                before: None,
                after: Some(self.words("next")),
            },
            may_act: true,
        };
        self.add("reset-requests", &queue);
        let viewer = ResetRequestsPage {
            frame: self.viewer(Section::Recipients),
            may_act: false,
            pages: KeyPages::default(),
            ..queue.clone()
        };
        self.add("reset-requests-viewer", &viewer);
        let empty = ResetRequestsPage {
            requests: Vec::new(),
            frame: DashboardFrame {
                outcome: Some(Outcome::AccessReset),
                ..self.frame(Section::Recipients)
            },
            pages: KeyPages::default(),
            ..queue
        };
        self.add("reset-requests-empty", &empty);
    }

    fn add_recipient(&mut self) {
        let fresh = AddRecipientPage {
            frame: self.frame(Section::Recipients),
            templates: self.templates_to_choose(),
            template: self.field(OTHER_ID),
            first_name: Field::default(),
            last_name: Field::default(),
            mail: Field::default(),
            locale: self.field("en"),
            issued_at: self.field("2026-11-21"),
            expires_at: Field::default(),
            external_id: Field::default(),
            no_mail: false,
            is_test: false,
            duplicate: None,
        };
        self.add("recipient-new", &fresh);
        let test = AddRecipientPage {
            first_name: self.field("Grace"),
            last_name: self.field("Hopper"),
            mail: self.field("grace@academy.example.org"),
            is_test: true,
            ..fresh.clone()
        };
        self.add("recipient-new-test", &test);
        let wrong = AddRecipientPage {
            template: Field::default().with(Problem::NotOffered),
            first_name: Field::default().with(Problem::Missing),
            last_name: self.field("Lovelace"),
            mail: self.field("ada@").with(Problem::NotAMail),
            locale: self.field("fr").with(Problem::NotOffered),
            issued_at: self.field("5 March").with(Problem::NotADay),
            expires_at: self
                .field("2026-01-01")
                .with(Problem::Other(self.words("This lies before the day of issue."))),
            external_id: self.field("A-1815").with(Problem::TooLong { most: 200 }),
            no_mail: true,
            ..fresh.clone()
        };
        self.add("recipient-new-wrong", &wrong);
        let duplicate = AddRecipientPage {
            first_name: self.field("Ada"),
            mail: self.field("ada@example.org"),
            duplicate: Some(self.named(ID, "Ada Lovelace")),
            ..fresh.clone()
        };
        self.add("recipient-new-duplicate", &duplicate);
        let nothing = AddRecipientPage {
            templates: TemplateChoices::default(),
            ..fresh.clone()
        };
        self.add("recipient-new-nothing", &nothing);
        let many = AddRecipientPage {
            templates: self.some_templates(),
            ..fresh
        };
        self.add("recipient-new-many-templates", &many);
    }
}
