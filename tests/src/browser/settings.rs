//! What a person has set: the size of the window, the colours, whether there is JavaScript.

use serde_json::json;

use super::Browser;

/// Which colours a person prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Browser {
    /// Makes the viewport this large, in CSS pixels that are pixels of a screenshot too. A telephone has 390 by 844.
    pub async fn set_viewport(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        let _ = self.devtools("Emulation.setDeviceMetricsOverride", &size).await;
    }

    /// Prefers these colours from now on, also on this page.
    pub async fn set_colours(&self, colours: Colours) {
        let value = match colours {
            Colours::Light => "light",
            Colours::Dark => "dark",
        };
        // Nothing moves: what is looked at next has its colours already.
        let media = json!({ "features": [
            { "name": "prefers-color-scheme", "value": value },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        let _ = self.devtools("Emulation.setEmulatedMedia", &media).await;
    }

    /// Runs no scripts from the next page on.
    pub async fn disable_javascript(&self) {
        let _ = self
            .devtools("Emulation.setScriptExecutionDisabled", &json!({ "value": true }))
            .await;
    }
}
