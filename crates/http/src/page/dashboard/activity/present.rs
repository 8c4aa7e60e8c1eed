//! The domain's entries in the page's words.

use symbolon_domain::{
    activity::{self, ActivityEntry, names::Names},
    time::Timestamp,
};

use crate::{
    page::dashboard::developers::ending_of,
    view::dashboard::{About, AboutKind, ActivityRow, Actor, ClientAddress, Since},
};

pub(super) fn row(entry: &ActivityEntry, names: &Names, now: Timestamp) -> ActivityRow {
    let attribution = &entry.attribution;
    ActivityRow {
        action: entry.action.name().to_owned(),
        at: Since::of(entry.at, now),
        by: actor(attribution.actor, names),
        about: about(&entry.about, names),
        address: attribution.address.map(ClientAddress::of),
        request: attribution.request_id.clone(),
    }
}

fn actor(actor: activity::Actor, names: &Names) -> Actor {
    match actor {
        activity::Actor::Operator => Actor::Operator,
        activity::Actor::Recipient => Actor::Recipient,
        activity::Actor::Administrator(id) => Actor::Administrator {
            name: names.administrators.get(&id).cloned(),
        },
        activity::Actor::Token(id) => Actor::Token {
            description: names.tokens.get(&id).cloned().flatten(),
        },
    }
}

fn about(about: &activity::About, names: &Names) -> Vec<About> {
    let token = |id| {
        let known = names.tokens.get(&id)?;
        Some(match known {
            Some(description) => description.clone(),
            None => format!("a token that ends in {}", ending_of(id)),
        })
    };
    let recipient = about.recipient.map(|id| {
        let name = names.recipients.get(&id).cloned();
        (AboutKind::Recipient, id.to_string(), name)
    });
    let template = about.template.map(|id| {
        let name = names.templates.get(&id).cloned();
        (AboutKind::Template, id.to_string(), name)
    });
    let tokens = [about.token, about.other_token];
    let [token, other_token] = tokens.map(|id| id.map(|id| (AboutKind::Token, id.to_string(), token(id))));
    let administrator = about.administrator.map(|id| {
        let name = names.administrators.get(&id).cloned();
        (AboutKind::Administrator, id.to_string(), name)
    });
    [recipient, template, token, other_token, administrator]
        .into_iter()
        .flatten()
        .map(|(kind, id, name)| About { kind, id, name })
        .collect()
}
