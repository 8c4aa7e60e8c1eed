//! Random bytes.

/// A source of random bytes that nobody can predict.
pub trait Entropy: Send + Sync {
    /// Fills the buffer with independent, uniformly distributed bytes.
    ///
    /// # Errors
    /// [`EntropyError`]; what is in the buffer must then not be used.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError>;
}

/// The random source failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the random source of the operating system failed")]
pub struct EntropyError;
