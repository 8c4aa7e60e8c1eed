//! `GET /dashboard/templates`: the list.

use actix_web::HttpResponse;
use symbolon_domain::{administrator::Right, id::TemplateId, page::PageRequest};

use super::present;
use crate::{
    page::{
        dashboard::{desk::Desk, visit::query},
        fault::PageFault,
        present::kind,
        respond::scripted_page,
    },
    view::{
        Pager,
        dashboard::{Listing, Section, TemplateListPage, TemplateRow},
    },
};

pub(crate) async fn show(desk: Desk) -> Result<HttpResponse, PageFault> {
    let number = query(desk.request(), "page").and_then(|text| text.parse().ok());
    let request = PageRequest::new(number.unwrap_or(1), PageRequest::DEFAULT_PER);
    let organization = desk.administrator.member.organization.id;
    let ports = &desk.state.ports;
    let found = ports.templates.list(organization, request).await?;
    let ids: Vec<TemplateId> = found.items.iter().map(|template| template.id).collect();
    let numbers = ports.tallies.of_templates(organization, &ids).await?;
    scripted_page(&TemplateListPage {
        frame: desk.frame(Section::Templates).await?,
        listing: Listing {
            pager: Pager {
                number: found.request.number(),
                pages: found.total_pages(),
            },
            total: found.total_count,
            filters: Vec::new(),
        },
        templates: found
            .items
            .iter()
            .zip(numbers)
            .map(|(template, numbers)| TemplateRow {
                id: template.id.to_string(),
                kind: kind(template.kind),
                name: template.name.to_string(),
                state: present::state(template),
                numbers: present::numbers(numbers),
            })
            .collect(),
        may_act: desk.may(Right::Work),
    })
}
