//! The list of files the service worker keeps, with their digests.

use std::path::Path;

use anyhow::Result;

/// Called on Trunk's staging folder before it becomes `dist/`.
pub(crate) fn run(staging: &Path) -> Result<()> {
    println!("precache: {}", staging.display());
    Ok(())
}
