//! What hashing a password costs: whoever guesses pays it for each guess.

use argon2::Params;

/// How much memory and how many passes Argon2id takes, on one lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordCost(Params);

impl PasswordCost {
    /// 19 MiB and two passes, as
    /// [OWASP](https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html) has it.
    pub const TODAY: Self = match Self::new(19 * 1024, 2) {
        Some(cost) => cost,
        None => panic!("Argon2 takes from 8 KiB and one pass on"),
    };

    /// Only hashes up to this memory, in KiB, and so many passes are computed: more was never made here, and it would take
    /// the machine's memory, or a turn for good.
    const MOST: (u32, u32) = (1024 * 1024, 64);

    /// So much memory, in KiB, and so many passes. `None` for less than 8 KiB or one pass, and for more than 1 GiB or 64.
    #[must_use]
    pub const fn new(memory_kib: u32, passes: u32) -> Option<Self> {
        if memory_kib > Self::MOST.0 || passes > Self::MOST.1 {
            return None;
        }
        match Params::new(memory_kib, passes, 1, None) {
            Ok(params) => Some(Self(params)),
            Err(_) => None,
        }
    }

    pub(super) fn params(&self) -> Params {
        self.0.clone()
    }

    /// Whether a hash that was made with these parameters is computed at all.
    pub(super) fn is_bearable(made_with: &Params) -> bool {
        made_with.m_cost() <= Self::MOST.0 && made_with.t_cost() <= Self::MOST.1
    }

    /// Whether a hash that was made with these parameters costs less: less memory, fewer passes, or a shorter result.
    pub(super) fn exceeds(&self, made_with: &Params) -> bool {
        let length = |params: &Params| params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
        made_with.m_cost() < self.0.m_cost()
            || made_with.t_cost() < self.0.t_cost()
            || length(made_with) < length(&self.0)
    }
}
