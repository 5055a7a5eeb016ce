//! What each rung runs. tests/README.md says which question each answers.

use std::path::Path;

use anyhow::{Context as _, Result};

use super::screen::Screen;
use super::tally::Tally;
use crate::shell::{cargo, command};
use crate::{dist, place, run, tools};

/// Crates with tests of their own that need no browser: of the app, what is plain data.
const NATIVE: [&str; 6] =
    ["interlude", "interlude-diary", "interlude-fhir", "interlude-clinic", "interlude-testkit", "xtask"];
/// Crates that are only ever compiled for the browser.
const WASM: [&str; 2] = ["interlude", "interlude-web"];
/// Schedules simulated: some minutes on two cores.
const SCHEDULES: &str = "100000";
const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Formatting, lints for both targets, native tests, walls.
pub(crate) fn unit(tally: &mut Tally) -> Result<()> {
    tools::wasm_target()?;
    tally.check("formatting", &mut cargo(&["fmt", "--all", "--check"]));
    let mut native = cargo(&["clippy", "--workspace", "--all-targets"]);
    native.args(WASM.iter().flat_map(|name| ["--exclude", name]));
    tally.check("lints, native", native.args(["--", "-D", "warnings"]));
    let mut wasm = cargo(&["clippy", "--all-targets", "--all-features", "--target", WASM_TARGET]);
    wasm.args(packages(&WASM));
    tally.check("lints, wasm32", wasm.args(["--", "-D", "warnings"]));
    let mut tests = cargo(&["test", "--no-fail-fast", "--lib", "--bins"]);
    tests.args(packages(&NATIVE)).args(targets(|name| !name.contains("contract"))?);
    tally.tests("native tests and walls", &mut tests)?;
    let hostile = ["test", "--no-fail-fast", "-p", "interlude-hostile", "--tests"];
    tally.tests("what anybody may send", &mut cargo(&hostile))
}

/// What others wrote: its licences, where it comes from, and holes that are known.
pub(crate) fn supply(tally: &mut Tally) -> Result<()> {
    let tools::Judges { deny, audit, advisories } = tools::judges()?;
    let kinds = ["--workspace", "--locked", "check", "licenses", "bans", "sources"];
    tally.check("licences, bans, sources", &mut command(deny, &kinds));
    // A lock file is looked at, whatever of it is built: `fuzz` has its own.
    for lock in ["Cargo.lock", "fuzz/Cargo.lock"] {
        let mut holes = command(&audit, &["audit", "--deny", "warnings", "--no-fetch", "--file", lock]);
        tally.check(&format!("known holes, {lock}"), holes.arg("--db").arg(&advisories));
    }
    Ok(())
}

/// The contract suites of the ports, over every adapter that is native.
pub(crate) fn contract(tally: &mut Tally) -> Result<()> {
    let mut tests = cargo(&["test", "--no-fail-fast"]);
    tests.args(packages(&NATIVE)).args(targets(|name| name.contains("contract"))?);
    tally.tests("contracts of journal and store", &mut tests)
}

/// Phones, clinic and faults, simulated.
pub(crate) fn sim(tally: &mut Tally) -> Result<()> {
    let mut tests = cargo(&["test", "--no-fail-fast", "--profile", "sim", "-p", "interlude-sim"]);
    // Others run fewer: this is the one place that knows how they are built.
    if std::env::var_os("SIM_SEEDS").is_none() {
        tests.env("SIM_SEEDS", SCHEDULES);
    }
    tally.tests("simulation", &mut tests)
}

/// What only a browser can say of the journal, in Chromium and in WebKit.
pub(crate) fn web(tally: &mut Tally) -> Result<()> {
    tools::wasm_target()?;
    let runner = tools::wasm_bindgen()?.join("wasm-bindgen-test-runner");
    tools::browsers()?;
    let tests = |driver: &str| {
        let mut tests = cargo(&["test", "--no-fail-fast", "-p", "interlude-web", "--target", WASM_TARGET]);
        tests
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &runner)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "300");
        for other in ["CHROMEDRIVER", "SAFARIDRIVER", "GECKODRIVER"] {
            tests.env_remove(other);
        }
        tests.env(driver, if driver == "CHROMEDRIVER" { "chromedriver" } else { "WebKitWebDriver" });
        tests
    };
    tally.tests("journal in Chromium", &mut tests("CHROMEDRIVER"))?;
    // The runner drives WebKit as it does Safari: with a driver of WebKit's and no wishes.
    let screen = Screen::start()?;
    let mut webkit = tests("SAFARIDRIVER");
    webkit.env("DISPLAY", screen.name()).env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
    tally.tests("journal in WebKit", &mut webkit)
}

/// The promises, in real browsers against the real server process.
pub(crate) fn e2e(tally: &mut Tally) -> Result<()> {
    let mut tests = with_app(cargo(&["test", "--no-fail-fast", "-p", "interlude-e2e", "--lib"]), "dev")?;
    tally.tests("promises in Chromium and WebKit", tests.args(["--", "--test-threads=1"]))
}

/// Brings and builds all that the browser tests and measurements want, and tells `command` where.
pub(crate) fn with_app(mut command: std::process::Command, profile: &str) -> Result<std::process::Command> {
    tools::browsers()?;
    let axe = tools::node_tools()?.join("node_modules/axe-core/axe.min.js");
    dist::build()?;
    let clinic = run::clinic(profile)?;
    let artefacts = place::artefacts().join("e2e");
    if artefacts.is_dir() {
        std::fs::remove_dir_all(&artefacts)?;
    }
    command.env("INTERLUDE_APP", place::dist()).env("INTERLUDE_CLINIC", clinic).env("INTERLUDE_AXE", axe);
    // By its place, not by the running program: that one may have been built anew meanwhile.
    let xtask = place::target().join("debug/xtask");
    command.env("INTERLUDE_ARTEFACTS", artefacts).env("INTERLUDE_XTASK", xtask);
    Ok(command)
}

fn packages(names: &'static [&'static str]) -> impl Iterator<Item = &'static str> {
    names.iter().flat_map(|name| ["-p", name])
}

/// `--test NAME` for each file of the native crates' tests folders whose name is wanted.
fn targets(wanted: impl Fn(&str) -> bool) -> Result<Vec<String>> {
    let crates = place::root().join("crates");
    let mut args = Vec::new();
    for name in names(&place::root().join("tests"))?.into_iter().filter(|name| wanted(name)) {
        args.extend(["--test".to_owned(), name]);
    }
    for folder in ["diary", "fhir", "clinic", "testkit", "xtask"] {
        for name in names(&crates.join(folder).join("tests"))? {
            if wanted(&name) {
                args.extend(["--test".to_owned(), name]);
            }
        }
    }
    Ok(args)
}

/// Test targets of one tests folder: its files, and its folders with a `main.rs`.
fn names(folder: &Path) -> Result<Vec<String>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("{}", folder.display()))? {
        let path = entry?.path();
        let is_target = path.extension().is_some_and(|end| end == "rs") || path.join("main.rs").is_file();
        if let (true, Some(stem)) = (is_target, path.file_stem()) {
            names.push(stem.to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}
