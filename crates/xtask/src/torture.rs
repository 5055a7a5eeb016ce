//! `cargo xtask torture`: the simulation at length, and real kills.

use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, bail};

use crate::shell::{cargo, must};
use crate::test::App;
use crate::tools;

/// The columns of the simulation's table, which the lines of the kills keep.
const HEADING: &str = "\
| scene | schedules | revisions | requests | faults | kills | odd | restores | confirmed | lost | doubled | misdated | stuck | falsely confirmed |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|";

/// What is asked of this command itself; the other words are the simulation's.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wish {
    kills: Option<String>,
    /// No simulation: `--seeds 0`.
    real_only: bool,
    seed: Option<String>,
    rest: Vec<String>,
}

/// Plays the scenes, kills the server and the browser as often as asked, and prints the table. A
/// failure of one does not keep the others from running, and is one of this.
pub(crate) fn run(words: &[String]) -> Result<ExitCode> {
    let wish = wish(words)?;
    let mut failed = Vec::new();
    let mut note = |outcome: Result<()>| {
        if let Err(why) = outcome {
            eprintln!("{why:#}");
            failed.push(why);
        }
    };
    if wish.real_only {
        println!("{HEADING}");
    } else {
        let mut torture =
            cargo(&["run", "--quiet", "--profile", "sim", "-p", "interlude-sim", "--bin", "torture", "--"]);
        note(must(torture.args(&wish.rest)));
    }
    if let Some(kills) = &wish.kills {
        let server = cargo(&["test", "--quiet", "-p", "interlude-clinic", "--test", "process"]);
        note(killed(server, "no_kill_loses_or_doubles", kills, wish.seed.as_deref()));
        match App::ready("dev") {
            Ok(app) => browsers_killed(&app, kills, wish.seed.as_deref(), &mut note),
            Err(why) => note(Err(why)),
        }
    }
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The whole browser, of each kind that is at hand.
fn browsers_killed(app: &App, kills: &str, seed: Option<&str>, note: &mut impl FnMut(Result<()>)) {
    let tests = || app.told(cargo(&["test", "--quiet", "-p", "interlude-e2e", "--lib"]));
    note(killed(tests(), "killed_at_random_in_chromium", kills, seed));
    match tools::firefox() {
        Ok(driver) => {
            let mut tests = tests();
            tests.env("INTERLUDE_GECKODRIVER", driver);
            note(killed(tests, "killed_at_random_in_firefox", kills, seed));
        }
        Err(why) => println!("Firefox was left out: {why:#}"),
    }
}

fn wish(words: &[String]) -> Result<Wish> {
    let mut wish = Wish::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words.next().with_context(|| format!("`{word}` wants a value after it."))?;
        match word.as_str() {
            "--kills" => {
                value.parse::<u64>().with_context(|| format!("`{value}` is not a number."))?;
                wish.kills = Some(value.clone());
            }
            "--seeds" if value == "0" => wish.real_only = true,
            _ => {
                if word == "--seed" {
                    wish.seed = Some(value.clone());
                }
                wish.rest.extend([word.clone(), value.clone()]);
            }
        }
    }
    if wish.real_only && wish.kills.is_none() {
        bail!("`--seeds 0` without `--kills` asks for nothing.");
    }
    Ok(wish)
}

/// Runs one test of kills and prints its lines of the table; all it said when it failed.
fn killed(mut test: Command, name: &str, kills: &str, seed: Option<&str>) -> Result<()> {
    test.args([name, "--", "--nocapture", "--test-threads=1"]).env("INTERLUDE_KILLS", kills);
    if let Some(seed) = seed {
        test.env("INTERLUDE_SEED", seed);
    }
    let out = test.output().with_context(|| format!("{name} could not be started"))?;
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    let mut lines =
        said.lines().filter(|line| line.starts_with("| ") || line.starts_with("seed ")).peekable();
    let ran = lines.peek().is_some();
    lines.for_each(|line| println!("{line}"));
    if !out.status.success() || !ran {
        bail!("{name}: {}\n{said}{}", out.status, String::from_utf8_lossy(&out.stderr));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn kills_are_this_commands_and_the_rest_is_the_simulations() {
        let asked = wish(&words("--seeds 5 --kills 300 --minutes 2")).unwrap();
        let rest = words("--seeds 5 --minutes 2");
        assert_eq!(asked, Wish { kills: Some("300".to_owned()), rest, ..Wish::default() });
        let asked = wish(&words("--seeds 0 --kills 3 --seed 9")).unwrap();
        assert_eq!((asked.real_only, asked.seed.as_deref()), (true, Some("9")));
    }

    #[test]
    fn what_means_nothing_is_refused() {
        for line in ["--kills", "--kills many", "--seeds 0"] {
            assert!(wish(&words(line)).is_err(), "{line}");
        }
    }
}
