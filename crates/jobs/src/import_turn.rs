//! A turn of an import.

use symbolon_domain::{
    id::TemplateId,
    job::{JobCounts, JobOutcome, JobResult},
    port::jobs::{JobStep, Next},
    service::{
        Fault,
        jobs::{ImportRow, ImportRows, ImportRowsError},
    },
};
use symbolon_spreadsheet::{
    Position, Row, Sheet, SheetError,
    import::{Problem, Wishes},
};

use crate::{ImportPlan, UnreadablePlan, turn::Taken};

/// How many rows are dealt with in a step. A step is one transaction, and on SQLite others wait for it: 200 rows take it some
/// 20 ms.
const STEP: usize = 200;

pub(crate) async fn work(taken: &mut Taken<'_>) -> Result<(), Fault> {
    let Some((plan, template)) = ImportPlan::of(&taken.job).ok().zip(taken.job.template) else {
        return Ok(taken
            .give_up("It was begun by another version of this service. Import the file again.")
            .await?);
    };
    let Some(file) = taken
        .ports
        .jobs
        .file(taken.job.organization, taken.job.id)
        .await?
    else {
        return Ok(taken.give_up("The file is gone. Import it again.").await?);
    };
    let (Ok(wishes), Ok(mut sheet)) = (
        plan.wishes(template),
        opened(&plan, &file, taken.job.cursor.as_deref()),
    ) else {
        return Ok(taken
            .give_up("The file cannot be read any more. Import it again.")
            .await?);
    };
    loop {
        let rows = match next_rows(&mut sheet) {
            Ok(rows) => rows,
            Err(error) => return Ok(taken.give_up(&broken_off(&error)).await?),
        };
        if rows.is_empty() {
            let done = Next::Done(taken.ports.clock.now());
            return Ok(taken.rest(done).await?);
        }
        let cursor = written(sheet.position());
        let next = taken.next();
        let goes_on = matches!(next, Next::GoOn(_));
        let step = import(taken, template, &wishes, rows, (cursor.clone(), next)).await;
        let is_ours = match step {
            Ok(is_ours) => is_ours,
            Err(ImportRowsError::TemplateAbsent) => {
                return Ok(taken.give_up("The template was deleted.").await?);
            }
            Err(ImportRowsError::Fault(fault)) => return Err(fault),
        };
        taken.job.cursor = Some(cursor);
        if !(is_ours && goes_on) {
            return Ok(());
        }
    }
}

/// Issues what can be, and keeps the step.
async fn import(
    taken: &Taken<'_>,
    template: TemplateId,
    wishes: &Wishes,
    rows: Vec<Row>,
    (cursor, next): (String, Next),
) -> Result<bool, ImportRowsError> {
    let mut step = JobStep {
        results: Vec::new(),
        counts: JobCounts::default(),
        cursor: Some(cursor),
        next,
    };
    let mut good = Vec::new();
    for row in rows {
        match wishes.read(&row) {
            Ok(wish) => good.push(ImportRow {
                line: row.first_line,
                text: text(&row),
                wish,
            }),
            Err(mut problems) => {
                problems.extend(Problem::of_lines(&row));
                step.counts.count(JobOutcome::Failed);
                step.results.push(JobResult {
                    place: row.first_line,
                    outcome: JobOutcome::Failed,
                    recipient: None,
                    why: Some(told(&problems)),
                    row: Some(text(&row)),
                });
            }
        }
    }
    let importing = ImportRows {
        mandate: &taken.mandate,
        turn: taken.turn,
        template,
        rows: good,
        step,
    };
    importing.run(taken.ports).await
}

/// The file where the next step begins.
fn opened<'a>(plan: &ImportPlan, file: &'a [u8], cursor: Option<&str>) -> Result<Sheet<'a>, UnreadablePlan> {
    let Some(cursor) = cursor else {
        return plan.open(file).map_err(|_| UnreadablePlan);
    };
    let (byte, line) = cursor.split_once(' ').ok_or(UnreadablePlan)?;
    let position = Position {
        byte: byte.parse().map_err(|_| UnreadablePlan)?,
        line: line.parse().map_err(|_| UnreadablePlan)?,
    };
    let begin = usize::try_from(position.byte).map_err(|_| UnreadablePlan)?;
    let rest = file.get(begin..).ok_or(UnreadablePlan)?;
    Ok(Sheet::resume(rest, plan.shape(), position))
}

fn written(position: Position) -> String {
    format!("{} {}", position.byte, position.line)
}

fn next_rows(sheet: &mut Sheet<'_>) -> Result<Vec<Row>, SheetError> {
    let mut rows = Vec::new();
    while rows.len() < STEP
        && let Some(row) = sheet.next_row()?
    {
        rows.push(row);
    }
    Ok(rows)
}

/// The cells of a row, as [`rejects`](crate::rejects) reads them.
fn text(row: &Row) -> String {
    let cells: Vec<String> = row.cells().collect();
    // A list of texts can always be written.
    serde_json::to_string(&cells).unwrap_or_default()
}

fn told(problems: &[Problem]) -> String {
    let told: Vec<_> = problems
        .iter()
        .map(|problem| format!("{} {}", problem.what(), problem.remedy()))
        .collect();
    told.join(" ")
}

fn broken_off(error: &SheetError) -> String {
    let advice = error
        .advice()
        .unwrap_or("Correct the file, and import the rest of it.");
    format!("From some row on {error}. What came before is imported. {advice}")
}
