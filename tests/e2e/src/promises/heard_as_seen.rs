//! Every screen by ear and by keyboard: what assistive technology is given is kept as text and compared, live
//! messages are said once they are true, and a whole day goes by keys alone.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use thirtyfour::Key;

use super::locked_and_never_lost::{give, go};
use crate::harness::wait::until;
use crate::harness::{Browser, Engine, World, promise};

const PAGES: [(&str, &str); 11] = [
    ("today", "/"),
    ("diary", "/diary"),
    ("trends", "/trends"),
    ("doctor", "/trends/doctor"),
    ("sync", "/sync"),
    ("settings", "/settings"),
    ("own", "/own"),
    ("help", "/help"),
    ("pair", "/pair"),
    ("move", "/move"),
    ("erase", "/erase"),
];
const CARD: &str = "Please call for help now";
const CODE: &str = "seven quiet boats";
const FORMS: [&str; 8] =
    ["daily-checkin", "sleep-times", "peg", "gad-7", "pgic", "side-effects", "infusion-session", "own-note"];
/// In Spanish, so that what is left in the other language is heard.
const IN_SPANISH: [(&str, &str); 5] = [
    ("today-es", "/"),
    ("fill-daily-checkin-es", "/fill/daily-checkin"),
    ("trends-es", "/trends"),
    ("settings-es", "/settings"),
    ("own-es", "/own"),
];

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("kept/ax/{name}.txt"))
}

/// What is heard on this screen once it has come to rest, against what was kept. `INTERLUDE_KEEP=yes` writes
/// it anew.
async fn compare(world: &World, name: &str, wrong: &mut Vec<String>) -> Result<()> {
    let file = kept(name);
    let keep = std::env::var("INTERLUDE_KEEP").as_deref() == Ok("yes");
    let wanted = std::fs::read_to_string(&file).unwrap_or_default();
    let mut heard = String::new();
    let rested = until("the screen as it was kept", async || {
        let now = world.browser.heard().await?;
        let rests = now == heard && !now.contains("Opening the questions");
        heard = now;
        Ok((heard == wanted || (keep && rests)).then_some(()))
    })
    .await;
    if keep {
        rested?;
        std::fs::create_dir_all(file.parent().context("no folder")?)?;
        std::fs::write(file, heard)?;
    } else if rested.is_err() {
        std::fs::write(world.folder.join(format!("{name}.txt")), &heard)?;
        wrong.push(name.to_owned());
    }
    Ok(())
}

async fn by_ear(world: &mut World) -> Result<()> {
    let mut wrong = Vec::new();
    // Whether the browser offers to install the app, and when, is its own business.
    let quiet = "addEventListener('beforeinstallprompt', (event) => event.stopImmediatePropagation())";
    let quiet = serde_json::json!({ "source": quiet });
    world.browser.cdp("Page.addScriptToEvaluateOnNewDocument", quiet).await?;
    world.open("/").await?;
    world.browser.says("New here, or used Interlude before?").await?;
    compare(world, "welcome", &mut wrong).await?;
    world.browser.is_new_here().await?;
    for (name, path) in PAGES {
        world.open(path).await?;
        world.browser.heading().await?;
        compare(world, name, &mut wrong).await?;
    }
    for form in FORMS {
        world.open(&format!("/fill/{form}")).await?;
        world.browser.heading().await?;
        compare(world, &format!("fill-{form}"), &mut wrong).await?;
    }
    later_screens(world, &mut wrong).await.context("later screens of forms")?;
    in_spanish(world, &mut wrong).await.context("in Spanish")?;
    at_the_door(world, &mut wrong).await.context("at the lock")?;
    ensure!(
        wrong.is_empty(),
        "heard otherwise than kept: {wrong:?}; what is heard is in {}",
        world.folder.display()
    );
    Ok(())
}

/// What is said when an answer is on disk, and at the end; a choice among answers, when it comes, when it was
/// answered, and when the form is opened again; one that is missing; whom to call after a sign of danger.
async fn later_screens(world: &World, wrong: &mut Vec<String>) -> Result<()> {
    let browser = &world.browser;
    world.open("/").await?;
    browser.begin_check_in().await?;
    browser.rate(7).await?;
    browser.says("7, kept on this phone").await?;
    compare(world, "fill-kept", wrong).await?;
    for (at, number) in (2..).zip([5, 4, 6, 3, 2, 5]) {
        browser.says(&format!("Question {at} of 7")).await?;
        browser.rate(number).await?;
    }
    browser.says("checked by reading it back").await?;
    compare(world, "fill-saved", wrong).await?;

    world.open("/fill/gad-7").await?;
    browser.says("Question 1 of 7").await?;
    browser.pick("Several days").await?;
    browser.says("kept on this phone").await?;
    compare(world, "fill-gad-7-second", wrong).await?;
    browser.turn_to("Back", 1).await?;
    compare(world, "fill-gad-7-answered", wrong).await?;
    world.open("/fill/gad-7").await?;
    browser.says("Question ").await?;
    compare(world, "fill-gad-7-again", wrong).await?;

    world.open("/fill/side-effects").await?;
    press_until(browser, "Next", "Please choose an answer to go on.").await?;
    compare(world, "fill-side-effects-missing", wrong).await?;
    let seen = "const { top, bottom } = document.querySelector('.q-error').getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight";
    until("what is wrong is in view", async || Ok((browser.ask(seen).await? == true).then_some(()))).await?;
    tick(browser, "Nausea").await?;
    press_until(browser, "Next", "Question 2 of").await?;
    compare(world, "fill-side-effects-how", wrong).await?;
    browser.turn_to("Back", 1).await?;
    tick(browser, "Chest pain").await?;
    browser.part("heading", CARD).await?;
    compare(world, "fill-card", wrong).await?;
    press_until(browser, "Go on with the questions", "Question 1 of").await?;
    until("the card is closed", async || Ok((!browser.has("heading", CARD).await?).then_some(()))).await
}

