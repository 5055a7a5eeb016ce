//! An answer that the app says it keeps outlives the browser's sudden death.

use anyhow::Result;

use crate::harness::{Browser, Engine, promise};

/// Answers of the daily check-in, then of GAD-7: ten taps.
const NUMBERS: [u8; 6] = [7, 5, 4, 6, 3, 2];
const WORDS: [&str; 4] = ["Several days", "Not at all", "Nearly every day", "More than half the days"];

#[tokio::test(flavor = "multi_thread")]
async fn draft_survives_kill() -> Result<()> {
    promise("draft_survives_kill", Engine::Chromium, 6, async |world| {
        world.open("/").await?;
        world.browser.is_new_here().await?;
        world.browser.begin_check_in().await?;
        let daily = path(&world.browser).await?;
        for (at, number) in NUMBERS.into_iter().enumerate() {
            world.browser.rate(number).await?;
            world.browser.says(&format!("{number}, kept on this phone")).await?;
            die_and_return(&mut world.browser, &format!("{}{daily}", world.proxy.url())).await?;
            world.browser.says(&format!("Question {} of 7", at + 2)).await?;
            for (back, earlier) in NUMBERS.iter().take(at + 1).rev().enumerate() {
                world.browser.turn_to("Back", at + 1 - back).await?;
                world.browser.rated(*earlier).await?;
            }
            world.browser.turn_to("Next", at + 2).await?;
        }
        world.open("/fill/gad-7").await?;
        for (at, words) in WORDS.into_iter().enumerate() {
            world.browser.pick(words).await?;
            world.browser.says(&format!("{words}, kept on this phone")).await?;
            die_and_return(&mut world.browser, &format!("{}/fill/gad-7", world.proxy.url())).await?;
            world.browser.says(&format!("Question {} of", at + 2)).await?;
            world.browser.says(&format!("Before this: {words}")).await?;
        }
        Ok(())
    })
    .await
}

async fn path(browser: &Browser) -> Result<String> {
    Ok(browser.session().current_url().await?.path().to_owned())
}

async fn die_and_return(browser: &mut Browser, address: &str) -> Result<()> {
    browser.kill().await?;
    browser.reopen().await?;
    browser.open(address).await
}
