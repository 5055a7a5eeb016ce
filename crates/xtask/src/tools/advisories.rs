//! The database of known holes in crates: fetched anew, or, where that cannot be, a copy at hand.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::place;
use crate::shell::{command, step};

/// Where it is kept by those who write it.
const SOURCE: &str = "https://github.com/rustsec/advisory-db";
/// A network that says nothing is no network.
const PATIENCE: Duration = Duration::from_secs(90);

/// The folder of the newest database that can be had: fetched now, fetched before, or beside the
/// checkout. `INTERLUDE_ADVISORIES` names a folder that is taken as it is.
pub(crate) fn bring() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("INTERLUDE_ADVISORIES") {
        return Ok(PathBuf::from(named));
    }
    let kept = place::tools()?.join("advisory-db");
    let beside = place::root().join("../shared/advisory-db");
    let fetched = step("the list of known holes in crates", "some seconds", || Ok(fetch(&kept)))?;
    let Err(why) = fetched else { return Ok(kept) };
    let at_hand = newest_of(&kept, &beside).with_context(|| {
        format!(
            "the list of known holes could not be fetched ({why:#}), and there is no copy: type \
             `git clone --depth 1 {SOURCE} {}` where there is a network, then start again",
            kept.display()
        )
    })?;
    eprintln!("  it could not be fetched ({why:#}): taken as it is in {}", at_hand.display());
    Ok(at_hand)
}

fn newest_of(kept: &Path, beside: &Path) -> Option<PathBuf> {
    [kept, beside].into_iter().find(|folder| folder.join("crates").is_dir()).map(Path::to_owned)
}

/// Clones it, or brings the clone up to date.
fn fetch(kept: &Path) -> Result<()> {
    if kept.join(".git").is_dir() {
        within(command("git", &["fetch", "--quiet", "--depth", "1", "origin", "HEAD"]).current_dir(kept))?;
        return within(command("git", &["reset", "--quiet", "--hard", "FETCH_HEAD"]).current_dir(kept));
    }
    within(command("git", &["clone", "--quiet", "--depth", "1", SOURCE]).arg(kept))
}

/// Runs `git`, which may wait for a silent network for minutes, and ends it when it does.
fn within(git: &mut Command) -> Result<()> {
    let git = git.env("GIT_TERMINAL_PROMPT", "0").stdout(Stdio::piped()).stderr(Stdio::null());
    let mut running = git.spawn().context("`git` could not be started")?;
    let mut out = running.stdout.take().context("`git` says nothing")?;
    let (tell, told) = channel();
    // Its end is the end of what it says; nobody listens any more when that comes too late.
    std::thread::spawn(move || tell.send(std::io::copy(&mut out, &mut std::io::sink())));
    let ended = told.recv_timeout(PATIENCE).is_ok();
    if !ended {
        running.kill()?;
    }
    let status = running.wait()?;
    match (ended, status.success()) {
        (true, true) => Ok(()),
        (true, false) => bail!("git: {status}"),
        (false, _) => bail!("no answer in {} seconds", PATIENCE.as_secs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_that_was_fetched_before_comes_before_one_beside() {
        let folder = std::env::temp_dir().join(format!("interlude-advisories-{}", std::process::id()));
        let (kept, beside) = (folder.join("kept"), folder.join("beside"));
        assert_eq!(newest_of(&kept, &beside), None);
        std::fs::create_dir_all(beside.join("crates")).unwrap();
        assert_eq!(newest_of(&kept, &beside), Some(beside.clone()));
        std::fs::create_dir_all(kept.join("crates")).unwrap();
        assert_eq!(newest_of(&kept, &beside), Some(kept.clone()));
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_git_that_fails_or_says_nothing_is_no_database() {
        assert!(within(&mut command("git", &["no-such-verb"])).is_err());
        assert!(within(&mut command("no-such-program", &[])).is_err());
    }
}