/// Ticks a box: a tap too soon after the question came is not taken. A sign of danger brings the card at once.
async fn tick(browser: &Browser, name: &str) -> Result<()> {
    until(&format!("{name} is ticked"), async || {
        if browser.has("heading", CARD).await? {
            return Ok(Some(()));
        }
        let Some(part) = browser.parts("checkbox", Some(name)).await?.into_iter().next() else {
            return Ok(None);
        };
        if part.element.is_selected().await? {
            return Ok(Some(()));
        }
        part.tap().await?;
        Ok(None)
    })
    .await
}

/// Presses a button until the page says this: a tap too soon after something new came is not taken.
async fn press_until(browser: &Browser, name: &str, says: &str) -> Result<()> {
    until(&format!("{name} leads to “{says}”"), async || {
        if browser.text().await?.contains(says) {
            return Ok(Some(()));
        }
        if let Some(part) = browser.parts("button", Some(name)).await?.into_iter().next() {
            part.tap().await?;
        }
        Ok(None)
    })
    .await
}

async fn in_spanish(world: &World, wrong: &mut Vec<String>) -> Result<()> {
    world.open("/settings").await?;
    world.browser.press("radio", "Español").await?;
    world.browser.part("heading", "Ajustes").await?;
    for (name, path) in IN_SPANISH {
        world.open(path).await?;
        world.browser.heading().await?;
        compare(world, name, wrong).await?;
    }
    world.open("/settings").await?;
    world.browser.press("radio", "English").await?;
    world.browser.part("heading", "Settings").await.map(drop)
}

/// The lock: as it comes, after a wrong code, and with all of it open.
async fn at_the_door(world: &World, wrong: &mut Vec<String>) -> Result<()> {
    let browser = &world.browser;
    world.set_code(CODE).await?;
    compare(world, "settings-locked", wrong).await?;
    browser.press("button", "Lock now").await?;
    browser.part("heading", "Interlude is locked").await?;
    compare(world, "lock", wrong).await?;
    give(browser, "another one").await?;
    browser.says("That was not the code").await?;
    compare(world, "lock-wrong", wrong).await?;
    browser.ask("for (const one of document.querySelectorAll('main details')) one.open = true").await?;
    compare(world, "lock-open", wrong).await?;
    give(browser, CODE).await?;
    browser.part("heading", "Settings").await?;
    go(browser, "/").await?;
    browser.part("heading", "Today").await.map(drop)
}

/// The name of what has the focus.
const FOCUSED: &str = "const one = document.activeElement;
    return [one.getAttribute('aria-label') || one.innerText.trim() || '', one.type || ''];";

async fn key(browser: &Browser, key: Key) -> Result<()> {
    Ok(browser.session().action_chain().send_keys(key).perform().await?)
}

/// Goes on with Tab until something called so, or of this type, has the focus.
async fn tab_to(browser: &Browser, name: &str, kind: &str) -> Result<()> {
    for _press in 0..60 {
        let focused = browser.ask(FOCUSED).await?;
        if (!name.is_empty() && focused[0] == name) || (!kind.is_empty() && focused[1] == kind) {
            return Ok(());
        }
        key(browser, Key::Tab).await?;
    }
    anyhow::bail!("no “{name}{kind}” within sixty presses")
}

/// Presses Enter there until the page says this: one too soon after something new came is not taken.
async fn enter_until(browser: &Browser, name: &str, says: &str) -> Result<()> {
    until(&format!("Enter on {name} leads to “{says}”"), async || {
        if browser.text().await?.contains(says) {
            return Ok(Some(()));
        }
        tab_to(browser, name, "").await?;
        key(browser, Key::Enter).await?;
        Ok(None)
    })
    .await
}

async fn by_keys(world: &mut World) -> Result<()> {
    world.open("/").await?;
    let browser = &world.browser;
    browser.says("New here, or used Interlude before?").await?;
    enter_until(browser, "I am new here", "Daily check-in").await?;
    enter_until(browser, "Begin", "Question 1 of 7").await?;
    for (at, number) in (1..).zip([7_u8, 5, 4, 6, 3, 2, 5]) {
        browser.says(&format!("Question {at} of 7")).await?;
        tab_to(browser, "", "radio").await?;
        // An arrow key chooses and never goes on; one too soon after a new question is not taken either.
        until(&format!("arrow keys choose {number}"), async || {
            if browser.rated(number).await.is_ok() {
                return Ok(Some(()));
            }
            key(browser, Key::Right).await?;
            Ok(None)
        })
        .await?;
        browser.says(&format!("Question {at} of 7")).await?;
        key(browser, Key::Enter).await?;
    }
    browser.says("checked by reading it back").await?;
    enter_until(browser, "Done", "Done at").await?;
    tab_to(browser, "Diary", "").await?;
    key(browser, Key::Enter).await?;
    browser.part("heading", "Diary").await?;
    browser.part("link", "Daily check-in…").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn heard_as_seen() -> Result<()> {
    promise("heard_as_seen", Engine::Chromium, 9, by_ear).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_by_keys_alone() -> Result<()> {
    promise("a_day_by_keys_alone", Engine::Chromium, 4, by_keys).await
}
