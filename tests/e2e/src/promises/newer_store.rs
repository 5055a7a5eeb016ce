//! An app older than the store refuses politely, and touches nothing.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::harness::{Engine, promise};

#[tokio::test(flavor = "multi_thread")]
async fn newer_store() -> Result<()> {
    promise("newer_store", Engine::Chromium, 3, async |world| {
        world.open("/").await?;
        let browser = &world.browser;
        browser.is_new_here().await?;
        world.open("/fill/peg").await?;
        for number in [6, 5, 4] {
            browser.rate(number).await?;
        }
        browser.says("checked by reading it back").await?;
        let count = "const db = await new Promise((ok, no) => {
                const request = indexedDB.open('interlude');
                request.onsuccess = () => ok(request.result);
                request.onerror = () => no(request.error);
            });
            const counted = db.transaction('entries').objectStore('entries').count();
            await new Promise((ok) => { counted.onsuccess = ok });
            db.close();
            return [db.version, counted.result]";
        world.open("/precache.json").await?;
        ensure!(browser.ask(count).await? == json!([1, 1]), "{}", browser.ask(count).await?);
        let raise = "await new Promise((ok, no) => {
                const request = indexedDB.open('interlude', 40);
                request.onsuccess = () => { request.result.close(); ok() };
                request.onerror = () => no(request.error);
            })";
        browser.ask(raise).await?;
        for path in ["/", "/fill/peg", "/diary"] {
            world.open(path).await?;
            browser.says("Interlude cannot open the diary").await?;
            browser.says("was made by a newer version of Interlude. Nothing was touched.").await?;
        }
        world.open("/precache.json").await?;
        ensure!(browser.ask(count).await? == json!([40, 1]), "{}", browser.ask(count).await?);
        Ok(())
    })
    .await
}
