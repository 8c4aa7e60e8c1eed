//! A process that runs beside the test, and does not outlive it.

use std::{
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    thread,
    time::Instant,
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use crate::{
    lines::Lines,
    wait::{AGAIN, DEADLINE},
};

/// A running process. Dropping it kills it.
#[derive(Debug)]
pub struct Process {
    child: Child,
    /// Its standard output.
    pub stdout: Lines,
    /// Its standard error.
    pub stderr: Lines,
}

impl Process {
    /// Starts it.
    pub fn start(mut command: Command) -> Self {
        Self::spawn(command.stdin(Stdio::null()))
    }

    /// Starts it, and keeps its standard input open.
    pub(crate) fn start_talking(mut command: Command) -> (Self, ChildStdin) {
        let mut process = Self::spawn(command.stdin(Stdio::piped()));
        let input = process.child.stdin.take().expect("it is piped");
        (process, input)
    }

    fn spawn(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
        Self {
            stdout: Lines::read(child.stdout.take().expect("it is piped")),
            stderr: Lines::read(child.stderr.take().expect("it is piped")),
            child,
        }
    }

    /// Its number, which is its own until it was waited for.
    pub(crate) fn id(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.child.id()).expect("a process id"))
    }

    /// Sends a signal.
    pub fn signal(&self, signal: Signal) {
        kill(self.id(), signal).expect("it is our own process, and not waited for yet");
    }

    /// How it ended, as soon as it has.
    pub fn ended(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("it can be waited for") {
                return status;
            }
            assert!(
                start.elapsed() < DEADLINE,
                "it does not end, and said:\n{}",
                self.stderr.so_far()
            );
            thread::sleep(AGAIN);
        }
    }

    /// `kill -9`, and gone when this returns.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    /// Where a test fails, what went wrong in the process says why.
    fn drop(&mut self) {
        self.kill();
        if thread::panicking() {
            let said = self.stderr.so_far();
            let troubles = said
                .lines()
                .filter(|line| line.contains("WARN") || line.contains("ERROR"));
            for trouble in troubles {
                eprintln!("{trouble}");
            }
        }
    }
}
