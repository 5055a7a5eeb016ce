//! `cargo xtask run`: the app and the clinic, and the link to open.

use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{ExitCode, Stdio};

use anyhow::{Result, bail};

use crate::args::Wish;
use crate::shell::{cargo, command, must, step};
use crate::{dist, place};

/// Builds both, then becomes the clinic, so that Ctrl-C reaches it and nothing is left behind.
pub(crate) fn run(wish: &Wish) -> Result<ExitCode> {
    dist::build()?;
    let clinic = clinic("server")?;
    let mut serve = command(&clinic, &["serve", "--print-link", "--app"]);
    serve.arg(place::dist()).arg("--data");
    serve.arg(wish.data.clone().unwrap_or_else(|| place::root().join("data")));
    serve.args(wish.demo.then_some("--demo")).args(wish.lan.then_some("--lan"));
    if let Some(port) = wish.port {
        serve.arg("--port").arg(port.to_string());
    }
    let why = serve.stdin(Stdio::inherit()).exec();
    bail!("{} could not be started: {why}", clinic.display());
}

/// Builds the clinic with a cargo profile; answers where its program is.
pub(crate) fn clinic(profile: &str) -> Result<PathBuf> {
    let about = if profile == "server" { "5 minutes the first time" } else { "2 minutes the first time" };
    step("the clinic", about, || {
        must(&mut cargo(&[
            "build",
            "--profile",
            profile,
            "-p",
            "interlude-clinic",
            "--bin",
            "interlude-clinic",
        ]))
    })?;
    let folder = if profile == "dev" { "debug" } else { profile };
    Ok(place::target().join(folder).join("interlude-clinic"))
}
