//! A call-now answer shows whom to call at once, with no network; it goes first, and the clinic has it
//! on its list until somebody acknowledges it.

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::harness::wait::until;
use crate::harness::{Engine, Reader, Weather, World, promise};

/// DESIGN section 9, in milliseconds.
const AT_ONCE_MS: f64 = 200.0;

/// Notes how long after a tap the card is painted.
const CARD: &str = "window.card = null; let at = null;
    addEventListener('click', (event) => { if (event.isTrusted) at = event.timeStamp }, true);
    new MutationObserver(() => {
        if (at === null || window.card !== null || !document.querySelector('.flag')) return;
        window.card = 0;
        requestAnimationFrame(() => { const later = new MessageChannel();
            later.port1.onmessage = () => { window.card = performance.now() - at }; later.port2.postMessage(0) });
    }).observe(document.body, { subtree: true, childList: true });";

const TITLE: &str = "Please call for help now";

async fn red_flag_calls_now(world: &mut World) -> Result<()> {
    let patient = world.patient("MR").await?;
    world.pair(&world.code(&patient).await?).await?;
    let reader = Reader::of(world, &patient).await?;
    world.all_is_sent().await?;
    world.browser.ready_for_offline().await?;
    world.open("/").await?;
    world.proxy.set(Weather::Cut);
    world.browser.begin_check_in().await?;
    world.browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
    world.browser.done().await?;

    the_card_comes(world, TITLE).await?;
    // It stays until it is closed, and keeps nothing else from going.
    world.open("/").await?;
    world.browser.part("heading", TITLE).await?;
    world.proxy.set(Weather::Clear);
    until("what waited is sent behind the card", async || {
        Ok((reader.all("QuestionnaireResponse").await?.len() == 1).then_some(()))
    })
    .await?;
    ensure!(world.browser.has("heading", TITLE).await?, "the card closed by itself");
    world.browser.press("button", "Go on with the questions").await?;

    the_flag_goes_first(world, &patient, &reader).await
}

/// Ticks the sign that calls, and times the card.
pub(super) async fn the_card_comes(world: &World, title: &str) -> Result<()> {
    world.open("/fill/side-effects").await?;
    world.browser.part("checkbox", "Chest pain").await?;
    world.browser.ask(CARD).await?;
    // A tap too soon after the question came is not taken, as anywhere in a form.
    until("the card is there", async || {
        if world.browser.has("heading", title).await? {
            return Ok(Some(()));
        }
        let pain = world.browser.part("checkbox", "Chest pain").await?;
        if !pain.element.is_selected().await? {
            pain.tap().await?;
        }
        Ok(None)
    })
    .await?;
    let after = until("the card is painted", async || {
        Ok(world.browser.ask("return window.card").await?.as_f64().filter(|ms| *ms > 0.0))
    });
    let after = after.await?;
    ensure!(after <= AT_ONCE_MS, "the card was painted {after} ms after the tap");
    let dials =
        world.browser.ask("return document.querySelectorAll('main a[href^=\"tel:\"]').length").await?;
    ensure!(dials.as_u64() > Some(0), "the card has no number to call");
    Ok(())
}

/// What is recorded before the flagged answers goes after them; the clinic lists them until told.
async fn the_flag_goes_first(world: &World, patient: &str, reader: &Reader) -> Result<()> {
    world.proxy.set(Weather::Cut);
    let yesterday = "const here = new Date(Date.now() - 28 * 3600e3);
        return Math.floor(Date.UTC(here.getFullYear(), here.getMonth(), here.getDate()) / 864e5)";
    let yesterday = world.browser.ask(yesterday).await?.as_i64().context("no day")?;
    world.open(&format!("/fill/daily-checkin/for/0/daily/{yesterday}/day")).await?;
    world.browser.check_in([7, 5, 6, 3, 2, 5]).await?;
    world.browser.done().await?;
    world.open("/fill/side-effects").await?;
    world.browser.complete().await?;
    world.browser.says("checked by reading it back").await?;
    world.proxy.set(Weather::Clear);
    let flagged = until("the clinic lists the flag", async || {
        let said = world.clinic.command(&["flags"]).await?;
        Ok(said.lines().next().map(str::to_owned))
    });
    let flagged = flagged.await?;
    ensure!(flagged.contains(patient), "whose? {flagged}");
    let held = until("all is sent", async || {
        Ok(Some(reader.all("QuestionnaireResponse").await?).filter(|held| held.len() == 3))
    });
    let mut held = held.await?;
    held.sort_by_key(version);
    let order: Vec<&str> = held.iter().filter_map(|one| one["questionnaire"].as_str()).collect();
    ensure!(order.get(1).is_some_and(|form| form.contains("side-effects")), "{order:?}");

    let number = flagged.split_whitespace().next().context("no number")?;
    world.clinic.command(&["flags", "--ack", number]).await?;
    let left = world.clinic.command(&["flags"]).await?;
    ensure!(left.trim().is_empty(), "acknowledged, and still listed: {left}");
    Ok(())
}

/// The number in a version id of the clinic's.
fn version(resource: &Value) -> u64 {
    let id = resource["meta"]["versionId"].as_str().unwrap_or_default();
    id.rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn red_flag_calls_now_in_chromium() -> Result<()> {
    promise("red_flag_calls_now", Engine::Chromium, 4, red_flag_calls_now).await
}
