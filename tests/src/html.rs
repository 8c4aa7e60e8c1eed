//! As much of HTML as a program that presses every button has to know: the pages of the service are tidy.

use url::Url;

/// A form of a page.
#[derive(Debug, Clone)]
pub struct Form {
    /// Where it leads.
    pub action: Url,
    /// Its fields, with what is in them.
    pub fields: Vec<(String, String)>,
    /// Its buttons, each with what it adds.
    buttons: Vec<Option<(String, String)>>,
}

impl Form {
    /// The forms of a page that are sent with POST.
    pub(crate) fn all_in(html: &str, page: &Url) -> Vec<Self> {
        let read = |piece: &str| {
            let (head, rest) = piece.split_once('>')?;
            let inside = rest.split("</form>").next()?;
            if attribute(head, "method").as_deref() != Some("post") {
                return None;
            }
            let named = |tag: &str| {
                Some((
                    attribute(tag, "name")?,
                    attribute(tag, "value").unwrap_or_default(),
                ))
            };
            Some(Self {
                action: page.join(&attribute(head, "action")?).ok()?,
                fields: tags(inside, "<input").filter_map(named).collect(),
                buttons: tags(inside, "<button").map(named).collect(),
            })
        };
        html.split("<form").skip(1).filter_map(read).collect()
    }

    /// How many buttons it has.
    pub fn buttons(&self) -> usize {
        self.buttons.len()
    }

    /// The button that adds this.
    pub(crate) fn button(&self, name: &str, value: &str) -> Option<usize> {
        let wanted = Some((name.to_owned(), value.to_owned()));
        self.buttons.iter().position(|button| *button == wanted)
    }

    /// What is sent when a button is pressed.
    pub(crate) fn sent_by(&self, button: usize) -> Vec<(String, String)> {
        let added = self.buttons.get(button).cloned().flatten();
        self.fields.iter().cloned().chain(added).collect()
    }
}

/// What stands in the `href`s of links.
pub(crate) fn links(html: &str) -> Vec<String> {
    tags(html, "<a")
        .filter_map(|tag| attribute(tag, "href"))
        .collect()
}

/// The insides of all tags that begin so.
fn tags<'a>(html: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(start)
        .skip(1)
        .filter(|rest| rest.starts_with([' ', '>']))
        .filter_map(|rest| rest.split('>').next())
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(value.replace("&#38;", "&").replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read() {
        let html = "<a class=\"x\" href=\"/a?b=1&#38;c\">A</a><abbr href=\"no\"></abbr>\
            <form class=\"choice\" method=\"post\" action=\"/access\">\n<input type=\"hidden\" name=\"csrf\" value=\"x\">\
            <input name=\"token\"><input type=\"submit\"><button name=\"provider\" value=\"a\">A</button>\
            <button>B</button></form><form action=\"/get\"><button>C</button></form>";
        let forms = Form::all_in(html, &"http://127.0.0.1:1/here".parse().unwrap());
        let [form] = forms.as_slice() else {
            panic!("{forms:?}")
        };
        assert_eq!(form.action.as_str(), "http://127.0.0.1:1/access");
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(form.buttons(), 2);
        assert_eq!(form.button("provider", "a"), Some(0));
        assert_eq!(
            form.sent_by(0),
            [pair("csrf", "x"), pair("token", ""), pair("provider", "a")]
        );
        assert_eq!(form.sent_by(1), [pair("csrf", "x"), pair("token", "")]);
        assert_eq!(links(html), ["/a?b=1&c"]);
    }
}
