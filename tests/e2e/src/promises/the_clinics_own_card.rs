//! What a clinic says on its cards, and the number it names, reach the phone and are there with no
//! network.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

use super::red_flag_calls_now::the_card_comes;
use crate::harness::{Engine, Weather, World, promise};

const TITLE: &str = "Please call your clinic now";

/// The number that the button calls.
async fn called(world: &World) -> Result<String> {
    let button = world.browser.part("link", "Call The clinic").await?;
    button.element.attr("href").await?.context("the button calls nobody")
}

async fn own_card(world: &mut World) -> Result<()> {
    world
        .clinic
        .command(&["card", "set", "--phone", "+34 910 555 0142", "--text", "Somebody is here."])
        .await?;
    let heart = ["card", "set", "--rule", "chest-pain", "--text", "Ask for the heart nurse."];
    world.clinic.command(&heart).await?;
    world.clinic.command(&["card", "set", "--rule", "chest-pain", "--phone", "+34 910 555 0143"]).await?;
    let patient = world.patient("CC").await?;
    world.pair(&world.code(&patient).await?).await?;
    world.browser.ready_for_offline().await?;
    world.open("/help").await?;
    world.browser.says("Your clinic says: Somebody is here.").await?;
    let usual = called(world).await?;
    ensure!(usual == "tel:+349105550142", "{usual}");

    world.proxy.set(Weather::Cut);
    world.open("/help").await?;
    world.browser.says("Your clinic says: Somebody is here.").await?;
    the_card_comes(world, TITLE).await?;
    world.browser.says("Your clinic says: Ask for the heart nurse.").await?;
    let heart = called(world).await?;
    ensure!(heart == "tel:+349105550143", "{heart}");
    // Over a reload too, and what else the card says is not pushed off it.
    world.open("/").await?;
    world.browser.part("heading", TITLE).await?;
    world.browser.says("Your clinic says: Ask for the heart nurse.").await?;
    world.browser.says("You said that you have chest pain.").await?;
    world.browser.says("Emergency: 112").await?;

    // The clinic's next word replaces the last, without pairing anew; what was said just now is not asked for.
    world.proxy.set(Weather::Clear);
    world.clinic.command(&["card", "set", "--rule", "chest-pain", "--text", "Come to the ward."]).await?;
    world.browser.later(Duration::from_mins(15)).await?;
    world.open("/").await?;
    world.browser.says("Your clinic says: Come to the ward.").await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clinics_own_card_in_chromium() -> Result<()> {
    promise("the_clinics_own_card", Engine::Chromium, 4, own_card).await
}
