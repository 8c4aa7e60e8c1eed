//! Questions before something is lost.

use std::io::{self, BufRead as _, IsTerminal as _};

use crate::failure::Failure;

/// What is asked.
pub(crate) struct Question<'a> {
    /// What happens.
    pub(crate) consequence: String,
    /// The verb after "Type yes to" and "Say --yes to": `delete`.
    pub(crate) verb: &'a str,
    /// What is said where the answer is another: `nothing was deleted`.
    pub(crate) otherwise: &'a str,
}

impl Question<'_> {
    /// Asks the person at the terminal.
    ///
    /// # Errors
    /// Where the answer is not yes, or there is nobody to ask.
    pub(crate) fn ask(&self) -> Result<(), Failure> {
        self.require_somebody()?;
        eprintln!("{}\n\nType yes to {}:", self.consequence, self.verb);
        let mut answer = String::new();
        io::stdin()
            .lock()
            .read_line(&mut answer)
            .map_err(|_| self.refused())?;
        if answer.trim() == "yes" {
            Ok(())
        } else {
            Err(self.refused())
        }
    }

    /// Sees that there is somebody to ask.
    ///
    /// # Errors
    /// Where there is not.
    pub(crate) fn require_somebody(&self) -> Result<(), Failure> {
        if io::stdin().is_terminal() {
            Ok(())
        } else {
            Err(self.refused())
        }
    }

    /// That it was not done.
    fn refused(&self) -> Failure {
        Failure::usage(self.otherwise).advise(format!("Say --yes to {} without being asked.", self.verb))
    }
}
