//! Where on a page, in the words of whoever uses it.

use fantoccini::Locator;

/// Something on a page. Names are the whole accessible names, as those hear them who cannot see the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot<'a> {
    /// By a CSS selector, where there are no better words. A plain `&str` is one.
    Css(&'a str),
    /// A button by its name.
    Button(&'a str),
    /// A link by its name.
    Link(&'a str),
    /// A field of a form by its label.
    Field(&'a str),
    /// A heading by its name.
    Heading(&'a str),
}

impl<'a> Spot<'a> {
    /// All that could be it.
    pub(super) fn locator(&self) -> Locator<'a> {
        Locator::Css(match self {
            Self::Css(selector) => selector,
            Self::Button(_) => {
                "button, summary, [role=button], input:is([type=submit], [type=button], [type=reset])"
            }
            Self::Link(_) => "a[href], area[href], [role=link]",
            Self::Field(_) => {
                "textarea, select, [role=textbox], \
                 input:not([type=hidden], [type=submit], [type=button], [type=reset])"
            }
            Self::Heading(_) => "h1, h2, h3, h4, h5, h6, [role=heading]",
        })
    }

    /// The name that it must have besides.
    pub(super) fn name(&self) -> Option<&'a str> {
        match self {
            Self::Css(_) => None,
            Self::Button(name) | Self::Link(name) | Self::Field(name) | Self::Heading(name) => Some(name),
        }
    }
}

impl<'a> From<&'a str> for Spot<'a> {
    fn from(selector: &'a str) -> Self {
        Self::Css(selector)
    }
}
