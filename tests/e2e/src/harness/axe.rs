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

/// Words of the page's heading that go over two lines, and words of the save light with too little room.
const CRAMPED: &str = "const found = [];
    for (const heading of document.querySelectorAll('h1')) {
        const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            for (const word of texts.currentNode.data.matchAll(/\\p{L}+/gu)) {
                const range = document.createRange();
                range.setStart(texts.currentNode, word.index);
                range.setEnd(texts.currentNode, word.index + word[0].length);
                const lines = new Set([...range.getClientRects()].map((rect) => Math.round(rect.top)));
                if (lines.size > 1) found.push(`the heading breaks in “${word[0]}”`);
            }
        }
    }
    for (const light of document.querySelectorAll('.light')) {
        const part = light.querySelector('span').offsetWidth / light.offsetWidth;
        if (part < 0.65) found.push(`the save light's words have ${Math.round(100 * part)} % of it`);
    }
    return found;";

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
        self.list(RULES).await
    }

    /// What of this page has no room for its words, which no rule of axe's sees.
    ///
    /// # Errors
    /// When the page does not say.
    pub async fn cramped(&self) -> Result<Vec<String>> {
        self.list(CRAMPED).await
    }

    async fn list(&self, script: &str) -> Result<Vec<String>> {
        let found = self.ask(script).await?;
        let rows = found.as_array().context("the page answered no list")?;
        Ok(rows.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }
}
