//! Files to take away: written while they are read, so that however long they are they take no room here.

use std::{
    cell::RefCell,
    io::{self, Write},
    mem,
    rc::Rc,
};

use actix_web::{
    HttpResponse,
    http::{
        Method,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    web::Bytes,
};
use futures_util::{Stream, TryStreamExt as _};
use symbolon_domain::service::begin_export::{BeginExport, Export};

use super::desk::Desk;
use crate::page::fault::PageFault;

/// How many rows are read from the store at once.
pub(super) const STEP: u32 = 1_000;

/// What a file is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Csv,
    JsonLines,
}

/// Sends a file. That somebody takes it away is recorded before its first byte; where something fails on the way, the body
/// ends with an error, and the browser says that the file is broken.
pub(super) async fn file(
    desk: &Desk,
    what: Export,
    name: &str,
    kind: Kind,
    parts: impl Stream<Item = io::Result<Vec<u8>>> + 'static,
) -> Result<HttpResponse, PageFault> {
    let mut response = HttpResponse::Ok();
    let organization = desk.administrator.member.organization.name.as_str();
    response
        .insert_header((CONTENT_TYPE, kind.content_type()))
        .insert_header((
            CONTENT_DISPOSITION,
            format!(
                "attachment; filename=\"{}\"",
                file_name(name, organization, &desk.now().to_string(), kind)
            ),
        ));
    // Only the head is asked for: nothing is taken away.
    if desk.request().method() == Method::HEAD {
        return Ok(response.finish());
    }
    desk.state.rates.export(desk.administrator.id())?;
    let beginning = BeginExport {
        authority: desk.authority(),
        what,
    };
    beginning.run(&desk.state.ports).await?;
    let parts = parts
        .map_ok(Bytes::from)
        .inspect_err(|error| tracing::error!(%error, "a file that is taken away breaks off"));
    Ok(response.streaming(parts))
}

impl Kind {
    const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::JsonLines => "application/jsonl",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }
}

/// `activity-analytical-engines-2026-03-05.csv`: of the organization's name the first words, as far as they are safe in a
/// file's name everywhere.
fn file_name(what: &str, organization: &str, now: &str, kind: Kind) -> String {
    const LONGEST: usize = 40;
    let mut name = what.to_owned();
    for word in organization.split(|letter: char| !letter.is_ascii_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        if name.len() + word.len() >= what.len() + LONGEST {
            break;
        }
        name = name + "-" + &word.to_ascii_lowercase();
    }
    let day = now.get(..10).unwrap_or(now);
    format!("{name}-{day}.{}", kind.ending())
}

/// What was written and not sent yet.
#[derive(Clone, Default)]
pub(super) struct Spool(Rc<RefCell<Vec<u8>>>);

impl Spool {
    /// Takes it out.
    pub(super) fn take(&self) -> Vec<u8> {
        mem::take(&mut *self.0.borrow_mut())
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_what_it_holds() {
        let named = |name| file_name("activity", name, "2026-03-05T09:30:00.000Z", Kind::Csv);
        for (name, expected) in [
            ("Analytical Engines", "activity-analytical-engines-2026-03-05.csv"),
            ("\"; filename=\"x.exe", "activity-filename-x-exe-2026-03-05.csv"),
            ("Ł ó", "activity-2026-03-05.csv"),
            (
                "a very long name of an organization with many words",
                "activity-a-very-long-name-of-an-organization-2026-03-05.csv",
            ),
        ] {
            assert_eq!(named(name), expected);
        }
    }
}
