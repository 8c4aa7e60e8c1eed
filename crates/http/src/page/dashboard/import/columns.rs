//! `/dashboard/import/{id}/columns`: the second step, what the columns mean.

use actix_web::{
    HttpResponse,
    web::{self, Path, Payload},
};
use symbolon_jobs::{ImportPlan, Look};
use symbolon_spreadsheet::import::{ColumnsError, Field};

use super::{Draft, gone};
use crate::{
    page::{
        dashboard::desk::Desk,
        fault::PageFault,
        form::Form,
        respond::{scripted_page, see_page},
    },
    view::dashboard::{
        Choice as _, ColumnMeaning, ColumnsProblem, ImportColumn, ImportColumnsPage, Named, Section,
    },
};

pub(crate) async fn show(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    match Draft::named(&desk, &path).await? {
        Some(draft) => asked(&desk, draft, Vec::new()).await,
        None => Ok(gone(&desk)),
    }
}

pub(crate) async fn choose(
    desk: Desk,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let Some(mut draft) = Draft::named(&desk, &path).await? else {
        return Ok(gone(&desk));
    };
    draft.plan.choose(&chosen(&form, &draft.plan));
    let problems = problems(&draft.plan);
    if !problems.is_empty() {
        return asked(&desk, draft, problems).await;
    }
    let is_kept = desk
        .state
        .ports
        .jobs
        .redraft(draft.job.organization, draft.job.id, &draft.plan.written())
        .await?;
    if is_kept {
        Ok(see_page(&desk.state, &draft.step("check"), Vec::new()))
    } else {
        Ok(gone(&desk))
    }
}

/// What the form says; a column that it does not name means nothing.
fn chosen(form: &Form, plan: &ImportPlan) -> Vec<Option<Field>> {
    (1..=plan.header.len())
        .map(|number| form.text(&format!("column-{number}")).and_then(Field::parse))
        .collect()
}

/// All that stands in the way.
pub(super) fn problems(plan: &ImportPlan) -> Vec<ColumnsProblem> {
    let fields = plan.fields();
    let has = |field| fields.contains(&Some(field));
    let mut problems = Vec::new();
    if !has(Field::Mail) {
        problems.push(ColumnsProblem::NoMail);
    }
    if !has(Field::FirstName) && !has(Field::Name) {
        problems.push(ColumnsProblem::NoName);
    }
    if let Err(ColumnsError::Twice { field, .. }) = plan.columns() {
        problems.push(ColumnsProblem::Twice(meaning(Some(field))));
    }
    problems
}

/// In the page's words, which are the fields' own.
fn meaning(field: Option<Field>) -> ColumnMeaning {
    field
        .and_then(|field| ColumnMeaning::from_code(field.word()))
        .unwrap_or_default()
}

async fn asked(desk: &Desk, draft: Draft, problems: Vec<ColumnsProblem>) -> Result<HttpResponse, PageFault> {
    let Draft {
        job,
        plan,
        template,
        file,
    } = draft;
    let looked = web::block(move || {
        let look = plan.look(&file);
        (plan, look)
    });
    let (plan, look) = looked.await.map_err(|_| PageFault::Busy)?;
    // It could be read when it came.
    let look = look.map_err(|_| PageFault::Internal)?;
    scripted_page(&ImportColumnsPage {
        frame: desk.frame(Section::Recipients).await?,
        id: job.id.to_string(),
        template: Named {
            id: template.id.to_string(),
            name: template.name.to_string(),
        },
        rows: plan.rows,
        columns: columns(&plan, look),
        file: plan.file_name,
        problems,
    })
}

fn columns(plan: &ImportPlan, look: Look) -> Vec<ImportColumn> {
    let fields = plan.fields();
    plan.header
        .iter()
        .zip(look.samples)
        .enumerate()
        .map(|(place, (heading, samples))| ImportColumn {
            heading: heading.clone(),
            samples,
            meaning: meaning(fields.get(place).copied().flatten()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_a_field_or_none() {
        for meaning_ in ColumnMeaning::ALL {
            let field = Field::parse(meaning_.code());
            assert_eq!(meaning(field), *meaning_, "{}", meaning_.label());
        }
        for field in Field::CHOICES {
            assert_eq!(meaning(Some(field)).code(), field.word());
        }
    }
}
