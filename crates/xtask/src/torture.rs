//! `cargo xtask torture`: the simulation at length.

use std::process::ExitCode;

use anyhow::Result;

use crate::shell::{cargo, must};

/// Plays the scenes and prints the table; a failure of theirs is one of this.
pub(crate) fn run(words: &[String]) -> Result<ExitCode> {
    let mut torture =
        cargo(&["run", "--quiet", "--profile", "sim", "-p", "interlude-sim", "--bin", "torture", "--"]);
    must(torture.args(words))?;
    Ok(ExitCode::SUCCESS)
}
