//! Every transaction that writes asks the disk, not only the browser.

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::harness::{Engine, World, promise};

/// Notes the durability of every transaction that writes.
const WATCH: &str = "window.written = [];
    const open = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...words) {
        const transaction = open.apply(this, words);
        if (transaction.mode === 'readwrite') window.written.push(transaction.durability);
        return transaction;
    };";

async fn strict_durability(world: &mut World) -> Result<()> {
    world.open("/").await?;
    world.browser.is_new_here().await?;
    world.browser.session().execute(WATCH, Vec::new()).await?;
    world.browser.begin_check_in().await?;
    world.browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
    let written = world.browser.ask("return window.written").await?;
    let written = written.as_array().cloned().unwrap_or_default();
    ensure!(written.len() >= 7, "only {} transactions wrote", written.len());
    ensure!(written.iter().all(|kind| kind == &Value::from("strict")), "{written:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn strict_durability_in_chromium() -> Result<()> {
    promise("strict_durability", Engine::Chromium, 2, strict_durability).await
}

#[tokio::test(flavor = "multi_thread")]
async fn strict_durability_in_firefox() -> Result<()> {
    promise("strict_durability", Engine::Firefox, 2, strict_durability).await
}
