//! A program of `tests/parts/` that runs beside the test. Questions go in as lines of JSON, answers and events come out.

use std::{
    io::Write as _,
    panic::resume_unwind,
    path::{Path, PathBuf},
    process::{ChildStdin, Command},
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use serde_json::{Value, json};

use crate::{
    environment::{self, command},
    process::Process,
};

/// A running part. It ends with this; and where the test was killed, with its standard input.
#[derive(Debug)]
pub(crate) struct Part {
    process: Process,
    input: Mutex<ChildStdin>,
    asked: AtomicU64,
}

impl Part {
    /// Starts one that is written in JavaScript.
    pub(crate) fn javascript(name: &str, settings: &Value) -> Self {
        let mut node = command("node");
        node.env("SYMBOLON_TEST_NODE_MODULES", environment::node_modules());
        Self::start(node, name, settings)
    }

    /// Starts one that is written in Python.
    pub(crate) fn python(name: &str, settings: &Value) -> Self {
        Self::start(command(environment::python()), name, settings)
    }

    fn start(mut interpreter: Command, name: &str, settings: &Value) -> Self {
        interpreter.arg(source(name)).arg(settings.to_string());
        let (process, input) = Process::start_talking(interpreter);
        Self {
            process,
            input: Mutex::new(input),
            asked: AtomicU64::new(0),
        }
    }

    /// The first thing it says that contains this, as soon as it says it. Does not hold up other tasks of the test.
    pub(crate) async fn says(&self, text: impl Into<String>) -> Value {
        let (lines, text) = (self.process.stdout.clone(), text.into());
        let line = match tokio::task::spawn_blocking(move || lines.wait_for(&text)).await {
            Ok(line) => line,
            Err(failure) => {
                eprintln!("the part complained:\n{}", self.process.stderr.so_far());
                resume_unwind(failure.into_panic());
            }
        };
        serde_json::from_str(&line).expect("parts speak JSON")
    }

    /// Asks it something, and returns its answer.
    pub(crate) async fn ask(&self, question: Value) -> Value {
        let number = self.asked.fetch_add(1, Ordering::Relaxed);
        let mut line = question.clone();
        line["ask"] = json!(number);
        let written = writeln!(self.input.lock().expect("no asker panics"), "{line}");
        written.unwrap_or_else(|error| {
            panic!(
                "the part is gone ({error}), and said:\n{}",
                self.process.stderr.so_far()
            )
        });
        let mut answer = self.says(format!(r#"{{"answer":{number},"#)).await;
        assert!(answer["error"].is_null(), "{question}: {}", answer["error"]);
        answer["value"].take()
    }
}

/// Where a part's source is.
fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("parts").join(name)
}
