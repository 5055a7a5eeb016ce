//! Parts of a page, found by role and name.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use thirtyfour::WebElement;

use super::Browser;
use super::wait::until;

const ROLES: &str = include_str!("roles.js");

/// One part: what it is called, where a finger goes, and the element itself.
pub struct Part {
    /// Its accessible name.
    pub name: String,
    /// What to touch: a radio's label, otherwise the element.
    pub touch: WebElement,
    /// The element.
    pub element: WebElement,
}

impl Part {
    /// A finger on it. It is brought to the middle of the screen first, as a person would who finds it behind
    /// the row of links at the foot.
    ///
    /// # Errors
    /// When it is not there any more, or something lies over it.
    pub async fn tap(&self) -> Result<()> {
        self.touch.scroll_into_view().await?;
        Ok(self.touch.click().await?)
    }
}

impl Browser {
    /// The parts of a role that are there now. A name that ends in "…" is a beginning.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn parts(&self, role: &str, name: Option<&str>) -> Result<Vec<Part>> {
        let found = self.session().execute(ROLES, vec![json!(role), json!(name)]).await?;
        let rows = found.json().as_array().context("no list of parts")?;
        rows.iter().map(|row| self.part_of(row)).collect()
    }

    fn part_of(&self, row: &Value) -> Result<Part> {
        let element = |at: usize| {
            let value = row.get(at).cloned().context("a part without an element")?;
            WebElement::from_json(value, self.session().handle().clone()).context("not an element")
        };
        let name = row.get(1).and_then(Value::as_str).unwrap_or_default().to_owned();
        Ok(Part { name, touch: element(0)?, element: element(2)? })
    }

    /// Waits for a part.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn part(&self, role: &str, name: &str) -> Result<Part> {
        let what = format!("{role} “{name}”");
        until(&what, async || Ok(self.parts(role, Some(name)).await?.into_iter().next())).await
    }

    /// Whether a part is there now.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn has(&self, role: &str, name: &str) -> Result<bool> {
        Ok(!self.parts(role, Some(name)).await?.is_empty())
    }

    /// Waits for a part and touches it.
    ///
    /// # Errors
    /// When it does not come, or cannot be touched.
    pub async fn press(&self, role: &str, name: &str) -> Result<()> {
        let what = format!("press {role} “{name}”");
        until(&what, async || {
            let Some(part) = self.parts(role, Some(name)).await?.into_iter().next() else { return Ok(None) };
            part.tap().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Waits for a field and types into it, over what is there.
    ///
    /// # Errors
    /// When it does not come, or does not take the text.
    pub async fn write(&self, role: &str, name: &str, text: &str) -> Result<()> {
        let field = self.part(role, name).await?.element;
        field.clear().await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// Everything the page says.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn text(&self) -> Result<String> {
        let said = self.session().execute("return document.body.innerText", Vec::new()).await?;
        Ok(said.json().as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Waits until the page says this.
    ///
    /// # Errors
    /// When it does not, with what it says instead.
    pub async fn says(&self, words: &str) -> Result<()> {
        let mut last = String::new();
        let said = until(&format!("the page says “{words}”"), async || {
            last = self.text().await?;
            Ok(last.contains(words).then_some(()))
        })
        .await;
        said.with_context(|| format!("it says: {last}"))
    }
}

#[cfg(test)]
mod tests {
    use anyhow::{Result, ensure};
    use serde_json::json;

    use super::super::{Browser, Engine};

    const TOY: &str = "data:text/html,<h1>Toy <span aria-hidden=true>x</span>page</h1>\
        <fieldset><legend>How strong?</legend>\
        <label><input type=radio name=a style='opacity:0' onchange='out.value=7'>7</label>\
        <label><input type=radio name=a>8</label></fieldset>\
        <label for=t>Words</label><input id=t><button aria-label='Go on'>→</button><button hidden>Never</button>\
        <output id=out></output>";

    async fn found_and_used(engine: Engine) -> Result<()> {
        let folder = tempfile::TempDir::new()?;
        let mut browser = Browser::start(engine, "en-US", folder.path()).await?;
        browser.open(TOY).await?;
        browser.part("heading", "Toy page").await?;
        browser.part("group", "How strong?").await?;
        browser.part("button", "Go…").await?;
        ensure!(!browser.has("button", "Never").await?, "a hidden part was found");
        browser.press("radio", "7").await?;
        browser.says("7").await?;
        ensure!(browser.part("radio", "7").await?.element.is_selected().await?, "not chosen");
        browser.write("textbox", "Words", "hello").await?;
        let typed = browser.ask("return document.getElementById('t').value").await?;
        ensure!(typed == json!("hello"), "{typed}");
        browser.quit().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn parts_are_found_by_role_and_name_in_chromium() -> Result<()> {
        found_and_used(Engine::Chromium).await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn parts_are_found_by_role_and_name_in_webkit() -> Result<()> {
        found_and_used(Engine::WebKit).await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn parts_are_found_by_role_and_name_in_firefox() -> Result<()> {
        found_and_used(Engine::Firefox).await
    }

    async fn killed_and_opened(engine: Engine) -> Result<()> {
        let folder = tempfile::TempDir::new()?;
        let mut browser = Browser::start(engine, "en-US", folder.path()).await?;
        browser.open(TOY).await?;
        browser.kill().await?;
        browser.reopen().await?;
        browser.open(TOY).await?;
        browser.part("heading", "Toy page").await?;
        browser.quit().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_killed_browser_opens_again_on_its_profile() -> Result<()> {
        killed_and_opened(Engine::Chromium).await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_killed_browser_opens_again_on_its_profile_in_firefox() -> Result<()> {
        killed_and_opened(Engine::Firefox).await
    }
}
