//! Whatever moment the browser dies at, what it had said is so.
#![expect(clippy::print_stdout, reason = "a line for the table of `cargo xtask torture`")]

use anyhow::{Result, ensure};

use crate::harness::{Engine, promise};
use crate::kills;

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random() -> Result<()> {
    let number = |name: &str, usual| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual);
    let (count, seed) = (number("INTERLUDE_KILLS", 25), number("INTERLUDE_SEED", 1));
    promise("killed_at_random", Engine::Chromium, 2 + count / 6, async |world| {
        let toll = kills::lived(world, count, seed).await?;
        println!("\n{}", toll.line("browser killed"));
        println!("seed {seed}");
        ensure!(toll.is_clean(), "seed {seed}:\n{}", toll.wrongs());
        Ok(())
    })
    .await
}
