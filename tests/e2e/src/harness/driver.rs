//! The programs that drive browsers, each on a port of its own.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, Result};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use super::engine::Engine;
use super::{place, wait};

/// A WebDriver server; ended when dropped.
pub struct Driver {
    port: u16,
    _process: Child,
    _screen: Option<Child>,
}

impl Driver {
    /// The one of this engine; where it writes a log, that goes into `folder`. `desk` is the address of the
    /// desktop that Chromium shows its notices on.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn of(engine: Engine, folder: &Path, desk: Option<&str>) -> Result<Self> {
        match engine {
            Engine::Chromium => Self::chrome(folder.join("chromedriver.log"), desk).await,
            Engine::WebKit => Self::webkit().await,
            Engine::Firefox => Self::gecko().await,
        }
    }

    async fn chrome(log: PathBuf, desk: Option<&str>) -> Result<Self> {
        let port = place::free_port()?;
        let mut command = Command::new("chromedriver");
        command.arg(format!("--port={port}")).arg(format!("--log-path={}", log.display()));
        // The browser has it from its driver.
        command.envs(desk.map(|address| ("DBUS_SESSION_BUS_ADDRESS", address)));
        Self::ready(port, command, None).await
    }

    async fn gecko() -> Result<Self> {
        let port = place::free_port()?;
        let mut command = Command::new(place::geckodriver()?);
        command.args(["--port", &port.to_string(), "--log", "fatal"]);
        Self::ready(port, command, None).await
    }

    /// With a screen that nobody sees: this browser has no headless mode.
    async fn webkit() -> Result<Self> {
        let mut screen = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "900x900x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("Xvfb does not start")?;
        let out = screen.stdout.take().context("Xvfb has no output")?;
        let display = BufReader::new(out).lines().next_line().await?.context("Xvfb named no display")?;
        let port = place::free_port()?;
        let mut command = Command::new("WebKitWebDriver");
        command.arg(format!("--port={port}")).env("DISPLAY", format!(":{display}"));
        // As root there is no sandbox to be had; without this the browser refuses to start.
        command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
        Self::ready(port, command, Some(screen)).await
    }

    async fn ready(port: u16, mut command: Command, screen: Option<Child>) -> Result<Self> {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        let process = command.spawn().context("the browser's driver does not start")?;
        wait::until("the driver listens", async || Ok(Some(TcpStream::connect(("127.0.0.1", port)).await?)))
            .await?;
        Ok(Self { port, _process: process, _screen: screen })
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

/// WebKit's test browser, wherever this system keeps it.
///
/// # Errors
/// When it is not installed.
pub fn mini_browser() -> Result<PathBuf> {
    let homes = std::fs::read_dir("/usr/lib")?.chain(std::fs::read_dir("/usr/libexec").into_iter().flatten());
    let libraries = homes.filter_map(Result::ok).map(|home| home.path());
    let versions = ["webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"];
    let mut found = libraries.flat_map(|home| versions.map(|version| home.join(version).join("MiniBrowser")));
    found.find(|file| file.is_file()).context("MiniBrowser is not installed: apt install webkit2gtk-driver")
}

/// Firefox itself, not the script that starts it: by its path the driver learns which version it is.
///
/// # Errors
/// When it is not installed.
pub fn firefox() -> Result<PathBuf> {
    let homes =
        ["/usr/lib/firefox-esr/firefox-esr", "/usr/lib64/firefox/firefox", "/usr/lib/firefox/firefox"];
    let mut found = homes.into_iter().map(PathBuf::from);
    found.find(|file| file.is_file()).context("Firefox is not installed: apt install firefox-esr")
}
