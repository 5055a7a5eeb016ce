//! Nothing is said to be kept before it is, not even when what keeps it has not been fetched yet.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::harness::{Engine, promise};

/// What holds all of the app but the first question.
const PARTS: [&str; 2] = ["*/split_*", "*/chunk_*"];

#[tokio::test(flavor = "multi_thread")]
async fn a_part_comes_late() -> Result<()> {
    promise("a_part_comes_late", Engine::Chromium, 3, async |world| {
        world.open("/").await?;
        let browser = &world.browser;
        browser.is_new_here().await?;
        browser.begin_check_in().await?;
        let address = browser.session().current_url().await?;
        browser.open("about:blank").await?;

        // As on a first visit whose network goes right after the first question came.
        let app = json!({ "origin": world.proxy.url(), "storageTypes": "service_workers,cache_storage" });
        browser.cdp("Storage.clearDataForOrigin", app).await?;
        browser.cdp("Network.enable", json!({})).await?;
        browser.cdp("Network.clearBrowserCache", json!({})).await?;
        browser.cdp("Network.setBlockedURLs", json!({ "urls": PARTS })).await?;
        browser.open(address.as_str()).await?;
        browser.says("Question 1 of 7").await?;
        browser.rate(7).await?;
        browser.says("Not saved yet").await?;
        browser.says("Question 2 of 7").await?;
        ensure!(!browser.text().await?.contains("kept on this phone"), "it is said to be kept");

        browser.cdp("Network.setBlockedURLs", json!({ "urls": [] })).await?;
        browser.says("7, kept on this phone").await?;
        ensure!(!browser.text().await?.contains("Not saved"), "it is still said not to be saved");
        browser.session().refresh().await?;
        browser.says("Question 2 of 7").await?;
        browser.turn_to("Back", 1).await?;
        browser.rated(7).await
    })
    .await
}
