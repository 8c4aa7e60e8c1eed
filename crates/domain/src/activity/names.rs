//! What things that the activity log mentions are called now. The log itself keeps ids, for a name can never be deleted from
//! it.

use std::collections::{HashMap, HashSet};

use super::{ActivityEntry, Actor};
use crate::id::{AdministratorId, AuthorizationTokenId, RecipientId, TemplateId};

/// What entries mention, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mentioned {
    /// Authorization tokens: what they did, and what was done to them.
    pub tokens: HashSet<AuthorizationTokenId>,
    /// Templates.
    pub templates: HashSet<TemplateId>,
    /// Recipients.
    pub recipients: HashSet<RecipientId>,
    /// Administrators: what they did, and what was done to them.
    pub administrators: HashSet<AdministratorId>,
}

impl Mentioned {
    /// Everything that these entries mention.
    pub fn by<'a>(entries: impl IntoIterator<Item = &'a ActivityEntry>) -> Self {
        let mut mentioned = Self::default();
        for entry in entries {
            let about = &entry.about;
            mentioned.tokens.extend(about.token);
            mentioned.tokens.extend(about.other_token);
            mentioned.templates.extend(about.template);
            mentioned.recipients.extend(about.recipient);
            mentioned.administrators.extend(about.administrator);
            match entry.attribution.actor {
                Actor::Token(id) => mentioned.tokens.extend([id]),
                Actor::Administrator(id) => mentioned.administrators.extend([id]),
                Actor::Operator | Actor::Recipient => {}
            }
        }
        mentioned
    }
}

/// What they are called. Who is not in it is gone, or was never there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    /// What authorization tokens are for, where that was said.
    pub tokens: HashMap<AuthorizationTokenId, Option<String>>,
    /// The names of templates.
    pub templates: HashMap<TemplateId, String>,
    /// The names of recipients, as [`Recipient::name`](crate::recipient::Recipient::name) has them.
    pub recipients: HashMap<RecipientId, String>,
    /// What to call administrators, as [`Administrator::called`](crate::administrator::Administrator::called) has it.
    pub administrators: HashMap<AdministratorId, String>,
}
