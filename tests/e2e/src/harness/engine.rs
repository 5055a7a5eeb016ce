//! The browsers there are, and what each is asked for when it starts.

use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

use super::driver::{firefox, mini_browser};

/// Which engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Debian's Chromium, headless.
    Chromium,
    /// WebKitGTK's MiniBrowser. It keeps no profile between starts.
    WebKit,
    /// Debian's Firefox, headless. A page of it can be no narrower than its window.
    Firefox,
}

impl Engine {
    /// What a session of it is to be: on this profile, for a person who reads `language`.
    ///
    /// # Errors
    /// When it is not installed.
    pub(super) fn wishes(self, profile: &Path, language: &str, net_log: &Path) -> Result<Value> {
        match self {
            Self::Chromium => Ok(chromium(profile, language, net_log)),
            Self::WebKit => {
                let options = json!({ "binary": mini_browser()?, "args": ["--automation"] });
                Ok(json!({ "browserName": "MiniBrowser", "webkitgtk:browserOptions": options }))
            }
            Self::Firefox => {
                let prefs = json!({
                    "intl.accept_languages": language,
                    // A JSON file is a page of its origin, not of the viewer's.
                    "devtools.jsonview.enabled": false,
                });
                let args = json!(["-headless", "-profile", profile]);
                let options = json!({ "binary": firefox()?, "args": args, "prefs": prefs });
                Ok(json!({ "browserName": "firefox", "moz:firefoxOptions": options }))
            }
        }
    }

    /// Whether `word`, one of a process's command line, says that it is this engine on this profile.
    pub(super) fn is_named_by(self, word: &str, profile: &Path) -> bool {
        let profile = profile.to_string_lossy();
        match self {
            Self::Chromium => word.strip_prefix("--user-data-dir=") == Some(&profile),
            Self::Firefox => word == profile,
            // It has no profile that would tell it from others.
            Self::WebKit => false,
        }
    }
}

fn chromium(profile: &Path, language: &str, net_log: &Path) -> Value {
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
        format!("--lang={language}"),
        format!("--accept-lang={language}"),
        format!("--user-data-dir={}", profile.display()),
        format!("--log-net-log={}", net_log.display()),
    ]);
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": { "binary": "/usr/bin/chromium", "args": args },
        "goog:loggingPrefs": { "browser": "ALL" },
    })
}
