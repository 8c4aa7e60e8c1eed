//! `recipients export`: recipients as CSV that spreadsheets open safely, or as JSON; never with a token. That somebody takes
//! them away is recorded before.

use std::{
    io::{self, BufWriter, IsTerminal as _, Write},
    path::Path,
};

use serde::Serialize;
use symbolon_domain::{
    access_token::Dossier,
    id::OrganizationId,
    organization::Organization,
    page::PageRequest,
    port::{
        Ports, StoreError,
        recipients::{RecipientFilter, RecipientOrder},
    },
    service::{
        begin_export::{BeginExport, Export as TakenAway},
        caller::Authority,
    },
};
use symbolon_spreadsheet::{
    SheetWriter,
    export::{HEADINGS, cells},
};
use tempfile::NamedTempFile;

use super::{
    super::{templates::template_by_id, tokens::organization_by_id},
    assemble, object,
};
use crate::{
    assembly::Assembly,
    failure::Failure,
    options::{Export, Options},
    output::Output,
    progress::{Progress, thousands},
};

/// How many recipients are read at once: enough that the queries cost little, and a fraction of a megabyte.
const STEP: u32 = 500;

#[derive(Serialize)]
struct Report<'a> {
    rows: u64,
    file: &'a Path,
}

pub(super) async fn run(options: &Options, export: &Export) -> Result<(), Failure> {
    if let Some(path) = export.output.as_deref().filter(|path| path.exists()) {
        return Err(exists(path));
    }
    let assembly = assemble(options).await?;
    let ports = &assembly.ports;
    let (owner, filter) = chosen(ports, export).await?;
    let beginning = BeginExport {
        authority: Authority::Operator(&owner),
        what: TakenAway::Recipients {
            template: filter.template,
        },
    };
    beginning.run(ports).await?;
    let organization = owner.id;
    let Some(path) = &export.output else {
        let to_terminal = io::stdout().is_terminal();
        let out = BufWriter::new(io::stdout());
        let printed = match options.output() {
            Output::Text => csv(ports, organization, &filter, out, !to_terminal).await,
            Output::Json => json(&assembly, organization, &filter, out, !to_terminal).await,
        };
        return match printed {
            // Who reads only the beginning has seen what they wanted.
            Err(Stop::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => other
                .map(drop)
                .map_err(|stop| stop.because("the recipients cannot be printed")),
        };
    };
    let unwritable = format!("{} cannot be written", path.display());
    let directory = match path.parent() {
        Some(directory) if !directory.as_os_str().is_empty() => directory,
        _ => Path::new("."),
    };
    // For its owner only, and under its name only when it is whole.
    let file = NamedTempFile::new_in(directory).map_err(|error| Stop::Write(error).because(&unwritable))?;
    let rows = csv(ports, organization, &filter, BufWriter::new(&file), true)
        .await
        .map_err(|stop| stop.because(&unwritable))?;
    file.as_file()
        .sync_all()
        .map_err(|error| Stop::Write(error).because(&unwritable))?;
    file.persist_noclobber(path)
        .map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => exists(path),
            _ => Stop::Write(error.error).because(&unwritable),
        })?;
    options.output().print(&Report { rows, file: path }, || {
        format!("{} recipients: written to {}", thousands(rows), path.display())
    })
}

/// Why an export did not come to its end.
enum Stop {
    /// It cannot be written.
    Write(io::Error),
    /// Something else failed.
    Failure(Failure),
}

impl Stop {
    fn because(self, what: &str) -> Failure {
        match self {
            Self::Write(error) => Failure::new(format!("{what}: {error}")),
            Self::Failure(failure) => failure,
        }
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

fn exists(path: &Path) -> Failure {
    Failure::usage(format!("{} exists already", path.display()))
        .advise("Choose another name with --output FILE.")
}

/// Whose recipients, and which of them.
async fn chosen(ports: &Ports, export: &Export) -> Result<(Organization, RecipientFilter), Failure> {
    let mut filter = RecipientFilter::default();
    let organization = match (export.organization, export.template) {
        (_, Some(id)) => {
            filter.template = Some(id);
            template_by_id(ports, id).await?.0
        }
        (Some(id), None) => organization_by_id(ports, id).await?,
        (None, None) => return Err(Failure::usage("say whose: --organization ID, or --template ID")),
    };
    Ok((organization, filter))
}

async fn csv(
    ports: &Ports,
    organization: OrganizationId,
    filter: &RecipientFilter,
    out: impl Write,
    tells: bool,
) -> Result<u64, Stop> {
    let mut sheet = SheetWriter::begin(out, b',')?;
    sheet.add(HEADINGS)?;
    let rows = each(ports, organization, filter, tells, |dossier| {
        sheet.add(cells(dossier))
    })
    .await?;
    sheet.flush()?;
    Ok(rows)
}

async fn json(
    assembly: &Assembly,
    organization: OrganizationId,
    filter: &RecipientFilter,
    mut out: impl Write,
    tells: bool,
) -> Result<u64, Stop> {
    let mut before = "[";
    let rows = each(&assembly.ports, organization, filter, tells, |dossier| {
        writeln!(out, "{before}")?;
        before = ",";
        serde_json::to_writer(&mut out, &object(assembly, dossier)).map_err(io::Error::from)
    })
    .await?;
    writeln!(out, "{}", if rows == 0 { "[]" } else { "\n]" })?;
    out.flush()?;
    Ok(rows)
}

/// Every recipient, in the order in which they were added, so that those who are added meanwhile come last.
async fn each(
    ports: &Ports,
    organization: OrganizationId,
    filter: &RecipientFilter,
    tells: bool,
    mut write: impl FnMut(&Dossier) -> io::Result<()>,
) -> Result<u64, Stop> {
    let stopped = |error: StoreError| Stop::Failure(error.into());
    let mut progress = if tells {
        let (order, least) = (RecipientOrder::default(), PageRequest::new(1, 1));
        let counted = ports.recipients.list(organization, filter, order, least).await;
        Some(Progress::begin(counted.map_err(stopped)?.total_count))
    } else {
        None
    };
    let (mut rows, mut after) = (0, None);
    loop {
        let step = ports.recipients.walk(organization, filter, after, STEP).await;
        let step = step.map_err(stopped)?;
        let Some(last) = step.last() else {
            return Ok(rows);
        };
        after = Some((last.recipient.created_at, last.recipient.id));
        for dossier in &step {
            write(dossier)?;
            rows += 1;
        }
        if let Some(progress) = &mut progress {
            progress.reached(rows, rows);
        }
    }
}
