//! A screen that nobody sees, for a browser that has no headless mode.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result};

/// Ended when dropped.
pub(crate) struct Screen {
    process: Child,
    name: String,
}

impl Screen {
    /// Starts one, on a number that is free.
    pub(crate) fn start() -> Result<Self> {
        let mut process = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "900x900x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("Xvfb does not start")?;
        let out = process.stdout.take().context("Xvfb has no output")?;
        let mut number = String::new();
        BufReader::new(out).read_line(&mut number)?;
        Ok(Self { process, name: format!(":{}", number.trim()) })
    }

    /// What `DISPLAY` is to be.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is gone after this.
        if self.process.kill().is_ok() {
            drop(self.process.wait());
        }
    }
}
