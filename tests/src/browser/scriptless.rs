//! The judge of pages without script: what nobody could see or use there.

use fantoccini::wd::WindowHandle;
use serde_json::{Value, json};

use super::{Browser, failed};

/// One line per element that is of no use without script, or that only script would show.
const JUDGE: &str = r#"
    const faults = [];
    const told = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 160);
    const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const all = (selector) => [...document.body.querySelectorAll(selector)];
    const say = (elements, what) => { for (const element of elements) faults.push(`${what}: ${told(element)}`); };

    const heading = document.querySelector("h1");
    const words = heading && isSeen(heading) ? heading.textContent.trim() : "";
    if (!words || !document.title.startsWith(words)) faults.push(`has the heading "${words}"`);

    const seen = (selector) => all(selector).filter(isSeen);
    say(seen("button:enabled").filter((button) => button.type !== "submit" || !button.form), "a button sends nothing");
    say(seen("a").filter((link) => !/^https?:|^mailto:/.test(link.href)), "a link leads nowhere");
    say(seen("input:not([readonly]), select, textarea").filter((field) => !field.form || !field.name), "a field is not sent");
    say(seen("[onclick], [contenteditable], [role=button]"), "only a script could answer");
    const sends = (form) => [...form.elements].some((element) => element.type === "submit" && isSeen(element));
    say(seen("form").filter((form) => !sends(form)), "a form cannot be sent");

    // What is in the words of others, and what was never meant to be seen.
    const holds = "a[href], button, input:not([type=hidden]), select, textarea, img, svg:not([aria-hidden])";
    const hasMeaning = (element) => element.textContent.trim() || element.matches(holds) || element.querySelector(holds);
    const isMeant = (element) =>
        element.closest(".scripted, svg, select, datalist, details:not([open])") || element.matches("script, template");
    const isFirst = (element) => isSeen(element.parentElement);
    say(all("*").filter((element) => !isSeen(element) && isFirst(element) && hasMeaning(element) && !isMeant(element)),
        "only a script would show it");
    return faults;
"#;

impl Browser {
    /// What nobody without JavaScript could see or use on the page that is open, one line for each element; best empty.
    ///
    /// It is opened again in a tab without JavaScript, which is then gone. Where its address leads elsewhere, for a form led
    /// here or it is shown but once, its HTML is opened.
    pub async fn scriptless(&self) -> Vec<String> {
        let (here, url, title) = (
            self.client.window().await.unwrap_or_else(failed),
            self.current_url().await,
            self.title().await,
        );
        let source = self.source().await;
        let tab = self.client.new_window(true).await.unwrap_or_else(failed);
        self.switch_to(tab.handle).await;
        self.set_viewport(1280, 900).await;
        self.disable_javascript().await;
        self.goto(url.as_str()).await;
        if self.title().await != title {
            let page = json!({ "frameId": self.frame().await["id"], "html": source });
            let _ = self.devtools("Page.setDocumentContent", &page).await;
            assert_eq!(self.title().await, title);
        }
        let Value::Array(lines) = self.execute(JUDGE).await else {
            panic!("nobody judged {title}");
        };
        self.client.close_window().await.unwrap_or_else(failed);
        self.switch_to(here).await;
        let text = |line: &Value| line.as_str().expect("a line is text").to_owned();
        lines.iter().map(text).collect()
    }

    async fn switch_to(&self, window: WindowHandle) {
        let switched = self.client.switch_to_window(window).await;
        switched.unwrap_or_else(failed);
    }

    /// The frame that fills the window.
    async fn frame(&self) -> Value {
        let tree = self.devtools("Page.getResourceTree", &json!({})).await;
        tree["frameTree"]["frame"].clone()
    }
}
