//! Across the date line in the middle of a form: the entry is about the day the person saw, for ever.

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::harness::wait::until;
use crate::harness::{Browser, Engine, Reader, promise};

/// Where the traveller arrives.
const THERE: &str = "Pacific/Pago_Pago";

#[tokio::test(flavor = "multi_thread")]
async fn across_the_date_line() -> Result<()> {
    promise("across_the_date_line", Engine::Chromium, 4, async |world| {
        let patient = world.patient("MR").await?;
        world.pair(&world.code(&patient).await?).await?;
        let reader = Reader::of(world, &patient).await?;
        let here = begins_in(&world.browser).await?;
        set_zone(&world.browser, here).await?;
        world.open("/").await?;
        let seen = lived(&world.browser, here).await?;
        world.browser.begin_check_in().await?;
        for number in [7, 5, 4] {
            world.browser.rate(number).await?;
        }
        world.browser.says("Question 4 of 7").await?;

        set_zone(&world.browser, THERE).await?;
        let there = lived(&world.browser, THERE).await?;
        ensure!(there != seen, "{here} and {THERE} are on the same day");
        for number in [6, 3, 2, 5] {
            world.browser.rate(number).await?;
        }
        world.browser.done().await?;
        let held = until("the clinic holds it", async || {
            Ok(reader.all("QuestionnaireResponse").await?.into_iter().next())
        });
        let held = held.await?;
        ensure!(said(&held, "/diary-day").as_deref() == Some(seen.as_str()), "not {seen}: {held}");
        ensure!(said(&held, "/time-zone").as_deref() == Some(THERE), "not {THERE}: {held}");

        // Looked at again there, and sent about again, it is about no other day.
        world.open("/sync").await?;
        world.browser.press("button", "Send now").await?;
        world.browser.says("Nothing waits").await?;
        let all = reader.all("QuestionnaireResponse").await?;
        ensure!(all.len() == 1, "{} responses", all.len());
        let again = all.first().and_then(|one| said(one, "/diary-day"));
        ensure!(again.as_deref() == Some(seen.as_str()), "{again:?}, not {seen}");
        Ok(())
    })
    .await
}

/// A zone beyond the date line where it is not between midnight and four now: then the form would first
/// ask which day is meant.
async fn begins_in(browser: &Browser) -> Result<&'static str> {
    let hour = browser.ask("return new Date().getUTCHours()").await?;
    let hour = hour.as_u64().context("no hour")?;
    Ok(if (9..15).contains(&hour) { "Asia/Tokyo" } else { "Pacific/Kiritimati" })
}

async fn set_zone(browser: &Browser, zone: &str) -> Result<()> {
    browser.cdp("Emulation.setTimezoneOverride", json!({ "timezoneId": zone })).await.map(drop)
}

/// The day a person is living there now: the date on the wall four hours ago.
async fn lived(browser: &Browser, zone: &str) -> Result<String> {
    let script = format!(
        "return new Intl.DateTimeFormat('sv-SE', {{ timeZone: '{zone}' }}).format(new Date(Date.now() - 4 * 3600e3))"
    );
    browser.ask(&script).await?.as_str().map(str::to_owned).context("no day")
}

/// What an extension of the entry says.
fn said(held: &Value, name: &str) -> Option<String> {
    let all = held.get("extension").and_then(Value::as_array)?;
    let one = all.iter().find(|one| one["url"].as_str().is_some_and(|url| url.ends_with(name)))?;
    one.get("valueDate").or_else(|| one.get("valueString")).and_then(Value::as_str).map(str::to_owned)
}
