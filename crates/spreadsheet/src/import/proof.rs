//! Looking at every row before anything is issued.

use symbolon_domain::{service::issue_credentials::CredentialWish, template::Template, time::Timestamp};

use super::{
    Field, Outcome, Problem, Reason, Seen, Warning, Wishes,
    outcome::ends_before_it_begins,
    warning::{Oddity, oddities},
    wishes::place_of,
};
use crate::Row;

/// Reads the rows of one file as an import would, and tells besides what is odd.
#[derive(Debug)]
pub struct Proof {
    wishes: Wishes,
    template: Template,
    now: Timestamp,
    mails: Seen,
    names: Seen,
}

/// What was found out about a row. What only the store knows, such as who is issued already, is not in it.
#[derive(Debug)]
pub struct Proven {
    /// What it wishes for, or all that is wrong with it.
    pub wish: Result<CredentialWish, Vec<Problem>>,
    /// What is odd about it; nothing where something is wrong.
    pub warnings: Vec<Warning>,
}

impl Proof {
    /// Begins a file.
    #[must_use]
    pub fn new(wishes: Wishes, template: Template, now: Timestamp) -> Self {
        Self {
            wishes,
            template,
            now,
            mails: Seen::default(),
            names: Seen::default(),
        }
    }

    /// Reads the next row. Rows are to come in their order, for a mail address is good only once.
    pub fn read(&mut self, row: &Row) -> Proven {
        let wish = self
            .wishes
            .read(row)
            .and_then(|wish| match self.refusal(&wish) {
                None => Ok(wish),
                Some(problem) => Err(vec![problem]),
            })
            .map_err(|mut problems| {
                problems.extend(Problem::of_lines(row));
                problems
            });
        let warnings = match &wish {
            Ok(wish) => self.warnings(wish, row.first_line),
            Err(_) => Vec::new(),
        };
        Proven { wish, warnings }
    }

    /// For what it would be refused when it is issued.
    fn refusal(&self, wish: &CredentialWish) -> Option<Problem> {
        let columns = &self.wishes.columns;
        if ends_before_it_begins(wish, &self.template, self.now) {
            return Some(Problem {
                column: columns.place(Field::ExpiresAt),
                ..Outcome::ExpiryNotAfterIssue.problem(None)?
            });
        }
        self.mails.line_of(&wish.mail).map(|line| Problem {
            column: columns.place(Field::Mail),
            ..Problem::of_row(Reason::SameMail { line })
        })
    }

    fn warnings(&mut self, wish: &CredentialWish, line: u64) -> Vec<Warning> {
        let mut warnings = oddities(wish, &self.wishes.columns, self.now);
        self.mails.note(&wish.mail, line);
        // Only whole names: of those who are called Anna, there are many.
        if let Some(last) = &wish.last_name {
            let name = format!("{} {last}", wish.first_name).to_lowercase();
            if let Some(line) = self.names.line_of(&name) {
                warnings.push(Warning {
                    column: place_of(&self.wishes.columns, Field::FirstName),
                    oddity: Oddity::SameName { line },
                });
            } else {
                self.names.note(&name, line);
            }
        }
        warnings
    }
}
