//! One day, from the clinic's link to the clinic's receipt.

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::harness::wait::until;
use crate::harness::{Engine, Reader, Weather, World, promise, schema};

async fn first_day(world: &mut World) -> Result<()> {
    let patient = world.patient("MR").await?;
    let code = world.code(&patient).await?;
    world.pair(&code).await?;
    let address = world.browser.session().current_url().await?;
    ensure!(!address.as_str().contains(&code), "the code stayed in the address: {address}");
    world.all_is_sent().await?;
    world.open("/").await?;
    world.browser.begin_check_in().await?;

    world.proxy.set(Weather::Cut);
    world.browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
    let reader = Reader::of(world, &patient).await?;
    ensure!(reader.all("QuestionnaireResponse").await?.is_empty(), "it arrived through a cut network");
    world.browser.done().await?;
    world.browser.says("1 entry waits for the network").await?;

    world.proxy.set(Weather::Clear);
    world.open("/sync").await?;
    world.browser.press("button", "Send now").await?;
    world.browser.says("The clinic's last receipt came").await?;
    world.open("/diary").await?;

    let held = until("the clinic holds it", async || {
        Ok(Some(reader.all("QuestionnaireResponse").await?).filter(|r| !r.is_empty()))
    });
    let held = held.await?;
    ensure!(held.len() == 1, "{} responses", held.len());
    judge("QuestionnaireResponse", &held)?;
    let response = held.first().context("none")?;
    let said = |name: &str| {
        let all = response.get("extension").and_then(Value::as_array)?;
        let one = all.iter().find(|one| one["url"].as_str().is_some_and(|url| url.ends_with(name)))?;
        one.get("valueDate").or_else(|| one.get("valueString")).and_then(Value::as_str).map(str::to_owned)
    };
    let clock = "const now = new Date(), four = new Date(now.getTime() - 4 * 3600e3), two = (n) => String(n).padStart(2, '0');
        return [`${four.getFullYear()}-${two(four.getMonth() + 1)}-${two(four.getDate())}`, Intl.DateTimeFormat().resolvedOptions().timeZone]";
    let now = world.browser.ask(clock).await?;
    ensure!(said("/diary-day").as_deref() == now[0].as_str(), "{:?}, not {now}", said("/diary-day"));
    ensure!(said("/time-zone").as_deref() == now[1].as_str(), "{:?}, not {now}", said("/time-zone"));

    let observations = reader.all("Observation").await?;
    ensure!(observations.len() >= 7, "{} observations", observations.len());
    judge("Observation", &observations)
}

fn judge(resource: &str, held: &[Value]) -> Result<()> {
    let judge = schema::of(resource)?;
    for one in held {
        let wrong = schema::complaints(&judge, one);
        ensure!(wrong.is_empty(), "{wrong:?} in {one}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn first_day_in_chromium() -> Result<()> {
    promise("first_day", Engine::Chromium, 3, first_day).await
}

#[tokio::test(flavor = "multi_thread")]
async fn first_day_in_webkit() -> Result<()> {
    promise("first_day", Engine::WebKit, 3, first_day).await
}

#[tokio::test(flavor = "multi_thread")]
async fn first_day_in_firefox() -> Result<()> {
    promise("first_day", Engine::Firefox, 3, first_day).await
}
