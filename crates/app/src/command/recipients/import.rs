//! `recipients import`: credentials for everybody in a CSV file. Good rows are kept, bad ones go to a file of their own.
//!
//! The file is read as it is issued, a chunk at a time: memory does not grow with it, but for a few bytes for each mail
//! address.

mod columns;
mod issue;
mod rejects;
mod report;

use std::{
    fs::File,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use symbolon_domain::{
    organization::Organization, port::Ports, service::issue_credentials::CredentialWish, template::Template,
};
use symbolon_spreadsheet::{
    Row, Sheet,
    import::{Field, Outcome, Problem, Seen, Wishes, joined},
};

use self::{
    columns::find,
    issue::{issue_all, rehearse},
    rejects::{Place, Rejects},
    report::{Report, Tally},
};
use super::{
    super::templates::{cancelled, template_by_id},
    assemble,
};
use crate::{
    failure::Failure,
    options::{Import, Options},
    progress::Progress,
    stop_signal::StopSignal,
};

/// How many rows are read before they are issued. The more there are, the more of them stand together in an index, once they
/// are sorted; they are all in memory.
const CHUNK: usize = 20_000;

/// How many bytes of rows a chunk has at most, whatever their number.
const CHUNK_BYTES: usize = 16 * 1024 * 1024;

/// A row, with what it wishes for or why not.
type Wished = (Row, Result<CredentialWish, Vec<Problem>>);

pub(super) async fn run(options: &Options, import: &Import) -> Result<ExitCode, Failure> {
    let name = import.file.display();
    let file = File::open(&import.file).map_err(|error| Failure::usage(format!("{name}: {error}")))?;
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    let place = Place::new(import.rejects.as_deref(), &import.file)?;
    let sheet = Sheet::read(file, Field::is_known).map_err(|error| Failure::from(error).about(&name))?;
    let columns = find(sheet.header()).map_err(|failure| failure.about(&name))?;
    let ignored = columns.ignored(sheet.header());
    if !ignored.is_empty() {
        eprintln!("These columns are ignored: {}", ignored.join(", "));
    }

    let assembly = assemble(options).await?;
    let (owner, template) = template_by_id(&assembly.ports, import.template).await?;
    if !owner.is_active() {
        return Err(cancelled(&owner));
    }
    if template.paused_at.is_some() && !import.no_mail {
        eprintln!(
            "{} is paused: mail about it waits until it is resumed.",
            template.name
        );
    }
    let mut work = Work {
        ports: &assembly.ports,
        rejects: Rejects::new(place, sheet.shape().clone(), columns.clone()),
        wishes: Wishes {
            columns,
            template: template.id,
            is_test: import.test,
            suppress_mail: import.no_mail,
        },
        sheet,
        owner,
        template,
        is_rehearsal: import.dry_run,
        seen: Seen::default(),
        tally: Tally::default(),
    };
    let was_stopped = match work.run(size).await {
        Ok(was_stopped) => was_stopped,
        Err(failure) => {
            eprintln!("{}", work.tally.broken_off());
            return Err(failure.about(&name));
        }
    };
    if was_stopped {
        eprintln!("{}", work.tally.stopped());
    }
    let report = Report::new(work.tally, work.rejects.path(), import.dry_run, was_stopped);
    options.output().print(&report, || report.to_string())?;
    Ok(if work.tally.rejected == 0 && !was_stopped {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The import of one file.
struct Work<'a> {
    ports: &'a Ports,
    owner: Organization,
    template: Template,
    is_rehearsal: bool,
    sheet: Sheet<'a>,
    wishes: Wishes,
    rejects: Rejects,
    seen: Seen,
    tally: Tally,
}

impl Work<'_> {
    /// Issues chunk after chunk; whether it was told to stop before the end.
    async fn run(&mut self, size: u64) -> Result<bool, Failure> {
        let signal = StopSignal::listen()?;
        let mut progress = Progress::begin(size);
        let say = progress.voice();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        tokio::spawn(async move {
            signal.received().await;
            stopped.store(true, Ordering::SeqCst);
            say("Stopping: the rows that were read are still issued. Ctrl-C again breaks off at once.");
        });
        loop {
            let mut chunk = Vec::new();
            let filled = self.fill(&mut chunk, &stop);
            let is_last = chunk.is_empty();
            self.settle(chunk).await?;
            filled?;
            progress.reached(self.sheet.bytes_read(), self.tally.rows);
            if is_last || stop.load(Ordering::SeqCst) {
                return Ok(!is_last);
            }
        }
    }

    /// Reads the next rows, none at the end, and no more of them once it is told to stop: a pipe may bring them slowly.
    fn fill(&mut self, chunk: &mut Vec<Wished>, stop: &AtomicBool) -> Result<(), Failure> {
        let mut size = 0;
        while chunk.len() < CHUNK && size < CHUNK_BYTES && (chunk.is_empty() || !stop.load(Ordering::SeqCst))
        {
            let Some(row) = self.sheet.next_row()? else { break };
            size += row.size();
            let wish = self.wishes.read(&row);
            chunk.push((row, wish));
        }
        Ok(())
    }

    /// Issues what can be, and notes the rest.
    async fn settle(&mut self, chunk: Vec<Wished>) -> Result<(), Failure> {
        let wishes: Vec<_> = chunk
            .iter()
            .filter_map(|(_, wish)| wish.as_ref().ok().cloned())
            .collect();
        let outcomes = if self.is_rehearsal {
            rehearse(self.ports, &self.template, &wishes).await?
        } else {
            issue_all(self.ports, &self.owner, wishes).await?
        };
        let mut outcomes = outcomes.into_iter();
        for (row, wish) in chunk {
            let problems = match wish {
                Err(problems) => problems,
                Ok(wish) => {
                    let outcome = outcomes
                        .next()
                        .ok_or_else(|| Failure::new("what became of a row is not known"))?;
                    self.judged(&row, &wish, outcome).into_iter().collect()
                }
            };
            self.note(&row, problems)?;
        }
        self.rejects.flush()
    }

    /// Why a row is rejected, if it is.
    fn judged(&mut self, row: &Row, wish: &CredentialWish, outcome: Outcome) -> Option<Problem> {
        let seen_on = self.seen.line_of(&wish.mail);
        let outcome = match outcome {
            // Nothing was issued, so the store does not know of the earlier line.
            Outcome::Issued if self.is_rehearsal && seen_on.is_some() => Outcome::AlreadyIssued,
            outcome => outcome,
        };
        if outcome == Outcome::Issued {
            self.seen.note(&wish.mail, row.first_line);
        }
        outcome.problem(seen_on)
    }

    fn note(&mut self, row: &Row, mut problems: Vec<Problem>) -> Result<(), Failure> {
        self.tally.rows += 1;
        self.tally.last_line = row.last_line;
        if problems.is_empty() {
            self.tally.issued += 1;
            return Ok(());
        }
        self.tally.rejected += 1;
        problems.extend(Problem::of_lines(row));
        self.rejects.add(row, &joined(&problems))
    }
}
