//! What can happen to an organization's tokens, in random order.

use proptest::{collection::vec, prelude::*};

/// One act. Tokens are named by the order in which they were made; a name that is too high wraps around.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// A token, or an operator, makes a token.
    Create {
        by: Option<usize>,
        organization: usize,
        bits: Option<u8>,
        days: i64,
        key: Option<u8>,
    },
    /// A token rotates itself.
    Rotate {
        token: usize,
        grace: i64,
        key: Option<u8>,
    },
    /// An operator rotates a token.
    RotateById {
        token: usize,
    },
    /// A token is shown.
    Authenticate {
        token: usize,
    },
    /// A token revokes a token.
    Revoke {
        by: usize,
        token: usize,
    },
    /// A token describes a token.
    Describe {
        by: usize,
        token: usize,
        text: Option<u8>,
    },
    /// A token lists tokens.
    List {
        by: usize,
        all: bool,
        page: u64,
        per: u64,
    },
    /// An organization is cancelled or made active again.
    Cancel {
        organization: usize,
    },
    Reactivate {
        organization: usize,
    },
    /// Whether values are shown again.
    RevealOnce {
        organization: usize,
        once: bool,
    },
    /// Time passes.
    Advance {
        millis: i64,
    },
    /// What the service does by itself.
    FlushUses,
    ForgetAnswers,
}

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

pub(crate) fn acts(most: usize) -> impl Strategy<Value = Vec<Act>> {
    vec(act(), most / 2..most)
}

fn act() -> impl Strategy<Value = Act> {
    let token = || 0_usize..12;
    let organization = || 0_usize..2;
    let key = || proptest::option::weighted(0.4, 0_u8..3);
    prop_oneof![
        6 => (proptest::option::weighted(0.7, token()), organization(), proptest::option::of(0_u8..=7),
              prop_oneof![Just(1_i64), Just(2), Just(180), Just(366), Just(0)], key())
            .prop_map(|(by, organization, bits, days, key)| Act::Create { by, organization, bits, days, key }),
        5 => (token(), prop_oneof![3 => Just(0_i64), 1 => Just(600)], key())
            .prop_map(|(token, grace, key)| Act::Rotate { token, grace, key }),
        1 => token().prop_map(|token| Act::RotateById { token }),
        6 => token().prop_map(|token| Act::Authenticate { token }),
        2 => (token(), token()).prop_map(|(by, token)| Act::Revoke { by, token }),
        2 => (token(), token(), proptest::option::of(0_u8..3))
            .prop_map(|(by, token, text)| Act::Describe { by, token, text }),
        3 => (token(), any::<bool>(), 1_u64..4, 1_u64..6)
            .prop_map(|(by, all, page, per)| Act::List { by, all, page, per }),
        1 => organization().prop_map(|organization| Act::Cancel { organization }),
        2 => organization().prop_map(|organization| Act::Reactivate { organization }),
        1 => (organization(), any::<bool>()).prop_map(|(organization, once)| Act::RevealOnce { organization, once }),
        4 => prop_oneof![Just(1_i64), Just(MINUTE), Just(10 * MINUTE), Just(60 * MINUTE), Just(DAY), Just(-DAY / 2)]
            .prop_map(|millis| Act::Advance { millis }),
        1 => Just(Act::FlushUses),
        1 => Just(Act::ForgetAnswers),
    ]
}
