//! What a command prints: data on standard output, for people as text or tables, for programs as JSON.

use std::io::{self, IsTerminal as _, Write as _};

use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;

use crate::failure::Failure;

/// How data is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    /// For people.
    Text,
    /// For programs.
    Json,
}

impl Output {
    /// Prints an object: as JSON, or the text that is made of it.
    pub(crate) fn print(self, object: &impl Serialize, text: impl FnOnce() -> String) -> Result<(), Failure> {
        match self {
            Self::Text => print(&text()),
            Self::Json => {
                let json = serde_json::to_string_pretty(object).map_err(|error| {
                    Failure::new(format!("the result cannot be written as JSON: {error}"))
                })?;
                print(&json)
            }
        }
    }
}

/// A JSON list on standard output, written as its objects come, and like one that is printed whole.
pub(crate) struct JsonList {
    is_begun: bool,
}

impl JsonList {
    pub(crate) const fn new() -> Self {
        Self { is_begun: false }
    }

    /// Adds an object.
    pub(crate) fn add(&mut self, object: &impl Serialize) -> Result<(), Failure> {
        write(&self.next(object)?)
    }

    /// Ends the list.
    pub(crate) fn end(self) -> Result<(), Failure> {
        write(self.last())
    }

    fn next(&mut self, object: &impl Serialize) -> Result<String, Failure> {
        let json = serde_json::to_string_pretty(object)
            .map_err(|error| Failure::new(format!("the result cannot be written as JSON: {error}")))?;
        let before = if self.is_begun { ",\n  " } else { "[\n  " };
        self.is_begun = true;
        Ok(format!("{before}{}", json.replace('\n', "\n  ")))
    }

    const fn last(&self) -> &'static str {
        if self.is_begun { "\n]\n" } else { "[]\n" }
    }
}

/// A table under these headings; without lines around it, so that it can be cut by columns.
pub(crate) fn table(headings: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(headings.to_vec());
    if io::stdout().is_terminal() {
        table.set_content_arrangement(ContentArrangement::Dynamic);
    }
    for row in rows {
        table.add_row(row);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.trim_fmt()
}

/// Prints text and a line end.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    write(&format!("{text}\n"))
}

/// Writes to standard output. Who reads only the beginning has seen what they wanted.
fn write(text: &str) -> Result<(), Failure> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("the result cannot be printed: {error}")))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_list_is_written_as_if_it_were_whole() {
        let object = json!({ "name": "a\nb", "list": [1, { "x": [] }], "none": null });
        for length in 0..4 {
            let objects: Vec<Value> = vec![object.clone(); length];
            let mut list = JsonList::new();
            let mut written: String = objects.iter().map(|object| list.next(object).unwrap()).collect();
            written.push_str(list.last());
            assert_eq!(written, serde_json::to_string_pretty(&objects).unwrap() + "\n");
        }
    }
}
