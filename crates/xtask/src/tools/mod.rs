//! The tools that are not cargo's, at pinned versions, in a per-user cache.
//!
//! Each is looked for first and brought only when it is missing. What cannot be brought is one
//! sentence with the command to type. `run` and `build` need [`for_building`] alone.

mod advisories;
mod apt;
mod firefox;
mod lock;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::place;
use crate::shell::{self, command, must, step, text};
pub(crate) use firefox::bring as firefox;

/// 0.22 wants a newer rustc than our floor.
const TRUNK: &str = "0.21.14";
/// Must equal the wasm-bindgen of Cargo.lock: the two halves speak a private format.
const WASM_BINDGEN: &str = "0.2.130";
/// Cuts the app into parts.
const WASM_SPLIT: &str = "0.2.4";
/// wasm-opt; the one that distributions ship is too old for what rustc emits.
const BINARYEN: &str = "132.0.0";
/// Writes scripts and styles smaller.
const ESBUILD: &str = "0.28.2";
/// Licences, sources and doubles of everything that is linked.
const DENY: &str = "0.20.2";
/// Known holes in everything that is linked.
const AUDIT: &str = "0.22.2";
/// Searches for bytes that break a parser.
const FUZZ: &str = "0.13.2";
/// What it is built with: the coverage it steers by is in no stable compiler.
pub(crate) const NIGHTLY: &str = "nightly";
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
    ///
    /// # Errors
    /// When cargo's home is not known.
    pub(crate) fn trunk(&self, args: &[&str]) -> Result<std::process::Command> {
        let mut trunk = command(&self.trunk, args);
        trunk.env("PATH", &self.path).env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags()?);
        Ok(trunk)
    }

    /// What of the tools decides the built bytes.
    pub(crate) fn versions() -> [&'static str; 5] {
        [TRUNK, WASM_BINDGEN, WASM_SPLIT, BINARYEN, ESBUILD]
    }
}

/// What rustc is told for the app that is served. Relocations, for cutting it into parts; views of
/// one type, for size; little functions written where they are called, since a browser compiles each when it
/// is first called, at a price a function (the default for small code is 5; 45 makes the first module 2 %
/// larger); and no path of this machine in what a panic would say.
fn flags() -> Result<String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo")));
    let home = home.context("neither CARGO_HOME nor HOME is set: where are the crates?")?;
    let (home, root) = (home.display().to_string(), place::root().display().to_string());
    // Flags are cut at spaces.
    let remap = |from: &str, to: &str| {
        if from.contains(' ') { String::new() } else { format!(" --remap-path-prefix={from}={to}") }
    };
    Ok(format!(
        "-Clink-arg=--emit-relocs -Cllvm-args=-inline-threshold=15 --cfg erase_components{}{}",
        remap(&home, ""),
        remap(&root, "")
    ))
}

/// Tools that finish the app, each by its path.
pub(crate) struct Finishing {
    pub(crate) split: PathBuf,
    pub(crate) bindgen: PathBuf,
    pub(crate) optimise: PathBuf,
    pub(crate) esbuild: PathBuf,
}

/// Brings what finishing the app needs.
pub(crate) fn for_finishing() -> Result<Finishing> {
    let node = node_tools()?.join("node_modules/.bin");
    Ok(Finishing {
        split: wasm_split()?.join("wasm-split-cli"),
        bindgen: wasm_bindgen()?.join("wasm-bindgen"),
        optimise: node.join("wasm-opt"),
        esbuild: node.join("esbuild"),
    })
}

fn wasm_split() -> Result<PathBuf> {
    let package = "wasm_split_cli_support";
    cargo_tool(
        "wasm-split-cli",
        package,
        WASM_SPLIT,
        &["--locked", "--features", "build-binary"],
        "about a minute, once",
    )
}

