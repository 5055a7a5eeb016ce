//! Where things are: the checkout, cargo's target directory, artefacts, the tools.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// The checkout.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap_or_else(|_gone| PathBuf::from("."))
}

/// Cargo's target directory.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// What tests and measurements leave behind; always under `target/` of the checkout.
pub(crate) fn artefacts() -> PathBuf {
    root().join("target")
}

/// The built app.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// The directory Trunk's `post_build` hook is to look at.
pub(crate) fn staging() -> Result<PathBuf> {
    let named = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    named.context("`finish` is the hook of `trunk build`, which sets TRUNK_STAGING_DIR")
}

/// The per-user cache of tools, one folder a tool and version.
pub(crate) fn tools() -> Result<PathBuf> {
    if let Some(named) = env::var_os("INTERLUDE_TOOLS") {
        return Ok(PathBuf::from(named));
    }
    if let Some(cache) = env::var_os("XDG_CACHE_HOME") {
        return Ok(PathBuf::from(cache).join("interlude"));
    }
    let home = env::var_os("HOME").context("neither HOME nor INTERLUDE_TOOLS is set: where do tools go?")?;
    Ok(PathBuf::from(home).join(".cache/interlude"))
}
