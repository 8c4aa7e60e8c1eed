//! What notices to administrators say, in English only, as the dashboard does.

use symbolon_domain::administrator::Role;

use super::Opening;

/// What notices say. In sentences, `{issuer}` is the organization, `{when}` how far ahead an instant is, `{until}` the
/// instant.
pub(crate) struct NoticeWords {
    /// Before everything else, to whoever has no name.
    pub(crate) hello: &'static str,
    /// Before everything else: `{name}`.
    pub(crate) hello_name: &'static str,
    /// An instant, and how far ahead it is: `{until}`, `{when}`.
    pub(crate) ahead: &'static str,
    /// The name of the fact which account it is.
    pub(crate) mail: &'static str,
    /// The name of the fact until when a link is good.
    pub(crate) good_until: &'static str,
    /// Above what happens next.
    pub(crate) next: &'static str,
    /// Above what to do.
    pub(crate) to_do: &'static str,
    /// Above what to do about what somebody else did.
    pub(crate) not_you: &'static str,
    /// Above the title of notices about the reader's own account.
    pub(crate) account: &'static str,
    pub(crate) invitation: InvitationWords,
    pub(crate) new_password: AccountWords,
    pub(crate) proofs_changed: AccountWords,
    /// The name of the fact when proofs were changed.
    pub(crate) changed: &'static str,
    pub(crate) token: TokenWords,
    pub(crate) token_expires: TokenNoticeWords,
    pub(crate) token_reused: TokenNoticeWords,
    pub(crate) token_created: TokenNoticeWords,
    pub(crate) token_rotated: TokenNoticeWords,
    /// Below everything else, to whoever signs in.
    pub(crate) footer: &'static str,
    /// Below everything else, to whoever is told of tokens.
    pub(crate) token_footer: &'static str,
}

/// What an invitation says.
pub(crate) struct InvitationWords {
    /// Its lead has `{role}` and `{promise}` too.
    pub(crate) opening: Opening,
    pub(crate) heading: &'static str,
    pub(crate) title: &'static str,
    /// The name of the fact which role it is.
    pub(crate) role: &'static str,
    pub(crate) button: &'static str,
    pub(crate) next: &'static [&'static str],
    pub(crate) footer: &'static str,
}

/// What a notice about the reader's own account says.
pub(crate) struct AccountWords {
    pub(crate) opening: Opening,
    pub(crate) title: &'static str,
    pub(crate) button: &'static str,
    pub(crate) next: &'static [&'static str],
}

/// What notices about an authorization token have in common.
pub(crate) struct TokenWords {
    pub(crate) heading: &'static str,
    /// A token's description, within a sentence: `{description}`.
    pub(crate) quoted: &'static str,
    /// In place of a description.
    pub(crate) nameless: &'static str,
    /// The names of facts.
    pub(crate) id: &'static str,
    pub(crate) permissions: &'static str,
    pub(crate) expires: &'static str,
    pub(crate) last_used: &'static str,
    /// In place of when it was used.
    pub(crate) never: &'static str,
    pub(crate) rotated: &'static str,
    pub(crate) requests: &'static str,
    pub(crate) made: &'static str,
    pub(crate) made_by: &'static str,
    /// Who made it: an administrator who was removed, a program by its token's `{description}`, one without, somebody at the
    /// command line, or nobody who is known.
    pub(crate) by_somebody_removed: &'static str,
    pub(crate) by_token: &'static str,
    pub(crate) by_nameless_token: &'static str,
    pub(crate) by_operator: &'static str,
    pub(crate) nobody: &'static str,
    /// Above the command that rotates.
    pub(crate) command: &'static str,
    /// Above the request that rotates.
    pub(crate) request: &'static str,
}

/// What a notice about an authorization token says; its subject has `{token}` too.
pub(crate) struct TokenNoticeWords {
    pub(crate) opening: Opening,
    pub(crate) button: &'static str,
    pub(crate) to_do: &'static [&'static str],
}

/// Somebody in this role.
pub(crate) const fn one_who_is(role: Role) -> &'static str {
    match role {
        Role::Owner => "an owner",
        Role::Administrator => "an administrator",
        Role::Viewer => "a viewer",
    }
}

/// What somebody in this role may do, as the dashboard has it.
pub(crate) const fn promise(role: Role) -> &'static str {
    match role {
        Role::Owner => "Owners do everything, and say who else manages the organization.",
        Role::Administrator => "Administrators manage templates, recipients and authorization tokens.",
        Role::Viewer => "Viewers look at everything and change nothing.",
    }
}

