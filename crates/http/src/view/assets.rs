//! The files that pages load, under names that change with their content, so that browsers may keep them for ever.

use std::{borrow::Cow, fmt::Write, sync::LazyLock};

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

/// A file that pages load.
#[derive(Debug)]
pub(crate) struct Asset {
    /// As the source tree calls it: `style.css`.
    name: String,
    /// Its address below the base path: `/assets/style-0a1b2c3d.css`.
    pub(crate) path: String,
    /// Its content.
    pub(crate) bytes: Cow<'static, [u8]>,
    /// What to send as `Content-Type`.
    pub(crate) content_type: &'static str,
}

static ASSETS: LazyLock<Vec<Asset>> =
    LazyLock::new(|| Files::iter().filter_map(|name| load(&name)).collect());

/// The file at an address below the base path, such as `/assets/style-0a1b2c3d.css`.
pub(crate) fn find(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}

/// The style of all pages, for pages that are shown beside the service and should look like it.
#[must_use]
pub fn stylesheet() -> &'static [u8] {
    find(path("style.css")).map_or(&[], |asset| &asset.bytes)
}

/// The address of a file below the base path.
pub(super) fn path(name: &str) -> &'static str {
    ASSETS
        .iter()
        .find(|asset| asset.name == name)
        .map_or("", |asset| asset.path.as_str())
}

fn load(name: &str) -> Option<Asset> {
    let (stem, extension) = name.rsplit_once('.')?;
    let file = Files::get(name)?;
    // One segment, as the route has it: `vendor/htmx.min.js` is `/assets/vendor-htmx.min-0a1b2c3d.js`.
    let mut path = format!("/assets/{}-", stem.replace('/', "-"));
    for byte in file.metadata.sha256_hash().iter().take(4) {
        // Writing to a `String` cannot fail.
        let _ = write!(path, "{byte:02x}");
    }
    let _ = write!(path, ".{extension}");
    Some(Asset {
        name: name.to_owned(),
        path,
        bytes: file.data,
        content_type: match extension {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            "png" => "image/png",
            "LICENSE" => "text/plain; charset=utf-8",
            _ => "application/octet-stream",
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_by_its_hashed_address_only() {
        for (name, content_type) in [
            ("style.css", "text/css; charset=utf-8"),
            ("favicon.svg", "image/svg+xml"),
            ("touch-icon.png", "image/png"),
            ("dashboard.js", "text/javascript; charset=utf-8"),
            ("vendor/htmx.min.js", "text/javascript; charset=utf-8"),
            ("vendor/htmx.LICENSE", "text/plain; charset=utf-8"),
        ] {
            let asset = find(path(name)).unwrap();
            assert_eq!(asset.content_type, content_type);
            assert!(!asset.bytes.is_empty());
            let (stem, extension) = name.rsplit_once('.').unwrap();
            assert_eq!(asset.path.matches('/').count(), 2, "{name}");
            assert_eq!(
                asset.path.len(),
                "/assets/-01234567.".len() + stem.len() + extension.len()
            );
        }
        for unknown in ["", "style.css", "/assets/style.css", "/assets/style-00000000.css"] {
            assert!(find(unknown).is_none(), "{unknown}");
        }
    }

    #[test]
    fn the_style_is_small_and_loads_nothing() {
        let style = find(path("style.css")).unwrap();
        assert!(style.bytes.len() < 24_000, "{} bytes", style.bytes.len());
        let text = str::from_utf8(&style.bytes).unwrap();
        assert!(!text.contains("url(") && !text.contains("@import"));
    }
}
