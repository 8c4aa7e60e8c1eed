//! The file that the key ring is kept in: only its owner can read it, and it is never overwritten.

mod error;
#[cfg(test)]
mod tests;

use std::{
    fs::{self, File, Permissions},
    io::{self, Read, Write},
    os::unix::fs::PermissionsExt,
    path::Path,
};

use symbolon_domain::{port::entropy::Entropy, time::Timestamp};
use zeroize::Zeroizing;

pub use self::error::KeyFileError;
use crate::KeyRing;

/// Owner reads and writes, nobody else anything.
const MODE: u32 = 0o600;
/// The bits of a mode that concern others than the owner.
const OTHERS: u32 = 0o077;
/// The most bytes a ring's file has: some 300 keys. Whatever is longer is not one.
const MAX_BYTES: u64 = 64 * 1024;

/// The key ring's file.
#[derive(Debug)]
pub struct KeyFile;

/// What came of making the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum NewKeyFile {
    /// It was made, and outlives a loss of power.
    Made,
    /// There was one already, and it stays as it was.
    AlreadyThere,
}

/// Where a ring comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFileOrigin {
    /// The file was there.
    Found,
    /// This call has made the file. A copy of it should be kept, apart from backups of the database.
    Made,
}

impl KeyFile {
    /// Reads the ring from its file.
    ///
    /// A symbolic link is followed, as secrets are mounted through links; the rules hold for what it leads to. The mode
    /// is that of the opened file, which nobody can exchange any more.
    ///
    /// # Errors
    /// [`KeyFileError`]: there is none, others can reach it, or it is not a ring.
    pub fn load(path: &Path) -> Result<KeyRing, KeyFileError> {
        // Looked at before it is opened, for opening a pipe would wait for its other end.
        Self::require_file(path, &Self::metadata(path)?)?;
        let file = File::open(path).map_err(|error| KeyFileError::io(path, "opened", &error))?;
        let metadata = file
            .metadata()
            .map_err(|error| KeyFileError::io(path, "looked at", &error))?;
        let mode = metadata.permissions().mode();
        if mode & OTHERS != 0 {
            return Err(KeyFileError::Exposed {
                path: path.to_owned(),
                mode: mode & 0o7777,
            });
        }
        let json = Self::content(path, &file)?;
        KeyRing::parse_bytes(&json).map_err(|error| KeyFileError::Ring {
            path: path.to_owned(),
            error,
        })
    }

    /// Writes the ring to a new file of mode 0600, whole or not at all.
    ///
    /// Of any number of concurrent calls, in one process or several, exactly one is [`NewKeyFile::Made`]; a file that
    /// is there already is never touched. When this returns, the file and its name are on the disk, whoever made it.
    ///
    /// # Errors
    /// [`KeyFileError::Io`]; there may then be a file or not.
    pub fn create(path: &Path, ring: &KeyRing) -> Result<NewKeyFile, KeyFileError> {
        let wrong = |doing| move |error: io::Error| KeyFileError::io(path, doing, &error);
        let directory = Self::directory(path);
        let mut draft = tempfile::Builder::new()
            .prefix(".keyring-")
            .permissions(Permissions::from_mode(MODE))
            .tempfile_in(directory)
            .map_err(wrong("created"))?;
        draft
            .write_all(ring.to_json().as_bytes())
            .map_err(wrong("written"))?;
        draft.as_file().sync_all().map_err(wrong("written"))?;

        let outcome = match draft.persist_noclobber(path) {
            Ok(_) => NewKeyFile::Made,
            Err(taken) if taken.error.kind() == io::ErrorKind::AlreadyExists => NewKeyFile::AlreadyThere,
            Err(other) => return Err(KeyFileError::io(path, "created", &other.error)),
        };
        Self::sync_directory(path).map_err(wrong("written"))?;
        Ok(outcome)
    }

    /// Reads the ring from its file, or where there is none makes a fresh one `now`.
    ///
    /// All callers, in one process or several, get the same ring, and exactly one of them made it.
    ///
    /// # Errors
    /// As [`load`](Self::load) and [`create`](Self::create), or when the random source fails.
    pub fn load_or_create(
        path: &Path,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<(KeyRing, KeyFileOrigin), KeyFileError> {
        match Self::load(path) {
            Err(KeyFileError::Absent { .. }) => {}
            found => {
                let ring = found?;
                // Another process may have made it a moment ago. Directories that refuse this are not written to.
                let _ = Self::sync_directory(path);
                return Ok((ring, KeyFileOrigin::Found));
            }
        }
        let ring = KeyRing::generate(entropy, now)?;
        match Self::create(path, &ring)? {
            NewKeyFile::Made => Ok((ring, KeyFileOrigin::Made)),
            NewKeyFile::AlreadyThere => Ok((Self::load(path)?, KeyFileOrigin::Found)),
        }
    }

    /// What the path leads to. A link that leads nowhere is not absence: nothing can be made in its place.
    fn metadata(path: &Path) -> Result<fs::Metadata, KeyFileError> {
        fs::metadata(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound if path.is_symlink() => KeyFileError::DanglingLink {
                path: path.to_owned(),
            },
            io::ErrorKind::NotFound => KeyFileError::Absent {
                path: path.to_owned(),
            },
            _ => KeyFileError::io(path, "looked at", &error),
        })
    }

    fn require_file(path: &Path, metadata: &fs::Metadata) -> Result<(), KeyFileError> {
        if metadata.is_file() {
            Ok(())
        } else {
            Err(KeyFileError::NotAFile {
                path: path.to_owned(),
            })
        }
    }

    /// The bytes of the file, in a buffer that never grows and is wiped.
    fn content(path: &Path, file: &File) -> Result<Zeroizing<Vec<u8>>, KeyFileError> {
        let capacity = usize::try_from(MAX_BYTES + 1).expect("64 KiB can be addressed");
        let mut json = Zeroizing::new(Vec::with_capacity(capacity));
        file.take(MAX_BYTES + 1)
            .read_to_end(&mut json)
            .map_err(|error| KeyFileError::io(path, "read", &error))?;
        if json.len() < capacity {
            Ok(json)
        } else {
            Err(KeyFileError::TooLong {
                path: path.to_owned(),
            })
        }
    }

    fn directory(path: &Path) -> &Path {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        parent.unwrap_or(Path::new("."))
    }

    /// Puts the file's name on the disk: without it, the file is gone after a loss of power.
    fn sync_directory(path: &Path) -> io::Result<()> {
        File::open(Self::directory(path))?.sync_all()
    }
}
