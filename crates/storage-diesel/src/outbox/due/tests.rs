//! Every state that mail can be in, looked at by the database and judged by the domain.

use std::collections::BTreeSet;

use symbolon_contract::sample::{Samples, now, revocation};
use symbolon_domain::{
    access_token::AccessToken, id::MailId, port::recipients::NewRecipient, template::Template,
};

use super::*;
use crate::{
    row::{
        access_token::AccessTokenRow, organization::OrganizationRow, recipient::NewRecipientRow,
        template::TemplateRow,
    },
    support::Sqlite,
};

/// A token in each state, bound or not, with and without a request for a reset.
fn tokens(samples: &Samples, free: &AccessToken) -> Vec<AccessToken> {
    let mut tokens = Vec::new();
    for binding in [None, Some(samples.binding())] {
        for reset_request in [None, Some(samples.reset_request())] {
            for (revoked_at, replaced_at) in [(None, None), (Some(now()), None), (None, Some(now()))] {
                let is_usable = revoked_at.is_none() && replaced_at.is_none();
                tokens.push(AccessToken {
                    sealed: free.sealed.clone().filter(|_| is_usable),
                    binding: binding.clone(),
                    reset_request: reset_request.clone(),
                    revoked_at,
                    replaced_at,
                    ..free.clone()
                });
            }
        }
    }
    tokens
}

fn keep(connection: &mut AnyConnection, new: &NewRecipient) {
    diesel::insert_into(recipient::table)
        .values(NewRecipientRow::from(new))
        .execute(connection)
        .unwrap();
    diesel::insert_into(token::table)
        .values(AccessTokenRow::from(&new.token))
        .execute(connection)
        .unwrap();
    diesel::insert_into(mail::table)
        .values(MailRow::from(new.mail.as_ref().unwrap()))
        .execute(connection)
        .unwrap();
}

#[test]
fn mail_is_looked_at_unless_the_domain_has_it_wait() {
    let fixture = Sqlite::migrated();
    let connection = &mut fixture.store.maintenance().unwrap();
    let samples = Samples::default();
    let (mut known, mut waiting) = (0, 0);
    let mut expected = BTreeSet::new();
    for cancelled_at in [None, Some(now())] {
        let owner = symbolon_domain::organization::Organization {
            cancelled_at,
            ..samples.organization()
        };
        diesel::insert_into(organization::table)
            .values(OrganizationRow::from(&owner))
            .execute(connection)
            .unwrap();
        for paused_at in [None, Some(now())] {
            let template = Template {
                paused_at,
                ..samples.template(owner.id)
            };
            diesel::insert_into(template::table)
                .values(TemplateRow::from(&template))
                .execute(connection)
                .unwrap();
            for (revocation, kind) in [None, Some(revocation(now()))]
                .iter()
                .flat_map(|revocation| MailKind::ALL.iter().map(move |kind| (revocation, *kind)))
            {
                let free = samples.new_recipient(&template).token;
                for state in tokens(&samples, &free) {
                    let mut new = samples.new_recipient(&template);
                    new.recipient.revocation.clone_from(revocation);
                    new.token = AccessToken {
                        id: new.token.id,
                        recipient: new.recipient.id,
                        digest: new.token.digest,
                        ..state
                    };
                    new.mail = Some(samples.mail(&new.token, kind));
                    keep(connection, &new);
                    let dossier = Dossier {
                        organization: owner.clone(),
                        template: template.clone(),
                        recipient: new.recipient,
                        token: new.token,
                        mail: None,
                    };
                    known += 1;
                    if dossier.posting(kind) == Posting::Wait {
                        waiting += 1;
                    } else {
                        expected.insert(new.mail.unwrap().id);
                    }
                }
            }
        }
    }
    assert_eq!(known, 2 * 2 * 2 * MailKind::ALL.len() * 12);
    assert!(waiting > 10 && expected.len() > 10, "{waiting} of {known}");

    let mut found = BTreeSet::new();
    let mut after = None;
    loop {
        let due = candidates(connection, At(now()), after).unwrap();
        let Some(last) = due.last() else { break };
        assert!(after < Some(last.place()), "the next page is a later one");
        after = Some(last.place());
        found.extend(due.into_iter().map(|candidate| MailId::from(candidate.id)));
    }
    assert_eq!(found, expected);
}
