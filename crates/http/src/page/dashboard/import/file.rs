//! `/dashboard/import`: the first step, the template and the file.

use actix_web::{
    HttpResponse,
    web::{self, Payload},
};
use symbolon_domain::{id::TemplateId, service::jobs::KeepDraft};
use symbolon_jobs::{FileError, ImportPlan};
use symbolon_spreadsheet::SheetError;

use super::upload::{self, Uploaded};
use crate::{
    page::{
        dashboard::{desk::Desk, templates::choices::offer, visit::query},
        fault::PageFault,
        respond::{scripted_page, see_page},
    },
    view::dashboard::{Field, FileProblem, ImportFilePage, Outcome, Problem, Section, paths},
};

pub(crate) async fn show(desk: Desk) -> Result<HttpResponse, PageFault> {
    let template = query(desk.request(), "template").unwrap_or_default();
    asked(&desk, Field::of(template), None).await
}

pub(crate) async fn take(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    let upload = upload::read(&desk, payload).await?;
    let typed = upload.form.text("template").unwrap_or_default();
    let organization = desk.administrator.member.organization.id;
    let template = match TemplateId::parse(typed) {
        Some(id) => desk.state.ports.templates.find(organization, id).await?,
        None => None,
    };
    let field = Field::of(typed);
    let Some(template) = template else {
        let problem = if typed.is_empty() {
            Problem::Missing
        } else {
            Problem::NotOffered
        };
        return asked(&desk, field.with(problem), upload.file.err()).await;
    };
    let Uploaded { name, bytes } = match upload.file {
        Ok(file) => file,
        Err(problem) => return asked(&desk, field, Some(problem)).await,
    };
    // Reading all of it takes a while; others must not wait for it.
    let looked = web::block(move || {
        let looked = ImportPlan::suggested(name, &bytes);
        (looked, bytes)
    });
    let (looked, bytes) = looked.await.map_err(|_| PageFault::Busy)?;
    let plan = match looked {
        Ok(plan) => plan,
        Err(error) => return asked(&desk, field, Some(problem(&error))).await,
    };
    let draft = KeepDraft {
        by: &desk.administrator,
        template: template.id,
        plan: plan.written(),
        file: &bytes,
    };
    let to = match draft.run(&desk.state.ports).await? {
        Some(job) => format!("{}/{}/columns", paths::IMPORT, job.id),
        None => format!("{}?done={}", paths::IMPORT, Outcome::TooManyJobs.code()),
    };
    Ok(see_page(&desk.state, &to, Vec::new()))
}

async fn asked(
    desk: &Desk,
    template: Field,
    problem: Option<FileProblem>,
) -> Result<HttpResponse, PageFault> {
    scripted_page(&ImportFilePage {
        frame: desk.frame(Section::Recipients).await?,
        templates: offer(desk, Some(&template.value)).await?.choices,
        template,
        problem,
    })
}

fn problem(error: &FileError) -> FileProblem {
    match error {
        FileError::Empty | FileError::Sheet(SheetError::Empty) => FileProblem::Empty,
        FileError::TooManyRows => FileProblem::TooManyRows,
        FileError::Sheet(SheetError::Foreign { what }) => FileProblem::NotCsv {
            what: (*what).to_owned(),
        },
        FileError::Sheet(SheetError::EndlessRow { line }) => FileProblem::OpenQuote { line: *line },
        FileError::Sheet(SheetError::TooManyColumns { .. }) => FileProblem::NotCsv {
            what: "a file with more columns than a list of people has".to_owned(),
        },
        // What is in memory is never broken off.
        FileError::Sheet(_) => FileProblem::NotUtf8,
    }
}
