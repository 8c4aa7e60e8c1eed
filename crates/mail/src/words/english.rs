//! English.

use super::{Facts, Opening, Words};

pub(super) const WORDS: Words = Words {
    certificate: "certificate",
    badge: "badge",
    certificate_heading: "Certificate",
    badge_heading: "Badge",
    hello: "Hello {name},",
    access: Opening {
        subject: "Your {kind} “{title}” from {issuer}",
        preview: "Open it and connect a social profile: the first one to connect keeps it.",
        lead: "{issuer} has issued you a {kind}. It is ready for you to open.",
    },
    access_again: Opening {
        subject: "Your link again: {kind} “{title}” from {issuer}",
        preview: "The link to your {kind}, the same as before.",
        lead: "Here is the link to your {kind} again. It is the same link as before, and nothing else has changed.",
    },
    access_reset: Opening {
        subject: "Your link works again: {kind} “{title}” from {issuer}",
        preview: "Open it and connect a social profile: the first one to connect keeps it.",
        lead: "{issuer} has reset your access. The social profile that was connected before can no longer open your \
               {kind}, and the same link works again.",
    },
    claimed: Opening {
        subject: "Your {kind} “{title}” has been claimed",
        preview: "A social profile was connected to it. Check that it is yours.",
        lead: "A social profile was connected to your {kind}. From now on this profile can open it, and no other.",
    },
    button: "Open your {kind}",
    next: "What happens next",
    to_claim: &[
        "You choose a social profile that you have{profiles} and sign in with it.",
        "The first profile to connect is bound to your {kind}. After that, this link is of no use to anybody else.",
        "Until then, whoever has this link can be first. So do not forward this mail.",
    ],
    to_return: &[
        "Your {kind} has been claimed: it is bound to {profile} since {date}.",
        "Sign in with that profile to open it.",
    ],
    not_you_heading: "Was this not you?",
    not_you: &[
        "Reply to this mail. {issuer} can reset your access, and then you connect your own profile.",
        "If it was you, there is nothing to do.",
    ],
    link_hint: "If the button does not work, copy this link into your browser:",
    footer: "Symbolon sent you this mail on behalf of {issuer}, who issued your {kind}. To reach them, reply to this \
             mail.",
    facts: Facts {
        issued: "Issued",
        expires: "Expires",
        provider: "Provider",
        profile: "Profile",
        claimed: "Claimed",
    },
    or: "or",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    date: "{day} {month} {year}",
    moment: "{date}, {hour}:{minute} UTC",
};
