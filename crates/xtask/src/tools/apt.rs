//! Debian's packages, when a program is missing.

use anyhow::{Context as _, Result, bail};

use crate::shell::{command, must, step, text, which};

/// Installs the packages whose program (first of each pair) is not on PATH.
pub(crate) fn bring(wanted: &[(&str, &str)]) -> Result<()> {
    let missing: Vec<&str> = wanted
        .iter()
        .filter(|(program, _package)| which(program).is_none())
        .map(|(_program, package)| *package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let line = format!("apt-get install -y --no-install-recommends {}", missing.join(" "));
    if which("apt-get").is_none() {
        bail!("{} missing, and there is no apt-get: install what your system calls that", missing.join(", "));
    }
    let user = text(&mut command("id", &["-u"]))?;
    let first: &[&str] = if user.trim() == "0" {
        &[]
    } else if which("sudo").is_some() {
        &["sudo"]
    } else {
        bail!("{} missing: as root, type `{line}`, then start again", missing.join(", "));
    };
    step(&format!("apt: {}", missing.join(" ")), "one to three minutes, once", || {
        apt(first, &["update", "-q"])?;
        let mut args = vec!["install", "-y", "-q", "--no-install-recommends"];
        args.extend(&missing);
        apt(first, &args).with_context(|| format!("type `{line}` as root, then start again"))
    })
}

fn apt(first: &[&str], args: &[&str]) -> Result<()> {
    let mut words = first.to_vec();
    words.push("apt-get");
    words.extend(args);
    let (program, rest) = words.split_first().context("no command")?;
    must(command(program, rest).env("DEBIAN_FRONTEND", "noninteractive"))
}
