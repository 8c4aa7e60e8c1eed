//! An authorization token was made, expires soon, or is used after it was rotated away. It is named by its description and
//! its id; its value is not known here.

use symbolon_domain::{
    authorization_token::AuthorizationToken,
    notice::{Maker, NoticeDossier, NoticeLetter},
};

use super::{LOCALE, button, fill_all, hello, moment, moment_ahead};
use crate::{
    Letterhead, RenderError,
    ahead::ahead,
    fill::fill,
    letter::{Command, Fact, Next, Sheet},
    words::{ISSUER, NOTICE, TokenNoticeWords},
};

pub(super) fn expires(letterhead: &Letterhead, letter: &NoticeLetter<'_>) -> Result<Sheet, RenderError> {
    let about = About::of(letter)?;
    let token = about.token;
    let (until, when) = (moment(token.expires_at), ahead(token.expires_at, letter.now));
    let last_used = token
        .last_used_at
        .map_or_else(|| NOTICE.token.never.to_owned(), moment);
    let facts = vec![
        Fact::new(NOTICE.token.permissions, token.permissions.to_string()),
        Fact::new(NOTICE.token.expires, moment_ahead(token.expires_at, letter.now)),
        Fact::new(NOTICE.token.last_used, last_used),
    ];
    let mut sheet = about.sheet(
        letterhead,
        &NOTICE.token_expires,
        facts,
        &[("until", &until), ("when", &when)],
    );
    // An administrator has the button; the contact may never have signed in.
    if letter.dossier.addressee.is_none() {
        sheet.commands = commands(letterhead, token);
    }
    Ok(sheet)
}

pub(super) fn reused(letterhead: &Letterhead, letter: &NoticeLetter<'_>) -> Result<Sheet, RenderError> {
    let about = About::of(letter)?;
    let token = about.token;
    let mut facts = Vec::new();
    facts.extend(
        token
            .rotated_at
            .map(|at| Fact::new(NOTICE.token.rotated, moment(at))),
    );
    facts.push(Fact::new(NOTICE.token.requests, token.reuse_count.to_string()));
    Ok(about.sheet(letterhead, &NOTICE.token_reused, facts, &[]))
}

/// It goes to whoever may not be the one who made it: so it says who did, and what to do about it.
pub(super) fn made(letterhead: &Letterhead, letter: &NoticeLetter<'_>) -> Result<Sheet, RenderError> {
    let about = About::of(letter)?;
    let token = about.token;
    let facts = vec![
        Fact::new(
            NOTICE.token.made_by,
            letter.maker.map_or_else(|| NOTICE.token.nobody.to_owned(), maker),
        ),
        Fact::new(NOTICE.token.made, moment(token.created_at)),
        Fact::new(NOTICE.token.permissions, token.permissions.to_string()),
        Fact::new(NOTICE.token.expires, moment_ahead(token.expires_at, letter.now)),
    ];
    let words = if token.rotated_from.is_some() {
        &NOTICE.token_rotated
    } else {
        &NOTICE.token_created
    };
    Ok(about.sheet(letterhead, words, facts, &[]))
}

fn maker(maker: &Maker) -> String {
    let words = &NOTICE.token;
    match maker {
        Maker::Administrator(Some(name)) => name.clone(),
        Maker::Administrator(None) => words.by_somebody_removed.to_owned(),
        Maker::Token(Some(description)) => fill(words.by_token, &[("description", description)]),
        Maker::Token(None) => words.by_nameless_token.to_owned(),
        Maker::Operator => words.by_operator.to_owned(),
    }
}

/// What every notice about a token tells.
struct About<'a> {
    dossier: &'a NoticeDossier,
    token: &'a AuthorizationToken,
}

impl<'a> About<'a> {
    fn of(letter: &NoticeLetter<'a>) -> Result<Self, RenderError> {
        let dossier = letter.dossier;
        let token = dossier.token.as_ref().ok_or(RenderError::NoToken)?;
        Ok(Self { dossier, token })
    }

    /// The sheet with these facts, `more` being filled in besides.
    fn sheet(
        &self,
        letterhead: &Letterhead,
        words: &TokenNoticeWords,
        mut facts: Vec<Fact>,
        more: &[(&str, &str)],
    ) -> Sheet {
        let (id, issuer) = (self.token.id.to_string(), &self.dossier.organization.name);
        let description = self.token.description.as_ref();
        let title = description.map_or_else(|| NOTICE.token.nameless.to_owned(), ToString::to_string);
        // By its id, where nobody has said what it is for.
        let named = description.map_or_else(
            || id.clone(),
            |it| fill(NOTICE.token.quoted, &[("description", it.as_str())]),
        );
        let values = [&[("issuer", issuer.as_str()), ("token", &named)], more].concat();
        let footer = match self.dossier.addressee {
            Some(_) => NOTICE.token_footer,
            None => ISSUER.footer,
        };
        facts.insert(0, Fact::new(NOTICE.token.id, id.clone()));
        Sheet {
            locale: LOCALE,
            subject: fill(words.opening.subject, &values),
            preview: fill(words.opening.preview, &values),
            issuer: issuer.to_string(),
            heading: NOTICE.token.heading,
            title,
            holder: None,
            facts,
            hello: hello(self.dossier),
            lead: fill(words.opening.lead, &values),
            button: Some(button(
                words.button,
                letterhead.at(&format!("/dashboard/developers/{id}")),
            )),
            next: Next {
                heading: NOTICE.to_do,
                is_numbered: true,
                sentences: fill_all(words.to_do, &values),
            },
            commands: Vec::new(),
            footer: fill(footer, &values),
        }
    }
}

/// How to rotate it without the dashboard.
fn commands(letterhead: &Letterhead, token: &AuthorizationToken) -> Vec<Command> {
    let path = format!(
        "/v1/organizations/{}/authorization_tokens/rotate",
        token.organization
    );
    vec![
        Command {
            label: NOTICE.token.command,
            text: format!("symbolon tokens rotate {}", token.id),
        },
        Command {
            label: NOTICE.token.request,
            text: format!("POST {}", letterhead.at(&path)),
        },
    ]
}
