//! Counting: what the test programs themselves say, read off their closing lines.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result};

use crate::shell::{self, spent};

/// What was run so far.
#[derive(Default)]
pub(crate) struct Tally {
    stages: Vec<Stage>,
}

struct Stage {
    name: String,
    count: Count,
    took: String,
    /// Why it was not run, where it was not.
    left_out: Option<String>,
}

/// Tests passed and failed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Count {
    passed: u32,
    failed: u32,
}

impl Tally {
    /// Runs a check that has no tests to count, such as a linter: a failure counts as one.
    pub(crate) fn check(&mut self, name: &str, command: &mut Command) {
        let start = Instant::now();
        let failed = match shell::must(command) {
            Ok(()) => 0,
            Err(why) => {
                eprintln!("{name}: {why:#}");
                1
            }
        };
        self.file(name, Count { passed: 0, failed }, start);
    }

    /// Runs a test program and counts by its own words. One that fails without naming a failed
    /// test (it did not compile, it was killed), or that ran none, counts as one failure.
    pub(crate) fn tests(&mut self, name: &str, command: &mut Command) -> Result<()> {
        let start = Instant::now();
        let mut child =
            command.stdout(Stdio::piped()).spawn().with_context(|| format!("{name} could not be started"))?;
        let mut count = Count::default();
        if let Some(out) = child.stdout.take() {
            for line in BufReader::new(out).split(b'\n') {
                let line = String::from_utf8_lossy(&line?).into_owned();
                println!("{line}");
                if let Some(more) = closing(&line) {
                    count.passed = count.passed.saturating_add(more.passed);
                    count.failed = count.failed.saturating_add(more.failed);
                }
            }
        }
        let status = child.wait()?;
        if (!status.success() && count.failed == 0) || count == Count::default() {
            eprintln!("{name}: {status}, {} tests ran", count.passed);
            count.failed = 1;
        }
        self.file(name, count, start);
        Ok(())
    }

    /// A rung that could not go on.
    pub(crate) fn stopped(&mut self, name: &str) {
        self.file(&format!("{name}: could not go on"), Count { passed: 0, failed: 1 }, Instant::now());
    }

    /// What this machine has not the means for. It is no failure, and is said at the end.
    pub(crate) fn left_out(&mut self, name: &str, why: &str) {
        eprintln!("{name}: left out: {why}");
        self.file(name, Count::default(), Instant::now());
        if let Some(stage) = self.stages.last_mut() {
            stage.left_out = Some(why.to_owned());
        }
    }

    fn file(&mut self, name: &str, count: Count, start: Instant) {
        self.stages.push(Stage { name: name.to_owned(), count, took: spent(start), left_out: None });
    }

    /// The last line: what passed and failed, and how many stages were left out.
    pub(crate) fn closing(&self) -> String {
        let (passed, failed) = (self.passed(), self.failed());
        match self.stages.iter().filter(|stage| stage.left_out.is_some()).count() {
            0 => format!("{passed} passed, {failed} failed"),
            out => format!("{passed} passed, {failed} failed, {out} skipped"),
        }
    }

    pub(crate) fn passed(&self) -> u32 {
        self.stages.iter().map(|stage| stage.count.passed).sum()
    }

    pub(crate) fn failed(&self) -> u32 {
        self.stages.iter().map(|stage| stage.count.failed).sum()
    }

    /// One line a stage.
    pub(crate) fn table(&self) -> String {
        let mut table = String::new();
        for Stage { name, count, took, left_out } in &self.stages {
            if let Some(why) = left_out {
                let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
                writeln!(table, "OUT {name:<44} left out: {why}").unwrap_or_default();
                continue;
            }
            let mark = if count.failed == 0 { "ok " } else { "BAD" };
            // Writing to a String cannot fail.
            writeln!(table, "{mark} {name:<44} {:>5} ok {:>4} bad  {took:>9}", count.passed, count.failed)
                .unwrap_or_default();
        }
        table
    }
}

/// Reads the closing line of cargo's and wasm-bindgen's test programs.
fn closing(line: &str) -> Option<Count> {
    let (_before, rest) = line.split_once("test result: ")?;
    let (_verdict, counts) = rest.split_once(". ")?;
    let number = |word: &str| {
        let part = counts.split(';').map(str::trim).find(|part| part.ends_with(word))?;
        part.split(' ').next()?.parse().ok()
    };
    Some(Count { passed: number(" passed")?, failed: number(" failed")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted() {
        let line = "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(closing(line), Some(Count { passed: 12, failed: 3 }));
        assert_eq!(
            closing("test result: ok. 1 passed; 0 failed; 2 ignored"),
            Some(Count { passed: 1, failed: 0 })
        );
        assert_eq!(closing("running 3 tests"), None);
    }

    #[test]
    fn what_was_left_out_is_said_and_fails_nothing() {
        let mut tally = Tally::default();
        tally.check("a check", &mut Command::new("true"));
        assert_eq!(tally.closing(), "0 passed, 0 failed");
        tally.left_out("promises in a browser", "there is\nno such browser");
        assert_eq!(tally.closing(), "0 passed, 0 failed, 1 skipped");
        assert!(tally.table().contains("OUT promises in a browser"), "{}", tally.table());
        assert!(tally.table().contains("left out: there is no such browser"), "{}", tally.table());
    }

    #[test]
    fn a_program_that_ran_nothing_or_died_is_a_failure() {
        let mut tally = Tally::default();
        tally.tests("nothing", &mut Command::new("true")).unwrap();
        assert_eq!((tally.passed(), tally.failed()), (0, 1));
        let mut died = Command::new("sh");
        died.args(["-c", "echo 'test result: ok. 2 passed; 0 failed;'; exit 3"]);
        tally.tests("died", &mut died).unwrap();
        assert_eq!((tally.passed(), tally.failed()), (2, 2));
    }
}
