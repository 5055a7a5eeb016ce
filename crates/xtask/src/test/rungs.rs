//! What each rung runs. tests/README.md says which question each answers.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

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

/// What only a browser can say of the journal, in Chromium, in WebKit and, where it is quick, in Firefox.
pub(crate) fn web(tally: &mut Tally) -> Result<()> {
    tools::wasm_target()?;
    let runner = tools::wasm_bindgen()?.join("wasm-bindgen-test-runner");
    tools::browsers()?;
    let tests = |variable: &str, driver: &Path| {
        let mut tests = cargo(&["test", "--no-fail-fast", "-p", "interlude-web", "--target", WASM_TARGET]);
        tests
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &runner)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "300");
        for other in ["CHROMEDRIVER", "SAFARIDRIVER", "GECKODRIVER"] {
            tests.env_remove(other);
        }
        tests.env(variable, driver);
        tests
    };
    tally.tests("journal in Chromium", &mut tests("CHROMEDRIVER", Path::new("chromedriver")))?;
    // The runner drives WebKit as it does Safari: with a driver of WebKit's and no wishes.
    let screen = Screen::start()?;
    let mut webkit = tests("SAFARIDRIVER", Path::new("WebKitWebDriver"));
    webkit.env("DISPLAY", screen.name()).env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
    tally.tests("journal in WebKit", &mut webkit)?;
    in_firefox(tally, "journal in Firefox", |driver| {
        let mut firefox = tests("GECKODRIVER", driver);
        firefox.args(IN_FIREFOX_TOO.iter().flat_map(|name| ["--test", name]));
        firefox
    })
}

/// Of the journal's tests those that Firefox is done with in seconds; `failures` and `lock` take it minutes.
const IN_FIREFOX_TOO: [&str; 6] = ["contract", "damage", "migrations", "platform", "spare", "store"];

/// Runs what wants Firefox, or says that it is left out.
fn in_firefox(tally: &mut Tally, name: &str, tests: impl FnOnce(&Path) -> Command) -> Result<()> {
    match tools::firefox() {
        Ok(driver) => tally.tests(name, &mut tests(&driver)),
        Err(why) => {
            tally.left_out(name, &format!("{why:#}"));
            Ok(())
        }
    }
}

/// The promises, in real browsers against the real server process.
pub(crate) fn e2e(tally: &mut Tally) -> Result<()> {
    let app = App::ready("dev")?;
    let tests = || app.told(cargo(&["test", "--no-fail-fast", "-p", "interlude-e2e", "--lib"]));
    let others = ["--", "--test-threads=1", "--skip", IN_FIREFOX];
    tally.tests("promises in Chromium and WebKit", tests().args(others))?;
    in_firefox(tally, "promises in Firefox", |driver| {
        let mut tests = tests();
        tests.args([IN_FIREFOX, "--", "--test-threads=1"]).env("INTERLUDE_GECKODRIVER", driver);
        tests
    })
}

/// How the tests that want Firefox end.
const IN_FIREFOX: &str = "in_firefox";

/// [`App::ready`], for one command.
pub(crate) fn with_app(command: Command, profile: &str) -> Result<Command> {
    App::ready(profile).map(|app| app.told(command))
}

/// All that the browser tests and measurements want, and where it is.
pub(crate) struct App(Vec<(&'static str, PathBuf)>);

impl App {
    /// Brings and builds it. What an earlier run left as evidence goes.
    pub(crate) fn ready(profile: &str) -> Result<Self> {
        tools::browsers()?;
        let axe = tools::node_tools()?.join("node_modules/axe-core/axe.min.js");
        dist::build()?;
        let clinic = run::clinic(profile)?;
        let artefacts = place::artefacts().join("e2e");
        if artefacts.is_dir() {
            std::fs::remove_dir_all(&artefacts)?;
        }
        Ok(Self(vec![
            ("INTERLUDE_APP", place::dist()),
            ("INTERLUDE_CLINIC", clinic),
            ("INTERLUDE_AXE", axe),
            ("INTERLUDE_ARTEFACTS", artefacts),
            // By its place, not by the running program: that one may have been built anew meanwhile.
            ("INTERLUDE_XTASK", place::target().join("debug/xtask")),
        ]))
    }

    /// The command, told where all of it is, and that it is daytime there.
    pub(crate) fn told(&self, mut command: Command) -> Command {
        command.envs(self.0.iter().map(|(name, path)| (name, path)));
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        command.env("TZ", zone_of_day(since.as_secs() / 3600 % 24));
        command
    }
}

/// A zone in which it is between eight and eight, of the same date as in UTC: between midnight and four the
/// app asks first which day is meant, and a day that ends in the middle of a test is another. What it says
/// at night has tests of its own, which set the page's clock.
const fn zone_of_day(utc_hour: u64) -> &'static str {
    match utc_hour {
        0..8 => "Asia/Tokyo", // nine hours ahead
        8..16 => "UTC",
        _ => "America/New_York", // four or five behind
    }
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
