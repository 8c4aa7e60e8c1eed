//! Imports, bulk acts, and the long work that they become.

use super::*;

impl Samples {
    pub(super) fn import(&mut self) {
        self.import_files();
        self.import_columns();
        self.import_checks();
        self.bulk_previews();
        self.jobs();
    }

    fn import_files(&mut self) {
        let fresh = ImportFilePage {
            frame: self.frame(Section::Recipients),
            templates: self.templates_to_choose(),
            template: self.field(OTHER_ID),
            problem: None,
        };
        self.add("import", &fresh);
        let nothing = ImportFilePage {
            templates: TemplateChoices::default(),
            ..fresh.clone()
        };
        self.add("import-nothing", &nothing);
        let many = ImportFilePage {
            templates: self.some_templates(),
            ..fresh.clone()
        };
        self.add("import-many-templates", &many);
        let problems = [
            ("missing", FileProblem::Missing),
            ("empty", FileProblem::Empty),
            ("too-large", FileProblem::TooLarge),
            ("too-many", FileProblem::TooManyRows),
            (
                "workbook",
                FileProblem::NotCsv {
                    what: self.words("an Excel workbook"),
                },
            ),
            ("not-utf8", FileProblem::NotUtf8),
            ("open-quote", FileProblem::OpenQuote { line: 412 }),
        ];
        for (name, problem) in problems {
            let page = ImportFilePage {
                template: Field::default().with(Problem::NotOffered),
                problem: Some(problem),
                ..fresh.clone()
            };
            self.add(&format!("import-{name}"), &page);
        }
    }

    fn import_columns(&mut self) {
        let column = |heading: &str, samples: &[&str], meaning| ImportColumn {
            heading: self.words(heading),
            samples: samples.iter().map(|sample| self.words(sample)).collect(),
            meaning,
        };
        let columns = vec![
            column("Vorname", &["Ada", "Grace", "Margaret"], ColumnMeaning::FirstName),
            column(
                "Nachname",
                &["Lovelace", "Hopper", "Hamilton"],
                ColumnMeaning::LastName,
            ),
            column(
                "E-Mail",
                &["ada@example.org", LONG_MAIL, "margaret@example.org"],
                ColumnMeaning::Mail,
            ),
            column(LONG, &[LONG], ColumnMeaning::Skip),
            ImportColumn {
                heading: String::new(),
                samples: Vec::new(),
                meaning: ColumnMeaning::Skip,
            },
        ];
        let guessed = ImportColumnsPage {
            frame: self.frame(Section::Recipients),
            id: self.words(ID),
            file: self.words("participants-november.csv"),
            template: self.named(ID, "Occupational Safety, Advanced Course"),
            rows: 1_000,
            columns,
            problems: Vec::new(),
        };
        self.add("import-columns", &guessed);
        let wrong = ImportColumnsPage {
            problems: vec![
                ColumnsProblem::NoMail,
                ColumnsProblem::NoName,
                ColumnsProblem::Twice(ColumnMeaning::ExternalId),
            ],
            ..guessed
        };
        self.add("import-columns-wrong", &wrong);
    }

    fn import_checks(&mut self) {
        let problem = LineProblem {
            line: 1_204,
            column: Some(self.words("E-Mail")),
            is_bad: true,
            what: self.words("“ada@” is not a mail address."),
            remedy: self.words("Correct it, and import the row once more."),
        };
        let warning = LineProblem {
            line: 1_206,
            column: None,
            is_bad: false,
            what: self.words("The same mail address stands on line 12."),
            remedy: self.words("The first of them is taken."),
        };
        let row = SampleRow {
            line: 2,
            name: self.words("Ada Lovelace"),
            mail: self.words("ada@example.org"),
            language: self.words("English"),
            issued: self.words("21 November 2026"),
            expires: self.words("never"),
        };
        let long = SampleRow {
            line: 3,
            name: self.words(LONG),
            mail: self.words(LONG_MAIL),
            ..row.clone()
        };
        let mixed = ImportCheckPage {
            frame: self.frame(Section::Recipients),
            id: self.words(ID),
            file: self.words("participants-november.csv"),
            template: self.named(ID, "Occupational Safety, Advanced Course"),
            good: 997,
            warned: 1,
            bad: 2,
            problems: vec![problem, warning],
            sample: vec![row, long],
            no_mail: false,
        };
        self.add("import-check", &mixed);
        let good = ImportCheckPage {
            warned: 0,
            bad: 0,
            good: 1,
            problems: Vec::new(),
            no_mail: true,
            ..mixed.clone()
        };
        self.add("import-check-good", &good);
        let bad = ImportCheckPage {
            good: 0,
            warned: 0,
            bad: 1_000,
            sample: Vec::new(),
            ..mixed
        };
        self.add("import-check-bad", &bad);
    }