/// Brings what building the app needs: the wasm target, trunk, wasm-bindgen, wasm-opt.
pub(crate) fn for_building() -> Result<Building> {
    lock::check(&place::root().join("Cargo.lock"), WASM_BINDGEN)?;
    wasm_target()?;
    let trunk = cargo_tool("trunk", "trunk", TRUNK, &["--locked"], "about 4 minutes, once")?;
    let bindgen = wasm_bindgen()?;
    wasm_split()?;
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
    cargo_tool("wasm-bindgen", "wasm-bindgen-cli", WASM_BINDGEN, &[], "about 2 minutes, once")
}

/// What judges the crates of others: two programs, and the list of holes that are known.
pub(crate) struct Judges {
    pub(crate) deny: PathBuf,
    pub(crate) audit: PathBuf,
    /// Folder of the advisory database.
    pub(crate) advisories: PathBuf,
}

/// Brings cargo-deny, cargo-audit and the newest list of known holes that can be had.
pub(crate) fn judges() -> Result<Judges> {
    let deny = cargo_tool("cargo-deny", "cargo-deny", DENY, &["--locked"], "about 2 minutes, once")?;
    // Without reading binaries: only Cargo.lock is looked at.
    let how = ["--locked", "--no-default-features"];
    let audit = cargo_tool("cargo-audit", "cargo-audit", AUDIT, &how, "about 2 minutes, once")?;
    let advisories = advisories::bring()?;
    Ok(Judges { deny: deny.join("cargo-deny"), audit: audit.join("cargo-audit"), advisories })
}

/// Brings a nightly compiler and cargo-fuzz; answers the latter.
pub(crate) fn fuzzing() -> Result<PathBuf> {
    let runs =
        |toolchain: &str| text(&mut command("rustup", &["run", toolchain, "rustc", "--version"])).is_ok();
    if !runs(NIGHTLY) {
        let line = format!("rustup toolchain install {NIGHTLY} --profile minimal");
        if shell::which("rustup").is_none() {
            bail!("fuzzing wants a nightly compiler, and there is no rustup to bring it: install rustup");
        }
        step("a nightly compiler", "a minute or two, once", || {
            let words: Vec<&str> = line.split(' ').skip(1).collect();
            must(&mut command("rustup", &words)).with_context(|| {
                format!("fuzzing wants a nightly compiler: where there is one, type `{line}`")
            })
        })?;
    }
    let fuzz = cargo_tool("cargo-fuzz", "cargo-fuzz", FUZZ, &["--locked"], "about a minute, once")?;
    Ok(fuzz.join("cargo-fuzz"))
}

/// Brings Chromium, its driver, a bus for its notices, and a WebKit with its driver and a screen for it.
pub(crate) fn browsers() -> Result<()> {
    apt::bring(&[
        ("chromium", "chromium"),
        ("chromedriver", "chromium-driver"),
        ("WebKitWebDriver", "webkit2gtk-driver"),
        ("Xvfb", "xvfb"),
        ("dbus-daemon", "dbus-daemon"),
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
    if here("binaryen", BINARYEN) && here("esbuild", ESBUILD) && here("axe-core", AXE) {
        return Ok(folder);
    }
    apt::bring(&[("npm", "npm")])?;
    std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    step("wasm-opt, esbuild and axe-core from npm", "half a minute, once", || {
        let packages =
            [format!("binaryen@{BINARYEN}"), format!("esbuild@{ESBUILD}"), format!("axe-core@{AXE}")];
        let args = ["install", "--save-exact", "--no-audit", "--no-fund", "--ignore-scripts"];
        must(command("npm", &args).args(&packages).arg("--prefix").arg(&folder))
    })?;
    Ok(folder)
}

/// A program from a crate, built once into the cache; answers the folder it is in.
fn cargo_tool(program: &str, package: &str, version: &str, how: &[&str], about: &str) -> Result<PathBuf> {
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
        install.args(how).arg("--root").arg(&home).arg("--target-dir").arg(&scratch);
        // Built to be used a few times, not to be fast: half the time to build.
        install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0").env("CARGO_PROFILE_RELEASE_LTO", "off");
        install.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256").env_remove("CARGO_TARGET_DIR");
        must(&mut install)?;
        std::fs::remove_dir_all(&scratch).with_context(|| format!("{} stays behind", scratch.display()))
    })?;
    Ok(bin)
}
