//! Whatever moment the browser dies at, what it had said is so.
#![expect(clippy::print_stdout, reason = "a line for the table of `cargo xtask torture`")]

use anyhow::{Result, ensure};

use crate::harness::{Engine, promise};
use crate::kills;

/// The table's line is named so; `usual` kills, where `cargo xtask torture` asks for no others.
async fn killed_at_random(engine: Engine, line: &str, usual: u64) -> Result<()> {
    let number = |name: &str, usual| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual);
    let (count, seed) = (number("INTERLUDE_KILLS", usual), number("INTERLUDE_SEED", 1));
    let thrown_away = number("INTERLUDE_THROWN_AWAY", 0);
    // Twenty seconds a life: each begins with the start of a whole browser, and other work goes on beside it.
    promise("killed_at_random", engine, 2 + count / 3, async |world| {
        let toll = kills::lived(world, count, seed, thrown_away).await?;
        println!("\n{}", toll.line(line));
        println!("{} stores were thrown away by the browser and put back", toll.thrown_away);
        println!("seed {seed}");
        ensure!(toll.is_clean(), "seed {seed}:\n{}", toll.wrongs());
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random_in_chromium() -> Result<()> {
    killed_at_random(Engine::Chromium, "browser killed", 25).await
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random_in_firefox() -> Result<()> {
    killed_at_random(Engine::Firefox, "Firefox killed", 6).await
}
