//! Which tests are run, read from what the caller passes to `cargo test`.

/// How much of the workspace is tested.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Workspace,
    /// The packages that the caller named; whether the journeys through the binary are among them.
    Packages {
        journeys: bool,
    },
}

impl Scope {
    /// Reads the arguments for cargo, up to those for the test binaries.
    pub(super) fn of(cargo_test: &[String]) -> Self {
        let own: Vec<&str> = cargo_test
            .iter()
            .map(String::as_str)
            .take_while(|argument| *argument != "--")
            .collect();
        let names_package = |argument: &&str| argument.starts_with("-p") || argument.starts_with("--package");
        if own.iter().any(names_package) {
            Self::Packages {
                journeys: own.iter().any(|argument| argument.ends_with("symbolon-tests")),
            }
        } else {
            Self::Workspace
        }
    }

    /// Whether the journeys run: they need the built binary, and parts besides.
    pub(super) fn has_journeys(&self) -> bool {
        matches!(self, Self::Workspace | Self::Packages { journeys: true })
    }

    /// What says so to `cargo test`.
    pub(super) fn arguments(&self) -> &'static [&'static str] {
        match self {
            Self::Workspace => &["--workspace"],
            Self::Packages { .. } => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Scope;

    fn scope(arguments: &str) -> Scope {
        Scope::of(
            &arguments
                .split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn everything_is_tested_unless_a_package_is_named() {
        assert_eq!(scope(""), Scope::Workspace);
        assert_eq!(scope("rotation -- --nocapture"), Scope::Workspace);
        assert_eq!(scope("-- -p"), Scope::Workspace);
        assert_eq!(scope("-p xtask"), Scope::Packages { journeys: false });
        assert_eq!(
            scope("--package=symbolon-domain"),
            Scope::Packages { journeys: false }
        );
    }

    #[test]
    fn the_journeys_are_asked_for_by_name_or_not_at_all() {
        assert!(scope("").has_journeys());
        assert!(scope("-p symbolon-tests").has_journeys());
        assert!(scope("--package=symbolon-tests").has_journeys());
        assert!(!scope("-p symbolon-domain").has_journeys());
    }
}
