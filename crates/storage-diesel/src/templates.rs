//! Templates.
//!
//! A pause is a change of the template's row, and whatever must not come after one holds that row: see [`hold`].

mod hold;

use async_trait::async_trait;
use diesel::{dsl::count_star, prelude::*};
use symbolon_domain::{
    activity::ActivityEntry,
    id::{OrganizationId, TemplateId},
    page::{Page, PageRequest},
    port::{
        StoreError,
        templates::{TemplateChange, TemplateRemoval, Templates},
    },
    template::{Template, TemplateEdit},
    time::Timestamp,
};

pub(crate) use self::hold::{hold, lock};
use crate::{
    DieselStore,
    activity::append,
    cached::ExecuteCached as _,
    connection::AnyConnection,
    organizations,
    outbox::Ground,
    paging::{self, limit, offset},
    row::{
        activity::EntryRow,
        template::{EditableColumns, TemplateRow},
    },
    schema::{recipients as recipient, templates as template},
    transaction::Stop,
    types::{At, Key},
};

#[async_trait]
impl Templates for DieselStore {
    async fn insert(&self, template: &Template, entry: &ActivityEntry) -> Result<bool, StoreError> {
        let (row, entry) = (TemplateRow::from(template), EntryRow::from(entry));
        self.write(move |connection| {
            if organizations::hold(connection, row.organization_id)?.is_none() {
                return Err(Stop::Outcome(false));
            }
            diesel::insert_into(template::table)
                .values(&row)
                .execute(connection)?;
            append(connection, &entry)?;
            Ok(true)
        })
        .await
    }

    async fn find(
        &self,
        organization: OrganizationId,
        id: TemplateId,
    ) -> Result<Option<Template>, StoreError> {
        let (organization, id) = (organization.into(), id.into());
        self.read(move |connection| find(connection, organization, id))
            .await
    }

    async fn find_by_id(&self, id: TemplateId) -> Result<Option<Template>, StoreError> {
        let id = Key::from(id);
        self.read(move |connection| {
            let row = template::table
                .find(id)
                .select(TemplateRow::as_select())
                .get_result(connection)
                .optional()?;
            Ok(row.map(Template::try_from).transpose()?)
        })
        .await
    }

    async fn list(
        &self,
        organization: OrganizationId,
        request: PageRequest,
    ) -> Result<Page<Template>, StoreError> {
        let organization = Key::from(organization);
        self.read(move |connection| {
            paging::page(
                connection,
                request,
                |connection| {
                    template::table
                        .filter(template::organization_id.eq(organization))
                        .order((template::created_at.desc(), template::id.desc()))
                        .limit(limit(request))
                        .offset(offset(request))
                        .select((TemplateRow::as_select(), count_star().over()))
                        .load(connection)
                },
                |connection| {
                    template::table
                        .filter(template::organization_id.eq(organization))
                        .count()
                        .get_result(connection)
                },
            )
        })
        .await
    }

    async fn edit(
        &self,
        organization: OrganizationId,
        id: TemplateId,
        edit: &TemplateEdit,
        entry: &ActivityEntry,
    ) -> Result<TemplateChange, StoreError> {
        let (organization, id) = (organization.into(), id.into());
        let (edit, entry) = (edit.clone(), EntryRow::from(entry));
        self.write(move |connection| {
            if !lock(connection, organization, id)? {
                return Err(Stop::Outcome(TemplateChange::Absent));
            }
            let Some(before) = find(connection, organization, id)? else {
                return Err(Stop::Again);
            };
            let after = edit.apply(&before);
            if after == before {
                return Err(Stop::Outcome(TemplateChange::Unchanged));
            }
            diesel::update(template::table.find(id))
                .set(EditableColumns::from(&after))
                .execute_cached(connection)?;
            append(connection, &entry)?;
            Ok(TemplateChange::Changed)
        })
        .await
    }

    async fn pause(
        &self,
        organization: OrganizationId,
        id: TemplateId,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Result<TemplateChange, StoreError> {
        let (organization, id) = (organization.into(), id.into());
        let entry = EntryRow::from(entry);
        self.write(move |connection| {
            let changed = diesel::update(template::table.find(id))
                .filter(template::organization_id.eq(organization))
                .filter(template::paused_at.is_null())
                .set(template::paused_at.eq(At(now)))
                .execute_cached(connection)?;
            recorded(connection, organization, id, changed, &entry)
        })
        .await
    }

    async fn resume(
        &self,
        organization: OrganizationId,
        id: TemplateId,
        entry: &ActivityEntry,
    ) -> Result<TemplateChange, StoreError> {
        let (organization, id) = (Key::from(organization), Key::from(id));
        let entry = EntryRow::from(entry);
        let resumed = self
            .write(move |connection| {
                let changed = diesel::update(template::table.find(id))
                    .filter(template::organization_id.eq(organization))
                    .filter(template::paused_at.is_not_null())
                    .set(template::paused_at.eq(None::<At>))
                    .execute_cached(connection)?;
                recorded(connection, organization, id, changed, &entry)
            })
            .await?;
        if resumed == TemplateChange::Changed {
            self.call_back(Ground::Template(organization, id)).await;
        }
        Ok(resumed)
    }

    async fn remove(
        &self,
        organization: OrganizationId,
        id: TemplateId,
        entry: &ActivityEntry,
    ) -> Result<TemplateRemoval, StoreError> {
        let (organization, id) = (Key::from(organization), Key::from(id));
        let entry = EntryRow::from(entry);
        self.write(move |connection| {
            // First the row, then the question: whoever issues on the template holds it until what they issued can be
            // seen.
            if !lock(connection, organization, id)? {
                return Err(Stop::Outcome(TemplateRemoval::Absent));
            }
            let of_template = recipient::table.filter(recipient::template_id.eq(id));
            if diesel::select(diesel::dsl::exists(of_template)).get_result(connection)? {
                return Err(Stop::Outcome(TemplateRemoval::HasRecipients));
            }
            diesel::delete(template::table.find(id)).execute(connection)?;
            append(connection, &entry)?;
            Ok(TemplateRemoval::Removed)
        })
        .await
    }
}

fn find(connection: &mut AnyConnection, organization: Key, id: Key) -> QueryResult<Option<Template>> {
    let row = template::table
        .find(id)
        .filter(template::organization_id.eq(organization))
        .select(TemplateRow::as_select())
        .get_result(connection)
        .optional()?;
    Ok(row.map(Template::try_from).transpose()?)
}

/// The outcome of a change that touched so many rows, with its entry in the log if it was made.
fn recorded(
    connection: &mut AnyConnection,
    organization: Key,
    id: Key,
    changed: usize,
    entry: &EntryRow,
) -> Result<TemplateChange, Stop<TemplateChange>> {
    if changed == 1 {
        append(connection, entry)?;
        return Ok(TemplateChange::Changed);
    }
    Err(Stop::Outcome(match find(connection, organization, id)? {
        Some(_) => TemplateChange::Unchanged,
        None => TemplateChange::Absent,
    }))
}
