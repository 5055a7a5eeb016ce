//! A code locks the diary; a wrong one costs time and nothing else. Draft and outbox outlive the lock,
//! also in flight mode, and a forgotten code costs no more than is named first.

use anyhow::{Context as _, Result, ensure};
use serde_json::json;

use crate::harness::wait::until;
use crate::harness::{Browser, Engine, Reader, Weather, World, promise};

const CODE: &str = "seven quiet boats";
const LOCKED: &str = "Interlude is locked";

/// Gives a code at the door.
pub(super) async fn give(browser: &Browser, code: &str) -> Result<()> {
    browser.part("heading", LOCKED).await?;
    until("a code is taken", async || Ok((!browser.text().await?.contains("can be tried in")).then_some(())))
        .await?;
    browser.write("password", "Your code", code).await?;
    browser.press("button", "Open").await
}

/// Goes to a page as a link of the app does: loading it anew would lock.
pub(super) async fn go(browser: &Browser, path: &str) -> Result<()> {
    let go = format!("history.pushState(null, '', '{path}'); dispatchEvent(new PopStateEvent('popstate'))");
    browser.ask(&go).await.map(drop)
}

async fn locked_and_never_lost(world: &mut World) -> Result<()> {
    let patient = world.patient("MR").await?;
    world.pair(&world.code(&patient).await?).await?;
    let reader = Reader::of(world, &patient).await?;
    world.all_is_sent().await?;
    world.browser.ready_for_offline().await?;
    world.set_code(CODE).await?;

    // In flight mode an entry waits, and a form is begun.
    let browser = &world.browser;
    world.proxy.set(Weather::Cut);
    go(browser, "/").await?;
    browser.begin_check_in().await?;
    browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
    browser.done().await?;
    go(browser, "/fill/peg").await?;
    browser.rate(6).await?;
    browser.says("6, kept on this phone").await?;
    go(browser, "/settings").await?;
    browser.press("button", "Lock now").await?;

    the_door_tells_and_keeps(world).await?;
    world.browser.quit().await?;
    world.browser.reopen().await?;
    world.open("/fill/peg").await?;
    let browser = &world.browser;
    give(browser, CODE).await?;
    browser.says("Before this: 6").await?;
    go(browser, "/sync").await?;
    browser.says("1 entry waits").await?;
    ensure!(reader.all("QuestionnaireResponse").await?.is_empty(), "sent in flight mode");
    world.proxy.set(Weather::Clear);
    browser.press("button", "Send now").await?;
    until("what waited is sent once the diary is open", async || {
        Ok((reader.all("QuestionnaireResponse").await?.len() == 1).then_some(()))
    })
    .await
}

/// The lock screen, offline: whom to call, what waits, and wrong codes that are slower and slower.
async fn the_door_tells_and_keeps(world: &World) -> Result<()> {
    let browser = &world.browser;
    browser.part("heading", LOCKED).await?;
    browser.says("1 entry waits to be sent").await?;
    world.open("/diary").await?;
    browser.part("heading", LOCKED).await?;
    ensure!(!browser.has("heading", "Diary").await?, "a page is open behind the lock");
    browser.press("button", "I need help now").await?;
    let dials = browser.ask("return document.querySelectorAll('main a[href^=\"tel:\"]').length").await?;
    ensure!(dials.as_u64() > Some(0), "the lock screen has no number to call");
    for n in 0..6 {
        give(browser, &format!("wrong {n}")).await?;
        browser.says(if n < 3 { "That was not the code" } else { "can be tried in" }).await?;
    }
    // A page that was loaded anew waits as long.
    world.open("/").await?;
    browser.says("can be tried in").await?;
    let open = browser.part("button", "Open").await?;
    ensure!(!open.element.is_enabled().await?, "a code is taken before its time");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn locked_and_never_lost_in_chromium() -> Result<()> {
    promise("locked_and_never_lost", Engine::Chromium, 5, locked_and_never_lost).await
}

#[tokio::test(flavor = "multi_thread")]
async fn locked_and_never_lost_in_firefox() -> Result<()> {
    promise("locked_and_never_lost", Engine::Firefox, 5, locked_and_never_lost).await
}

/// The page's clock, and its being in sight, as a test wants them.
const AWAY: &str = "const Real = Date; window.skew = 0;
    window.Date = class extends Real {
        constructor(...from) { if (from.length) super(...from); else super(Real.now() + window.skew); }
        static now() { return Real.now() + window.skew; }
    };
    window.sight = (hidden) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
    };";

async fn away(browser: &Browser, minutes: i64) -> Result<()> {
    browser.ask("sight(true)").await?;
    let veiled = browser.ask("return getComputedStyle(document.getElementById('app')).visibility").await?;
    ensure!(veiled == "hidden", "what is out of sight is not veiled");
    browser.ask(&format!("skew += {minutes} * 60000; sight(false)")).await.map(drop)
}

