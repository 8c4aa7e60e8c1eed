//! What a person does with a form besides typing: choosing from a list, and handing over a file.

use std::path::Path;

use super::{Browser, Spot, failed};

impl Browser {
    /// Chooses from a list, by what stands in it.
    pub async fn choose(&self, list: impl Into<Spot<'_>>, option: &str) {
        let list = self.find(list).await;
        list.select_by_label(option).await.unwrap_or_else(failed);
    }

    /// Gives a file to a field for files.
    pub async fn hand_over(&self, field: impl Into<Spot<'_>>, file: &Path) {
        let path = file.to_str().expect("the tests name their files in UTF-8");
        let field = self.find(field).await;
        field.send_keys(path).await.unwrap_or_else(failed);
    }

    /// Fills several fields, each by its label.
    pub async fn fill_in(&self, fields: &[(&str, &str)]) {
        for (label, text) in fields {
            self.fill(Spot::Field(label), text).await;
        }
    }
}
