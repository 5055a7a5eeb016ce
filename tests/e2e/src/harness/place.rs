//! Where the built app, the clinic's program and the tools are.
//!
//! `cargo xtask test e2e` builds them all and says where; without it the usual places are tried.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn named(variable: &str, usual: impl FnOnce() -> PathBuf) -> Result<PathBuf> {
    let path = env::var_os(variable).map_or_else(usual, PathBuf::from);
    ensure!(path.exists(), "{} is not there: start with `cargo xtask test e2e`", path.display());
    Ok(path)
}

/// The built app.
///
/// # Errors
/// When it is not built.
pub fn app() -> Result<PathBuf> {
    named("INTERLUDE_APP", || root().join("dist"))
}

/// The clinic's program.
///
/// # Errors
/// When it is not built.
pub fn clinic() -> Result<PathBuf> {
    named("INTERLUDE_CLINIC", || {
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
        target.join("debug/interlude-clinic")
    })
}

/// `cargo xtask`: the program itself where it runs the tests, since cargo would wait for every other
/// build first.
#[must_use]
pub fn xtask() -> Command {
    env::var_os("INTERLUDE_XTASK").map_or_else(
        || {
            let mut cargo = Command::new("cargo");
            cargo.arg("xtask");
            cargo
        },
        Command::new,
    )
}

/// Firefox's driver: where `cargo xtask` brought it, or the one on PATH.
///
/// # Errors
/// When it was said to be where it is not.
pub fn geckodriver() -> Result<PathBuf> {
    match env::var_os("INTERLUDE_GECKODRIVER") {
        Some(_) => named("INTERLUDE_GECKODRIVER", PathBuf::new),
        None => Ok(PathBuf::from("geckodriver")),
    }
}

/// axe-core, one file.
///
/// # Errors
/// When it was not brought.
pub fn axe() -> Result<PathBuf> {
    named("INTERLUDE_AXE", || {
        let home = env::var_os("HOME").map_or_else(PathBuf::new, PathBuf::from);
        home.join(".cache/interlude/node-tools/node_modules/axe-core/axe.min.js")
    })
}

/// Where failures leave a picture, the page and the logs.
#[must_use]
pub fn artefacts() -> PathBuf {
    env::var_os("INTERLUDE_ARTEFACTS").map_or_else(|| root().join("target/e2e"), PathBuf::from)
}

/// The FHIR schema and forms of others, which stand beside the checkout.
#[must_use]
pub fn fixtures() -> PathBuf {
    env::var_os("INTERLUDE_FIXTURES").map_or_else(|| root().join("../shared/fixtures"), PathBuf::from)
}

/// Pictures for people.
#[must_use]
pub fn screens() -> PathBuf {
    env::var_os("INTERLUDE_SCREENS").map_or_else(|| root().join("docs/screens"), PathBuf::from)
}

/// More pictures, not kept.
#[must_use]
pub fn more_screens() -> PathBuf {
    root().join("target/screens")
}

/// The measurements.
#[must_use]
pub fn bench() -> PathBuf {
    env::var_os("INTERLUDE_BENCH").map_or_else(|| root().join("target/bench.json"), PathBuf::from)
}

/// A port that was free a moment ago.
///
/// # Errors
/// When the machine has none.
pub fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// Copies a folder and all in it; what is no file and no folder (a socket, a lock that is a link) is
/// left out.
///
/// # Errors
/// When something cannot be copied.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let (kind, target) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() {
            std::fs::create_dir_all(&target)?;
            copy(&entry.path(), &target)?;
        } else if kind.is_file() {
            std::fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
