//! A phone offers to install the app.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::harness::wait::until;
use crate::harness::{Engine, promise};

#[tokio::test(flavor = "multi_thread")]
async fn installable() -> Result<()> {
    promise("installable", Engine::Chromium, 2, async |world| {
        world.open("/").await?;
        let browser = &world.browser;
        browser.ask("await navigator.serviceWorker.ready").await?;
        until("no reason against installing", async || {
            let answer = browser.cdp("Page.getInstallabilityErrors", json!({})).await?;
            let errors = answer["installabilityErrors"].as_array().cloned().unwrap_or_default();
            ensure!(errors.is_empty(), "{errors:?}");
            Ok(Some(()))
        })
        .await?;
        let manifest = browser.cdp("Page.getAppManifest", json!({})).await?;
        ensure!(manifest["errors"].as_array().is_some_and(Vec::is_empty), "{manifest}");
        Ok(())
    })
    .await
}
