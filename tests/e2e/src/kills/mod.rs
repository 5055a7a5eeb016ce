//! The whole browser is killed, at moments of chance, while a person answers and the phone sends.
//!
//! A life: the browser is started on the profile that the one before left, the store is read by
//! somebody else's eyes ([`store`]) and held against what the light had said, and the person goes on
//! until SIGKILL. After the last, everything is sent and the clinic must hold exactly what was
//! confirmed. One seed decides the answers, the weather and the moments.

pub mod memory;
pub mod store;
pub mod toll;

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use interlude_testkit::Chance;

use crate::harness::filler::HURRY;
use crate::harness::wait::until;
use crate::harness::{Engine, Reader, Weather, World, place};
use memory::Memory;
use store::Snapshot;
use toll::{Harm, Toll};

/// The longest life, in milliseconds: of one in four from the start of its first page on, of the others from
/// its first question on, since a slow machine must not spend all of them on starting.
const LIFE_MS: u64 = 2_200;
/// In so many lives at least one form must be finished; else nothing was tried.
const BARREN: u64 = 25;
const FORM: &str = "/fill/peg";

/// Lives through so many kills. The world is new.
///
/// After `thrown_away` of a hundred of them Chromium's store is thrown away, as Chromium does with one that it
/// cannot read: by itself it does so once in some hundred kills.
///
/// # Errors
/// When the harness fails. What the app does wrong is in the toll.
pub async fn lived(world: &mut World, kills: u64, seed: u64, thrown_away: u64) -> Result<Toll> {
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
        if !chance.one_in_hundred(25) {
            asked(world).await?;
        }
        if let Ok(outcome) = tokio::time::timeout(left, answers(world, &mut memory)).await {
            outcome.with_context(|| format!("seed {seed}, life {life}"))?;
        }
        world.browser.kill().await?;
        toll.kills += 1;
        if world.browser.engine() == Engine::Chromium && chance.one_in_hundred(thrown_away) {
            throw_away(world.browser.profile())?;
        }
        reopened(world, &mut memory, &mut toll)
            .await
            .with_context(|| format!("seed {seed}, after kill {life}"))?;
        if !toll.is_clean() {
            // What follows would only say it again. After which kill, the toll counts.
            world.browser.kill().await?;
            place::copy(world.browser.profile(), &world.folder.join("profile"))?;
            world.browser.reopen().await?;
            return Ok(toll);
        }
    }
    world.proxy.set(Weather::Clear);
    ended(world, &reader, &memory, &mut toll).await?;
    let forms = u64::try_from(toll.revisions)?;
    ensure!(forms >= kills / BARREN, "only {forms} forms were finished in {kills} lives: nothing was tried");
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
    let found = match Snapshot::there(&world.browser).await {
        Ok(Some(found)) => found,
        Ok(None) => {
            toll.thrown_away += 1;
            put_back(world, memory).await?
        }
        Err(why) => {
            // It is closed for good: what is left is the only evidence.
            world.browser.kill().await?;
            place::copy(world.browser.profile(), &world.folder.join("profile"))?;
            return Err(why);
        }
    };
    memory.judge(&found, toll);
    Ok(())
}

/// Takes the files of the store away, as Chromium does with those that it cannot read; not those of buckets.
fn throw_away(profile: &Path) -> Result<()> {
    for entry in std::fs::read_dir(profile.join("Default/IndexedDB"))? {
        let path = entry?.path();
        if path.is_dir() {
            std::fs::remove_dir_all(path)?;
        }
    }
    Ok(())
}

/// The browser has thrown the store away: a start of the app puts its copy back, and brings from the clinic
/// what the clinic had. Waits for the entries that are to be there; what is then missing is judged.
async fn put_back(world: &World, memory: &Memory) -> Result<Snapshot> {
    world.open("/").await?;
    let found = until("the store is put back", async || {
        let found = Snapshot::there(&world.browser).await?;
        Ok(found.filter(|found| memory.has_all(found)))
    })
    .await;
    world.open("/precache.json").await?;
    match found {
        Ok(_whole) => Snapshot::of(&world.browser).await,
        Err(why) => Snapshot::of(&world.browser).await.context(why),
    }
}

/// The form is open and asks.
async fn asked(world: &World) -> Result<()> {
    world.open(FORM).await?;
    world.browser.session().execute(HURRY, Vec::new()).await?;
    until("a question", async || Ok(world.browser.place().await?.contains("Question ").then_some(()))).await
}

/// The person answers the form again and again, until there is no more time.
async fn answers(world: &World, memory: &mut Memory) -> Result<()> {
    let browser = &world.browser;
    loop {
        if !browser.place().await?.contains("Question ") {
            asked(world).await?;
        }
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
            part.tap().await?;
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
