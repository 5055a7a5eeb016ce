//! Storage that is wiped in part or whole, or put back from yesterday: it is recognised where a trace
//! remains, nothing is doubled, and what the clinic had comes back.

use std::path::Path;
use std::time::Duration;

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

/// With no network: one entry waits, and a form is half answered.
async fn unsent(world: &World) -> Result<()> {
    world.browser.ready_for_offline().await?;
    world.proxy.set(Weather::Cut);
    peg(world, [7, 7, 7]).await?;
    world.open("/fill/peg").await?;
    world.browser.rate(2).await?;
    world.browser.says("2, kept on this phone").await
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
    connects_again(world, patient).await?;
    is_here(world, 1).await
}

async fn connects_again(world: &World, patient: &str) -> Result<()> {
    world.open(&format!("/#pair={}", world.code(patient).await?)).await?;
    world.browser.press("button", "I am new here").await?;
    world.browser.says("What may be sent?").await?;
    world.browser.press("button", "Yes, send them").await?;
    world.browser.says("Connected").await
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
    delete_in(world, "indexedDB", name).await
}

/// Deletes the diary and its copy.
async fn delete_both(world: &World) -> Result<()> {
    delete_in(world, "(await navigator.storageBuckets.open('spare')).indexedDB", "interlude").await?;
    delete(world, "interlude").await
}

async fn delete_in(world: &World, databases: &str, name: &str) -> Result<()> {
    world.open("/precache.json").await?;
    let gone = world
        .browser
        .ask(&format!(
            "const databases = {databases};
            return await new Promise((ok, no) => {{
                const request = databases.deleteDatabase('{name}');
                request.onsuccess = () => ok(true);
                request.onerror = () => no(request.error);
                request.onblocked = () => no(new Error('blocked'));
            }})"
        ))
        .await?;
    ensure!(gone == json!(true), "{name} could not be deleted");
    Ok(())
}

/// Changes bytes amid the log of the browser's databases, as a write that was cut off leaves it; those of
/// buckets lie elsewhere.
fn damage_log(profile: &Path) -> Result<()> {
    let mut damaged = 0;
    for origin in std::fs::read_dir(profile.join("Default/IndexedDB"))? {
        for file in std::fs::read_dir(origin?.path())? {
            let file = file?.path();
            if file.extension().is_some_and(|kind| kind == "log") {
                let mut bytes = std::fs::read(&file)?;
                let third = bytes.len() / 3;
                bytes.iter_mut().skip(third).take(third).for_each(|byte| *byte ^= 0x5a);
                std::fs::write(file, bytes)?;
                damaged += third;
            }
        }
    }
    ensure!(damaged > 0, "there was nothing to damage");
    Ok(())
}

/// Chromium deletes a store that it cannot read: with entries that wait, and a form half answered.
#[tokio::test(flavor = "multi_thread")]
async fn the_files_damaged() -> Result<()> {
    promise("wiped_and_back", Engine::Chromium, 4, async |world| {
        let (_patient, reader) = synced(world).await?;
        unsent(world).await?;
        world.browser.kill().await?;
        damage_log(world.browser.profile())?;
        world.browser.reopen().await?;
        // No page of the app, and one that is there with no network.
        world.open("/icons/icon.svg").await?;
        ensure!(Snapshot::there(&world.browser).await?.is_none(), "the browser has it still");
        // With no network: what was on this phone alone is here.
        is_here(world, 1).await?;
        ensure!(!world.browser.text().await?.contains(GONE), "what is here is said to be gone");
        world.open("/fill/peg").await?;
        world.browser.says("Question 2 of 3").await?;
        for number in [3, 4] {
            world.browser.rate(number).await?;
        }
        world.browser.says("checked by reading it back").await?;
        world.browser.done().await?;
        // Then it goes to the clinic, and what the clinic had comes back, without pairing anew.
        world.proxy.set(Weather::Clear);
        world.all_is_sent().await?;
        at_clinic(&reader, 3).await?;
        is_here(world, 3).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_deleted() -> Result<()> {
    promise("wiped_database", Engine::Chromium, 3, async |world| {
        let (patient, reader) = synced(world).await?;
        delete_both(world).await?;
        world.open("/").await?;
        world.browser.says(GONE).await?;
        world.browser.says("New here, or used Interlude before?").await?;
        comes_back(world, &patient).await?;
        at_clinic(&reader, 1).await
    })
    .await
}

/// Found days later: of which days nothing came back is said.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_lost_is_named_by_day() -> Result<()> {
    promise("wiped_days", Engine::Chromium, 3, async |world| {
        let (patient, _reader) = synced(world).await?;
        delete_both(world).await?;
        world.browser.later(Duration::from_hours(4 * 24)).await?;
        world.open("/").await?;
        world.browser.says(GONE).await?;
        connects_again(world, &patient).await?;
        let days = "const day = (back) => new Intl.DateTimeFormat('en-US',
                { day: 'numeric', month: 'long', year: 'numeric' }).format(Date.now() - 4 * 3600e3 - back * 864e5);
            return [day(4), day(3), day(1)]";
        let days = world.browser.ask(days).await?;
        let day = |n: usize| days.get(n).and_then(|day| day.as_str()).unwrap_or("?").to_owned();
        world.browser.says(&format!("What the clinic had is here, up to {}.", day(0))).await?;
        let none = format!("Nothing came back of the days from {} to {}.", day(1), day(2));
        world.browser.says(&none).await
    })
    .await
}

/// While the entries of months come down, a list at a time, none of them is said to be missing.
#[tokio::test(flavor = "multi_thread")]
async fn what_has_not_come_yet_is_not_lost() -> Result<()> {
    promise("wiped_not_yet", Engine::Chromium, 3, async |world| {
        let patient = world.clinic.demonstrate().await?;
        world.open(&format!("/#pair={}", world.code(&patient).await?)).await?;
        world.browser.press("button", "I am new here").await?;
        world.browser.says("What may be sent?").await?;
        let listen = "window.said = [];
            new MutationObserver(() => said.push(document.body.innerText))
                .observe(document.body, { subtree: true, childList: true, characterData: true })";
        world.browser.ask(listen).await?;
        world.browser.press("button", "Yes, send them").await?;
        world.browser.says("What the clinic had is here, up to").await?;
        let wrong = "return said.find((text) => text.includes('Nothing came back')) ?? null";
        let wrong = world.browser.ask(wrong).await?;
        ensure!(wrong.is_null(), "it was said of a diary that is whole: {wrong}");
        Ok(())
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
        delete_both(world).await?;
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
        let kinds = "indexeddb,local_storage,cache_storage,service_workers,file_systems,storage_buckets";
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
        // Yesterday.
        unsent(world).await?;
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
