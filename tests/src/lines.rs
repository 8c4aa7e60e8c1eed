//! What a process prints, line by line, as it prints it.

use std::{
    io::{BufRead as _, BufReader, Read},
    sync::{Arc, Condvar, Mutex},
    thread,
};

use crate::wait::DEADLINE;

/// The lines so far. Clones see the same ones.
#[derive(Debug, Clone, Default)]
pub struct Lines(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    lines: Vec<String>,
    ended: bool,
}

impl Lines {
    /// Reads until the end, on a thread of its own.
    pub(crate) fn read(source: impl Read + Send + 'static) -> Self {
        let lines = Self::default();
        let shared = lines.clone();
        thread::spawn(move || {
            let mut source = BufReader::new(source);
            let mut line = Vec::new();
            while source.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
                let text = String::from_utf8_lossy(&line).trim_end().to_owned();
                shared.change(|state| state.lines.push(text));
                line.clear();
            }
            shared.change(|state| state.ended = true);
        });
        lines
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.0.state.lock().expect("no reader panics"));
        self.0.changed.notify_all();
    }

    /// The first line that contains this, as soon as there is one.
    pub fn wait_for(&self, text: &str) -> String {
        self.look_for(text)
            .unwrap_or_else(|| panic!("{text:?} was not printed, and no more comes:\n{}", self.so_far()))
    }

    /// The same, or `None` once all was printed without it.
    pub(crate) fn look_for(&self, text: &str) -> Option<String> {
        let find = |state: &State| state.lines.iter().find(|line| line.contains(text)).cloned();
        let state = self.0.state.lock().expect("no reader panics");
        let (state, waited) = self
            .0
            .changed
            .wait_timeout_while(state, DEADLINE, |state| !state.ended && find(state).is_none())
            .expect("no reader panics");
        let found = find(&state);
        // Without the lock, so that nobody else's wait ends with this one's.
        let lines = state.lines.join("\n");
        drop(state);
        assert!(
            found.is_some() || !waited.timed_out(),
            "{text:?} is not printed, but:\n{lines}"
        );
        found
    }

    /// All of it, once there is no more to come.
    pub fn to_the_end(&self) -> String {
        let state = self.0.state.lock().expect("no reader panics");
        let (state, waited) = self
            .0
            .changed
            .wait_timeout_while(state, DEADLINE, |state| !state.ended)
            .expect("no reader panics");
        assert!(!waited.timed_out(), "the output does not end");
        state.lines.join("\n")
    }

    /// What there is by now.
    pub fn so_far(&self) -> String {
        self.0.state.lock().expect("no reader panics").lines.join("\n")
    }
}
