//! Every fixed word of the pages, in both languages.
//!
//! The words are the product's, and it has no synonyms: *link*, *access token*, *issuer*, *social profile*, *connect*,
//! *claim*, *reset*; "revoke" is said of access or of a credential, never alone. `{name}` stands for a value.

mod english;
mod german;

pub(super) use english::ENGLISH;
pub(super) use german::GERMAN;

macro_rules! words {
    ($($(#[$about:meta])* $group:ident: $type:ident { $($word:ident),+ $(,)? })+) => {
        /// All of them, by page.
        #[derive(Debug)]
        pub(super) struct Words {
            $($(#[$about])* pub(super) $group: $type,)+
            /// Days and months.
            pub(super) time: Time,
        }

        $($(#[$about])* #[derive(Debug)]
        pub(super) struct $type {
            $(pub(super) $word: &'static str,)+
        })+
    };
}

/// Days and months.
#[derive(Debug)]
pub(super) struct Time {
    /// The names of the months, January first.
    pub(super) months: [&'static str; 12],
    /// What follows the number of a day.
    pub(super) after_day: &'static str,
}

words! {
    /// Around every page.
    frame: FrameWords {
        skip, signed_in, sign_out, my_credentials, what, what_answer, more, home, contact, back_home, open_link,
        retrieve,
    }
    /// The two kinds of credential.
    kind: KindWords { badge, badge_title, certificate, certificate_title }
    /// What a credential is worth.
    standing: StandingWords { valid, expired, revoked, paused, closed }
    /// The labels of facts.
    fact: FactWords { holder, title, kind, issuer, site, issued, expires, never, state, expired, revoked, reason, id }
    /// The choice of providers.
    connect: ConnectWords { with, none }
    /// The access page.
    access: AccessWords {
        ready, open_again, issued_by, free, claimed, revoked, notes, binds, binds_why, profile, profile_why, name,
        name_why, mail, mail_why, posts, posts_why, leave, leave_why,
    }
    /// Links that open nothing.
    closed: ClosedWords {
        unknown, unknown_why, unknown_do, replaced, replaced_why, replaced_do, replaced_soon, replaced_soon_why,
        replaced_soon_do, paused, paused_why, paused_do, access_revoked, access_revoked_why, access_revoked_do, shut_out,
        shut_out_why, shut_out_who, shut_out_do, revoked, revoked_why, revoked_reason, revoked_do,
        cancelled, cancelled_why, cancelled_do, in_use, in_use_who, in_use_why, in_use_do, ask, asked, asked_do,
        another, another_do,
    }
    /// Sign-ins that did not succeed.
    sign_in_problem: SignInProblemWords {
        over, over_why, over_do, declined, declined_why, declined_do, unproven, unproven_why, unproven_do,
        unreachable, unreachable_why, unreachable_do, no_provider, no_provider_why, no_provider_do, hand_over,
        hand_over_why, hand_over_do, again, provider,
    }
    /// The holder's view of a credential.
    credential: CredentialWords {
        claimed, picture, keep, png, pdf, share, share_why, share_label, qr, see_verification, linked_in,
        linked_in_why, bound, bound_to, bound_why, bound_do, all,
    }
    /// What a profile holds.
    holdings: HoldingsWords { heading, lead, none, none_do, issued_by, pages, page, newer, older }
    /// Signing in to see it.
    sign_in: SignInWords { heading, lead, none_yet }
    /// The public verification.
    verify: VerifyWords {
        valid, expired, revoked, closed, not_found, valid_why, expired_why, revoked_why, closed_why, closed_nameless, closed_do,
        not_found_why, not_found_do, facts, picture, how, how_answer, json,
    }
    /// Opening a link by hand.
    recipient_view: RecipientViewWords {
        heading, lead, label, help, open, no_token, lost,
    }
    /// Links by mail once more.
    retrieve: RetrieveWords { heading, lead, label, send, not_an_address, sent, sent_why, sent_do, sent_again }
    /// The first page.
    home: HomeWords {
        heading, lead, open, open_why, lost, lost_why, mine, mine_why, verify, verify_why, hosted,
    }
    /// Errors of any page.
    error: ErrorWords {
        forbidden, forbidden_why, forbidden_do, bad_form, bad_form_why, bad_form_do, too_slow, too_slow_why, too_slow_do, not_found, not_found_why, not_found_do, method, method_why, method_do,
        too_large, too_large_why, too_large_do, too_many, too_many_why, too_many_second, too_many_seconds, too_many_minutes,
        internal, internal_why, internal_do, internal_do_again, busy, busy_why, busy_do, unavailable, unavailable_why, unavailable_do, reference,
    }
    /// After signing out.
    signed_out: SignedOutWords { heading, lead, provider, again }
}
