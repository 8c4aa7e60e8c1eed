//! The keys of whoever uses no mouse.

use fantoccini::key::Key;

/// A key, or two at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// To what comes next.
    Tab,
    /// Back to what came before: Shift and Tab.
    BackTab,
    /// Follows a link, presses a button, sends a form.
    Enter,
    /// Presses a button, checks a box.
    Space,
    /// Closes what has opened.
    Escape,
}

impl Press {
    /// As `WebDriver` writes it.
    pub(super) fn keys(self) -> String {
        let one = |key: Key| String::from(char::from(key));
        match self {
            Self::Tab => one(Key::Tab),
            Self::BackTab => Key::Shift + &String::from(char::from(Key::Tab)),
            Self::Enter => one(Key::Enter),
            Self::Space => " ".to_owned(),
            Self::Escape => one(Key::Escape),
        }
    }
}
