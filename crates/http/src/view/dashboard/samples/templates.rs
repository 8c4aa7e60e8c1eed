//! Templates, and the first page.

use super::*;
use crate::view::Kind;

const PICTURE: &str = "/symbolon/dashboard/templates/preview.svg?kind=certificate&name=Safety";

impl Samples {
    pub(super) fn templates(&mut self) {
        self.overviews();
        self.template_lists();
        self.template_forms();
        self.template_pages();
        self.template_questions();
    }

    fn chart(&self, count: u64) -> Chart {
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let is_weekly = count > 12;
        let bars = (0..count).zip(MONTHS.iter().cycle()).map(|(index, month)| {
            let tick = if !is_weekly {
                *month
            } else if index % 4 == 1 {
                MONTHS[usize::try_from(index / 4).unwrap()]
            } else {
                ""
            };
            ChartBar {
                name: self.words(&format!("{index} {month} 2026")),
                tick: tick.to_owned(),
                value: (index * index * 7 + index * 31) % 97 * u64::from(index % 9 != 4),
            }
        });
        if is_weekly {
            Chart::of_claims(bars.collect())
        } else {
            Chart::of_expiries(bars.collect())
        }
    }

    fn overviews(&mut self) {
        let full = OverviewPage {
            frame: DashboardFrame {
                requests: 3,
                alerts: vec![Alert::TokensExpire { count: 1, days: 7 }],
                ..self.frame(Section::Overview)
            },
            numbers: OverviewNumbers {
                templates: 12,
                recipients: 104_812,
                claimed: 88_120,
                waiting: 16_692,
                mail_failed: 37,
                tokens: 3,
            },
            claims: self.chart(26),
            expiries: self.chart(12),
            may_act: true,
        };
        self.add("overview", &full);
        let fresh = OverviewPage {
            frame: DashboardFrame {
                outcome: Some(Outcome::SetUp),
                ..self.frame(Section::Overview)
            },
            numbers: OverviewNumbers::default(),
            ..full.clone()
        };
        self.add("overview-fresh", &fresh);
        let begun = OverviewPage {
            frame: self.frame(Section::Overview),
            numbers: OverviewNumbers {
                templates: 1,
                ..OverviewNumbers::default()
            },
            ..full.clone()
        };
        self.add("overview-begun", &begun);
        let mut quiet = full;
        quiet.frame = self.frame(Section::Overview);
        quiet.frame.role = Role::Viewer;
        quiet.may_act = false;
        for bar in quiet.claims.bars.iter_mut().chain(&mut quiet.expiries.bars) {
            bar.value = 0;
        }
        self.add("overview-viewer", &quiet);
    }

    fn template_lists(&mut self) {
        let row = TemplateRow {
            id: self.words(ID),
            kind: Kind::Certificate,
            name: self.words("Occupational Safety, Advanced Course"),
            state: TemplateState::Active,
            numbers: TemplateNumbers {
                issued: 1_204,
                mailed: 1_198,
                opened: 1_022,
                claimed: 981,
            },
        };
        let full = TemplateListPage {
            frame: self.frame(Section::Templates),
            templates: vec![
                row.clone(),
                TemplateRow {
                    kind: Kind::Badge,
                    name: self.words(LONG),
                    state: TemplateState::Paused,
                    ..row.clone()
                },
                TemplateRow {
                    name: self.words("First Aider"),
                    kind: Kind::Badge,
                    numbers: TemplateNumbers::default(),
                    ..row
                },
            ],
            listing: Self::listing(1, 2, 27),
            may_act: true,
        };
        self.add("templates", &full);
        let empty = TemplateListPage {
            templates: Vec::new(),
            listing: Listing::only(0),
            ..full
        };
        self.add("templates-empty", &empty);
    }

    fn template_forms(&mut self) {
        let new = TemplateFormPage {
            frame: self.frame(Section::Templates),
            edited: None,
            kind: Kind::Certificate,
            name: Field::default(),
            description: Field::default(),
            validity_days: Field::default(),
        };
        self.add("template-new", &new);
        let wrong = TemplateFormPage {
            kind: Kind::Badge,
            name: Field::default().with(Problem::Missing),
            description: self.field("Forty hours").with(Problem::TooLong { most: 2_000 }),
            validity_days: self.field("soon").with(Problem::NotANumber {
                least: 1,
                most: 36_500,
            }),
            ..new.clone()
        };
        self.add("template-new-wrong", &wrong);
        let edited = TemplateFormPage {
            edited: Some(self.named(ID, "Safety & Care")),
            name: self.field("Safety & Care"),
            description: self.field("Forty hours on hazards at work, with an examination."),
            validity_days: self.field("730"),
            ..new
        };
        self.add("template-edit", &edited);
        let nameless = TemplateFormPage {
            name: Field::default().with(Problem::Missing),
            ..edited
        };
        self.add("template-edit-wrong", &nameless);
    }

    fn template_pages(&mut self) {
        let active = TemplatePage {
            frame: self.frame(Section::Templates),
            id: self.words(ID),
            kind: Kind::Certificate,
            name: self.words("Occupational Safety, Advanced Course"),
            description: Some(self.words("Forty hours on hazards at work, with an examination.")),
            validity_days: Some(730),
            state: TemplateState::Active,
            created: self.since("2026-03-05T09:30:00.000Z"),
            numbers: TemplateNumbers {
                issued: 1_204,
                mailed: 1_198,
                opened: 1_022,
                claimed: 981,
            },
            tests: 1,
            picture: PICTURE.into(),
            may_act: true,
        };
        self.add("template", &active);
        let paused = TemplatePage {
            frame: DashboardFrame {
                outcome: Some(Outcome::TemplatePaused),
                ..self.frame(Section::Templates)
            },
            kind: Kind::Badge,
            name: self.words(LONG),
            description: None,
            validity_days: None,
            state: TemplateState::Paused,
            picture: "/symbolon/dashboard/templates/preview.svg?kind=badge".into(),
            numbers: TemplateNumbers::default(),
            tests: 0,
            ..active.clone()
        };
        self.add("template-paused", &paused);
        let viewer = TemplatePage {
            may_act: false,
            state: TemplateState::Paused,
            ..active
        };
        self.add("template-viewer", &viewer);
    }

    fn template_questions(&mut self) {
        let (id, name) = (self.words(ID), self.words("Occupational Safety, Advanced Course"));
        let frame = self.frame(Section::Templates);
        for (variant, page) in [
            ("pause", QuestionPage::pause_template(frame.clone(), &id, &name)),
            ("resume", QuestionPage::resume_template(frame.clone(), &id, &name)),
            ("delete", QuestionPage::delete_template(frame, &id, &name)),
        ] {
            self.add(&format!("template-{variant}"), &page);
        }
    }
}
