//! From a release that was really made once to the app as it is now, with a form open and many entries
//! that wait: the store is the same before and after, and all of it then arrives.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use serde_json::json;

use super::moved_by_a_file::{connect, send};
use super::updates_are_whole::{look_for_update, waits};
use crate::harness::site::Site;
use crate::harness::wait::until;
use crate::harness::{Engine, Reader, World, promise};
use crate::kills::store::Snapshot;

/// Answers to the form, one entry each.
const ENTRIES: [[u8; 3]; 8] =
    [[6, 5, 4], [0, 0, 0], [10, 10, 10], [1, 2, 3], [9, 1, 9], [7, 7, 2], [3, 8, 5], [4, 4, 4]];

/// A page of today's app says so.
const TODAYS: &str = "return !!document.querySelector('meta[name=newer]')";

async fn filled(world: &World) -> Result<()> {
    world.open("/").await?;
    world.browser.is_new_here().await?;
    world.browser.ready_for_offline().await?;
    for numbers in ENTRIES {
        world.open("/fill/peg").await?;
        for number in numbers {
            world.browser.rate(number).await?;
        }
        world.browser.says("checked by reading it back").await?;
        world.browser.done().await?;
    }
    world.open("/fill/peg").await?;
    world.browser.rate(8).await?;
    world.browser.says("8, kept on this phone").await
}

async fn updated(world: &mut World) -> Result<()> {
    let (then, today) = (Site::kept_release()?, Site::copy()?);
    today.become_newer()?;
    world.clinic.serve_instead(then.path()).await?;
    filled(world).await?;
    let before = Snapshot::of(&world.browser).await?;
    ensure!(before.waiting == ENTRIES.len() && before.torn.is_empty(), "{before:?}");

    world.clinic.serve_instead(today.path()).await?;
    look_for_update(world).await?;
    until("today's app waits", async || Ok(waits(world).await?.then_some(()))).await?;
    ensure!(world.browser.ask(TODAYS).await? == json!(false), "it came while a form was open");
    world.open("/").await?;
    world.browser.press("button", "Use it now").await?;
    until("today's app comes", async || Ok((world.browser.ask(TODAYS).await? == json!(true)).then_some(())))
        .await?;
    world.browser.part("heading", "Today").await?;
    let after = Snapshot::of(&world.browser).await?;
    ensure!(format!("{before:?}") == format!("{after:?}"), "before: {before:#?}\nafter: {after:#?}");

    let patient = world.patient("MR").await?;
    let reader = Reader::of(world, &patient).await?;
    connect(world, &world.browser, &patient).await?;
    send(world, &world.browser).await?;
    let held = reader.all("QuestionnaireResponse").await?;
    let ids: BTreeSet<_> = held.iter().filter_map(|one| one["id"].as_str()).collect();
    let wanted: BTreeSet<_> = before.entries.iter().map(|one| one.id.as_str()).collect();
    ensure!(ids == wanted && held.len() == ENTRIES.len(), "the clinic holds {ids:?}, not {wanted:?}");
    for response in &held {
        ensure!(reader.versions(response).await?.len() == 1, "an entry was stored twice");
    }
    world.open("/fill/peg").await?;
    world.browser.says("Before this: 8").await
}

#[tokio::test(flavor = "multi_thread")]
async fn updated_from_a_kept_release_in_chromium() -> Result<()> {
    promise("updated_from_a_kept_release", Engine::Chromium, 5, updated).await
}

#[tokio::test(flavor = "multi_thread")]
async fn updated_from_a_kept_release_in_firefox() -> Result<()> {
    promise("updated_from_a_kept_release", Engine::Firefox, 5, updated).await
}
