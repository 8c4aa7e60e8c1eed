//! Reading a form with a file.

use std::time::Duration;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::{HttpRequest, web::Payload};
use futures_util::StreamExt as _;
use symbolon_domain::job::MAX_FILE_BYTES;

use crate::{
    page::{
        dashboard::{desk::Desk, visit::of_ours},
        fault::PageFault,
        form::Form,
    },
    view::dashboard::FileProblem,
};

/// How long a file may take to arrive: 10 MiB at 300 kbit/s, as on a phone in the country.
const ARRIVAL: Duration = Duration::from_secs(280);
/// The most fields besides the file.
const MAX_FIELDS: usize = 20;
/// The largest field besides the file, in bytes.
const MAX_FIELD: usize = 4 * 1024;
/// How much of a file that is too large is read all the same: a browser shows an answer only once it has sent everything.
const PATIENCE: usize = 4 * MAX_FILE_BYTES;
/// The most characters of a file's name that are kept.
const MAX_NAME: usize = 100;

/// A form with a file.
pub(super) struct Upload {
    pub(super) form: Form,
    pub(super) file: Result<Uploaded, FileProblem>,
}

/// A file that was sent.
pub(super) struct Uploaded {
    /// What it is called where it comes from, shortened.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// Reads a form with a file, which must have been sent from a page of theirs; nothing of the file is read before that is
/// known.
pub(super) async fn read(desk: &Desk, payload: Payload) -> Result<Upload, PageFault> {
    let request = desk.request();
    tokio::time::timeout(ARRIVAL, parts(desk, request, payload))
        .await
        .map_err(|_elapsed| PageFault::TooSlow)?
}

async fn parts(desk: &Desk, request: &HttpRequest, payload: Payload) -> Result<Upload, PageFault> {
    of_ours(request, &desk.state)?;
    let mut parts = Multipart::new(request.headers(), payload);
    let mut fields = Vec::new();
    let mut file = Err(FileProblem::Missing);
    while let Some(part) = parts.next().await {
        // Nothing is said about a body before it is known where it comes from.
        let mut part = part.map_err(|_broken| PageFault::ForeignForm)?;
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            let form = Form::of(fields);
            desk.visit.made_for(&desk.state, &form)?;
            file = uploaded(&mut part).await?;
            fields = form.into_fields();
        } else if fields.len() < MAX_FIELDS {
            let bytes = bytes(&mut part, MAX_FIELD, MAX_FIELD)
                .await?
                .ok_or(PageFault::TooLarge)?;
            fields.push((name, String::from_utf8(bytes).map_err(|_| PageFault::BadForm)?));
        } else {
            return Err(PageFault::BadForm);
        }
    }
    let form = Form::of(fields);
    desk.visit.made_for(&desk.state, &form)?;
    Ok(Upload { form, file })
}

async fn uploaded(part: &mut Field) -> Result<Result<Uploaded, FileProblem>, PageFault> {
    let name = part
        .content_disposition()
        .and_then(|disposition| disposition.get_filename())
        .map(plain)
        .unwrap_or_default();
    let Some(bytes) = bytes(part, MAX_FILE_BYTES, PATIENCE).await? else {
        return Ok(Err(FileProblem::TooLarge));
    };
    // A browser sends an empty part where nothing was chosen.
    if bytes.is_empty() {
        let problem = if name.is_empty() {
            FileProblem::Missing
        } else {
            FileProblem::Empty
        };
        return Ok(Err(problem));
    }
    Ok(Ok(Uploaded { name, bytes }))
}

/// The bytes of a part; `None` where they are more than `most`.
async fn bytes(part: &mut Field, most: usize, patience: usize) -> Result<Option<Vec<u8>>, PageFault> {
    let mut bytes = Vec::new();
    let mut length = 0;
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(broken)?;
        length += chunk.len();
        if length <= most {
            bytes.extend_from_slice(&chunk);
        } else if length > patience {
            return Err(PageFault::TooLarge);
        }
    }
    Ok((length <= most).then_some(bytes))
}

/// The last part of a path, without what cannot be shown.
fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown = last.chars().filter(|character| !character.is_control());
    shown.take(MAX_NAME).collect()
}

fn broken(_: MultipartError) -> PageFault {
    PageFault::BadForm
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_last_part_of_a_path() {
        assert_eq!(plain("C:\\people\\list.csv"), "list.csv");
        assert_eq!(plain("../../etc/passwd"), "passwd");
        assert_eq!(plain("a\u{0}\nb"), "ab");
        assert_eq!(plain(&"x".repeat(300)).len(), MAX_NAME);
    }
}
