//! Every page in every variant, kept in `snapshots/`: English whole, German for six that stand for the rest.

use insta::with_settings;

use super::{
    super::{
        Language, assets, dashboard,
        samples::{self, Sample},
    },
    ASSETS,
};

/// The pages that are also kept in German.
const IN_GERMAN: [&str; 6] = [
    "access-free",
    "closed-in-use",
    "closed-replaced-soon",
    "closed-shut-out",
    "credential-just-claimed",
    "verify-revoked",
];

#[test]
fn pages_are_as_they_were() {
    for sample in samples::all(Language::English) {
        keep(&sample, Language::English);
    }
    for sample in dashboard::samples::all() {
        keep(&sample, Language::English);
    }
    for sample in samples::all(Language::German) {
        if IN_GERMAN.contains(&sample.name.as_str()) {
            keep(&sample, Language::German);
        }
    }
}

/// The assets' hashes are left out: a change of style is no change of pages.
fn keep(sample: &Sample, language: Language) {
    let mut html = format!("{}\n{}", sample.status, sample.html);
    for name in ASSETS {
        html = html.replace(assets::path(name), &format!("/assets/{name}"));
    }
    let name = format!("{}.{}", sample.name, language.tag());
    with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, html);
    });
}
