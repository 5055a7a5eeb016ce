//! A browser: started, killed, started again on the same profile.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver};

use super::driver::{Driver, mini_browser};
use super::place;
use super::wait::{PATIENCE, until};

/// Which engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Debian's Chromium, headless.
    Chromium,
    /// WebKitGTK's MiniBrowser. It keeps no profile between starts.
    WebKit,
}

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
        let driver = match engine {
            Engine::Chromium => Driver::chrome(folder.join("chromedriver.log")).await?,
            Engine::WebKit => Driver::webkit().await?,
        };
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
        let wanted: Capabilities = serde_json::from_value(self.capabilities()?)?;
        let session =
            WebDriver::new(self.driver.url(), wanted).await.context("the browser does not start")?;
        session.set_window_rect(0, 0, 390, 844).await?;
        session.set_script_timeout(PATIENCE).await?;
        self.session = Some(session);
        self.as_wide_as(390).await
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

    /// Makes words so large, in percent of the usual, as the browser's own setting does.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn in_words_of(&self, percent: u32) -> Result<()> {
        let sizes = json!({ "fontSizes": { "standard": 16 * percent / 100 } });
        self.cdp("Page.setFontSizes", sizes).await.map(drop)
    }

    /// Makes this tab light or dark, as the system would ask for it.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn in_colours(&self, scheme: &str) -> Result<()> {
        if self.engine == Engine::WebKit {
            ensure!(scheme == "light", "WebKit's driver cannot make a page {scheme}");
            return Ok(());
        }
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.cdp("Emulation.setEmulatedMedia", features).await?;
        Ok(())
    }

    fn capabilities(&self) -> Result<Value> {
        if self.engine == Engine::WebKit {
            let options = json!({ "binary": mini_browser()?, "args": ["--automation"] });
            return Ok(json!({ "browserName": "MiniBrowser", "webkitgtk:browserOptions": options }));
        }
        let profile = self.profile.path().display();
        let args = json!([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--window-size=390,844",
            format!("--lang={}", self.language),
            format!("--accept-lang={}", self.language),
            format!("--user-data-dir={profile}"),
            format!("--log-net-log={}", self.net_log().display()),
        ]);
        Ok(json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "binary": "/usr/bin/chromium", "args": args },
            "goog:loggingPrefs": { "browser": "ALL" },
        }))
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
        let mine = processes(self.profile.path());
        if mine.is_empty() {
            bail!("no process of this browser is alive");
        }
        let all = with_children(mine);
        end(&all);
        until("the browser is dead", async || Ok((!all.iter().any(|pid| lives(*pid))).then_some(()))).await
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
    }
}

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
        end(&with_children(processes(self.profile.path())));
    }
}

/// The main processes of the browser that uses this profile.
fn processes(profile: &Path) -> Vec<u32> {
    let wanted = format!("--user-data-dir={}", profile.display());
    pids()
        .filter(|pid| {
            let line = std::fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            let mut words = line.split('\0');
            words.clone().any(|word| word == wanted) && !words.any(|word| word.starts_with("--type="))
        })
        .collect()
}

/// These processes and all that they began, and those began.
fn with_children(mut family: Vec<u32>) -> Vec<u32> {
    let stats: Vec<(u32, u32)> = pids().filter_map(|pid| Some((pid, parent(pid)?))).collect();
    let mut at = 0;
    while let Some(parent) = family.get(at).copied() {
        at += 1;
        family.extend(stats.iter().filter(|(_, of)| *of == parent).map(|(pid, _)| *pid));
    }
    family
}

fn pids() -> impl Iterator<Item = u32> {
    let all = std::fs::read_dir("/proc").into_iter().flatten().filter_map(Result::ok);
    all.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

/// State and parent stand behind the name, which is in brackets and may hold anything.
fn stat(pid: u32) -> Option<(char, u32)> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let mut words = stat.rsplit_once(')')?.1.split_whitespace();
    Some((words.next()?.chars().next()?, words.next()?.parse().ok()?))
}

fn parent(pid: u32) -> Option<u32> {
    stat(pid).map(|(_, parent)| parent)
}

/// A zombie that nobody has buried yet does nothing any more.
fn lives(pid: u32) -> bool {
    stat(pid).is_some_and(|(state, _)| !matches!(state, 'Z' | 'X'))
}

fn end(pids: &[u32]) {
    if pids.is_empty() {
        return;
    }
    // Some may have ended by themselves meanwhile.
    let names = pids.iter().map(u32::to_string);
    std::process::Command::new("kill")
        .arg("-9")
        .args(names)
        .stderr(std::process::Stdio::null())
        .status()
        .map(drop)
        .unwrap_or_default();
}
