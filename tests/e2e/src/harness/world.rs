//! Everything one test needs, and what it leaves behind when it fails.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::{Browser, Clinic, Engine, Proxy, place};

/// A clinic, a network and a browser.
pub struct World {
    /// The real server process.
    pub clinic: Clinic,
    /// The network between.
    pub proxy: Proxy,
    /// The person's browser.
    pub browser: Browser,
    /// Where this test leaves its evidence.
    pub folder: PathBuf,
}

impl World {
    /// Starts all three, for a person who reads `language`.
    ///
    /// # Errors
    /// When one of them does not start.
    pub async fn start(name: &str, engine: Engine, language: &str) -> Result<Self> {
        let folder = place::artefacts().join(format!("{name}-{engine:?}-{language}").to_lowercase());
        std::fs::create_dir_all(&folder)?;
        // Chromium writes to no path that climbs.
        let folder = folder.canonicalize()?;
        let clinic = Clinic::start(folder.join("clinic.log")).await?;
        let proxy = Proxy::start(clinic.port()).await?;
        let browser = Browser::start(engine, language, &folder).await?;
        Ok(Self { clinic, proxy, browser, folder })
    }

    /// Opens a page of the app, through the network.
    ///
    /// # Errors
    /// When it does not load.
    pub async fn open(&self, path: &str) -> Result<()> {
        self.browser.open(&format!("{}{path}", self.proxy.url())).await
    }
}

/// Keeps one promise within a limit, in English; evidence stays in `target/e2e` when it fails.
///
/// # Errors
/// What went wrong.
pub async fn promise(
    name: &str,
    engine: Engine,
    minutes: u64,
    keep: impl AsyncFnOnce(&mut World) -> Result<()>,
) -> Result<()> {
    let mut world = World::start(name, engine, "en-US").await?;
    let kept = tokio::time::timeout(Duration::from_secs(60 * minutes), keep(&mut world)).await;
    let kept = kept.unwrap_or_else(|_late| Err(anyhow::anyhow!("not within {minutes} minutes")));
    let kept = match kept {
        Ok(()) => world.browser.obeys_policy().await,
        Err(why) => Err(why),
    };
    if kept.is_err() {
        world.browser.keep_evidence().await;
    }
    world.browser.quit().await?;
    kept.with_context(|| format!("evidence is in {}", world.folder.display()))
}
