//! `cargo xtask test`: the rungs, cheapest first, and one closing line.

mod rungs;
mod screen;
mod tally;

use std::process::ExitCode;

use anyhow::Result;

use crate::args::Rung;
pub(crate) use rungs::{App, with_app};
use tally::Tally;

/// Climbs the rungs. A rung that fails does not keep the next from running: one run tells all.
pub(crate) fn run(wanted: &[Rung]) -> Result<ExitCode> {
    let mut tally = Tally::default();
    for rung in wanted {
        eprintln!("\n== {} ==", rung.name());
        let climbed = match rung {
            Rung::Unit => rungs::unit(&mut tally),
            Rung::Supply => rungs::supply(&mut tally),
            Rung::Contract => rungs::contract(&mut tally),
            Rung::Sim => rungs::sim(&mut tally),
            Rung::Web => rungs::web(&mut tally),
            Rung::E2e => rungs::e2e(&mut tally),
        };
        if let Err(why) = climbed {
            eprintln!("{} stopped: {why:#}", rung.name());
            tally.stopped(rung.name());
        }
    }
    println!("\n{}", tally.table());
    println!("{}", tally.closing());
    let green = tally.failed() == 0 && tally.passed() > 0;
    Ok(if green { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
