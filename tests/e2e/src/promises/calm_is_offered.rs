//! After an infusion a calmer screen is offered, once; a no is kept, and so is a yes.

use anyhow::{Context as _, Result, ensure};

use super::infusions_from_the_clinic::tell;
use crate::harness::{Engine, World, promise};

/// This day, as a field of a form has it.
const TODAY: &str = "const now = new Date(), two = (n) => String(n).padStart(2, '0');
    return [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-')";

async fn calm(world: &mut World) -> Result<()> {
    let browser = &world.browser;
    world.open("/").await?;
    browser.is_new_here().await?;
    browser.says("Daily check-in").await?;
    ensure!(!browser.text().await?.contains("A calmer screen"), "offered with no infusion");
    let today = browser.ask(TODAY).await?;
    tell(world, today.as_str().context("no day")?).await?;
    world.open("/").await?;
    browser.press("button", "Use the calm screen").await?;
    world.open("/").await?;
    browser.says("Daily check-in").await?;
    let looks = "const body = getComputedStyle(document.body), root = document.documentElement;
        return [root.dataset.theme, body.backgroundColor, getComputedStyle(root).getPropertyValue('--quick').trim()]";
    let looks = browser.ask(looks).await?;
    ensure!(looks == serde_json::json!(["calm", "rgb(21, 24, 26)", "0ms"]), "{looks}");
    ensure!(!browser.has("button", "Use the calm screen").await?, "offered again");
    // Back to the usual look: the answer holds, nothing is offered again.
    world.open("/settings").await?;
    browser.press("radio", "As the phone is set").await?;
    world.open("/").await?;
    browser.says("Daily check-in").await?;
    browser.says("Other questions").await?;
    ensure!(!browser.has("button", "Use the calm screen").await?, "offered again");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn calm_is_offered_after_an_infusion() -> Result<()> {
    promise("calm_is_offered", Engine::Chromium, 3, calm).await
}
