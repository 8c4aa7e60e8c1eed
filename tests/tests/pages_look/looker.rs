//! Looks at a page in each size and colour, writes down what is wrong, and takes pictures.

use std::{
    collections::BTreeSet,
    fs,
    ops::Deref,
    path::{Path, PathBuf},
    sync::Mutex,
};

use serde_json::json;
use symbolon_tests::{Colours, Person};

/// Widths and least heights: a desk, and a telephone.
const SIZES: [(u32, u32); 2] = [(1280, 900), (390, 844)];
/// What a guide shows of a page: small, and not all of a long one.
const GUIDE: (u32, u32) = (960, 720);
/// The narrowest screen that everything must fit on.
const NARROWEST: u32 = 320;

/// The words that are broken in their middle, though they are short. What is there to be copied may break anywhere.
const BROKEN: &str = r#"
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const broken = [];
    while (texts.nextNode()) {
        if (texts.currentNode.parentElement.closest(".line")) continue;
        for (const word of texts.currentNode.data.matchAll(/[^\s@/_-]+/g)) {
            const range = document.createRange();
            range.setStart(texts.currentNode, word.index);
            range.setEnd(texts.currentNode, word.index + word[0].length);
            const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
            if (word[0].length <= 20 && lines.size > 1) broken.push(word[0]);
        }
    }
    return broken.join();
"#;

/// What a page says, as far as it says the same each time: its words once each, without numbers, times and
/// what is made by chance.
const WORDS: &str = r#"
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const words = new Set();
    while (texts.nextNode()) {
        const around = texts.currentNode.parentElement;
        if (around.closest("time, script, .line") || !around.checkVisibility()) continue;
        for (const word of texts.currentNode.data.split(/\s+/)) {
            if (word && !/\d/.test(word)) words.add(word);
        }
    }
    return [...words].sort().join("\n") + "\n";
"#;

/// How many words may differ by what goes on beside the page: a mail that was waiting was sent.
const MEANWHILE: usize = 8;

/// A person who looks closely.
pub(crate) struct Looker {
    person: Person,
    directory: PathBuf,
    /// Whether its pages have scripts, and must do without them.
    has_scripts: bool,
    faults: Mutex<Vec<String>>,
    looked_at: Mutex<usize>,
}

impl Looker {
    /// At the pages of recipients.
    pub(crate) async fn new() -> Self {
        Self::writing_to("", false).await
    }

    /// At the dashboard.
    pub(crate) async fn at_dashboard() -> Self {
        Self::writing_to("dashboard", true).await
    }

    /// One whose pictures go to this directory below the others.
    async fn writing_to(directory: &str, has_scripts: bool) -> Self {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let directory = target.join("screenshots").join(directory);
        fs::create_dir_all(&directory).unwrap();
        let person = Person::new().await;
        // As on a telephone: nothing beside the page.
        let hidden = json!({ "hidden": true });
        let _ = person.devtools("Emulation.setScrollbarsHidden", &hidden).await;
        Self {
            person,
            directory,
            has_scripts,
            faults: Mutex::default(),
            looked_at: Mutex::default(),
        }
    }

    /// Looks at the page that is open, under this name.
    pub(crate) async fn look(&self, name: &str) {
        self.set_viewport(NARROWEST, 844).await;
        let page = "document.documentElement";
        let beyond = self
            .number(&format!("{page}.scrollWidth - {page}.clientWidth"))
            .await;
        if beyond > 0 {
            self.note(
                name,
                &format!("is {beyond} pixels too wide for a screen of {NARROWEST}"),
            );
        }
        let unfinished = "[...document.images].filter(image => !image.naturalWidth).length";
        if self.number(unfinished).await > 0 {
            self.note(name, "has a picture that is not there");
        }
        if self.has_scripts {
            for line in self.scriptless().await {
                self.note(name, &format!("without script: {line}"));
            }
        }
        for colours in [Colours::Light, Colours::Dark] {
            self.set_colours(colours).await;
            for (width, least) in SIZES {
                self.set_viewport(width, least).await;
                let height = self.number("document.documentElement.scrollHeight").await;
                self.set_viewport(width, height.max(least)).await;
                let broken = self.execute(BROKEN).await;
                if broken != "" {
                    self.note(name, &format!("{width}: breaks {broken}"));
                }
                for line in self.axe().await {
                    self.note(name, &format!("{colours:?}, {width}: {line}"));
                }
                let file = format!("{name}.{width}.{colours:?}.png").to_lowercase();
                let _ = self.screenshot(self.directory.join(file)).await;
            }
        }
        self.set_colours(Colours::Light).await;
        self.set_viewport(GUIDE.0, GUIDE.1).await;
        let _ = self
            .screenshot(self.directory.join(format!("{name}.guide.png")))
            .await;
        self.compare_with_guide(name).await;
        self.set_viewport(SIZES[0].0, SIZES[0].1).await;
        *self.looked_at.lock().unwrap() += 1;
    }

    /// Keeps what the page says beside its picture for the guide, and sees whether the guide shows a page that says the same.
    async fn compare_with_guide(&self, name: &str) {
        let said = self.execute(WORDS).await;
        let said = said.as_str().expect("words are text");
        fs::write(self.directory.join(format!("{name}.guide.txt")), said).unwrap();
        let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/pictures");
        // Most pages are not in the guide; and its pictures may just be taken anew.
        let Ok(shown) = fs::read_to_string(guide.join(format!("{name}.txt"))) else {
            return;
        };
        let (said, shown): (BTreeSet<_>, BTreeSet<_>) = (said.lines().collect(), shown.lines().collect());
        let differing: Vec<_> = said.symmetric_difference(&shown).copied().collect();
        if differing.len() > MEANWHILE {
            let differing = differing.join(" ");
            self.note(
                name,
                &format!("is not as the guide shows it: run `cargo xtask pictures` ({differing})"),
            );
        }
    }

    /// Goes to a page, sees its heading, and looks at it.
    pub(crate) async fn look_at(&self, url: &str, heading: &str, name: &str) {
        self.goto(url).await;
        self.sees(heading).await;
        self.look(name).await;
    }

    /// Asserts that nothing was wrong with so many pages, and that nothing was loaded from elsewhere.
    pub(crate) async fn finish(&self, pages: usize, origins: &[&str]) {
        let faults = self.faults.lock().unwrap().join("\n");
        assert_eq!(faults, "");
        assert_eq!(*self.looked_at.lock().unwrap(), pages);
        self.was_safe(origins).await;
    }

    fn note(&self, name: &str, fault: &str) {
        self.faults.lock().unwrap().push(format!("{name}: {fault}"));
    }

    async fn number(&self, script: &str) -> u32 {
        let value = self.execute(&format!("return {script}")).await;
        value.as_u64().and_then(|number| number.try_into().ok()).unwrap()
    }
}

impl Deref for Looker {
    type Target = Person;

    fn deref(&self) -> &Person {
        &self.person
    }
}
