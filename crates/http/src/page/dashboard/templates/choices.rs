//! Which templates a select offers.

use symbolon_domain::{id::TemplateId, page::PageRequest, template::Template};

use crate::{
    page::{dashboard::desk::Desk, fault::PageFault},
    view::dashboard::{Named, TemplateChoices},
};

/// The most templates that a select offers: ten pages of the list. More would make each page with such a select slow to come
/// and its select of no use. The page of every other template leads to the same acts.
const OFFERED: u64 = 10 * PageRequest::MAX_PER;

/// What can be chosen from.
pub(in crate::page::dashboard) struct Offer {
    /// By name.
    pub(in crate::page::dashboard) choices: TemplateChoices,
    /// The id of the newest of all.
    pub(in crate::page::dashboard) newest: Option<String>,
}

/// The organization's newest templates, and the one that is chosen already if there is such a one.
pub(in crate::page::dashboard) async fn offer(desk: &Desk, chosen: Option<&str>) -> Result<Offer, PageFault> {
    let organization = desk.administrator.member.organization.id;
    let templates = &desk.state.ports.templates;
    let mut found: Vec<Template> = Vec::new();
    let mut is_cut = false;
    let mut number = Some(1);
    while let Some(page) = number.take() {
        let listed = templates
            .list(organization, PageRequest::new(page, PageRequest::MAX_PER))
            .await?;
        is_cut = listed.total_count > OFFERED;
        number = listed
            .next()
            .filter(|next| *next <= OFFERED / PageRequest::MAX_PER);
        found.extend(listed.items);
    }
    let newest = found.first().map(|template| template.id.to_string());
    if let Some(id) = chosen.and_then(TemplateId::parse) {
        found.extend(templates.find(organization, id).await?);
    }
    // One that was added meanwhile pushes others on to the next page, and the chosen one is mostly there already.
    found.sort_by_cached_key(|template| (template.name.to_string().to_lowercase(), template.id));
    found.dedup_by_key(|template| template.id);
    let choices = TemplateChoices {
        offered: found.iter().map(named).collect(),
        cut_at: is_cut.then_some(OFFERED),
    };
    Ok(Offer { choices, newest })
}

fn named(template: &Template) -> Named {
    Named {
        id: template.id.to_string(),
        name: template.name.to_string(),
    }
}
