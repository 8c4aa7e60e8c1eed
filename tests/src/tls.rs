//! TLS for the tests: its cryptography, and a certificate that nobody but the test vouches for.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

/// Chooses ring for every client of this process; reqwest and rustls panic without a choice.
pub(crate) fn use_ring() {
    // Only the first choice counts, and every caller chooses the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// A certificate for `localhost` and `127.0.0.1`, signed by itself. Removed with this.
#[derive(Debug)]
pub struct Certificate(TempDir);

impl Certificate {
    /// Makes one.
    pub fn self_signed() -> Self {
        let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
        let made = rcgen::generate_simple_self_signed(names).expect("the names are good");
        let directory = tempfile::Builder::new()
            .prefix("symbolon-test-")
            .tempdir()
            .expect("there is a temporary directory");
        let this = Self(directory);
        let written = fs::write(this.path(), made.cert.pem())
            .and_then(|()| fs::write(this.key(), made.signing_key.serialize_pem()));
        written.expect("the directory is ours");
        this
    }

    /// The file with the certificate, in PEM. Programs that read `SSL_CERT_FILE` trust it when that says this.
    pub fn path(&self) -> PathBuf {
        self.in_directory("certificate.pem")
    }

    /// The file with its key, in PEM.
    pub fn key(&self) -> PathBuf {
        self.in_directory("key.pem")
    }

    fn in_directory(&self, name: &str) -> PathBuf {
        Path::join(self.0.path(), name)
    }
}
