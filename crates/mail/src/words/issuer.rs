//! What mails to issuers say, in English only.

use super::Opening;

/// What mails to an issuer's contact say.
pub(crate) struct IssuerWords {
    /// Before everything else.
    pub(crate) hello: &'static str,
    /// Of the wish for a reset.
    pub(crate) reset_requested: Opening,
    /// The name of the fact who the recipient is.
    pub(crate) recipient: &'static str,
    /// The name of the fact where their mail goes.
    pub(crate) mail: &'static str,
    /// The name of the fact when a reset was asked for.
    pub(crate) asked_at: &'static str,
    /// The name of the fact which profile asks.
    pub(crate) asked_by: &'static str,
    /// In place of a profile: nobody signed in.
    pub(crate) nobody: &'static str,
    /// The name of the fact which profile has claimed.
    pub(crate) bound_to: &'static str,
    /// A profile, and since when: `{profile}`, `{date}`.
    pub(crate) bound_since: &'static str,
    /// Above [`to_reset`](Self::to_reset).
    pub(crate) next: &'static str,
    /// What to do: `{name}`, `{mail}`.
    pub(crate) to_reset: &'static [&'static str],
    /// Above the command that resets.
    pub(crate) command: &'static str,
    /// Above the request that resets.
    pub(crate) request: &'static str,
    /// Below everything else.
    pub(crate) footer: &'static str,
}

pub(crate) const ISSUER: IssuerWords = IssuerWords {
    hello: "Hello,",
    reset_requested: Opening {
        subject: "{name} asks for a reset: {kind} “{title}”",
        preview: "Somebody has the link and could not claim the {kind}, for another profile was first.",
        lead: "Somebody who has the link of {name} asks you to reset it. Another social profile claimed the {kind} \
               first. Nothing has changed.",
    },
    recipient: "Recipient",
    mail: "Mail address",
    asked_at: "Asked on",
    asked_by: "Asked by",
    nobody: "somebody who did not sign in",
    bound_to: "Bound to",
    bound_since: "{profile}, since {date}",
    next: "What to do",
    to_reset: &[
        "Find out whether it was {name} who asked: reply to this mail, and your answer goes to {mail}.",
        "If it was, reset the access in one of the two ways below. The same link then works again for whoever \
         connects first, and {name} is told by mail.",
        "If it was not, do nothing.",
    ],
    command: "On the command line of the service:",
    request: "By the API, with an authorization token that has write:",
    footer: "Symbolon sent you this mail because you are the contact of {issuer}.",
};
