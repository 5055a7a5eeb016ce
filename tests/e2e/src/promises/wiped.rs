//! Storage that is wiped in part or whole, or put back from yesterday: it is recognised where a trace
//! remains, nothing is doubled, and what the clinic had comes back.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::harness::wait::until;
use crate::harness::{Engine, Reader, Weather, World, promise};
use crate::kills::store::Snapshot;

const GONE: &str = "This browser held a diary before, and it is gone from here.";

/// A diary with one entry that the clinic has.
async fn synced(world: &World) -> Result<(String, Reader)> {
    let patient = world.patient("MR").await?;
    world.pair(&world.code(&patient).await?).await?;
    let reader = Reader::of(world, &patient).await?;
    peg(world, [6, 5, 4]).await?;
    world.all_is_sent().await?;
    Ok((patient, reader))
}

async fn peg(world: &World, numbers: [u8; 3]) -> Result<()> {
    world.open("/fill/peg").await?;
    for number in numbers {
        world.browser.rate(number).await?;
    }
    world.browser.says("checked by reading it back").await?;
    world.browser.done().await
}

async fn at_clinic(reader: &Reader, count: usize) -> Result<()> {
    let held = until("the clinic holds them", async || {
        let held = reader.all("QuestionnaireResponse").await?;
        Ok((held.len() >= count).then_some(held))
    });
    let held = held.await?;
    ensure!(held.len() == count, "the clinic holds {} entries, not {count}", held.len());
    for response in &held {
        ensure!(reader.versions(response).await?.len() == 1, "an entry was stored twice");
    }
    Ok(())
}

/// Pairs again with a new code and sees the synced entry.
async fn comes_back(world: &World, patient: &str) -> Result<()> {
    world.open(&format!("/#pair={}", world.code(patient).await?)).await?;
    world.browser.press("button", "I am new here").await?;
    world.browser.says("What may be sent?").await?;
    world.browser.press("button", "Yes, send them").await?;
    world.browser.says("Connected").await?;
    is_here(world, 1).await
}

/// So many entries of the form stand in the diary.
async fn is_here(world: &World, count: usize) -> Result<()> {
    world.open("/diary").await?;
    until(&format!("{count} entries in the diary"), async || {
        let here = world.browser.text().await?.matches("Pain impact (PEG)").count();
        Ok((here == count).then_some(()))
    })
    .await
}

/// Deletes a database while no page of the app is open.
async fn delete(world: &World, name: &str) -> Result<()> {
    world.open("/precache.json").await?;
    let gone = world
        .browser
        .ask(&format!(
            "return await new Promise((ok, no) => {{
                const request = indexedDB.deleteDatabase('{name}');
                request.onsuccess = () => ok(true);
                request.onerror = () => no(request.error);
                request.onblocked = () => no(new Error('blocked'));
            }})"
        ))
        .await?;
    ensure!(gone == json!(true), "{name} could not be deleted");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_deleted() -> Result<()> {
    promise("wiped_database", Engine::Chromium, 3, async |world| {
        let (patient, reader) = synced(world).await?;
        delete(world, "interlude").await?;
        world.open("/").await?;
        world.browser.says(GONE).await?;
        world.browser.says("New here, or used Interlude before?").await?;
        comes_back(world, &patient).await?;
        at_clinic(&reader, 1).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_trace_deleted() -> Result<()> {
    promise("wiped_trace", Engine::Chromium, 3, async |world| {
        let (_patient, reader) = synced(world).await?;
        delete(world, "interlude-trace").await?;
        is_here(world, 1).await?;
        ensure!(!world.browser.text().await?.contains(GONE), "a whole diary is said to be gone");
        // It is left again with the next entry.
        peg(world, [1, 2, 3]).await?;
        world.all_is_sent().await?;
        at_clinic(&reader, 2).await?;
        delete(world, "interlude").await?;
        world.open("/").await?;
        world.browser.says(GONE).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_cleared() -> Result<()> {
    promise("wiped_everything", Engine::Chromium, 3, async |world| {
        let (patient, reader) = synced(world).await?;
        world.browser.open("about:blank").await?;
        let all = json!({ "origin": world.proxy.url(), "storageTypes": "all" });
        world.browser.cdp("Storage.clearDataForOrigin", all).await?;
        world.browser.cdp("Network.clearBrowserCookies", json!({})).await?;
        // No trace is left: both answers weigh the same.
        world.open("/").await?;
        world.browser.says("New here, or used Interlude before?").await?;
        ensure!(world.browser.has("button", "I am new here").await?, "one answer is missing");
        comes_back(world, &patient).await?;
        at_clinic(&reader, 1).await
    })
    .await
}

/// As a browser short of room does: all storage of the origin at once, and not the cookies.
#[tokio::test(flavor = "multi_thread")]
async fn everything_evicted() -> Result<()> {
    promise("wiped_evicted", Engine::Chromium, 3, async |world| {
        let (patient, reader) = synced(world).await?;
        world.browser.open("about:blank").await?;
        let kinds = "indexeddb,local_storage,cache_storage,service_workers,file_systems";
        let all = json!({ "origin": world.proxy.url(), "storageTypes": kinds });
        world.browser.cdp("Storage.clearDataForOrigin", all).await?;
        world.open("/").await?;
        world.browser.says(GONE).await?;
        comes_back(world, &patient).await?;
        at_clinic(&reader, 1).await
    })
    .await
}

/// The phone is yesterday's phone: a draft that was finished since, rows that were sent since.
#[tokio::test(flavor = "multi_thread")]
async fn a_profile_put_back() -> Result<()> {
    promise("wiped_put_back", Engine::Chromium, 4, async |world| {
        let (_patient, reader) = synced(world).await?;
        // Yesterday: one entry waits, and a form is half answered.
        world.browser.ready_for_offline().await?;
        world.proxy.set(Weather::Cut);
        peg(world, [7, 7, 7]).await?;
        world.open("/fill/peg").await?;
        world.browser.rate(2).await?;
        world.browser.says("2, kept on this phone").await?;
        world.browser.quit().await?;
        let yesterday = world.browser.copy_profile()?;
        // Today: both are finished and sent.
        world.proxy.set(Weather::Clear);
        world.browser.reopen().await?;
        world.open("/fill/peg").await?;
        world.browser.says("Question 2 of 3").await?;
        for number in [3, 4] {
            world.browser.rate(number).await?;
        }
        world.browser.says("checked by reading it back").await?;
        world.browser.done().await?;
        world.all_is_sent().await?;
        at_clinic(&reader, 3).await?;
        world.browser.quit().await?;

        world.browser.put_back(&yesterday)?;
        world.browser.reopen().await?;
        world.open("/sync").await?;
        world.browser.press("button", "Send now").await?;
        // On this page until it has come down: in a day's time every start asks.
        until("what was made since comes down", async || {
            let here = Snapshot::of(&world.browser).await?;
            Ok((here.entries.len() == 3 && here.waiting == 0).then_some(()))
        })
        .await?;
        is_here(world, 3).await?;
        at_clinic(&reader, 3).await?;
        // The half-answered form of yesterday is the entry of today: going on with it corrects that.
        world.open("/fill/peg").await?;
        world.browser.says("Question ").await
    })
    .await
}
