//! The words of the command line.
//!
//! Parsed by hand: an argument crate would double the time of the first build.

use std::fmt;
use std::path::PathBuf;

/// What `--help` prints.
pub(crate) const HELP: &str = "\
cargo xtask run [--demo] [--port N] [--data DIR] [--lan]
    builds the app, starts the clinic, prints the link to open
cargo xtask build
    the app alone, into dist/
cargo xtask release
    app and server as they are shipped; refuses numbers to call that were reviewed more than a year ago
cargo xtask test [unit|supply|contract|sim|web|e2e ...]
    every test, or the rungs named
cargo xtask bench [cold|warm|taps|sync|ten-years|ingest ...]
    the table of budgets; target/bench.json; fails over budget
cargo xtask torture [--seeds N] [--kills N] [--minutes M] [--scene NAME [--seed SEED]]
    schedules of phones, network and servers that fail, and real browsers and servers killed; the table
    of what was lost: zeros, or it fails
cargo xtask fuzz [backup|bundle|questionnaire|response|search|link ...] [--minutes N]
    searches for bytes that break what reads the outside, ten minutes each; wants a nightly compiler
cargo xtask keep-release
    keeps the app as it is now, for the tests of a later one to update from
cargo xtask screens
    screenshots of every page into docs/screens/";

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    Run(Wish),
    Build,
    Release,
    Test(Vec<Rung>),
    Bench(Vec<String>),
    Torture(Vec<String>),
    Fuzz(Search),
    KeepRelease,
    LayRelease(PathBuf),
    Screens,
    Finish,
    Precache,
}

/// What to search, and for how long each.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Search {
    /// None named: all.
    pub(crate) targets: Vec<String>,
    pub(crate) minutes: u32,
}

/// How to run the clinic.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) demo: bool,
    pub(crate) lan: bool,
    pub(crate) port: Option<u16>,
    pub(crate) data: Option<PathBuf>,
}

/// One rung of the tests, cheapest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rung {
    Unit,
    Supply,
    Contract,
    Sim,
    Web,
    E2e,
}

impl Rung {
    pub(crate) const ALL: [Self; 6] =
        [Self::Unit, Self::Supply, Self::Contract, Self::Sim, Self::Web, Self::E2e];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Supply => "supply",
            Self::Contract => "contract",
            Self::Sim => "sim",
            Self::Web => "web",
            Self::E2e => "e2e",
        }
    }
}

/// A word that means nothing here.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unknown(String);

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Reads the words after `cargo xtask`.
pub(crate) fn parse(words: &[String]) -> Result<Command, Unknown> {
    let Some((verb, rest)) = words.split_first() else { return Ok(Command::Help) };
    let command = match verb.as_str() {
        "run" => return wish(rest).map(Command::Run),
        "test" => return rungs(rest).map(Command::Test),
        // The measurements know their names.
        "bench" => return Ok(Command::Bench(rest.to_vec())),
        // So do the simulation and the kills.
        "torture" => return Ok(Command::Torture(rest.to_vec())),
        "fuzz" => return search(rest).map(Command::Fuzz),
        "lay-release" => return folder(rest).map(Command::LayRelease),
        "build" => Command::Build,
        "release" => Command::Release,
        "keep-release" => Command::KeepRelease,
        "screens" => Command::Screens,
        "finish" => Command::Finish,
        "precache" => Command::Precache,
        "help" | "--help" | "-h" => return Ok(Command::Help),
        other => return Err(Unknown(format!("There is no command `{other}`."))),
    };
    match rest.first() {
        Some(word) => Err(Unknown(format!("`{verb}` does not take `{word}`."))),
        None => Ok(command),
    }
}

fn wish(words: &[String]) -> Result<Wish, Unknown> {
    let mut wish = Wish::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| Unknown(format!("`{word}` wants a value after it.")));
        match word.as_str() {
            "--demo" => wish.demo = true,
            "--lan" => wish.lan = true,
            "--port" => {
                let text = value()?;
                let port = text.parse().map_err(|_why| Unknown(format!("`{text}` is not a port number.")))?;
                wish.port = Some(port);
            }
            "--data" => wish.data = Some(PathBuf::from(value()?)),
            other => return Err(Unknown(format!("`run` does not take `{other}`."))),
        }
    }
    Ok(wish)
}

fn folder(words: &[String]) -> Result<PathBuf, Unknown> {
    match words {
        [folder] => Ok(PathBuf::from(folder)),
        _ => Err(Unknown("`lay-release` wants one folder after it.".to_owned())),
    }
}

fn search(words: &[String]) -> Result<Search, Unknown> {
    let mut search = Search { targets: Vec::new(), minutes: 10 };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--minutes" => {
                let text =
                    words.next().ok_or_else(|| Unknown(format!("`{word}` wants a value after it.")))?;
                let minutes = text.parse().ok().filter(|minutes| *minutes > 0);
                search.minutes =
                    minutes.ok_or_else(|| Unknown(format!("`{text}` is no number of minutes.")))?;
            }
            flag if flag.starts_with('-') => return Err(Unknown(format!("`fuzz` does not take `{flag}`."))),
            target => search.targets.push(target.to_owned()),
        }
    }
    Ok(search)
}

fn rungs(words: &[String]) -> Result<Vec<Rung>, Unknown> {
    if words.is_empty() {
        return Ok(Rung::ALL.to_vec());
    }
    let mut named = words
        .iter()
        .map(|word| {
            let found = Rung::ALL.into_iter().find(|rung| rung.name() == word);
            found.ok_or_else(|| Unknown(format!("There is no rung `{word}`.")))
        })
        .collect::<Result<Vec<_>, _>>()?;
    named.sort_unstable();
    named.dedup();
    Ok(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn run_takes_its_four_wishes() {
        let asked = parse(&words("run --demo --port 9000 --data here --lan"));
        let wish = Wish { demo: true, lan: true, port: Some(9000), data: Some(PathBuf::from("here")) };
        assert_eq!(asked, Ok(Command::Run(wish)));
    }

    #[test]
    fn test_without_a_rung_is_all_of_them_in_order() {
        assert_eq!(parse(&words("test")), Ok(Command::Test(Rung::ALL.to_vec())));
        assert_eq!(parse(&words("test e2e unit e2e")), Ok(Command::Test(vec![Rung::Unit, Rung::E2e])));
    }

    #[test]
    fn fuzz_takes_targets_and_minutes() {
        let search = |targets: &[&str], minutes| {
            Ok(Command::Fuzz(Search { targets: targets.iter().map(|t| (*t).to_owned()).collect(), minutes }))
        };
        assert_eq!(parse(&words("fuzz")), search(&[], 10));
        assert_eq!(parse(&words("fuzz link --minutes 2 bundle")), search(&["link", "bundle"], 2));
    }

    #[test]
    fn what_means_nothing_is_refused() {
        for line in [
            "fly",
            "run --port",
            "run --port many",
            "run --fast",
            "test all",
            "lay-release",
            "keep-release here",
            "build --release",
            "release now",
            "fuzz --minutes 0",
            "fuzz --fast",
        ] {
            assert!(parse(&words(line)).is_err(), "{line}");
        }
    }
}
