//! The rows that an import has left out, as a file to be mended and imported once more.

use symbolon_domain::job::JobResult;
use symbolon_spreadsheet::import::RejectsWriter;

use crate::ImportPlan;

/// What stands in a row that was left out, for people to know it by: its cells, shortened.
#[must_use]
pub fn row_told(result: &JobResult) -> Option<String> {
    /// As much as tells one row from another.
    const LONGEST: usize = 80;
    let cells: Vec<String> = serde_json::from_str(result.row.as_deref()?).ok()?;
    let filled: Vec<_> = cells
        .iter()
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
        .collect();
    let told = filled.join(", ");
    let mut shown: String = told.chars().take(LONGEST).collect();
    if shown.len() < told.len() {
        shown.push('…');
    }
    Some(shown)
}

/// The beginning of the file: its header.
///
/// # Errors
/// Never, in memory.
pub fn rejects_begun(plan: &ImportPlan) -> std::io::Result<Vec<u8>> {
    let mut file = Vec::new();
    if let Ok(columns) = plan.columns() {
        RejectsWriter::begin(&mut file, &plan.shape(), &columns)?.flush()?;
    }
    Ok(file)
}

/// These rows of it; those that were forgotten are passed over.
///
/// # Errors
/// Never, in memory.
pub fn rejects(plan: &ImportPlan, results: &[JobResult]) -> std::io::Result<Vec<u8>> {
    let mut file = Vec::new();
    if let Ok(columns) = plan.columns() {
        let mut writer = RejectsWriter::resume(&mut file, &plan.shape(), &columns);
        for result in results {
            let cells: Option<Vec<String>> = result
                .row
                .as_deref()
                .and_then(|row| serde_json::from_str(row).ok());
            if let Some(cells) = cells {
                writer.add_cells(&cells, result.place, result.why.as_deref().unwrap_or_default())?;
            }
        }
        writer.flush()?;
    }
    Ok(file)
}
