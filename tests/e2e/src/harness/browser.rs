//! A browser: started, killed, started again on the same profile.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver};

use super::desk::Desk;
use super::driver::Driver;
use super::engine::Engine;
use super::place;
use super::processes::{end, lives, main_processes, with_children};
use super::wait::{PATIENCE, until};

/// A browser with one session.
pub struct Browser {
    engine: Engine,
    driver: Driver,
    session: Option<WebDriver>,
    profile: TempDir,
    language: String,
    folder: PathBuf,
}

impl Browser {
    /// Starts one with an empty profile, as wide as a phone.
    ///
    /// # Errors
    /// When browser or driver do not start.
    pub async fn start(engine: Engine, language: &str, folder: &Path) -> Result<Self> {
        let driver = Driver::of(engine, folder, None).await?;
        let profile = TempDir::new()?;
        let (language, folder) = (language.to_owned(), folder.to_owned());
        let mut browser = Self { engine, driver, session: None, profile, language, folder };
        browser.reopen().await?;
        Ok(browser)
    }

    /// A new session on the same profile.
    ///
    /// # Errors
    /// When the browser does not start.
    pub async fn reopen(&mut self) -> Result<()> {
        if self.engine == Engine::Firefox {
            // Where it was killed this still names the port that it listened on.
            std::fs::remove_file(self.profile.path().join("MarionetteActivePort")).unwrap_or_default();
        }
        let wishes = self.engine.wishes(self.profile.path(), &self.language, &self.net_log())?;
        let wanted: Capabilities = serde_json::from_value(wishes)?;
        let session =
            WebDriver::new(self.driver.url(), wanted).await.context("the browser does not start")?;
        session.set_window_rect(0, 0, 390, 844).await?;
        session.set_script_timeout(PATIENCE).await?;
        self.session = Some(session);
        self.as_wide_as(390).await
    }

