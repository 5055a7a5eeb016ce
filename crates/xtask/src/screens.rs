//! `cargo xtask screens`: a picture of each page, for people to look at.

use std::process::ExitCode;

use anyhow::Result;

use crate::place;
use crate::shell::{cargo, must};
use crate::test::with_app;

/// Photographs every page at 390 px, light and dark, into `docs/screens/`.
pub(crate) fn run() -> Result<ExitCode> {
    let mut screens = with_app(cargo(&["run", "--quiet", "-p", "interlude-e2e", "--bin", "screens"]), "dev")?;
    must(screens.env("INTERLUDE_SCREENS", place::root().join("docs/screens")))?;
    Ok(ExitCode::SUCCESS)
}
