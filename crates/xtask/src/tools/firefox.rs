//! Firefox and its driver.
//!
//! Not every system has a Firefox that a driver can start, so whoever asks says what is left out
//! where there is none.

use std::path::PathBuf;

use anyhow::Result;

use super::{apt, cargo_tool};

/// Drives Firefox.
const GECKODRIVER: &str = "0.37.1";

/// Brings both; answers the driver.
///
/// # Errors
/// When one of them cannot be had: why, in words for a person.
pub(crate) fn bring() -> Result<PathBuf> {
    apt::bring(&[("firefox-esr", "firefox-esr")])?;
    let driver =
        cargo_tool("geckodriver", "geckodriver", GECKODRIVER, &["--locked"], "about 2 minutes, once")?;
    Ok(driver.join("geckodriver"))
}
