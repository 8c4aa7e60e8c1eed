//! What happened to a recipient, from the activity log, their mails, and their access token.

use std::collections::HashMap;

use symbolon_domain::{
    access_token::Dossier,
    activity::{self, Action, ActivityEntry},
    id::{AdministratorId, AuthorizationTokenId},
    mail::{Mail, MailState},
    port::activity::ActivityFilter,
    time::Timestamp,
};

use crate::{
    State,
    page::{dashboard::desk::Desk, fault::PageFault, profile, provider_name},
    view::{
        Profile,
        dashboard::{Actor, Event, Happening, Since},
    },
};

/// The most entries of the log that are told.
const MOST: u32 = 200;

/// What happened, the latest first.
pub(super) async fn timeline(
    desk: &Desk,
    dossier: &Dossier,
    mails: &[Mail],
) -> Result<Vec<Event>, PageFault> {
    let now = desk.now();
    let filter = ActivityFilter {
        recipient: Some(dossier.recipient.id),
        ..ActivityFilter::default()
    };
    let organization = dossier.organization.id;
    let entries = desk
        .state
        .ports
        .activity
        .look_back(organization, &filter, None, MOST)
        .await?;
    let mut actors = Actors::new(desk);
    // The latest claim is by whoever is bound now; who was before, nobody knows any more.
    let mut bound = dossier
        .token
        .binding
        .as_ref()
        .map(|binding| profile(&desk.state, &binding.connection));
    let mut told: Vec<(Timestamp, Happening, Option<Actor>)> = Vec::new();
    for (_, entry) in entries {
        let Some(what) = happening(&desk.state, dossier, &entry, &mut bound) else {
            continue;
        };
        let by = match entry.attribution.actor {
            activity::Actor::Recipient => None,
            actor => Some(actors.named(actor).await?),
        };
        told.push((entry.at, what, by));
    }
    told.extend(mails.iter().filter_map(posted));
    if let Some(at) = dossier.token.first_opened_at {
        let times = dossier.token.opens.max(1);
        told.push((at, Happening::Opened { times }, None));
    }
    // The latest first; what happened at one instant stays in the order in which it was told.
    told.sort_by_key(|(at, _, _)| std::cmp::Reverse(*at));
    Ok(told
        .into_iter()
        .map(|(at, what, by)| Event {
            what,
            at: Since::of(at, now),
            by,
        })
        .collect())
}

fn happening(
    state: &State,
    dossier: &Dossier,
    entry: &ActivityEntry,
    bound: &mut Option<Profile>,
) -> Option<Happening> {
    Some(match entry.action {
        Action::CredentialIssued => Happening::Issued,
        Action::CredentialRevoked => Happening::CredentialRevoked {
            reason: dossier
                .recipient
                .revocation
                .as_ref()
                .and_then(|revocation| revocation.reason.as_ref())
                .map(ToString::to_string),
        },
        Action::AccessRevealed => Happening::Shown,
        Action::AccessClaimed => Happening::Claimed { by: bound.take() },
        Action::ResetRequested => Happening::ResetRequested {
            by: dossier
                .token
                .reset_request
                .as_ref()
                .filter(|request| request.at == entry.at)
                .and_then(|request| request.by.as_ref())
                .map(|(provider, hint)| Profile {
                    provider: provider_name(state, provider),
                    hint: hint.to_string(),
                }),
        },
        Action::ResetDismissed => Happening::ResetDismissed,
        Action::AccessReset => {
            *bound = None;
            Happening::Reset
        }
        Action::AccessRevoked => Happening::AccessRevoked,
        Action::AccessReplaced => {
            *bound = None;
            Happening::Replaced
        }
        Action::AddressCorrected => Happening::AddressCorrected,
        Action::AccessMailedAgain => Happening::MailedAgain,
        _ => return None,
    })
}

/// What became of a mail with a link. One that waits has not happened yet.
fn posted(mail: &Mail) -> Option<(Timestamp, Happening, Option<Actor>)> {
    if !mail.kind.has_link() {
        return None;
    }
    let what = match mail.state {
        MailState::Pending => return None,
        MailState::Sent => Happening::Mailed,
        MailState::Failed => Happening::MailFailed {
            why: mail.failure.clone().unwrap_or_default(),
        },
        MailState::Dropped => Happening::MailDropped,
    };
    Some((mail.sent_at.unwrap_or(mail.created_at), what, None))
}

/// Who did things, each looked up once.
pub(in crate::page::dashboard) struct Actors<'a> {
    desk: &'a Desk,
    administrators: Option<HashMap<AdministratorId, String>>,
    tokens: HashMap<AuthorizationTokenId, Option<String>>,
}

impl<'a> Actors<'a> {
    pub(in crate::page::dashboard) fn new(desk: &'a Desk) -> Self {
        Self {
            desk,
            administrators: None,
            tokens: HashMap::new(),
        }
    }

    pub(in crate::page::dashboard) async fn named(
        &mut self,
        actor: activity::Actor,
    ) -> Result<Actor, PageFault> {
        let ports = &self.desk.state.ports;
        let organization = self.desk.administrator.member.organization.id;
        Ok(match actor {
            activity::Actor::Operator => Actor::Operator,
            activity::Actor::Recipient => Actor::Recipient,
            activity::Actor::Administrator(id) => {
                let known = match &mut self.administrators {
                    Some(known) => known,
                    none => {
                        let all = ports.administrators.list(organization).await?;
                        none.insert(all.iter().map(|one| (one.id, one.called().to_owned())).collect())
                    }
                };
                Actor::Administrator {
                    name: known.get(&id).cloned(),
                }
            }
            activity::Actor::Token(id) => {
                if let Some(known) = self.tokens.get(&id) {
                    return Ok(Actor::Token {
                        description: known.clone(),
                    });
                }
                let found = ports.tokens.find(organization, id).await?;
                let description = found
                    .and_then(|token| token.description)
                    .map(|description| description.to_string());
                self.tokens.insert(id, description.clone());
                Actor::Token { description }
            }
        })
    }
}