async fn locked_by_time(world: &mut World) -> Result<()> {
    world.open("/").await?;
    world.browser.is_new_here().await?;
    world.set_code(CODE).await?;
    let browser = &world.browser;
    browser.ask(AWAY).await?;
    away(browser, 4).await?;
    browser.press("radio", "15 minutes").await?;
    away(browser, 14).await?;
    browser.press("radio", "1 minute").await?;
    browser.part("heading", "Settings").await?;
    away(browser, 1).await?;
    give(browser, CODE).await?;
    browser.part("heading", "Settings").await?;
    // The clock set back while away: nobody knows how long it was.
    browser.ask(AWAY).await?;
    away(browser, -600).await?;
    give(browser, CODE).await?;
    browser.part("heading", "Settings").await?;

    // Locking by hand locks every tab.
    let session = browser.session();
    let first = session.window().await?;
    let second = session.new_tab().await?;
    session.switch_to_window(second.clone()).await?;
    world.open("/settings").await?;
    give(browser, CODE).await?;
    browser.press("button", "Lock now").await?;
    browser.part("heading", LOCKED).await?;
    session.switch_to_window(first).await?;
    browser.part("heading", LOCKED).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn locked_by_the_time_away_in_every_tab() -> Result<()> {
    promise("locked_by_time", Engine::Chromium, 4, locked_by_time).await
}

async fn forgotten(world: &mut World) -> Result<()> {
    let patient = world.patient("MR").await?;
    world.pair(&world.code(&patient).await?).await?;
    world.open("/").await?;
    let browser = &world.browser;
    browser.begin_check_in().await?;
    browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
    browser.done().await?;
    world.all_is_sent().await?;
    world.browser.ready_for_offline().await?;
    world.set_code(CODE).await?;
    world.proxy.set(Weather::Cut);
    go(browser, "/fill/peg").await?;
    for number in [6, 5, 4] {
        browser.rate(number).await?;
    }
    browser.done().await?;
    let today = "return new Date().toLocaleDateString('en-US', { day: 'numeric', month: 'long' })";
    let today = browser.ask(today).await?.as_str().context("no date")?.to_owned();

    // It is named what would be lost, and it is still there afterwards.
    for _twice in 0..2 {
        world.open("/").await?;
        browser.press("button", "I have forgotten my code").await?;
        browser.says("1 entry is on this phone alone and would be lost").await?;
        browser.says("Entered on ").await?;
        browser.says(&today).await?;
        browser.says("at the clinic").await?;
        browser.press("button", "Discard this diary and begin anew").await?;
        browser.says("This cannot be undone").await?;
        browser.press("button", "Keep it locked").await?;
    }
    browser.press("button", "Discard this diary and begin anew").await?;
    browser.press("button", "Discard it now").await?;
    browser.says("New here, or used Interlude before?").await?;

    world.proxy.set(Weather::Clear);
    world.pair(&world.code(&patient).await?).await?;
    world.all_is_sent().await?;
    world.open("/diary").await?;
    browser.says("Daily check-in").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_code_costs_no_more_than_is_named() -> Result<()> {
    promise("forgotten_code", Engine::Chromium, 4, forgotten).await
}

/// Where passkeys are: an address that is a name.
fn named(world: &World) -> String {
    world.proxy.url().replace("127.0.0.1", "localhost")
}

async fn passkey(world: &mut World) -> Result<()> {
    let browser = &world.browser;
    let authenticator = json!({ "options": {
        "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": true,
        "hasUserVerification": true, "isUserVerified": true, "automaticPresenceSimulation": true, "hasPrf": true,
    }});
    browser.cdp("WebAuthn.enable", json!({})).await?;
    let there = browser.cdp("WebAuthn.addVirtualAuthenticator", authenticator).await?;
    browser.open(&named(world)).await?;
    browser.is_new_here().await?;
    go(browser, "/settings").await?;
    browser.write("password", "New code", CODE).await?;
    browser.write("password", "New code once more", CODE).await?;
    browser.press("button", "Set the code").await?;
    browser.says("The code is set").await?;
    browser.press("button", "Change or remove the code").await?;
    browser.write("password", "Present code", "another").await?;
    browser.press("button", "Add a passkey").await?;
    browser.says("The present code is another one").await?;
    browser.write("password", "Present code", CODE).await?;
    browser.press("button", "Add a passkey").await?;
    browser.says("The passkey opens the diary too").await?;
    browser.press("button", "Lock now").await?;
    browser.part("heading", LOCKED).await?;
    browser.press("button", "Open with the passkey").await?;
    browser.part("heading", "Settings").await?;

    // Without it the code is enough.
    browser.press("button", "Lock now").await?;
    browser.part("heading", LOCKED).await?;
    let gone = json!({ "authenticatorId": there["authenticatorId"] });
    browser.cdp("WebAuthn.removeVirtualAuthenticator", gone).await?;
    give(browser, CODE).await?;
    browser.part("heading", "Settings").await?;
    browser.press("button", "Change or remove the code").await?;
    browser.press("button", "Remove the passkey").await?;
    browser.says("The passkey does not open the diary any more").await?;
    browser.press("button", "Lock now").await?;
    browser.part("heading", LOCKED).await?;
    ensure!(!browser.has("button", "Open with the passkey").await?, "a passkey that was removed is offered");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_opens_the_lock_beside_the_code() -> Result<()> {
    promise("passkey", Engine::Chromium, 3, passkey).await
}
