//! The judge of accessibility: axe-core, in the page.

use std::fs;

use serde_json::Value;

use super::Browser;
use crate::environment;

/// One line per element and rule that it breaks.
const RUN: &str = r#"
    // Style sheets are judged as they were applied; nothing is fetched again.
    return axe.run(document, { preload: false, resultTypes: ["violations"] }).then(({ violations }) =>
        violations.flatMap(({ id, impact, help, nodes }) =>
            nodes.map(({ target, html }) => `${id} (${impact}): ${help}: ${target.join(" ")}: ${html}`)));
"#;

impl Browser {
    /// What is wrong with the page for people with disabilities, one line for each element and rule; best empty.
    ///
    /// All rules of axe-core, in the colours and the size that are set. It takes a background that the page leaves to
    /// the browser for white, also in dark colours. A page without JavaScript cannot be judged.
    pub async fn axe(&self) -> Vec<String> {
        let path = environment::node_modules().join("node_modules/axe-core/axe.min.js");
        let axe = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let _ = self.execute(&axe).await;
        let Value::Array(lines) = self.execute(RUN).await else {
            panic!("axe did not run");
        };
        let text = |line: &Value| line.as_str().expect("a line is text").to_owned();
        lines.iter().map(text).collect()
    }
}
