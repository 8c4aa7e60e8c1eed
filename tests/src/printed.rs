//! What a command that has ended printed.

use std::process::{Command, Output};

use serde_json::Value;

use crate::wait::DEADLINE;

/// The exit code and the output of a command.
#[derive(Debug)]
pub struct Printed {
    /// What it was.
    command: String,
    /// 0 done, 1 failed, 2 wrong use.
    pub code: i32,
    /// Data.
    pub stdout: String,
    /// Talk.
    pub stderr: String,
}

impl Printed {
    /// Runs a command to its end.
    pub fn by(command: Command) -> Self {
        let shown = format!("{command:?}");
        let output = assert_cmd::Command::from_std(command)
            .timeout(DEADLINE)
            .output()
            .unwrap_or_else(|error| panic!("{shown} does not run: {error}"));
        let Output {
            status,
            stdout,
            stderr,
        } = output;
        let stderr = String::from_utf8(stderr).expect("commands print UTF-8");
        Self {
            code: status
                .code()
                .unwrap_or_else(|| panic!("{shown} was killed ({status}): {stderr}")),
            stdout: String::from_utf8(stdout).expect("commands print UTF-8"),
            stderr,
            command: shown,
        }
    }

    /// Asserts the exit code.
    #[track_caller]
    pub fn with_code(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "{}\nstdout:\n{}\nstderr:\n{}",
            self.command, self.stdout, self.stderr
        );
        self
    }

    /// Asserts that it did what it was asked for.
    #[track_caller]
    pub fn done(self) -> Self {
        self.with_code(0)
    }

    /// The JSON that it printed.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| {
            panic!(
                "{} printed no JSON ({error}):\n{}\n{}",
                self.command, self.stdout, self.stderr
            )
        })
    }

    /// Asserts that it told people this.
    #[track_caller]
    pub fn says(&self, text: &str) -> &Self {
        assert!(
            self.stderr.contains(text),
            "{} does not say {text:?}, but:\n{}",
            self.command,
            self.stderr
        );
        self
    }
}