    fn bulk_previews(&mut self) {
        for act in BulkAct::ALL {
            let page = BulkPreviewPage {
                frame: self.frame(Section::Recipients),
                act: *act,
                scope: BulkScope::Filter,
                filter: RecipientFilter {
                    state: StateShown::Waiting,
                    ..RecipientFilter::default()
                },
                applies: Amount::Exactly(12_345),
                skipped: Some(Skipped {
                    count: Some(Amount::Exactly(1_200)),
                    why: self.words("their link was sent less than 5 minutes ago."),
                }),
                first: vec![self.named(ID, "Ada Lovelace"), self.named(OTHER_ID, LONG)],
                reason: Field::default(),
                confirm: Field::default(),
            };
            self.add(&format!("bulk-{}", act.code()), &page);
            if *act == BulkAct::Delete {
                self.bulk_mistakes(page);
            }
        }
    }

    fn bulk_mistakes(&mut self, page: BulkPreviewPage) {
        let wrong = BulkPreviewPage {
            scope: BulkScope::Chosen(vec![self.words(ID), self.words(OTHER_ID)]),
            filter: RecipientFilter::default(),
            applies: Amount::Exactly(2),
            skipped: None,
            confirm: self
                .field("3")
                .with(Problem::Other(self.words("Type 2 to go on."))),
            ..page.clone()
        };
        self.add("bulk-delete-wrong", &wrong);
        let nothing = BulkPreviewPage {
            applies: Amount::Exactly(0),
            skipped: Some(Skipped {
                count: Some(Amount::Exactly(1)),
                why: self.words("their access is revoked."),
            }),
            first: Vec::new(),
            ..page.clone()
        };
        self.add("bulk-nothing", &nothing);
        let many = BulkPreviewPage {
            act: BulkAct::SendAgain,
            applies: Amount::MoreThan(500),
            skipped: Some(Skipped {
                count: None,
                why: self.words("their link was sent less than 5 minutes ago."),
            }),
            ..page
        };
        self.add("bulk-many", &many);
    }

    fn job(&self, kind: JobKind, state: JobState) -> Job {
        Job {
            id: self.words(ID),
            kind,
            about: self.words("participants-november.csv for “Occupational Safety, Advanced Course”"),
            state,
            done: 336,
            skipped: 2,
            failed: 2,
            total: 1_000,
            began: self.since("2026-11-21T09:58:00.000Z"),
            by: self.words("Grace Hopper"),
        }
    }

    fn job_rows(&self) -> Vec<JobRow> {
        let failed = JobRow {
            line: Some(1_204),
            name: String::new(),
            recipient: None,
            outcome: RowOutcome::Failed,
            why: Some(self.words("“ada@” is not a mail address. Correct it, and import the row once more.")),
        };
        let skipped = JobRow {
            line: Some(17),
            name: self.words(LONG_MAIL),
            outcome: RowOutcome::Skipped,
            why: Some(self.words("The template has a recipient with this mail address already.")),
            ..failed.clone()
        };
        let done = JobRow {
            line: Some(2),
            name: self.words("Ada Lovelace"),
            recipient: Some(self.words(ID)),
            outcome: RowOutcome::Done,
            why: None,
        };
        vec![failed, skipped, done]
    }

    fn jobs(&mut self) {
        let running = JobState::Running {
            rate: Some(1_200),
            left: Some(45),
        };
        let done = JobState::Done {
            at: self.since("2026-11-21T09:59:00.000Z"),
        };
        let broken = JobState::Failed {
            why: self.words("The service was stopped. Begin again with the rows that are left."),
        };
        let states = [
            ("waiting", JobKind::Import, JobState::Waiting),
            ("running", JobKind::Import, running),
            ("done", JobKind::Import, done.clone()),
            ("failed", JobKind::RevokeCredential, broken),
            ("cancelled", JobKind::Delete, JobState::Cancelled),
        ];
        let mut jobs = Vec::new();
        for (name, kind, state) in states {
            let job = self.job(kind, state);
            let page = JobPage {
                frame: self.frame(Section::Recipients),
                report: if job.state.is_alive() {
                    Vec::new()
                } else {
                    self.job_rows()
                },
                job: job.clone(),
                may_act: true,
                may_export: true,
            };
            self.add(&format!("job-{name}"), &page);
            jobs.push(job);
        }
        let viewer = JobPage {
            frame: self.viewer(Section::Recipients),
            job: Job {
                failed: 0,
                ..self.job(JobKind::SendAgain, done)
            },
            report: Vec::new(),
            may_act: false,
            may_export: false,
        };
        self.add("job-viewer", &viewer);
        let question = QuestionPage::cancel_job(self.frame(Section::Recipients), &viewer.job);
        self.add("job-cancel", &question);
        let list = JobListPage {
            frame: self.frame(Section::Recipients),
            jobs,
            pages: KeyPages::default(),
            may_act: true,
        };
        self.add("jobs", &list);
        let empty = JobListPage {
            jobs: Vec::new(),
            ..list
        };
        self.add("jobs-empty", &empty);
    }
}
