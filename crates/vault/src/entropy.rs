//! Random bytes of the operating system.

use ring::rand::{SecureRandom, SystemRandom};
use symbolon_domain::port::entropy::{Entropy, EntropyError};

/// The operating system's random source (`getrandom` on Linux), which needs no seeding and blocks until it is ready.
#[derive(Debug, Clone)]
pub struct SystemEntropy {
    source: SystemRandom,
}

impl SystemEntropy {
    /// The source.
    #[must_use]
    pub fn new() -> Self {
        Self {
            source: SystemRandom::new(),
        }
    }
}

impl Default for SystemEntropy {
    fn default() -> Self {
        Self::new()
    }
}

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        self.source.fill(bytes).map_err(|_| EntropyError)
    }
}
