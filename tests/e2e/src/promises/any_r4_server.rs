//! It speaks FHIR R4 to any server: here one that makes its own ids and knows nothing of receipts.

use anyhow::{Context as _, Result, ensure};
use interlude_diary::sync::Create;
use interlude_sim::foreign::{Habits, PATIENT};
use serde_json::Value;

use crate::harness::hospital::TOKEN;
use crate::harness::wait::until;
use crate::harness::{Engine, Hospital, World, promise, schema};

const HABITS: Habits = Habits {
    create: Create::PutByIdentifier,
    versions_identical: false,
    renumbers: true,
    partly: 0,
    page: 20,
    answers_only: false,
    no_scores: false,
    no_history: false,
};

async fn any_r4_server(world: &mut World) -> Result<()> {
    let hospital = Hospital::start(HABITS).await?;
    world.clinic.let_speak_to(hospital.base()).await?;
    world.open("/").await?;
    world.browser.is_new_here().await?;
    world.browser.begin_check_in().await?;
    world.browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
    world.browser.done().await?;

    world.open("/settings").await?;
    let browser = &world.browser;
    browser.press("button", "A hospital's own server").await?;
    browser.write("textbox", "Base address", hospital.base()).await?;
    browser.write("textbox", "Patient id", PATIENT).await?;
    browser.write("password", "Access token", TOKEN).await?;
    browser.press("button", "Continue").await?;
    browser.says("What may be sent?").await?;
    ensure!(hospital.all("QuestionnaireResponse").is_empty(), "it was sent before the yes");
    browser.press("button", "Yes, send them").await?;
    browser.says("Connected").await?;

    world.open("/sync").await?;
    world.browser.says("Nothing waits").await?;
    let responses = until("the hospital holds it", async || {
        Ok(Some(hospital.all("QuestionnaireResponse")).filter(|all| !all.is_empty()))
    });
    let responses = responses.await?;
    let scores = until("the hospital holds its scores", async || {
        Ok(Some(hospital.all("Observation")).filter(|all| all.len() >= 7))
    });
    let scores = scores.await?;
    ensure!(responses.len() == 1, "{} responses", responses.len());
    for (kind, all) in [("QuestionnaireResponse", &responses), ("Observation", &scores)] {
        let judge = schema::of(kind)?;
        for text in all {
            let wrong = schema::complaints(&judge, &serde_json::from_str(text)?);
            ensure!(wrong.is_empty(), "{wrong:?} in {text}");
        }
    }
    let response: Value = serde_json::from_str(responses.first().context("none")?)?;
    let id = response["id"].as_str().context("no id")?;
    ensure!(id.starts_with("own-"), "the server makes its own ids, not {id}");
    for score in &scores {
        ensure!(score.contains(&format!("QuestionnaireResponse/{id}")), "{score}");
    }
    // Read back as they were sent, the consent too, and said so.
    world.open("/").await?;
    world.browser.says("The clinic had everything").await
}

#[tokio::test(flavor = "multi_thread")]
async fn any_r4_server_in_chromium() -> Result<()> {
    promise("any_r4_server", Engine::Chromium, 3, any_r4_server).await
}
