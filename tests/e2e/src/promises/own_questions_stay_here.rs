//! What a person asks themselves is theirs: it leaves the phone only by its kind, from the moment they say so,
//! and it is on the doctor's sheet only if they let it.

use anyhow::{Result, ensure};
use serde_json::Value;

use super::moved_by_a_file::send;
use crate::harness::wait::until;
use crate::harness::{Browser, Engine, Reader, World, promise};

const EARS: &str = "Ringing in my ears";
const PILL: &str = "Paracetamol 1 g";

async fn add(browser: &Browser, words: &str, how: &str) -> Result<()> {
    browser.press("radio", how).await?;
    browser.write("textbox", "Your words", words).await?;
    browser.press("button", "Add").await?;
    browser.says(&format!("Added: {words}")).await
}

/// Answers both lines from Today.
async fn answer(world: &World, way: &str, number: u8) -> Result<()> {
    let browser = &world.browser;
    world.open("/").await?;
    browser.press("link", &format!("{way}: Your own questions")).await?;
    browser.says("Question 1 of 2").await?;
    browser.says(EARS).await?;
    browser.rate(number).await?;
    browser.says(&format!("{PILL}: taken?")).await?;
    browser.pick("Yes").await?;
    browser.says("checked by reading it back").await
}

/// What the clinic has of a form.
async fn held(reader: &Reader, form: &str) -> Result<Vec<Value>> {
    let mut all = reader.all("QuestionnaireResponse").await?;
    all.retain(|one| one["questionnaire"].as_str().is_some_and(|of| of.contains(form)));
    Ok(all)
}

async fn own(world: &mut World) -> Result<()> {
    let patient = world.patient("MR").await?;
    world.pair(&world.code(&patient).await?).await?;
    world.all_is_sent().await?;
    let reader = Reader::of(world, &patient).await?;
    let browser = &world.browser;
    world.open("/").await?;
    browser.press("link", "Add or change: Your own questions").await?;
    browser.says("You have not added any yet").await?;
    browser.press("button", "Add").await?;
    browser.says("Please write what is to be asked").await?;
    add(browser, EARS, "0 to 10").await?;
    add(browser, PILL, "A medicine: taken or not").await?;

    answer(world, "Begin", 7).await?;
    browser.says("it stays on this phone").await?;
    browser.done().await?;
    browser.press("link", "Write: A note").await?;
    browser.says("What do you want to write down?").await?;
    browser.write("textbox", "What do you want to write down?", "the neighbour's dog").await?;
    until("the note is saved", async || {
        if browser.text().await?.contains("checked by reading it back") {
            return Ok(Some(()));
        }
        if let Some(next) = browser.parts("button", Some("Next")).await?.into_iter().next() {
            next.tap().await?;
        }
        Ok(None)
    })
    .await?;
    browser.done().await?;
    send(world, browser).await?;
    ensure!(reader.all("QuestionnaireResponse").await?.is_empty(), "it left the phone unasked");

    // From now on answers are sent; the note is not, nor what was answered before.
    world.open("/own").await?;
    browser.press("switch", "Send answers to my own questions…").await?;
    browser.says("On: what you write from now on is sent").await?;
    answer(world, "Report", 3).await?;
    browser.done().await?;
    send(world, browser).await?;
    let sent = until("the clinic has it", async || {
        Ok(Some(held(&reader, "own-lines").await?).filter(|all| !all.is_empty()))
    });
    let sent = sent.await?;
    ensure!(sent.len() == 1 && sent[0].to_string().contains("\"valueInteger\":3"), "{sent:?}");
    ensure!(held(&reader, "own-note").await?.is_empty(), "the note left too");
    ensure!(reader.all("Observation").await?.is_empty(), "it became a score");

    world.open("/diary").await?;
    browser.says("Your own questions").await?;
    browser.says("A note").await?;
    world.open("/trends/doctor").await?;
    browser.says("Diary between ketamine infusions").await?;
    ensure!(!browser.text().await?.contains(EARS), "it is on the sheet unasked");
    browser.ask("document.querySelector('details.card').open = true").await?;
    browser.press("switch", "Your own questions…").await?;
    browser.says(&format!("{EARS}: answered 2 times, 3 to 7 of 10")).await?;
    browser.says(&format!("{PILL}: taken?: answered 2 times, yes 2 times")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn own_questions_stay_here_in_chromium() -> Result<()> {
    promise("own_questions_stay_here", Engine::Chromium, 4, own).await
}

#[tokio::test(flavor = "multi_thread")]
async fn own_questions_stay_here_in_webkit() -> Result<()> {
    promise("own_questions_stay_here", Engine::WebKit, 4, own).await
}