    /// Starts it again on a desktop that shows its notices.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn move_to(&mut self, desk: &Desk) -> Result<()> {
        self.quit().await?;
        self.driver = Driver::of(self.engine, &self.folder, Some(desk.address())).await?;
        self.reopen().await
    }

    /// Makes the page of this tab as wide as a phone's; a window cannot be made that narrow.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn as_wide_as(&self, width: u32) -> Result<()> {
        if self.engine == Engine::Chromium {
            let metrics = json!({ "width": width, "height": 844, "deviceScaleFactor": 1, "mobile": true });
            self.cdp("Emulation.setDeviceMetricsOverride", metrics).await?;
        }
        Ok(())
    }

    /// Makes words so large, in percent of the usual, as the browser's own setting does. Other drivers than
    /// Chromium's have none: there it is this page's root alone, until another is loaded.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn in_words_of(&self, percent: u32) -> Result<()> {
        if self.engine != Engine::Chromium {
            return self
                .ask(&format!("document.documentElement.style.fontSize = '{percent}%'"))
                .await
                .map(drop);
        }
        let sizes = json!({ "fontSizes": { "standard": 16 * percent / 100 } });
        self.cdp("Page.setFontSizes", sizes).await.map(drop)
    }

    /// Makes this tab light or dark, as the system would ask for it.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn in_colours(&self, scheme: &str) -> Result<()> {
        if self.engine != Engine::Chromium {
            ensure!(scheme == "light", "the driver of {:?} cannot make a page {scheme}", self.engine);
            return Ok(());
        }
        self.as_preferred(&[("prefers-color-scheme", scheme)]).await
    }

    /// The page as one sees it whose system prefers so; only in Chromium.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn as_preferred(&self, preferences: &[(&str, &str)]) -> Result<()> {
        let one = |(name, value): &(&str, &str)| json!({ "name": name, "value": value });
        let features: Vec<_> = preferences.iter().map(one).collect();
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await.map(drop)
    }

    /// Chromium's own record of every request it made; whole once the browser has quit.
    #[must_use]
    pub fn net_log(&self) -> PathBuf {
        self.folder.join("net-log.json")
    }

    /// The folder of everything it keeps.
    #[must_use]
    pub fn profile(&self) -> &Path {
        self.profile.path()
    }

    /// Which engine this is.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// The session, for what has no verb here.
    ///
    /// # Panics
    /// Between a kill and the next [`Browser::reopen`]: a test that does this is wrong.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test that talks to a killed browser is wrong")]
    pub fn session(&self) -> &WebDriver {
        self.session.as_ref().expect("the browser was killed and not opened again")
    }

    /// Opens an address.
    ///
    /// # Errors
    /// When the page does not load.
    pub async fn open(&self, url: &str) -> Result<()> {
        Ok(self.session().goto(url).await?)
    }

    /// Ends the browser in good order.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn quit(&mut self) -> Result<()> {
        if let Some(session) = self.session.take() {
            session.quit().await?;
        }
        Ok(())
    }

    /// Ends the browser and every process it began, all with one SIGKILL: no event fires, nothing is
    /// flushed.
    ///
    /// # Errors
    /// When there is nothing to kill; WebKit's browser cannot be told apart from others.
    pub async fn kill(&mut self) -> Result<()> {
        if let Some(session) = self.session.take() {
            session.leak()?;
        }
        let mine = main_processes(self.engine, self.profile.path());
        if mine.is_empty() {
            bail!("no process of this browser is alive");
        }
        let all = with_children(mine);
        end(&all);
        until("the browser is dead", async || Ok((!all.iter().any(|pid| lives(*pid))).then_some(()))).await?;
        if self.engine == Engine::Firefox {
            // Its driver has one session, and does not see that it ended.
            self.driver = Driver::of(self.engine, &self.folder, None).await?;
        }
        Ok(())
    }

    /// A copy of the whole profile, as it is now. The browser must have ended.
    ///
    /// # Errors
    /// When it cannot be copied.
    pub fn copy_profile(&self) -> Result<TempDir> {
        ensure!(self.session.is_none(), "the browser writes to its profile still");
        let kept = TempDir::new()?;
        place::copy(self.profile.path(), kept.path())?;
        Ok(kept)
    }

    /// Puts a copy in the profile's place. The browser must have ended.
    ///
    /// # Errors
    /// When it cannot be copied.
    pub fn put_back(&self, kept: &TempDir) -> Result<()> {
        ensure!(self.session.is_none(), "the browser writes to its profile still");
        for entry in std::fs::read_dir(self.profile.path())? {
            let path = entry?.path();
            let folder = path.is_dir() && !path.is_symlink();
            if folder { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) }?;
        }
        place::copy(kept.path(), self.profile.path())
    }

    /// A command of the Chrome DevTools Protocol.
    ///
    /// # Errors
    /// When the browser refuses it.
    pub async fn cdp(&self, method: &str, params: Value) -> Result<Value> {
        self.session().cdp().send_raw(method, params).await.with_context(|| method.to_owned())
    }

    /// Runs a script in the page and waits for its promise.
    ///
    /// # Errors
    /// When it throws.
    pub async fn ask(&self, script: &str) -> Result<Value> {
        let wrapped = format!(
            "const done = arguments[arguments.length - 1];
             (async () => {{ {script} }})().then((value) => done({{ value }}), (why) => done({{ why: String(why) }}))"
        );
        let answer = self.session().execute_async(wrapped, Vec::new()).await?;
        if let Some(why) = answer.json().get("why") {
            bail!("the page's script failed: {why}");
        }
        Ok(answer.json().get("value").cloned().unwrap_or(Value::Null))
    }

    /// Whether the page did nothing that its content security policy forbids, by the console.
    ///
    /// # Errors
    /// With what it did.
    pub async fn obeys_policy(&self) -> Result<()> {
        let Some(session) = self.session.as_ref().filter(|_one| self.engine == Engine::Chromium) else {
            return Ok(());
        };
        let said = session.browser_log().await?;
        let breach = said.into_iter().find(|line| line.message.contains("Content Security Policy"));
        breach.map_or(Ok(()), |line| bail!("{}", line.message))
    }

    /// Leaves a picture, the page and its console in the folder of this test.
    pub async fn keep_evidence(&self) {
        let Some(session) = &self.session else { return };
        if let Ok(picture) = session.screenshot_as_png().await {
            keep(&self.folder.join("page.png"), &picture);
        }
        if let Ok(source) = session.source().await {
            keep(&self.folder.join("page.html"), source.as_bytes());
        }
        if let Ok(lines) = session.browser_log().await {
            keep(&self.folder.join("console.txt"), format!("{lines:#?}").as_bytes());
        }
        if let Ok(state) = self.ask(STATE).await {
            keep(&self.folder.join("state.json"), format!("{state:#}").as_bytes());
        }
    }
}

/// What a page that stands still may be waiting for: a file, a lock, the store, the worker.
const STATE: &str = r#"
    const within = (work) => Promise.race([work.catch(String), new Promise((late) => setTimeout(late, 400, "late"))]);
    const answer = (request) => new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
      request.onblocked = () => failed("blocked");
    });
    const store = async () => {
      const db = await answer(indexedDB.open("interlude"));
      const names = [...db.objectStoreNames];
      const ways = {};
      for (const way of ["readonly", "readwrite"]) {
        for (const name of names) ways[way + " " + name] = await within(answer(db.transaction(name, way).objectStore(name).count()));
      }
      db.close();
      return { version: db.version, ways };
    };
    return {
      now: performance.now(),
      fetched: performance.getEntriesByType("resource").map((one) => [one.name, one.startTime, one.responseEnd]),
      worker: navigator.serviceWorker?.controller?.state,
      locks: await within(navigator.locks.query()),
      caches: await within(caches.keys()),
      store: await store().catch(String),
    };"#;

fn keep(file: &Path, bytes: &[u8]) {
    // Evidence that cannot be kept must not hide the failure it is about.
    std::fs::write(file, bytes).unwrap_or_default();
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            // Ended below, by its process: the driver may be gone already.
            session.leak().unwrap_or_default();
        }
        end(&with_children(main_processes(self.engine, self.profile.path())));
    }
}
