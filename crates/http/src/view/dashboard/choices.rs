//! Things of which people choose one: each with the code that forms send, and the words that people read.

/// Makes an enum of choices; the first one is the default.
macro_rules! choices {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $choice:ident $code:literal $label:literal;)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $name {
            $($(#[$doc])* $choice,)+
        }

        impl $name {
            /// All of them.
            pub(crate) const ALL: &[Self] = &[$(Self::$choice,)+];

            /// What forms send.
            pub(crate) const fn code(self) -> &'static str {
                match self {
                    $(Self::$choice => $code,)+
                }
            }

            /// The choice with this code.
            pub(crate) fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }

            /// What people read.
            pub(super) const fn label(self) -> &'static str {
                match self {
                    $(Self::$choice => $label,)+
                }
            }

            /// Code and label of each, for a select.
            pub(super) fn options() -> Vec<(String, String)> {
                Self::ALL
                    .iter()
                    .map(|one| (one.code().to_owned(), one.label().to_owned()))
                    .collect()
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
