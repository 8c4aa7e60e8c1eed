//! What is in a large organization, by its number there.

use symbolon_domain::{
    id::{OrganizationId, RecipientId, TemplateId},
    time::Timestamp,
};

use crate::data::{FIRST, PAUSE, id};

fn uuid(hex: &str) -> uuid::Uuid {
    uuid::Uuid::parse_str(hex).expect("32 digits are an id")
}

pub(crate) fn organization() -> OrganizationId {
    OrganizationId::from_uuid(uuid(&id(1, 0)))
}

pub(crate) fn template(number: i64) -> TemplateId {
    TemplateId::from_uuid(uuid(&id(2, number)))
}

pub(crate) fn recipient(number: i64) -> RecipientId {
    RecipientId::from_uuid(uuid(&id(3, number)))
}

/// When the recipient with this number was added.
pub(crate) fn added_at(number: i64) -> Timestamp {
    Timestamp::from_millis(FIRST + number * PAUSE)
}
