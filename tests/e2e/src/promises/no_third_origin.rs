//! The app asks nobody but the address it came from.

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::harness::{Engine, promise};

#[tokio::test(flavor = "multi_thread")]
async fn no_third_origin() -> Result<()> {
    promise("no_third_origin", Engine::Chromium, 3, async |world| {
        let patient = world.patient("MR").await?;
        world.pair(&world.code(&patient).await?).await?;
        for page in ["/", "/diary", "/sync", "/settings", "/help", "/fill/gad-7"] {
            world.open(page).await?;
            world.browser.heading().await?;
        }
        world.open("/").await?;
        world.browser.ready_for_offline().await?;
        world.browser.begin_check_in().await?;
        world.browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
        world.browser.done().await?;
        let origin = world.proxy.url();
        world.browser.quit().await?;

        let asked = asked_by(&std::fs::read_to_string(world.browser.net_log())?, &origin)?;
        ensure!(asked.len() > 10, "the record holds only {} requests", asked.len());
        let strangers: Vec<_> = asked.iter().filter(|url| !url.starts_with(&origin)).collect();
        ensure!(strangers.is_empty(), "{strangers:?}");
        Ok(())
    })
    .await
}

/// Addresses that the browser's own record says were asked for on behalf of `origin`: by its pages,
/// its worker, or to show them.
fn asked_by(log: &str, origin: &str) -> Result<Vec<String>> {
    // A browser that was ended leaves the list without its closing brackets.
    let whole = serde_json::from_str(log).or_else(|_cut| {
        let end = log.trim_end().trim_end_matches(',');
        serde_json::from_str::<Value>(&format!("{end}]}}"))
    })?;
    let events = whole.get("events").and_then(Value::as_array).cloned().unwrap_or_default();
    let asked = events.iter().filter_map(|event| event.get("params")).filter(|params| {
        let by = params.get("initiator").and_then(Value::as_str).unwrap_or_default();
        by.starts_with(origin)
    });
    Ok(asked.filter_map(|params| params.get("url").and_then(Value::as_str)).map(str::to_owned).collect())
}
