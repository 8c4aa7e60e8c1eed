//! What an import would do, before it does anything.

use std::collections::HashSet;

use symbolon_domain::{
    port::{Ports, StoreError},
    service::issue_credentials::{CredentialWish, MAX_BATCH},
    template::Template,
    text::MailAddress,
    time::Timestamp,
};
use symbolon_spreadsheet::import::{Field, Problem, Proof, Reason};

use crate::{FileError, ImportPlan, UnreadablePlan};

/// How many lines with something wrong or odd are told.
const TOLD: usize = 50;
/// How many rows are shown as they would be taken.
const SAMPLES: usize = 5;

/// What an import would do.
#[derive(Debug, Clone, Default)]
pub struct Check {
    /// How many rows can be taken as they are.
    pub good: u64,
    /// How many can be taken, though something about them is odd.
    pub warned: u64,
    /// How many cannot be taken.
    pub bad: u64,
    /// The first 50 things that are wrong or odd, by line.
    pub problems: Vec<LineProblem>,
    /// The first five rows that can be taken, with their lines.
    pub sample: Vec<(u64, CredentialWish)>,
}

/// What is wrong or odd about a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineProblem {
    /// The line of the file, from 1.
    pub line: u64,
    /// The column, from 0; none where the whole line is meant.
    pub column: Option<usize>,
    /// Whether the row is left out for it.
    pub is_bad: bool,
    /// What it is, as a sentence.
    pub what: String,
    /// What to do, as a sentence.
    pub remedy: &'static str,
}

/// What the file alone tells. Who has a credential already, only the store knows.
#[derive(Debug)]
pub struct Proved {
    check: Check,
    /// The rows that can be taken: line, mail address, and whether something about them is odd.
    taken: Vec<(u64, MailAddress, bool)>,
    mail_column: Option<usize>,
}

/// Why an import cannot be checked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// Its file cannot be imported.
    #[error(transparent)]
    File(#[from] FileError),
    /// Its columns are not settled.
    #[error(transparent)]
    Plan(#[from] UnreadablePlan),
}

/// Reads the whole file; some 100 ms for 100,000 rows, so not where others wait.
///
/// # Errors
/// Why it cannot be imported.
pub fn prove(
    plan: &ImportPlan,
    file: &[u8],
    template: &Template,
    now: Timestamp,
) -> Result<Proved, CheckError> {
    let wishes = plan.wishes(template.id).map_err(|_| UnreadablePlan)?;
    let mail_column = wishes.columns.place(Field::Mail);
    let mut sheet = plan.open(file).map_err(FileError::from)?;
    let mut proof = Proof::new(wishes, template.clone(), now);
    let mut proved = Proved {
        check: Check::default(),
        taken: Vec::new(),
        mail_column,
    };
    while let Some(row) = sheet.next_row().map_err(FileError::from)? {
        let line = row.first_line;
        let found = proof.read(&row);
        let check = &mut proved.check;
        match found.wish {
            Err(problems) => {
                check.bad += 1;
                let told = problems.iter().map(|problem| LineProblem::of(line, problem));
                check.tell(told);
            }
            Ok(wish) => {
                let is_odd = !found.warnings.is_empty();
                let told = found.warnings.iter().map(|warning| LineProblem {
                    line,
                    column: warning.column,
                    is_bad: false,
                    what: warning.what(),
                    remedy: warning.remedy(),
                });
                check.tell(told);
                proved.taken.push((line, wish.mail.clone(), is_odd));
                check.sample.push((line, wish));
                // Some of the first may turn out to be issued already.
                check.sample.truncate(MAX_BATCH);
            }
        }
    }
    Ok(proved)
}

impl Proved {
    /// Asks the store who has a credential already.
    ///
    /// # Errors
    /// Where it cannot answer.
    pub async fn settled(self, ports: &Ports, template: &Template) -> Result<Check, StoreError> {
        let mut check = self.check;
        let mut held = HashSet::new();
        for batch in self.taken.chunks(MAX_BATCH) {
            let mails: Vec<_> = batch.iter().map(|(_, mail, _)| mail.clone()).collect();
            let holders = ports
                .recipients
                .holders(template.organization, template.id, &mails)
                .await?;
            held.extend(holders);
        }
        let mut told = Vec::new();
        for (line, mail, is_odd) in &self.taken {
            if held.contains(mail) {
                check.bad += 1;
                if told.len() < TOLD {
                    let problem = Problem {
                        column: self.mail_column,
                        ..Problem::of_row(Reason::AlreadyIssued)
                    };
                    told.push(LineProblem::of(*line, &problem));
                }
            } else if *is_odd {
                check.warned += 1;
            } else {
                check.good += 1;
            }
        }
        check.problems.extend(told);
        check.problems.sort_by_key(|problem| problem.line);
        check.problems.truncate(TOLD);
        check.sample.retain(|(_, wish)| !held.contains(&wish.mail));
        check.sample.truncate(SAMPLES);
        Ok(check)
    }
}

impl Check {
    /// How many rows there are.
    #[must_use]
    pub const fn rows(&self) -> u64 {
        self.good.saturating_add(self.warned).saturating_add(self.bad)
    }

    fn tell(&mut self, problems: impl Iterator<Item = LineProblem>) {
        let left = TOLD.saturating_sub(self.problems.len());
        self.problems.extend(problems.take(left));
    }
}

impl LineProblem {
    fn of(line: u64, problem: &Problem) -> Self {
        Self {
            line,
            column: problem.column,
            is_bad: true,
            what: problem.what(),
            remedy: problem.remedy(),
        }
    }
}
