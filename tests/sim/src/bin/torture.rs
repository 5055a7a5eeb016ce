//! `cargo xtask torture`: the scenes many times, one table, and the seeds that play failures again.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a table for people, on their terminal")]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use interlude_sim::many::{Patience, Sum, many};
use interlude_sim::scenes::{SCENES, Scene};
use interlude_sim::toll::Harm;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const HELP: &str = "\
cargo xtask torture [--seeds N] [--minutes M] [--from SEED] [--scene NAME [--seed SEED]]
    --seeds    schedules over all scenes, 100000 if not said
    --minutes  ends sooner, after so long
    --from     the first seed, 1 if not said
    --scene    this scene alone
    --seed     this seed of it alone, as a failure names it";

/// After so many failures of a scene on one core the rest of it would tell nothing new.
const ENOUGH: usize = 20;

/// What was asked for.
struct Wish {
    seeds: u64,
    from: u64,
    until: Option<Instant>,
    scene: Option<Scene>,
    seed: Option<u64>,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match wish(&words) {
        Ok(wish) if wish.seed.is_none() || wish.scene.is_some() => torture(&wish),
        Ok(_) => refuse("`--seed` wants `--scene` too."),
        Err(why) => refuse(&why),
    }
}

fn refuse(why: &str) -> ExitCode {
    eprintln!("{why}\n\n{HELP}");
    ExitCode::from(2)
}

fn wish(words: &[String]) -> Result<Wish, String> {
    let mut wish = Wish { seeds: 100_000, from: 1, until: None, scene: None, seed: None };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("`{word}` wants a value after it."))?;
        let number = || value.parse::<u64>().map_err(|_why| format!("`{value}` is not a number."));
        match word.as_str() {
            "--seeds" => wish.seeds = number()?,
            "--from" => wish.from = number()?,
            "--seed" => wish.seed = Some(number()?),
            "--minutes" => wish.until = Some(Instant::now() + Duration::from_secs(60 * number()?)),
            "--scene" => {
                let names = || SCENES.map(|scene| scene.name).join(", ");
                let scene = Scene::named(value);
                wish.scene = Some(scene.ok_or_else(|| format!("There is no scene `{value}`: {}.", names()))?);
            }
            other => return Err(format!("`torture` does not take `{other}`.")),
        }
    }
    Ok(wish)
}

fn torture(wish: &Wish) -> ExitCode {
    let patience = Patience { failures: Some(ENOUGH), until: wish.until };
    let mut all = Sum::default();
    println!("{}", heading());
    for scene in SCENES.into_iter().filter(|one| wish.scene.is_none_or(|only| only.name == one.name)) {
        let share = if wish.scene.is_some() { wish.seeds } else { wish.seeds * scene.share / 100 };
        let seeds = match wish.seed {
            Some(seed) => seed..seed + 1,
            None => wish.from..wish.from + share.max(1),
        };
        let sum = many(scene, seeds, patience);
        println!("{}", line(scene.name, &sum));
        for failure in &sum.failures {
            let law = failure.broken.as_ref().map_or("panicked".to_owned(), |law| format!("{law:?}"));
            println!("  {law}: cargo xtask torture --scene {} --seed {}", scene.name, failure.seed);
        }
        all += &sum;
    }
    println!("{}", line("in all", &all));
    println!("{:.0} schedules a second of one core", all.rate());
    if all.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn heading() -> String {
    let harms = Harm::ALL.map(|harm| format!(" {} |", harm.name())).concat();
    format!(
        "| scene | schedules | revisions | requests | faults | kills | odd | restores | confirmed |{harms}\n\
         |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    )
}

fn line(name: &str, sum: &Sum) -> String {
    let count = &sum.count;
    let harms = Harm::ALL.map(|harm| {
        let harmed = sum.failures.iter().filter(|failure| Harm::of(failure) == harm).count();
        format!(" {harmed} |")
    });
    format!(
        "| {name} | {} | {} | {} | {} | {} | {} | {} | {} |{}",
        sum.schedules,
        count.revisions,
        count.requests,
        count.faults,
        count.kills,
        count.odd,
        count.restores,
        count.confirmed,
        harms.concat()
    )
}
