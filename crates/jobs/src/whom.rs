//! On whom an act is done.

use serde::{Deserialize, Serialize};
use symbolon_domain::{
    id::{RecipientId, TemplateId},
    mail::MailState,
    port::recipients::{RecipientFilter, RecipientState},
    text::MailAddress,
};

use crate::UnreadablePlan;

/// On whom an act is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// On these, in this order.
    Chosen(Vec<RecipientId>),
    /// On all whom this filter lets through when it comes to them, but for those who were added after the job.
    All(Box<RecipientFilter>),
}

/// The same, as a plan keeps it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kept {
    Chosen(Vec<String>),
    All(KeptFilter),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptFilter {
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mail: Option<String>,
    /// Named after how it is read: what was kept as a `query` was found otherwise, and may have been other people.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reset_requested: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_revoked: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link_mail: Option<String>,
}

impl From<&Whom> for Kept {
    fn from(whom: &Whom) -> Self {
        match whom {
            Whom::Chosen(recipients) => Self::Chosen(recipients.iter().map(ToString::to_string).collect()),
            Whom::All(filter) => Self::All(KeptFilter {
                state: filter.state.map(|state| state.name().to_owned()),
                template: filter.template.map(|template| template.to_string()),
                mail: filter.mail.as_ref().map(|mail| mail.as_str().to_owned()),
                words: filter.query.clone(),
                reset_requested: filter.reset_requested,
                access_revoked: filter.access_revoked,
                link_mail: filter.link_mail.map(|state| state.name().to_owned()),
            }),
        }
    }
}

impl TryFrom<Kept> for Whom {
    type Error = UnreadablePlan;

    /// Nothing in it is passed over: a filter that is half understood would let too many through.
    fn try_from(kept: Kept) -> Result<Self, UnreadablePlan> {
        Ok(match kept {
            Kept::Chosen(recipients) => Self::Chosen(
                recipients
                    .iter()
                    .map(|id| RecipientId::parse(id).ok_or(UnreadablePlan))
                    .collect::<Result<_, _>>()?,
            ),
            Kept::All(kept) => Self::All(Box::new(RecipientFilter {
                state: read(kept.state, RecipientState::parse)?,
                template: read(kept.template, TemplateId::parse)?,
                mail: read(kept.mail, |text| MailAddress::parse(text).ok())?,
                query: kept.words,
                reset_requested: kept.reset_requested,
                access_revoked: kept.access_revoked,
                link_mail: read(kept.link_mail, MailState::parse)?,
            })),
        })
    }
}

fn read<T>(text: Option<String>, parse: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, UnreadablePlan> {
    text.map(|text| parse(&text).ok_or(UnreadablePlan)).transpose()
}
