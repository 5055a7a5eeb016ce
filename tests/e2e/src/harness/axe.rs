//! axe-core's rules for WCAG 2.2 AA, run in the page.

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::{Browser, place};

/// `target-size` is off by default.
const RULES: &str = "const found = await axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
        rules: { 'target-size': { enabled: true } },
    });
    return found.violations.flatMap((rule) => rule.nodes.map((node) =>
        `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\\s+/g, ' ')}`));";

impl Browser {
    /// What of this page breaks the rules.
    ///
    /// # Errors
    /// When axe cannot be run.
    pub async fn barriers(&self) -> Result<Vec<String>> {
        let is_here = self.ask("return typeof axe").await?;
        if is_here != "object" {
            let axe = std::fs::read_to_string(place::axe()?)?;
            self.session().execute(axe, Vec::new()).await?;
        }
        let found = self.ask(RULES).await?;
        let rows = found.as_array().context("axe answered no list")?;
        Ok(rows.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }
}
