//! The plan of an import: what its file is like, and what its columns mean.

use serde::{Deserialize, Serialize};
use symbolon_domain::{id::TemplateId, job::Job};
use symbolon_spreadsheet::{
    Shape, Sheet, SheetError,
    import::{Columns, ColumnsError, Field, Wishes, open},
};

use crate::UnreadablePlan;

/// The most rows that an import takes.
pub const MAX_ROWS: u64 = 100_000;

/// How many values of a column are shown with its heading.
const SAMPLES: usize = 3;

/// What an import has to know besides its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportPlan {
    /// What the file is called.
    pub file_name: String,
    /// Whether its first row names the columns.
    pub has_header: bool,
    /// What stands between its cells.
    delimiter: u8,
    /// The names of its columns; empty ones where it has none.
    pub header: Vec<String>,
    /// What each column is about, by the field's word.
    columns: Vec<Option<String>>,
    /// How many rows there are, without the header.
    pub rows: u64,
    /// Whether no mail is sent.
    pub suppress_mail: bool,
}

/// What a first look at a file finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The first values of each column, at most three, without empty ones.
    pub samples: Vec<Vec<String>>,
    rows: u64,
}

/// Why a file cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// There is no row in it.
    #[error("the file has no rows below its headings")]
    Empty,
    /// It has more than [`MAX_ROWS`].
    #[error("the file has more than {MAX_ROWS} rows")]
    TooManyRows,
}

impl ImportPlan {
    /// The plan that a file suggests.
    ///
    /// # Errors
    /// Why it cannot be imported.
    pub fn suggested(file_name: String, file: &[u8]) -> Result<Self, FileError> {
        let mut sheet = open(file, None)?;
        let has_header = sheet.has_header();
        let shape = sheet.shape().clone();
        let look = Look::over(&mut sheet)?;
        let fields = if has_header {
            Columns::guess(&shape.header)
        } else {
            let first: Vec<_> = look
                .samples
                .iter()
                .map(|samples| samples.first().cloned().unwrap_or_default())
                .collect();
            Columns::guess_by_cells(&first)
        };
        let mut plan = Self {
            file_name,
            has_header,
            delimiter: shape.delimiter,
            header: shape.header,
            columns: Vec::new(),
            rows: look.rows,
            suppress_mail: false,
        };
        plan.choose(&fields);
        Ok(plan)
    }

    /// Looks at the file again.
    ///
    /// # Errors
    /// Why it cannot be imported.
    pub fn look(&self, file: &[u8]) -> Result<Look, FileError> {
        Look::over(&mut self.open(file)?)
    }

    /// Takes the columns for these.
    pub fn choose(&mut self, fields: &[Option<Field>]) {
        self.columns = fields
            .iter()
            .map(|field| field.map(|field| field.word().to_owned()))
            .collect();
    }

    /// What each column is taken for.
    #[must_use]
    pub fn fields(&self) -> Vec<Option<Field>> {
        self.columns
            .iter()
            .map(|word| word.as_deref().and_then(Field::parse))
            .collect()
    }

    /// The columns, if they can be taken for that.
    ///
    /// # Errors
    /// Why not.
    pub fn columns(&self) -> Result<Columns, ColumnsError> {
        Columns::chosen(self.fields())
    }

    /// What the file is like.
    #[must_use]
    pub fn shape(&self) -> Shape {
        Shape {
            delimiter: self.delimiter,
            header: self.header.clone(),
        }
    }

    /// Opens the file at its beginning.
    pub(crate) fn open<'a>(&self, file: &'a [u8]) -> Result<Sheet<'a>, SheetError> {
        open(file, Some(self.has_header))
    }

    /// What reads its rows.
    pub(crate) fn wishes(&self, template: TemplateId) -> Result<Wishes, ColumnsError> {
        Ok(Wishes {
            columns: self.columns()?,
            template,
            is_test: false,
            suppress_mail: self.suppress_mail,
        })
    }

    /// As a job keeps it.
    #[must_use]
    pub fn written(&self) -> String {
        // Texts, numbers and lists of them can always be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads the plan of a job.
    ///
    /// # Errors
    /// Where it cannot be read as a whole.
    pub fn of(job: &Job) -> Result<Self, UnreadablePlan> {
        serde_json::from_str(&job.plan).map_err(|_| UnreadablePlan)
    }
}

impl Look {
    fn over(sheet: &mut Sheet<'_>) -> Result<Self, FileError> {
        let mut look = Self {
            samples: vec![Vec::new(); sheet.header().len()],
            rows: 0,
        };
        while let Some(row) = sheet.next_row()? {
            look.rows += 1;
            if look.rows > MAX_ROWS {
                return Err(FileError::TooManyRows);
            }
            for (column, samples) in look.samples.iter_mut().enumerate() {
                if samples.len() < SAMPLES {
                    samples.extend(row.text(column));
                }
            }
        }
        if look.rows == 0 {
            return Err(FileError::Empty);
        }
        Ok(look)
    }
}
