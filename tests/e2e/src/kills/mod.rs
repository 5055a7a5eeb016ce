//! The whole browser is killed, at moments of chance, while a person answers and the phone sends.
//!
//! A life: the browser is started on the profile that the one before left, the store is read by
//! somebody else's eyes ([`store`]) and held against what the light had said, and the person goes on
//! until SIGKILL. After the last, everything is sent and the clinic must hold exactly what was
//! confirmed. One seed decides the answers, the weather and the moments.

pub mod memory;
pub mod store;
pub mod toll;

use std::time::Duration;

use anyhow::{Context as _, Result};
use interlude_testkit::Chance;
use serde_json::json;

use crate::harness::filler::HURRY;
use crate::harness::wait::until;
use crate::harness::{Reader, Weather, World};
use memory::Memory;
use store::Snapshot;
use toll::{Harm, Toll};

/// The longest life, from the first page on.
const LIFE_MS: u64 = 2_200;
const FORM: &str = "/fill/peg";

/// Lives through so many kills. The world is new.
///
/// # Errors
/// When the harness fails. What the app does wrong is in the toll.
pub async fn lived(world: &mut World, kills: u64, seed: u64) -> Result<Toll> {
    let patient = world.patient("MR").await?;
    world.pair(&world.code(&patient).await?).await?;
    let reader = Reader::of(world, &patient).await?;
    world.open("/").await?;
    world.browser.ready_for_offline().await?;
    world.proxy.forget();
    let (mut toll, mut memory, mut chance) = (Toll::default(), Memory::new(seed), Chance::new(seed));
    for life in 1..=kills {
        toll.faults += usize::from(weather(world, &mut chance));
        let left = Duration::from_millis(chance.below(LIFE_MS));
        if let Ok(outcome) = tokio::time::timeout(left, answers(world, &mut memory)).await {
            outcome.with_context(|| format!("seed {seed}, life {life}"))?;
        }
        world.browser.kill().await?;
        toll.kills += 1;
        reopened(world, &mut memory, &mut toll)
            .await
            .with_context(|| format!("seed {seed}, after kill {life}"))?;
    }
    world.proxy.set(Weather::Clear);
    ended(world, &reader, &memory, &mut toll).await?;
    Ok(toll)
}

/// The network of the next life; whether anything is wrong with it.
fn weather(world: &World, chance: &mut Chance) -> bool {
    let (weather, swallow) = match chance.below(10) {
        0..5 => (Weather::Clear, false),
        5..7 => (Weather::Clear, true),
        7..9 => (Weather::Slow(Duration::from_millis(50 + chance.below(400))), false),
        _ => (Weather::Cut, false),
    };
    world.proxy.set(weather);
    if swallow {
        world.proxy.swallow_reply_to("POST /fhir");
    }
    swallow || weather != Weather::Clear
}

/// The browser is started again. Whatever the store holds now was written before the kill: the page
/// that reads it is no page of the app.
async fn reopened(world: &mut World, memory: &mut Memory, toll: &mut Toll) -> Result<()> {
    world.browser.reopen().await?;
    world.proxy.set(Weather::Clear);
    world.open("/precache.json").await?;
    match Snapshot::of(&world.browser).await {
        Ok(found) => memory.judge(&found, toll),
        Err(why) => toll.law(Harm::Stuck, false, || format!("{why:#}")),
    }
    Ok(())
}

/// The person answers the form again and again, until there is no more time.
async fn answers(world: &World, memory: &mut Memory) -> Result<()> {
    let browser = &world.browser;
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": HURRY })).await?;
    loop {
        world.open(FORM).await?;
        let numbers = memory.numbers();
        loop {
            let place = until("a question", async || {
                Ok(Some(browser.place().await?).filter(|place| place.contains("Question ")))
            });
            let place = place.await?;
            let Some(at) = (0..3).find(|at| place.contains(&format!("Question {} of 3", at + 1))) else {
                continue;
            };
            let Some(number) = numbers.get(at).copied() else { continue };
            // Where it was kept and the step to the next question was not, that step is enough.
            match (at < memory.answered(), at == 2) {
                (true, false) => {
                    browser.turn_to("Next", at + 2).await?;
                    continue;
                }
                (true, true) => browser.press("button", "Next").await?,
                (false, _) => browser.rate(number).await?,
            }
            if at == 2 {
                break;
            }
            browser.says(&format!("{number}, kept on this phone")).await?;
            memory.saw_answer(at + 1);
        }
        browser.says("checked by reading it back").await?;
        memory.saw_entry();
        browser.done().await?;
    }
}

/// Everything is sent; then phone and clinic must agree with what was confirmed.
async fn ended(world: &World, reader: &Reader, memory: &Memory, toll: &mut Toll) -> Result<()> {
    world.open("/sync").await?;
    let sent = until("everything is sent", async || {
        if world.browser.text().await?.contains("Nothing waits") {
            return Ok(Some(()));
        }
        if let Some(part) = world.browser.parts("button", Some("Send now")).await?.into_iter().next() {
            part.touch.click().await?;
        }
        Ok(None)
    })
    .await;
    toll.law(Harm::Stuck, sent.is_ok(), || "something waits for ever".to_owned());
    let found = Snapshot::of(&world.browser).await?;
    toll.law(Harm::Stuck, found.waiting == 0 && found.parked == 0, || {
        format!("{} wait and {} are put aside", found.waiting, found.parked)
    });
    let held = reader.all("QuestionnaireResponse").await?;
    for response in &held {
        let versions = reader.versions(response).await?.len();
        toll.law(Harm::Doubled, versions == 1, || format!("{versions} versions of one entry"));
    }
    memory.judge_clinic(&found, &held, toll);
    toll.revisions = found.entries.len();
    toll.requests = world.proxy.requests().len();
    toll.confirmed = memory.confirmed();
    Ok(())
}
