//! Whom one can be at a demonstration.

/// A sample person. The subject is the same at every start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// What the provider calls them.
    pub subject: &'static str,
    /// What people call them.
    pub name: &'static str,
    /// Their mail address, where no mail arrives.
    pub mail: &'static str,
}

/// All of them.
pub(super) static PEOPLE: [Person; 3] = [
    Person {
        subject: "ada",
        name: "Ada Lovelace",
        mail: "ada.lovelace@example.org",
    },
    Person {
        subject: "grace",
        name: "Grace Hopper",
        mail: "grace.hopper@example.org",
    },
    Person {
        subject: "alan",
        name: "Alan Turing",
        mail: "alan.turing@example.org",
    },
];

impl Person {
    /// The person whom the provider calls so.
    #[must_use]
    pub fn find(subject: &str) -> Option<&'static Self> {
        PEOPLE.iter().find(|person| person.subject == subject)
    }
}