pub(crate) const NOTICE: NoticeWords = NoticeWords {
    hello: "Hello,",
    hello_name: "Hello {name},",
    ahead: "{until} ({when})",
    mail: "Mail address",
    good_until: "Good until",
    next: "What happens next",
    to_do: "What to do",
    not_you: "Was this not you?",
    account: "Your account",
    invitation: InvitationWords {
        opening: Opening {
            subject: "{issuer} invites you to its dashboard",
            preview: "Follow the link until {until}, and choose how you sign in.",
            lead: "{issuer} invites you to manage its certificates and badges on Symbolon, as {role}. {promise}",
        },
        heading: "Invitation",
        title: "Join {issuer}",
        role: "Role",
        button: "Accept the invitation",
        next: &[
            "You say what you are called, and choose how you sign in.",
            "The link works once. Whoever has it can join in your place, so do not forward this mail.",
            "If you do not expect this, do nothing: without you nothing changes, and the link expires.",
        ],
        footer: "Symbolon sent you this mail because {issuer} invited this address. To reach them, reply to this mail.",
    },
    new_password: AccountWords {
        opening: Opening {
            subject: "A new password for your account at {issuer}",
            preview: "The link works once, and until {until}.",
            lead: "Somebody asked for a new password for your account at {issuer}. If it was you, choose it now.",
        },
        title: "A new password",
        button: "Choose a new password",
        next: &[
            "You choose the password. Every session of your account ends with that.",
            "If you use an authenticator app, you are asked for its code as before.",
            "Whoever has the link can choose your password, so do not forward this mail.",
            "If it was not you who asked, do nothing: your password stays as it is, and the link expires.",
        ],
    },
    proofs_changed: AccountWords {
        opening: Opening {
            subject: "Your sign-in to {issuer} was changed",
            preview: "If it was you, there is nothing to do.",
            lead: "What lets you in was changed: your password, the account that you sign in with, your authenticator \
                   app or your recovery codes. All other sessions of your account have ended.",
        },
        title: "Your sign-in was changed",
        button: "Look at your account",
        next: &[
            "Ask for a new password where you sign in, and choose one at once. Every session of your account ends \
             with that.",
            "Then look at the rest of your account, and reply to this mail, so that {issuer} knows.",
            "If it was you, there is nothing to do.",
        ],
    },
    changed: "Changed",
    token: TokenWords {
        heading: "Authorization token",
        quoted: "“{description}”",
        nameless: "Without a description",
        id: "Id",
        permissions: "Permissions",
        expires: "Expires",
        last_used: "Last used",
        never: "never",
        rotated: "Rotated",
        requests: "Requests since then",
        made: "Created",
        made_by: "By",
        by_somebody_removed: "an administrator who was removed since",
        by_token: "the program with the token “{description}”",
        by_nameless_token: "a program with a token without a description",
        by_operator: "the operator, at the command line of the service",
        nobody: "unknown",
        command: "On the command line of the service:",
        request: "By the API, with the token itself:",
    },
    token_expires: TokenNoticeWords {
        opening: Opening {
            subject: "Authorization token {token} expires {when}",
            preview: "What uses it stops working on {until}, unless you rotate it before.",
            lead: "An authorization token of {issuer} expires {when}. From then on, requests with it are refused.",
        },
        button: "Rotate it",
        to_do: &[
            "Rotate the token: another with the same permissions takes its place.",
            "Give the new value to what uses the old one, which is refused from then on, or once the grace that you \
             chose is over.",
            "If nothing uses the token any more, do nothing: it expires by itself.",
        ],
    },
    token_reused: TokenNoticeWords {
        opening: Opening {
            subject: "Authorization token {token} is used after it was rotated",
            preview: "Its requests are refused. Find out where they come from.",
            lead: "An authorization token of {issuer} was rotated away, and is still used. Its requests are refused.",
        },
        button: "Look at the token",
        to_do: &[
            "If a program of yours still has the old value, give it the new one.",
            "If you know of none, somebody else may have the value. Revoke what descends from the token, and give \
             your programs a token that you create anew.",
            "Look in the activity log for what was done with the token while it was good.",
        ],
    },
    token_created: TokenNoticeWords {
        opening: Opening {
            subject: "Authorization token {token} was created",
            preview: "If you know of it, there is nothing to do.",
            lead: "{issuer} has a new authorization token. Whoever has its value can do with the API what its permissions say.",
        },
        button: "Look at the token",
        to_do: &[
            "If you know what it is for, do nothing.",
            "If nobody does, revoke it. A program that has made it has a token too: revoke that one with all that descends \
             from it.",
            "Look in the activity log for what was done with it.",
        ],
    },
    token_rotated: TokenNoticeWords {
        opening: Opening {
            subject: "Authorization token {token} was rotated",
            preview: "If you know of it, there is nothing to do.",
            lead: "An authorization token of {issuer} was rotated: this one, with the same permissions, took its place.",
        },
        button: "Look at the token",
        to_do: &[
            "If you or a program of yours did so, do nothing.",
            "If nobody did, somebody else has the value. Revoke the token with all that descends from it, and give your \
             programs one that you create anew.",
            "Look in the activity log for what was done with it.",
        ],
    },
    footer: "Symbolon sent you this mail because you sign in to the dashboard of {issuer} with this address. To reach \
             them, reply to this mail.",
    token_footer: "Symbolon sent you this mail because you manage the authorization tokens of {issuer}.",
};
