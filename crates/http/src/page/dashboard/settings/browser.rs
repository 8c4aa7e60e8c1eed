//! What people call a browser, by what it says of itself: for a list of sessions, and for nothing that anything depends on.

/// Marks of browsers, and their names. Most claim to be others too, so that the first mark counts.
const BROWSERS: [(&str, &str); 7] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
];
/// The same of what they run on.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// "Firefox on Windows"; what it says of itself where that has no name.
pub(super) fn called(said: &str) -> String {
    let first = |marks: &[(&str, &'static str)]| {
        let mut names = marks.iter().filter(|(mark, _)| said.contains(mark));
        names.next().map(|(_, name)| *name)
    };
    // What has no other mark, and this one, is what it says.
    let browser = first(&BROWSERS).or_else(|| first(&[("Safari/", "Safari")]));
    match (browser, first(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.to_owned(),
        _ => said.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::called;

    #[test]
    fn browsers_are_called_as_people_call_them() {
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        for (said, name) in [
            (
                format!("Mozilla/5.0 (X11; Linux x86_64) {webkit} Chrome/156.0.0.0 Safari/537.36"),
                "Chrome on Linux",
            ),
            (
                format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} Chrome/156.0 Safari/537.36 Edg/156.0"),
                "Edge on Windows",
            ),
            (
                format!("Mozilla/5.0 (Linux; Android 16) {webkit} Chrome/156.0.0.0 Mobile Safari/537.36"),
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 Version/26.0 Mobile Safari/604.1"
                    .to_owned(),
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0".to_owned(),
                "Firefox on macOS",
            ),
            ("curl/8.14.1".to_owned(), "curl/8.14.1"),
        ] {
            assert_eq!(called(&said), name);
        }
    }
}
