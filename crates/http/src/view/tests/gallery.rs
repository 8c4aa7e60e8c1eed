//! Writes every page to disk, for looking at them in a browser.

use std::{fs, path::Path};

use super::{
    super::{Language, assets, dashboard, samples},
    ASSETS,
};

/// Below the target directory: `gallery/en/access-free.html`, `gallery/dashboard/…` and so on, with the assets where the pages look for them.
#[test]
fn the_gallery_is_written() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/gallery");
    for language in [Language::English, Language::German] {
        let pages = directory.join(language.tag());
        fs::create_dir_all(&pages).unwrap();
        for sample in samples::all(language) {
            assert!(sample.html.starts_with("<!doctype html>"), "{}", sample.name);
            fs::write(pages.join(sample.name + ".html"), sample.html).unwrap();
        }
    }
    let pages = directory.join("dashboard");
    fs::create_dir_all(&pages).unwrap();
    for sample in dashboard::samples::all() {
        fs::write(pages.join(sample.name + ".html"), sample.html).unwrap();
    }
    fs::create_dir_all(directory.join("assets")).unwrap();
    for name in ASSETS {
        let asset = assets::find(assets::path(name)).unwrap();
        fs::write(directory.join(asset.path.trim_start_matches('/')), &asset.bytes).unwrap();
    }
}
