//! The front door: `cargo xtask run`, `build`, `release`, `test`, `bench`, `torture`, `fuzz`,
//! `keep-release`, `screens`.
//!
//! It brings the tools that are missing, at pinned versions ([`tools`]), builds the app ([`dist`])
//! and calls cargo. It holds no rule of the product. `finish` is the hook Trunk calls.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks on its terminal")]

mod args;
mod bench;
mod dist;
mod finish;
mod fuzz;
mod keep;
mod place;
mod precache;
mod release;
mod run;
mod screens;
mod shell;
mod test;
mod tools;
mod torture;

use std::process::ExitCode;

use args::Command;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let command = match args::parse(&words) {
        Ok(command) => command,
        Err(why) => {
            eprintln!("{why}\n\n{}", args::HELP);
            return ExitCode::from(2);
        }
    };
    match act(&command) {
        Ok(code) => code,
        Err(why) => {
            eprintln!("\nStopped: {why:#}");
            ExitCode::FAILURE
        }
    }
}

fn act(command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Help => {
            println!("{}", args::HELP);
            Ok(ExitCode::SUCCESS)
        }
        Command::Run(wish) => run::run(wish),
        Command::Build => dist::build().map(|_built| ExitCode::SUCCESS),
        Command::Release => release::run(),
        Command::Test(rungs) => test::run(rungs),
        Command::Bench(names) => bench::run(names),
        Command::Torture(words) => torture::run(words),
        Command::Fuzz(search) => fuzz::run(search),
        Command::KeepRelease => keep::keep().map(|()| ExitCode::SUCCESS),
        Command::LayRelease(folder) => keep::lay(folder).map(|()| ExitCode::SUCCESS),
        Command::Screens => screens::run(),
        Command::Finish => {
            let staging = place::staging()?;
            finish::run(&staging)?;
            precache::run(&staging).map(|()| ExitCode::SUCCESS)
        }
        Command::Precache => precache::run(&place::staging()?).map(|()| ExitCode::SUCCESS),
    }
}
