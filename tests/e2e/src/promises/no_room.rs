//! A phone without room: the answer stays on screen, is not said to be saved, and can be taken away as
//! a file; when there is room it is kept.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;

use crate::harness::wait::within;
use crate::harness::{Engine, World, promise};

/// Whether a page of this origin can store something, asked in a database of its own.
const PROBE: &str = "const db = await new Promise((ok, no) => {
        const request = indexedDB.open('probe', 1);
        request.onupgradeneeded = () => request.result.createObjectStore('probe');
        request.onsuccess = () => ok(request.result);
        request.onerror = () => no(request.error);
    });
    try {
        const tx = db.transaction('probe', 'readwrite', { durability: 'strict' });
        tx.objectStore('probe').put('x'.repeat(10000), 1);
        return await new Promise((ok) => {
            tx.oncomplete = () => ok('room');
            tx.onabort = () => ok(tx.error.name);
        });
    } finally { db.close() }";

/// Takes all room away or gives it back, and waits until the browser goes by it: for some seconds it
/// lets pages use up what it had counted before.
async fn room(world: &World, there_is: bool) -> Result<()> {
    let origin = world.proxy.url();
    let (wish, word) = if there_is {
        (json!({ "origin": origin }), "room")
    } else {
        (json!({ "origin": origin, "quotaSize": 1 }), "QuotaExceededError")
    };
    world.browser.cdp("Storage.overrideQuotaForOrigin", wish).await?;
    within(Duration::from_secs(60), "the browser counts anew", async || {
        Ok((world.browser.ask(PROBE).await? == json!(word)).then_some(()))
    })
    .await
}

/// Tries again until it is kept: what the browser counted last for the diary holds for some seconds too.
async fn tried_again(world: &World, words: &str) -> Result<()> {
    within(Duration::from_secs(60), &format!("“{words}” after trying again"), async || {
        if world.browser.text().await?.contains(words) {
            return Ok(Some(()));
        }
        if let Some(part) = world.browser.parts("button", Some("Try again")).await?.into_iter().next() {
            part.tap().await?;
        }
        Ok(None)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn no_room() -> Result<()> {
    promise("no_room", Engine::Chromium, 6, async |world| {
        world.open("/").await?;
        let browser = &world.browser;
        browser.is_new_here().await?;
        browser.ready_for_offline().await?;
        browser.begin_check_in().await?;
        browser.rate(7).await?;
        browser.says("7, kept on this phone").await?;

        room(world, false).await?;
        browser.rate(5).await?;
        browser.says("Not saved").await?;
        browser.says("This phone has no room left. Your answers are still here").await?;
        ensure!(browser.has("button", "Save answers as a file").await?, "no file is offered");
        ensure!(!browser.text().await?.contains("5, kept on this phone"), "it is said to be kept");
        browser.says("Before this: 5").await?;
        // The person goes on; it is all still here.
        browser.rate(4).await?;
        browser.says("Before this: 4").await?;
        browser.press("button", "Save answers as a file").await?;

        room(world, true).await?;
        tried_again(world, "4, kept on this phone").await?;
        ensure!(!browser.text().await?.contains("Not saved"), "it is still said not to be saved");
        browser.session().refresh().await?;
        browser.says("Question 4 of 7").await?;
        browser.says("Before this: 4").await?;
        browser.turn_to("Back", 2).await?;
        browser.rated(5).await?;

        // The last tap is refused too: the whole form waits on screen.
        for (question, number) in [(2, 5), (3, 4)] {
            browser.rated(number).await?;
            browser.turn_to("Next", question + 1).await?;
        }
        for number in [6, 3, 2] {
            browser.rate(number).await?;
        }
        browser.says("Question 7 of 7").await?;
        browser.says("2, kept on this phone").await?;
        room(world, false).await?;
        browser.rate(5).await?;
        browser.says("Not saved").await?;
        ensure!(!browser.text().await?.contains("On this phone"), "it is said to be on this phone");
        room(world, true).await?;
        tried_again(world, "checked by reading it back").await
    })
    .await
}
