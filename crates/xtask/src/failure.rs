//! Why a chore ended early: one sentence for the person at the terminal.

use std::fmt;

use crate::say;

/// What is left to say before the exit code.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A sentence that says what went wrong and, where that is known, what to do about it.
    Sentence(String),
    /// Nothing: all was said, and the last line that was printed is to stay the last.
    Told,
}

impl Failure {
    /// A failure to be told in this `sentence`.
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self::Sentence(sentence.into())
    }

    /// Puts `what` was tried before the `cause`, for `map_err`.
    pub(crate) fn because<E: fmt::Display>(what: impl fmt::Display) -> impl FnOnce(E) -> Self {
        move |cause| Self::Sentence(format!("{what}: {cause}"))
    }

    /// Says the sentence, if that is still to be done.
    pub(crate) fn tell(&self) {
        if let Self::Sentence(sentence) = self {
            say::line(sentence);
        }
    }
}
