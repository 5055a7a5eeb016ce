//! A red-flag card that is open stays open on the lock screen, with its numbers to call, beside Help and how
//! many entries wait; a code that is wrong, a kill and no network change nothing of it.

use anyhow::{Context as _, Result, ensure};

use super::locked_and_never_lost::{give, go};
use crate::harness::wait::until;
use crate::harness::{Browser, Engine, Weather, World, promise};

const CODE: &str = "seven quiet boats";
const LOCKED: &str = "Interlude is locked";
const TITLE: &str = "Please call for help now";

/// Ticks a sign that calls; the card comes.
async fn the_card_comes(browser: &Browser) -> Result<()> {
    go(browser, "/fill/side-effects").await?;
    // A tap too soon after the question came is not taken, as anywhere in a form.
    until("the card is there", async || {
        if browser.has("heading", TITLE).await? {
            return Ok(Some(()));
        }
        let pain = browser.part("checkbox", "Chest pain").await?;
        if !pain.element.is_selected().await? {
            pain.tap().await?;
        }
        Ok(None)
    })
    .await
}

/// How many bytes the lock screen's own row has on disk: more with a card.
async fn kept_for_the_lock(browser: &Browser) -> Result<u64> {
    let script = "const done = (asked) => new Promise((ok, no) => {
            asked.onsuccess = () => ok(asked.result);
            asked.onerror = () => no(asked.error);
        });
        const db = await done(indexedDB.open('interlude'));
        const row = await done(db.transaction('keys').objectStore('keys').get('porch'));
        db.close();
        return row?.sealed?.byteLength ?? 0";
    browser.ask(script).await?.as_u64().context("no length")
}

/// Numbers to call that can be seen and touched, with nothing opened first.
async fn dials(browser: &Browser) -> Result<u64> {
    let seen = "return [...document.querySelectorAll('main a[href^=\"tel:\"]')]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height >= 48).length";
    browser.ask(seen).await?.as_u64().context("no number")
}

async fn the_door_shows_it_all(browser: &Browser) -> Result<()> {
    browser.part("heading", LOCKED).await?;
    browser.part("heading", TITLE).await?;
    browser.says("1 entry waits to be sent").await?;
    let on_card = dials(browser).await?;
    ensure!(on_card > 0, "the card has no number to call");
    browser.press("button", "I need help now").await?;
    until("Help has its own numbers", async || Ok((dials(browser).await? > on_card).then_some(()))).await
}

async fn help_behind_the_lock(world: &mut World) -> Result<()> {
    let patient = world.patient("MR").await?;
    world.pair(&world.code(&patient).await?).await?;
    world.all_is_sent().await?;
    world.browser.ready_for_offline().await?;
    world.set_code(CODE).await?;
    world.proxy.set(Weather::Cut);
    let browser = &world.browser;
    go(browser, "/").await?;
    browser.begin_check_in().await?;
    browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
    browser.done().await?;
    let bare = kept_for_the_lock(browser).await?;
    the_card_comes(browser).await?;
    // It is on the screen at once, and on disk as soon as that can be.
    until("the card is kept for the lock screen", async || {
        Ok((kept_for_the_lock(browser).await? > bare).then_some(()))
    })
    .await?;
    // Every start locks.
    world.open("/").await?;
    the_door_shows_it_all(browser).await?;
    give(browser, "another one").await?;
    browser.says("That was not the code").await?;
    browser.part("heading", TITLE).await?;

    world.browser.kill().await?;
    world.browser.reopen().await?;
    world.open("/diary").await?;
    let browser = &world.browser;
    the_door_shows_it_all(browser).await?;
    ensure!(!browser.has("heading", "Diary").await?, "a page is open behind the lock");

    // Behind the door it is as it was, and is closed there alone.
    give(browser, CODE).await?;
    browser.part("heading", TITLE).await?;
    browser.press("button", "Go on with the questions").await?;
    go(browser, "/fill/side-effects").await?;
    ensure!(browser.part("checkbox", "Chest pain").await?.element.is_selected().await?, "the answer is gone");
    world.open("/").await?;
    browser.part("heading", LOCKED).await?;
    browser.says("1 entry waits to be sent").await?;
    ensure!(!browser.has("heading", TITLE).await?, "a card that was closed is back");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn help_behind_the_lock_in_chromium() -> Result<()> {
    promise("help_behind_the_lock", Engine::Chromium, 5, help_behind_the_lock).await
}
