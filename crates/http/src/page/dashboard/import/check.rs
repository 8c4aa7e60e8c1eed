//! `GET /dashboard/import/{id}/check`: the third step, what the import would do.

use actix_web::{
    HttpResponse,
    web::{self, Path},
};
use symbolon_domain::{
    recipient::Locale, service::issue_credentials::CredentialWish, template::Template, time::Timestamp,
};
use symbolon_jobs::{Check, prove};
use symbolon_spreadsheet::import::expiry_of;

use super::{Draft, columns::problems, gone};
use crate::{
    page::{
        dashboard::desk::Desk,
        fault::PageFault,
        respond::{scripted_page, see_page},
    },
    view::{
        Language, Moment,
        dashboard::{ImportCheckPage, LineProblem, Named, SampleRow, Section},
    },
};

pub(crate) async fn show(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let Some(draft) = Draft::named(&desk, &path).await? else {
        return Ok(gone(&desk));
    };
    if !problems(&draft.plan).is_empty() {
        return Ok(see_page(&desk.state, &draft.step("columns"), Vec::new()));
    }
    let Draft {
        job,
        plan,
        template,
        file,
    } = draft;
    let now = desk.now();
    let proving = web::block(move || {
        let proved = prove(&plan, &file, &template, now);
        (plan, template, proved)
    });
    let (plan, template, proved) = proving.await.map_err(|_| PageFault::Busy)?;
    // It could be read when it came, and the columns are settled.
    let proved = proved.map_err(|_| PageFault::Internal)?;
    let Check {
        good,
        warned,
        bad,
        problems,
        sample,
    } = proved.settled(&desk.state.ports, &template).await?;
    let heading = |column: usize| {
        let heading = plan.header.get(column).filter(|heading| !heading.is_empty());
        heading
            .cloned()
            .unwrap_or_else(|| format!("Column {}", column + 1))
    };
    scripted_page(&ImportCheckPage {
        frame: desk.frame(Section::Recipients).await?,
        id: job.id.to_string(),
        template: Named {
            id: template.id.to_string(),
            name: template.name.to_string(),
        },
        good,
        warned,
        bad,
        problems: problems
            .into_iter()
            .map(|problem| LineProblem {
                line: problem.line,
                column: problem.column.map(heading),
                is_bad: problem.is_bad,
                what: problem.what,
                remedy: problem.remedy.to_owned(),
            })
            .collect(),
        sample: sample
            .into_iter()
            .map(|(line, wish)| row(line, &wish, &template, now))
            .collect(),
        no_mail: plan.suppress_mail,
        file: plan.file_name,
    })
}

/// A row as it would be taken.
fn row(line: u64, wish: &CredentialWish, template: &Template, now: Timestamp) -> SampleRow {
    let day = |at: Timestamp| Moment::of(at).day_in(Language::English);
    let last = wish.last_name.as_ref();
    SampleRow {
        line,
        name: match last {
            Some(last) => format!("{} {last}", wish.first_name),
            None => wish.first_name.to_string(),
        },
        mail: wish.mail.to_string(),
        language: match wish.locale {
            Locale::English => "English",
            Locale::German => "German",
        }
        .to_owned(),
        issued: day(wish.issued_at.unwrap_or(now)),
        expires: expiry_of(wish, template, now).map_or_else(|| "never".to_owned(), day),
    }
}
