//! The clock of pages.

use std::time::Duration;

use anyhow::Result;
use serde_json::json;

use super::Browser;

impl Browser {
    /// Sets the clock of every page that is opened from now on ahead by so much more.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn later(&self, by: Duration) -> Result<()> {
        let script = format!(
            "{{ const Real = Date, ahead = {};
            window.Date = class extends Real {{
                constructor(...from) {{ if (from.length) super(...from); else super(Real.now() + ahead); }}
                static now() {{ return Real.now() + ahead; }}
            }}; }}",
            by.as_millis()
        );
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await.map(drop)
    }
}
