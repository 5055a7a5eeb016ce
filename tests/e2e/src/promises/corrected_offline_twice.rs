//! Two corrections made with no network arrive in order, with their reasons, and nothing is lost.

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::harness::wait::until;
use crate::harness::{Browser, Engine, Reader, Weather, promise};

#[tokio::test(flavor = "multi_thread")]
async fn corrected_offline_twice() -> Result<()> {
    promise("corrected_offline_twice", Engine::Chromium, 4, async |world| {
        let patient = world.patient("MR").await?;
        world.pair(&world.code(&patient).await?).await?;
        let reader = Reader::of(world, &patient).await?;
        world.open("/").await?;
        world.browser.ready_for_offline().await?;
        world.browser.begin_check_in().await?;
        world.browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
        world.browser.done().await?;
        until("the clinic holds it", async || {
            Ok((reader.all("QuestionnaireResponse").await?.len() == 1).then_some(()))
        })
        .await?;

        world.proxy.set(Weather::Cut);
        correct(&world.browser, 8, "I mixed up the days").await?;
        correct(&world.browser, 9, "It was worse").await?;
        world.proxy.set(Weather::Clear);
        world.open("/sync").await?;
        world.browser.press("button", "Send now").await?;
        world.browser.says("Nothing waits").await?;

        let held = reader.all("QuestionnaireResponse").await?;
        ensure!(held.len() == 1, "{} responses", held.len());
        let response = held.first().context("none")?;
        ensure!(response["status"] == "amended", "{}", response["status"]);
        ensure!(worst(response) == Some(9), "{:?}", worst(response));
        ensure!(response.to_string().contains("It was worse"), "the reason is missing");
        let versions = reader.versions(response).await?;
        let mut numbers: Vec<_> = versions.iter().filter_map(|row| worst(&row["resource"])).collect();
        numbers.sort_unstable();
        ensure!(numbers == [7, 8, 9], "{numbers:?}");
        Ok(())
    })
    .await
}

/// The pain at its worst, as the clinic holds it.
pub(super) fn worst(response: &Value) -> Option<u64> {
    let items = response.get("item")?.as_array()?;
    let item = items.iter().find(|item| item["linkId"] == "pain-worst")?;
    item["answer"][0]["valueInteger"].as_u64()
}

/// Opens the one entry of the diary and corrects its first answer.
pub(super) async fn correct(browser: &Browser, number: u8, reason: &str) -> Result<()> {
    browser.press("link", "Diary").await?;
    browser.press("link", "Daily check-in…").await?;
    browser.press_named("Correct").await?;
    browser.says("Question 1 of 7").await?;
    browser.rate(number).await?;
    for question in 2..=7 {
        browser.turn_to("Next", question).await?;
    }
    until("the reason is asked for", async || {
        if browser.has("heading", "Why do you correct it?").await? {
            return Ok(Some(()));
        }
        browser.press("button", "Next").await?;
        Ok(None)
    })
    .await?;
    browser.write("textbox", "Reason", reason).await?;
    until("the correction is kept", async || {
        if browser.text().await?.contains("The correction is in your diary") {
            return Ok(Some(()));
        }
        if browser.has("button", "Save the correction").await? {
            browser.press("button", "Save the correction").await?;
        }
        Ok(None)
    })
    .await?;
    browser.done().await
}
