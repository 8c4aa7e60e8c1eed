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

    /// The same with this in the field of this name, which is added where it has none: choices are not read.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Whether it has a field of this name.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == name)
    }

    /// The button that adds this.
    pub fn button(&self, name: &str, value: &str) -> Option<usize> {
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

/// What stands in the `href` of the link that leads there from here, such as `next`.
pub(crate) fn related(html: &str, relation: &str) -> Option<String> {
    tags(html, "<a")
        .find(|tag| attribute(tag, "rel").as_deref() == Some(relation))
        .and_then(|tag| attribute(tag, "href"))
}

/// What can be chosen in the field of this name.
pub(crate) fn choices(html: &str, name: &str) -> Vec<String> {
    let inside = html.split("<select").skip(1).find_map(|piece| {
        let (head, rest) = piece.split_once('>')?;
        let is_it = attribute(head, "name").as_deref() == Some(name);
        is_it.then(|| rest.split("</select>").next().unwrap_or_default())
    });
    tags(inside.unwrap_or_default(), "<option")
        .filter_map(|tag| attribute(tag, "value"))
        .filter(|value| !value.is_empty())
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
        assert!(form.has("csrf") && !form.has("provider"));
        assert_eq!(
            form.clone().with("token", "t").with("act", "b").fields,
            [pair("csrf", "x"), pair("token", "t"), pair("act", "b")]
        );
    }

    #[test]
    fn ways_on_and_choices_are_read() {
        let html = "<a rel=\"prev\" href=\"/b?before=1\">B</a><a class=\"x\" rel=\"next\" href=\"/b?q=a&#38;after=2\">A</a>\
            <select id=\"a\" name=\"a\"><option value=\"x\">X</option></select>\
            <select id=\"b\" name=\"b\"><option value=\"\">-</option><option value=\"y\" selected>Y</option>\
            <option value=\"z\">Z</option></select>";
        assert_eq!(related(html, "next").as_deref(), Some("/b?q=a&after=2"));
        assert_eq!(related(html, "last"), None);
        assert_eq!(choices(html, "b"), ["y", "z"]);
        assert_eq!(choices(html, "c"), [""; 0]);
    }
}
