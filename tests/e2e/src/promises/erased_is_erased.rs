//! Erased is erased: on the phone, at the clinic, in its copies, and for every phone that still has it.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use super::corrected_offline_twice::correct;
use super::moved_by_a_file::{another_phone, connect, send};
use crate::harness::wait::until;
use crate::harness::{Browser, Engine, Reader, World, promise};

/// Words that stand nowhere else.
const CANARY: &str = "zwölf quirlige Dachse";

/// Every file below a folder that holds these words, as UTF-8 or as UTF-16 of either order. SQLite and
/// `LevelDB` files are read as they lie, free pages and all.
fn holding(folder: &Path, words: &str) -> Result<Vec<String>> {
    let (mut little, mut big) = (Vec::new(), Vec::new());
    for unit in words.encode_utf16() {
        little.extend(unit.to_le_bytes());
        big.extend(unit.to_be_bytes());
    }
    let needles = [words.as_bytes().to_vec(), little, big];
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = std::fs::read(&path) {
                // What is no file to read (a socket, a lock that points nowhere) holds nothing.
                let here = |needle: &Vec<u8>| bytes.windows(needle.len()).any(|window| window == needle);
                if needles.iter().any(here) {
                    found.push(path.display().to_string());
                }
            }
        }
    }
    Ok(found)
}

/// What the browser keeps for the app: databases, caches, storage, workers.
const KEPT: &str = "const names = (await indexedDB.databases()).map((one) => one.name);
    return [names, await caches.keys(), localStorage.length, sessionStorage.length,
            (await navigator.serviceWorker.getRegistrations()).length]";

async fn answered_with_words(world: &World) -> Result<()> {
    world.open("/").await?;
    world.browser.begin_check_in().await?;
    world.browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
    world.browser.done().await?;
    correct(&world.browser, 9, CANARY).await
}

/// An old phone still has it, and may keep it; but nothing of it goes up any more.
async fn brings_nothing_back(world: &World, old: &Browser) -> Result<()> {
    let sync = format!("{}/sync", world.proxy.url());
    old.open(&sync).await?;
    old.press("button", "Send now").await?;
    old.says("This diary was erased at the clinic").await?;
    correct(old, 2, "once more").await?;
    old.open(&sync).await?;
    old.says("This diary was erased at the clinic").await?;
    let again = world.patient("QZ").await?;
    old.open("about:blank").await?;
    old.open(&format!("{}/#pair={}", world.proxy.url(), world.code(&again).await?)).await?;
    old.says("This diary is another patient's").await?;
    let reader = Reader::of(world, &again).await?;
    ensure!(reader.all("QuestionnaireResponse").await?.is_empty(), "erased data came back");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn erased_is_erased() -> Result<()> {
    promise("erased_is_erased", Engine::Chromium, 8, async |world| {
        let patient = world.patient("QZ").await?;
        world.pair(&world.code(&patient).await?).await?;
        world.browser.ready_for_offline().await?;
        let mut old = another_phone(world, "old-phone").await?;
        old.is_new_here().await?;
        connect(world, &old, &patient).await?;
        answered_with_words(world).await?;
        send(world, &world.browser).await?;
        send(world, &old).await?;
        old.open(&format!("{}/diary", world.proxy.url())).await?;
        old.says("Daily check-in").await?;
        ensure!(
            !holding(world.clinic.data(), CANARY)?.is_empty(),
            "the canary must be seen while it is there"
        );
        let copy = world.folder.join("copy.sqlite");
        std::fs::remove_file(&copy).unwrap_or_default();
        let copied = copy.to_str().context("a plain path")?;
        world.clinic.command(&["backup", copied]).await?;

        world.open("/erase").await?;
        world.browser.press("button", "Go on").await?;
        world.browser.says("Please choose what happens at the clinic").await?;
        world.browser.press("radio", "The clinic erases it too").await?;
        world.browser.press("button", "Go on").await?;
        world.browser.press("button", "Erase for good").await?;
        world.browser.says("Everything is erased").await?;
        world.browser.says("The clinic erased what it had").await?;
        let kept = world.browser.ask(KEPT).await?;
        ensure!(kept == serde_json::json!([[], [], 0, 0, 0]), "left: {kept}");
        ensure!(world.browser.session().get_all_cookies().await?.is_empty(), "a cookie is left");
        let left = holding(world.clinic.data(), CANARY)?;
        ensure!(left.is_empty(), "the clinic still has it in {left:?}");

        brings_nothing_back(world, &old).await?;

        // Nor does a copy that was made before bring it back.
        world.clinic.kill().await?;
        world.clinic.command(&["restore", copied]).await?;
        let left = holding(world.clinic.data(), CANARY)?;
        ensure!(left.is_empty(), "the restored store has it in {left:?}");
        old.quit().await?;

        let profile = world.browser.profile().to_owned();
        world.browser.quit().await?;
        let left = until("the browser has written its files", async || Ok(Some(holding(&profile, CANARY)?)));
        let left = left.await?;
        ensure!(left.is_empty(), "the profile still has it in {left:?}");
        world.clinic.come_back().await?;
        world.browser.reopen().await?;
        world.open("/").await?;
        world.browser.says("New here, or used Interlude before?").await?;
        ensure!(
            !world.browser.text().await?.contains("This browser held a diary before"),
            "it remembers a diary"
        );
        Ok(())
    })
    .await
}
