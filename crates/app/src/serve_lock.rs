//! One serving process per SQLite file: a second one would be slow and confusing, and is refused.
//!
//! Commands that run beside the service need no lock: SQLite orders their changes with those of the service.

use std::{
    fs::{File, OpenOptions, TryLockError},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use crate::failure::Failure;

/// Held as long as the process serves; the operating system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct ServeLock {
    _file: File,
}

impl ServeLock {
    /// Takes the lock that belongs to this database file.
    pub(crate) fn take(database: &Path) -> Result<Self, Failure> {
        let mut path = true_path(database)?.into_os_string();
        path.push("-serve.lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&path)
            .map_err(|error| {
                Failure::new(format!(
                    "{} cannot be opened: {error}",
                    Path::new(&path).display()
                ))
            })?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Failure::new(format!(
                "another process serves {} already",
                database.display()
            ))
            .advise(
                "Stop that one first, or give this one its own --data-dir. For several instances side by side use \
                 PostgreSQL.",
            )),
            Err(TryLockError::Error(error)) => {
                Err(Failure::new(format!("{} cannot be locked: {error}", Path::new(&path).display())))
            }
        }
    }
}

/// Where the database file is, or will be, whatever links lead there.
fn true_path(database: &Path) -> Result<PathBuf, Failure> {
    let wrong = |error| Failure::new(format!("{} cannot be found: {error}", database.display()));
    if let Ok(path) = database.canonicalize() {
        return Ok(path);
    }
    let directory = database.parent().filter(|parent| !parent.as_os_str().is_empty());
    let directory = directory
        .unwrap_or(Path::new("."))
        .canonicalize()
        .map_err(wrong)?;
    Ok(directory.join(database.file_name().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_refused_until_the_first_is_gone() {
        let directory = tempfile::tempdir().unwrap();
        let database = directory.path().join("symbolon.db");
        let first = ServeLock::take(&database).unwrap();
        assert!(
            ServeLock::take(&database)
                .unwrap_err()
                .to_string()
                .contains("another process serves")
        );
        drop(first);
        ServeLock::take(&database).unwrap();
    }

    #[test]
    fn a_link_to_the_file_is_the_file() {
        let directory = tempfile::tempdir().unwrap();
        let database = directory.path().join("symbolon.db");
        File::create(&database).unwrap();
        let link = directory.path().join("link.db");
        std::os::unix::fs::symlink(&database, &link).unwrap();
        let _first = ServeLock::take(&database).unwrap();
        ServeLock::take(&link).unwrap_err();
    }
}
