//! The domain's recipients in the pages' words.

use std::collections::HashMap;

use symbolon_domain::{
    access_token::Dossier,
    id::{AccessTokenId, RecipientId},
    mail::{self, Mail, MailKind, resend_from},
    recipient::Locale,
    time::Timestamp,
};

use crate::{
    State,
    page::{present, profile},
    view::{
        Language, Moment,
        dashboard::{ClaimState, MailState, Named, Recipient, Since},
    },
};

/// Every mail about some recipients, by whom it is about, the oldest first.
pub(super) struct Mails(HashMap<RecipientId, Vec<Mail>>);

impl Mails {
    pub(super) fn of(mails: Vec<Mail>) -> Self {
        let mut about: HashMap<_, Vec<_>> = HashMap::new();
        for mail in mails {
            about.entry(mail.recipient).or_default().push(mail);
        }
        Self(about)
    }

    pub(super) fn about(&self, recipient: RecipientId) -> &[Mail] {
        self.0.get(&recipient).map_or(&[], Vec::as_slice)
    }

    /// The latest mail with the link in use.
    fn latest(&self, recipient: RecipientId, token: AccessTokenId) -> Option<&Mail> {
        self.about(recipient)
            .iter()
            .rev()
            .find(|mail| mail.token == token && mail.kind.has_link())
    }
}

/// What became of the latest mail with the link in use.
pub(super) fn mail_state(dossier: &Dossier, mails: &Mails, now: Timestamp) -> MailState {
    let Some(mail) = mails.latest(dossier.recipient.id, dossier.token.id) else {
        return MailState::Suppressed;
    };
    let failure = || mail.failure.clone();
    match mail.state {
        mail::MailState::Pending if dossier.template.paused_at.is_some() => MailState::Held,
        mail::MailState::Pending => MailState::Waiting { failure: failure() },
        mail::MailState::Sent => MailState::Sent {
            at: Since::of(mail.sent_at.unwrap_or(mail.created_at), now),
        },
        mail::MailState::Failed => MailState::Failed {
            why: failure().unwrap_or_default(),
        },
        mail::MailState::Dropped => MailState::Dropped,
    }
}

pub(super) fn claim(state: &State, dossier: &Dossier, now: Timestamp) -> ClaimState {
    let token = &dossier.token;
    let was_claimed = dossier.recipient.first_claimed_at.is_some();
    let by = token
        .binding
        .as_ref()
        .map(|binding| profile(state, &binding.connection));
    match (token.revoked_at, &token.binding, by) {
        (Some(at), _, by) => ClaimState::Revoked {
            at: Since::of(at, now),
            by,
            was_claimed,
        },
        (None, Some(binding), Some(by)) => ClaimState::Claimed {
            by,
            at: Since::of(binding.bound_at, now),
            asked: token
                .reset_request
                .as_ref()
                .map(|request| Since::of(request.at, now)),
        },
        (None, _, _) => ClaimState::Free {
            opens: token.opens,
            was_claimed,
        },
    }
}

pub(super) fn named(dossier: &Dossier) -> Named {
    Named {
        id: dossier.template.id.to_string(),
        name: dossier.template.name.to_string(),
    }
}

/// A recipient with what became of their mail.
pub(super) fn recipient(state: &State, dossier: &Dossier, mails: &Mails) -> Recipient {
    let now = state.ports.clock.now();
    let who = &dossier.recipient;
    let again: Vec<_> = mails
        .about(who.id)
        .iter()
        .filter(|mail| mail.kind == MailKind::AccessAgain)
        .map(|mail| mail.created_at)
        .collect();
    Recipient {
        id: who.id.to_string(),
        name: who.name(),
        mail: who.mail.to_string(),
        language: language(who.locale),
        external_id: who.external_id.as_ref().map(ToString::to_string),
        is_test: who.is_test,
        template: named(dossier),
        kind: present::kind(dossier.template.kind),
        is_paused: dossier.template.paused_at.is_some(),
        added: Since::of(who.created_at, now),
        issued_at: Moment::of(who.issued_at),
        expires_at: who.expires_at.map(Moment::of),
        standing: present::standing(dossier, now),
        mail_state: mail_state(dossier, mails, now),
        resend_from: resend_from(&again, now).map(|from| Since::of(from, now)),
        claim: claim(state, dossier, now),
    }
}

pub(super) const fn language(locale: Locale) -> Language {
    match locale {
        Locale::English => Language::English,
        Locale::German => Language::German,
    }
}
