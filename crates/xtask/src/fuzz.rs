//! `cargo xtask fuzz`: the search for bytes that break what reads the outside.
//!
//! The searching is libFuzzer's; what is searched stands in `tests/hostile`, whose corpus is where it
//! begins. What it finds is left in `fuzz/artifacts`; put into the corpus it is played by every run of
//! the tests.

use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

use crate::args::Search;
use crate::shell::{command, must, step};
use crate::{place, tools};

/// Longest input tried, in bytes: a push of a few entries.
const LONGEST: &str = "-max_len=20000";
/// An input that takes longer than this many seconds is a find, as a panic is.
const SLOWEST: &str = "-timeout=20";

/// Searches each target for so many minutes. A find does not keep the next target from its turn.
pub(crate) fn run(search: &Search) -> Result<ExitCode> {
    let known = known()?;
    let wanted = if search.targets.is_empty() { &known } else { &search.targets };
    if let Some(unknown) = wanted.iter().find(|target| !known.contains(target)) {
        bail!("there is no target `{unknown}`: {}", known.join(", "));
    }
    let fuzz = tools::fuzzing()?;
    let mut found = Vec::new();
    for target in wanted {
        let about = format!("{} min, and the build of it the first time", search.minutes);
        let searched = step(&format!("searching {target}"), &about, || {
            let seconds = format!("-max_total_time={}", u64::from(search.minutes) * 60);
            let (new, kept) = (format!("fuzz/corpus/{target}"), format!("tests/hostile/corpus/{target}"));
            std::fs::create_dir_all(place::root().join(&new)).with_context(|| new.clone())?;
            // Nothing here is unsafe, so that a panic is all there is to find.
            let mut run = command(&fuzz, &["fuzz", "run", "--sanitizer", "none", target, &new, &kept]);
            if target == "questionnaire" {
                run.arg("public/questionnaires");
            }
            run.env("RUSTUP_TOOLCHAIN", tools::NIGHTLY).env_remove("CARGO");
            must(run.args(["--", &seconds, LONGEST, SLOWEST, "-rss_limit_mb=4096"]))
        });
        if let Err(why) = searched {
            eprintln!("{target}: {why:#}");
            found.push(target.as_str());
        }
    }
    if !found.is_empty() {
        bail!("found something in {}: see fuzz/artifacts", found.join(", "));
    }
    println!("{} searched, {} minutes each: nothing found", wanted.join(", "), search.minutes);
    Ok(ExitCode::SUCCESS)
}

/// The targets, by the names of their programs.
fn known() -> Result<Vec<String>> {
    let folder = place::root().join("fuzz/fuzz_targets");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| format!("{}", folder.display()))? {
        if let Some(stem) = entry?.path().file_stem() {
            names.push(stem.to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}
