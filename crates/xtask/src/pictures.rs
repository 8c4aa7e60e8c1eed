//! `cargo xtask pictures`: the guide's pictures, anew, from the pages as they are now.

use std::collections::BTreeSet;
use std::fs;

use crate::failure::Failure;
use crate::{cargo, say, test};

/// Whose pictures they are, and where they lie beside it.
const GUIDE: &str = "docs/DASHBOARD.md";
const PICTURES: &str = "docs/pictures";
/// What is kept of a page that the guide shows: its picture, and the words in it, by which the journeys see whether the page
/// still says the same.
const KEPT: [&str; 2] = ["png", "txt"];

/// Runs the journeys that look at every page of the dashboard, and keeps what the guide shows of it.
///
/// # Errors
/// When a page is not as it must be, or none has a name that the guide has.
pub(crate) fn run() -> Result<(), Failure> {
    let root = cargo::root();
    let guide = fs::read_to_string(root.join(GUIDE)).map_err(Failure::because(GUIDE))?;
    let wanted = named(&guide);
    let pictures = root.join(PICTURES);
    // What the guide no longer shows goes, and what a page said before is not compared with what it says now.
    if pictures.exists() {
        fs::remove_dir_all(&pictures).map_err(Failure::because(PICTURES))?;
    }
    fs::create_dir_all(&pictures).map_err(Failure::because(PICTURES))?;
    let looks = ["-p", "symbolon-tests", "--test", "pages_look", "dashboard"].map(str::to_owned);
    test::run(&looks)?;
    let taken = cargo::target_directory()?.join("screenshots/dashboard");
    for name in wanted {
        for end in KEPT {
            let what = format!("no page is called {name}");
            fs::copy(
                taken.join(format!("{name}.guide.{end}")),
                pictures.join(format!("{name}.{end}")),
            )
            .map_err(Failure::because(what))?;
        }
        say::line(&format!("{PICTURES}/{name}.png"));
    }
    Ok(())
}

/// The pictures that a document shows, without their ends.
fn named(document: &str) -> BTreeSet<&str> {
    document
        .split("](pictures/")
        .skip(1)
        .filter_map(|rest| rest.split_once(".png)"))
        .map(|(name, _)| name)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn pictures_are_named_once() {
        let guide = "![A](pictures/b.png) text [c](API.md)\n![D](pictures/a-b.png)\n![A](pictures/b.png)";
        assert_eq!(Vec::from_iter(named(guide)), ["a-b", "b"]);
        assert!(named("no pictures/here.png").is_empty());
    }
}
