//! Looks at a page in each size and colour, writes down what is wrong, and takes pictures.

use std::{
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

/// A person who looks closely.
pub(crate) struct Looker {
    person: Person,
    directory: PathBuf,
    faults: Mutex<Vec<String>>,
    looked_at: Mutex<usize>,
}

impl Looker {
    pub(crate) async fn new() -> Self {
        Self::writing_to("").await
    }

    /// One whose pictures go to this directory below the others.
    pub(crate) async fn writing_to(directory: &str) -> Self {
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
        for colours in [Colours::Light, Colours::Dark] {
            self.set_colours(colours).await;
            for (width, least) in SIZES {
                self.set_viewport(width, least).await;
                let height = self.number("document.documentElement.scrollHeight").await;
                self.set_viewport(width, height.max(least)).await;
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
        self.set_viewport(SIZES[0].0, SIZES[0].1).await;
        *self.looked_at.lock().unwrap() += 1;
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
