//! The tools that are not cargo's, at pinned versions, in a per-user cache.
//!
//! Each is looked for first and brought only when it is missing. What cannot be brought is one
//! sentence with the command to type. `run` and `build` need [`for_building`] alone.

mod apt;
mod lock;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::place;
use crate::shell::{self, command, must, step, text};

/// 0.22 wants a newer rustc than our floor.
const TRUNK: &str = "0.21.14";
/// Must equal the wasm-bindgen of Cargo.lock: the two halves speak a private format.
const WASM_BINDGEN: &str = "0.2.130";
/// wasm-opt; the one that distributions ship is too old for what rustc emits.
const BINARYEN: &str = "132.0.0";
/// The accessibility rules the browser tests run.
const AXE: &str = "4.14.1";
const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Tools that build the app, as folders to put before PATH.
pub(crate) struct Building {
    path: OsString,
    trunk: PathBuf,
}

impl Building {
    /// `trunk`, with the other tools on its PATH.
    pub(crate) fn trunk(&self, args: &[&str]) -> std::process::Command {
        let mut trunk = command(&self.trunk, args);
        trunk.env("PATH", &self.path);
        trunk
    }

    /// What of the tools decides the built bytes.
    pub(crate) fn versions() -> [&'static str; 3] {
        [TRUNK, WASM_BINDGEN, BINARYEN]
    }
}

/// Brings what building the app needs: the wasm target, trunk, wasm-bindgen, wasm-opt.
pub(crate) fn for_building() -> Result<Building> {
    lock::check(&place::root().join("Cargo.lock"), WASM_BINDGEN)?;
    wasm_target()?;
    let trunk = cargo_tool("trunk", "trunk", TRUNK, true, "about 4 minutes, once")?;
    let bindgen = wasm_bindgen()?;
    let node = node_tools()?.join("node_modules/.bin");
    let old = env::var_os("PATH").unwrap_or_default();
    let folders = [bindgen, node].into_iter().chain(env::split_paths(&old));
    Ok(Building { path: env::join_paths(folders)?, trunk: trunk.join("trunk") })
}

/// Brings the wasm target alone: enough for `cargo check`.
pub(crate) fn wasm_target() -> Result<()> {
    let sysroot = text(&mut command("rustc", &["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET).is_dir() {
        return Ok(());
    }
    if shell::which("rustup").is_none() {
        bail!("the Rust target {WASM_TARGET} is missing: install it, or rustup, and start again");
    }
    step("rust target wasm32-unknown-unknown", "half a minute, once", || {
        must(&mut command("rustup", &["target", "add", WASM_TARGET]))
    })
}

/// Brings wasm-bindgen and its test runner; answers their folder.
pub(crate) fn wasm_bindgen() -> Result<PathBuf> {
    lock::check(&place::root().join("Cargo.lock"), WASM_BINDGEN)?;
    cargo_tool("wasm-bindgen", "wasm-bindgen-cli", WASM_BINDGEN, false, "about 2 minutes, once")
}

/// Brings Chromium, its driver, and a WebKit with its driver and a screen for it.
pub(crate) fn browsers() -> Result<()> {
    apt::bring(&[
        ("chromium", "chromium"),
        ("chromedriver", "chromium-driver"),
        ("WebKitWebDriver", "webkit2gtk-driver"),
        ("Xvfb", "xvfb"),
    ])
}

/// Brings the npm tools; answers the folder that holds `node_modules`.
pub(crate) fn node_tools() -> Result<PathBuf> {
    let folder = place::tools()?.join("node-tools");
    let here = |package: &str, version: &str| {
        let file = folder.join("node_modules").join(package).join("package.json");
        let about = std::fs::read_to_string(file).unwrap_or_default();
        about.contains(&format!("\"version\": \"{version}\""))
    };
    apt::bring(&[("node", "nodejs")])?;
    if here("binaryen", BINARYEN) && here("axe-core", AXE) {
        return Ok(folder);
    }
    apt::bring(&[("npm", "npm")])?;
    std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    step("wasm-opt and axe-core from npm", "half a minute, once", || {
        let (binaryen, axe) = (format!("binaryen@{BINARYEN}"), format!("axe-core@{AXE}"));
        let args =
            ["install", "--save-exact", "--no-audit", "--no-fund", "--ignore-scripts", &binaryen, &axe];
        must(command("npm", &args).arg("--prefix").arg(&folder))
    })?;
    Ok(folder)
}

/// A program from a crate, built once into the cache; answers the folder it is in.
fn cargo_tool(program: &str, package: &str, version: &str, locked: bool, about: &str) -> Result<PathBuf> {
    let home = place::tools()?.join(format!("{package}-{version}"));
    let bin = home.join("bin");
    if shell::is_program(&bin.join(program)) {
        return Ok(bin);
    }
    if let Some(found) = shell::which(program)
        && text(&mut command(&found, &["--version"]))
            .is_ok_and(|line| line.split(' ').any(|w| w.trim() == version))
        && let Some(folder) = found.parent()
    {
        return Ok(folder.to_owned());
    }
    step(&format!("{package} {version}"), about, || {
        let scratch = home.join("scratch");
        let mut install = shell::cargo(&["install", package, "--version", version]);
        install.args(locked.then_some("--locked")).arg("--root").arg(&home).arg("--target-dir").arg(&scratch);
        // Built to be used a few times, not to be fast: half the time to build.
        install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0").env("CARGO_PROFILE_RELEASE_LTO", "off");
        install.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256").env_remove("CARGO_TARGET_DIR");
        must(&mut install)?;
        std::fs::remove_dir_all(&scratch).with_context(|| format!("{} stays behind", scratch.display()))
    })?;
    Ok(bin)
}
