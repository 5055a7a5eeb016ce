//! The desktop around a browser: where its notices are shown, and tapped.
//!
//! A message bus of its own, and on it what shows notices to the person, as
//! <https://specifications.freedesktop.org/notification-spec/latest/> has it. The browser knows no difference:
//! a tap here is one that it tells its service worker, with all that it lets a tap do.

use std::collections::HashMap;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result};
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use zbus::{Connection, OwnedVariant};

use super::Browser;
use super::wait::until;

const NAME: &str = "org.freedesktop.Notifications";
const PLACE: &str = "/org/freedesktop/Notifications";

/// A desktop; it ends when dropped.
pub struct Desk {
    address: String,
    shown: Arc<Mutex<Vec<Shown>>>,
    bus: Connection,
    _daemon: Child,
    _folder: TempDir,
}

/// A notice on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    id: u32,
    /// Its first line.
    pub title: String,
    /// What stands below, and from which site it is.
    pub text: String,
}

impl Desk {
    /// Starts one.
    ///
    /// # Errors
    /// When there is no message bus to be had.
    pub async fn start() -> Result<Self> {
        let folder = TempDir::new()?;
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .arg(format!("--address=unix:dir={}", folder.path().display()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("dbus-daemon does not start")?;
        let out = daemon.stdout.take().context("dbus-daemon has no output")?;
        let address =
            BufReader::new(out).lines().next_line().await?.context("dbus-daemon names no address")?;
        let shown = Arc::default();
        let server = Server { shown: Arc::clone(&shown), last: 0 };
        let bus = zbus::connection::Builder::address(address.as_str())
            .serve_at(PLACE, server)
            .name(NAME)
            .build()
            .await?;
        Ok(Self { address, shown, bus, _daemon: daemon, _folder: folder })
    }

    /// Where a browser finds it: what `DBUS_SESSION_BUS_ADDRESS` is to be.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The notices that are shown, oldest first.
    #[must_use]
    pub fn shown(&self) -> Vec<Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits for a notice with this title.
    ///
    /// # Errors
    /// When none comes.
    pub async fn shows(&self, title: &str) -> Result<Shown> {
        let shown = until(&format!("the notice “{title}” on the desktop"), async || {
            Ok(self.shown().into_iter().find(|one| one.title == title))
        })
        .await;
        shown.with_context(|| format!("shown is {:?}", self.shown()))
    }

    /// Taps a notice.
    ///
    /// # Errors
    /// When the bus is gone.
    pub async fn tap(&self, notice: &Shown) -> Result<()> {
        let said = (notice.id, "default");
        Ok(self.bus.emit_signal(None::<&str>, PLACE, NAME, "ActionInvoked", &said).await?)
    }
}

impl Browser {
    /// Address of the page that was brought to the front last. The pages do not say: under a driver each of
    /// them holds itself to be seen.
    ///
    /// # Errors
    /// When Chromium does not tell.
    pub async fn in_front(&self) -> Result<String> {
        let port = std::fs::read_to_string(self.profile().join("DevToolsActivePort"))?;
        let port = port.lines().next().context("no port of DevTools")?;
        let all = reqwest::get(format!("http://127.0.0.1:{port}/json/list")).await?.json::<Value>().await?;
        let mut pages = all.as_array().into_iter().flatten().filter(|one| one["type"] == "page");
        let first = pages.next().and_then(|page| page["url"].as_str());
        first.map(str::to_owned).context("no page is open")
    }
}

/// What the bus calls.
struct Server {
    shown: Arc<Mutex<Vec<Shown>>>,
    last: u32,
}

impl Server {
    fn with<T>(&self, work: impl FnOnce(&mut Vec<Shown>) -> T) -> T {
        work(&mut self.shown.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Server {
    fn get_capabilities(&self) -> Vec<String> {
        ["actions", "body", "persistence"].map(str::to_owned).to_vec()
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ("desk".to_owned(), "tests".to_owned(), "1".to_owned(), "1.2".to_owned())
    }

    #[expect(clippy::too_many_arguments, reason = "the specification has so many")]
    fn notify(
        &mut self,
        _app: String,
        replaces: u32,
        _icon: String,
        title: String,
        text: String,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedVariant>,
        _for_ms: i32,
    ) -> u32 {
        let id = if replaces == 0 {
            self.last += 1;
            self.last
        } else {
            replaces
        };
        self.with(|shown| {
            shown.retain(|one| one.id != id);
            shown.push(Shown { id, title, text });
        });
        id
    }

    fn close_notification(&self, id: u32) {
        self.with(|shown| shown.retain(|one| one.id != id));
    }
}
