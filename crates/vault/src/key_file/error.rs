//! What can be wrong with the key ring's file, in words that say what to do.

use std::{
    io,
    path::{Path, PathBuf},
};

use symbolon_domain::port::entropy::EntropyError;

use crate::KeyRingError;

/// The key ring's file cannot be used. The texts are whole: nothing need be added from a source.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// There is no file.
    #[error("there is no key ring at {}", .path.display())]
    Absent {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A link to nothing.
    #[error("the key ring {} is a link to a file that does not exist; correct the link, or remove it", .path.display())]
    DanglingLink {
        /// The link.
        path: PathBuf,
    },
    /// A directory, a device or a pipe.
    #[error("the key ring {} is not a file; give the path of the file itself", .path.display())]
    NotAFile {
        /// What is there.
        path: PathBuf,
    },
    /// The group or everybody can reach it.
    #[error(
        "the key ring {} is open to others than its owner (mode {mode:04o}); consider who may have read it, then run: \
         chmod 600 {}",
        .path.display(),
        for_shell(.path)
    )]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// Longer than a ring can be.
    #[error("the key ring {} is longer than 64 KiB, so it is not one; check the path", .path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
    },
    /// Its content is refused.
    #[error("the key ring {} is refused: {error}", .path.display())]
    Ring {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: KeyRingError,
    },
    /// The operating system refused.
    #[error("the key ring {} cannot be {doing}: {reason}; check that its directory exists and who owns both", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What was tried, as in "cannot be read".
        doing: &'static str,
        /// The system's words.
        reason: String,
    },
    /// No fresh ring could be made.
    #[error("no key ring can be made: {0}")]
    Entropy(EntropyError),
}

impl KeyFileError {
    pub(super) fn io(path: &Path, doing: &'static str, error: &io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            doing,
            reason: error.to_string(),
        }
    }
}

impl From<EntropyError> for KeyFileError {
    fn from(error: EntropyError) -> Self {
        Self::Entropy(error)
    }
}

/// The path as one word of a shell's command.
fn for_shell(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    if !text.starts_with('-') && text.chars().all(plain) {
        text
    } else {
        // An option could be hidden in a name that starts with a dash.
        let dot = if text.starts_with('-') { "./" } else { "" };
        format!("'{dot}{}'", text.replace('\'', r"'\''"))
    }
}
