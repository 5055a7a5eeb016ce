//! Calling other programs.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use crate::place;

/// Says what begins and about how long it takes; says how long it took.
pub(crate) fn step<T>(what: &str, about: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("· {what} ({about})");
    let start = Instant::now();
    let done = work()?;
    eprintln!("  done in {}", spent(start));
    Ok(done)
}

/// Time since `start`, for people.
pub(crate) fn spent(start: Instant) -> String {
    let seconds = start.elapsed().as_secs_f32();
    if seconds < 90.0 { format!("{seconds:.1} s") } else { format!("{:.1} min", seconds / 60.0) }
}

/// A command in the checkout.
pub(crate) fn command(program: impl AsRef<OsStr>, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(place::root()).stdin(Stdio::null());
    command
}

/// `cargo` with arguments: the cargo that started us.
pub(crate) fn cargo(args: &[&str]) -> Command {
    let mut command = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), args);
    // Set by the outer `cargo run` for this package: it would mislead build scripts of others.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"] {
        command.env_remove(name);
    }
    command
}

/// Runs it; an error when it fails.
pub(crate) fn must(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("`{program}` could not be started"))?;
    if !status.success() {
        let words: Vec<_> = command.get_args().map(|arg| arg.to_string_lossy().into_owned()).collect();
        bail!("`{program} {}` failed ({status})", words.join(" "));
    }
    Ok(())
}

/// Runs it and answers what it printed; an error when it fails.
pub(crate) fn text(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let out = command.output().with_context(|| format!("`{program}` could not be started"))?;
    if !out.status.success() {
        bail!("`{program}` failed: {}", String::from_utf8_lossy(&out.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}

/// Where `program` is on PATH.
pub(crate) fn which(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| is_program(file))
}

/// Whether `file` can be run.
pub(crate) fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    file.metadata().is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}
