//! The file of rejected rows: as they were, with line and reason, so that they can be corrected and imported.

use std::{
    fs::{File, OpenOptions},
    io::{self, BufWriter},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use symbolon_spreadsheet::{
    Row, Shape,
    import::{Columns, RejectsWriter},
};

use crate::failure::Failure;

/// How many names are tried where a file is in the way.
const TRIES: u32 = 1_000;

type Open = (PathBuf, RejectsWriter<BufWriter<File>>);

/// A file that is made when the first row is rejected.
pub(super) struct Rejects {
    /// Where it goes.
    place: Place,
    rejected: Shape,
    columns: Columns,
    open: Option<Open>,
}

/// Where the file goes.
pub(super) enum Place {
    /// Here, where nothing may be yet.
    At(PathBuf),
    /// Beside this file, under a name that is free.
    Beside(PathBuf),
}

impl Place {
    /// As it was wished for.
    pub(super) fn new(wished: Option<&Path>, file: &Path) -> Result<Self, Failure> {
        match wished {
            Some(path) if path.exists() => Err(exists(path)),
            Some(path) => Ok(Self::At(path.to_owned())),
            None => Ok(Self::Beside(file.to_owned())),
        }
    }

    fn create(&self) -> Result<(PathBuf, File), Failure> {
        match self {
            Self::At(path) => match fresh(path) {
                Ok(file) => Ok((path.clone(), file)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(exists(path)),
                Err(error) => Err(unwritable(path, &error)),
            },
            Self::Beside(beside) => {
                let mut path = beside.with_extension("rejects.csv");
                for number in 2..=TRIES {
                    match fresh(&path) {
                        Ok(file) => return Ok((path, file)),
                        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                            path = beside.with_extension(format!("rejects-{number}.csv"));
                        }
                        Err(error) => return Err(unwritable(&path, &error)),
                    }
                }
                Err(exists(&path))
            }
        }
    }
}

/// A new file, for its owner only.
fn fresh(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

fn exists(path: &Path) -> Failure {
    Failure::usage(format!("{} exists already", path.display()))
        .advise("Choose another name with --rejects FILE.")
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!(
        "the rejected rows cannot be written to {}: {error}",
        path.display()
    ))
    .advise("Choose another place with --rejects FILE.")
}

impl Rejects {
    pub(super) const fn new(place: Place, rejected: Shape, columns: Columns) -> Self {
        Self {
            place,
            rejected,
            columns,
            open: None,
        }
    }

    /// The file, if there is one.
    pub(super) fn path(&self) -> Option<&Path> {
        self.open.as_ref().map(|(path, _)| path.as_path())
    }

    /// Adds a row.
    pub(super) fn add(&mut self, row: &Row, reason: &str) -> Result<(), Failure> {
        let (path, writer) = self.opened()?;
        writer.add(row, reason).map_err(|error| unwritable(path, &error))
    }

    /// Hands what was added on to the file.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        match &mut self.open {
            Some((path, writer)) => writer.flush().map_err(|error| unwritable(path, &error)),
            None => Ok(()),
        }
    }

    fn opened(&mut self) -> Result<&mut Open, Failure> {
        if self.open.is_none() {
            let (path, file) = self.place.create()?;
            let writer = RejectsWriter::begin(BufWriter::new(file), &self.rejected, &self.columns)
                .map_err(|error| unwritable(&path, &error))?;
            self.open = Some((path, writer));
        }
        self.open
            .as_mut()
            .ok_or_else(|| Failure::new("the file of rejected rows is not open"))
    }
}
