//! The file of rejected rows: as they were, with line and reason, so that they can be corrected and imported.

use std::{
    fs::{File, OpenOptions},
    io::{self, BufWriter},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use symbolon_spreadsheet::{Row, SheetWriter};

use super::field::Field;
use crate::failure::Failure;

/// How many names are tried where a file is in the way.
const TRIES: u32 = 1_000;

/// A file that is made when the first row is rejected.
pub(super) struct Rejects {
    /// Where it goes.
    place: Place,
    delimiter: u8,
    header: Vec<String>,
    open: Option<(PathBuf, SheetWriter<BufWriter<File>>)>,
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
    pub(super) fn new(place: Place, header: &[String], delimiter: u8) -> Self {
        Self {
            place,
            delimiter,
            header: header.to_vec(),
            open: None,
        }
    }

    /// The file, if there is one.
    pub(super) fn path(&self) -> Option<&Path> {
        self.open.as_ref().map(|(path, _)| path.as_path())
    }

    /// Adds a row.
    pub(super) fn add(&mut self, row: &Row, reason: &str) -> Result<(), Failure> {
        let cells: Vec<_> = row.cells().collect();
        let line = row.first_line.to_string();
        // What goes beyond the header comes last, so that everything else stands below its heading.
        let beyond = cells.iter().skip(self.header.len()).cloned();
        let width = self.header.len();
        let cells = cells.iter().cloned().chain(std::iter::repeat(String::new()));
        let known = self.without_ours(cells.take(width));
        let added = known
            .chain([line, reason.to_owned()])
            .chain(beyond)
            .collect::<Vec<_>>();
        let (path, writer) = self.opened()?;
        writer.add(added).map_err(|error| unwritable(path, &error))
    }

    /// Hands what was added on to the file.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        match &mut self.open {
            Some((path, writer)) => writer.flush().map_err(|error| unwritable(path, &error)),
            None => Ok(()),
        }
    }

    fn opened(&mut self) -> Result<&mut (PathBuf, SheetWriter<BufWriter<File>>), Failure> {
        if self.open.is_none() {
            let (path, file) = self.place.create()?;
            let heading = self.without_ours(self.header.iter().cloned());
            let heading: Vec<_> = heading.chain(["line".to_owned(), "reason".to_owned()]).collect();
            let writer = SheetWriter::begin(BufWriter::new(file), self.delimiter)
                .and_then(|mut writer| writer.add(heading).map(|()| writer))
                .map_err(|error| unwritable(&path, &error))?;
            self.open = Some((path, writer));
        }
        self.open
            .as_mut()
            .ok_or_else(|| Failure::new("the file of rejected rows is not open"))
    }

    /// The cells that are not line and reason of an earlier file of rejected rows.
    fn without_ours(&self, cells: impl Iterator<Item = String>) -> impl Iterator<Item = String> {
        cells
            .zip(&self.header)
            .filter(|(_, heading)| !matches!(Field::of(heading), Some(Field::Line | Field::Reason)))
            .map(|(cell, _)| cell)
    }
}
