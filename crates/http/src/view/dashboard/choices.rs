//! Things of which people choose one: each with the code that forms send, and the words that people read.

/// One of several; the first is the default.
pub(crate) trait Choice: Copy + PartialEq + 'static {
    /// All of them.
    const ALL: &'static [Self];

    /// What forms send.
    fn code(self) -> &'static str;

    /// What people read.
    fn label(self) -> &'static str;

    /// The choice with this code.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }

    /// Code and label of each, for a select.
    fn options() -> Vec<(String, String)> {
        Self::ALL
            .iter()
            .map(|one| (one.code().to_owned(), one.label().to_owned()))
            .collect()
    }
}

/// Makes an enum of choices.
macro_rules! choices {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $choice:ident $code:literal $label:literal;)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $name {
            $($(#[$doc])* $choice,)+
        }

        impl $crate::view::dashboard::Choice for $name {
            const ALL: &'static [Self] = &[$(Self::$choice,)+];

            fn code(self) -> &'static str {
                match self {
                    $(Self::$choice => $code,)+
                }
            }

            fn label(self) -> &'static str {
                match self {
                    $(Self::$choice => $label,)+
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                let [first, ..] = [$(Self::$choice,)+];
                first
            }
        }
    };
}

pub(super) use choices;

#[cfg(test)]
mod tests {
    use super::Choice;

    choices! {
        /// The sides of a coin.
        Side {
            /// One.
            Heads "heads" "Heads up";
            /// The other.
            Tails "tails" "Tails up";
        }
    }

    #[test]
    fn a_choice_is_known_by_its_code() {
        assert_eq!(Side::default(), Side::Heads);
        assert_eq!(Side::from_code("tails"), Some(Side::Tails));
        assert_eq!(Side::from_code("Tails up"), None);
        assert_eq!(Side::options()[1], ("tails".to_owned(), "Tails up".to_owned()));
    }
}
