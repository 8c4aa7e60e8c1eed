//! Where a mailed link leads: the choice of a profile to connect.

use askama::Template;

use super::{
    connect::Provider,
    frame::{Frame, Page},
    issuer::Issuer,
    kind::Kind,
    paths,
    sentence::fill,
    standing::Standing,
};

/// The access page. Whoever sees it may be anybody: it names the recipient by the first name only.
#[derive(Debug, Clone, Template)]
#[template(path = "access.html")]
pub(crate) struct AccessPage {
    /// Around it.
    pub(crate) frame: Frame,
    /// What connecting does.
    pub(crate) offer: AccessOffer,
    /// What was awarded.
    pub(crate) kind: Kind,
    /// What it is called.
    pub(crate) title: String,
    /// Who issued it.
    pub(crate) issuer: Issuer,
    /// The recipient's first name.
    pub(crate) first_name: String,
    /// What it is worth.
    pub(crate) standing: Standing,
    /// The providers to choose from.
    pub(crate) providers: Vec<Provider>,
}

/// What connecting a profile does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AccessOffer {
    /// It claims: the first profile is bound.
    Claim,
    /// It lets the bound profile in.
    Return,
    /// It lets the bound profile in; access was revoked, so nothing can be claimed any more.
    ReturnAfterRevocation,
}

impl Page for AccessPage {
    fn heading(&self) -> String {
        let words = self.frame.words();
        let pattern = match self.offer {
            AccessOffer::Claim => words.access.ready,
            AccessOffer::Return | AccessOffer::ReturnAfterRevocation => words.access.open_again,
        };
        fill(
            pattern,
            &[("kind", self.kind.name(words)), ("name", &self.first_name)],
        )
    }
}

impl AccessPage {
    fn lead(&self) -> &'static str {
        let words = &self.frame.words().access;
        match self.offer {
            AccessOffer::Claim => words.free,
            AccessOffer::Return => words.claimed,
            AccessOffer::ReturnAfterRevocation => words.revoked,
        }
    }

    fn issued_by(&self) -> String {
        fill(
            self.frame.words().access.issued_by,
            &[("issuer", &self.issuer.name)],
        )
    }

    /// What connecting means, with the reason for each thing that a provider is asked for.
    fn notes(&self) -> Vec<(&'static str, String)> {
        let words = self.frame.words();
        let (access, kind) = (&words.access, self.kind.name(words));
        [
            (access.binds, access.binds_why),
            (access.profile, access.profile_why),
            (access.name, access.name_why),
            (access.mail, access.mail_why),
            (access.posts, access.posts_why),
            (access.leave, access.leave_why),
        ]
        .into_iter()
        .skip(usize::from(self.offer != AccessOffer::Claim))
        .map(|(what, why)| (what, fill(why, &[("kind", kind)])))
        .collect()
    }
}
