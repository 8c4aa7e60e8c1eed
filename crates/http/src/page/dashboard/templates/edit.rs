//! `/dashboard/templates/{id}/edit`: changing a template.

use actix_web::{
    HttpResponse,
    web::{Path, Payload},
};
use symbolon_domain::{
    port::templates::TemplateChange,
    service::change_template::{ChangeTemplate, TemplateAct},
    template::{Template, TemplateEdit},
};

use super::{
    named, page_after,
    wish::{Wish, shown_kind},
};
use crate::{
    page::{
        dashboard::desk::Desk,
        fault::PageFault,
        respond::{scripted_page, see_page},
    },
    view::dashboard::{Field, Named, Outcome, Section, TemplateFormPage},
};

pub(crate) async fn show(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let template = named(&desk, &path).await?;
    let description = template.description.as_ref().map(ToString::to_string);
    scripted_page(&TemplateFormPage {
        frame: desk.frame(Section::Templates).await?,
        edited: Some(called(&template)),
        kind: shown_kind(template.kind),
        name: Field::of(template.name.as_str()),
        description: Field::of(description.unwrap_or_default()),
        validity_days: Field::of(
            template
                .validity
                .map_or_else(String::new, |validity| validity.days().to_string()),
        ),
    })
}

pub(crate) async fn change(
    desk: Desk,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let template = named(&desk, &path).await?;
    let wish = Wish {
        kind: template.kind,
        ..Wish::read(&form)
    };
    let (Some(name), Some(description), Some(validity), false) = (
        wish.name.value.clone(),
        wish.description.value.clone(),
        wish.validity.value,
        wish.is_preview,
    ) else {
        let edited = Some(called(&template));
        return scripted_page(&wish.page(desk.frame(Section::Templates).await?, edited));
    };
    let changing = ChangeTemplate {
        authority: desk.authority(),
        id: template.id,
        act: TemplateAct::Edit(TemplateEdit {
            name: Some(name),
            description: Some(description),
            validity: Some(validity),
        }),
    };
    match changing.run(&desk.state.ports).await? {
        TemplateChange::Changed | TemplateChange::Unchanged => {
            let to = page_after(template.id, Outcome::TemplateChanged);
            Ok(see_page(&desk.state, &to, Vec::new()))
        }
        TemplateChange::Absent => Err(PageFault::NotFound),
    }
}

/// What it is called until the form is sent.
fn called(template: &Template) -> Named {
    Named {
        id: template.id.to_string(),
        name: template.name.to_string(),
    }
}
