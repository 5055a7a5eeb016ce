//! The processes of a browser, by what the system tells of them.

use std::path::Path;

use super::engine::Engine;

/// The main processes of the browser that uses this profile. Those that it began are named otherwise:
/// Chromium's by their type, Firefox's by having another program's arguments.
pub(super) fn main_processes(engine: Engine, profile: &Path) -> Vec<u32> {
    pids()
        .filter(|pid| {
            let line = std::fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            let mut words = line.split('\0');
            let mine = words.clone().any(|word| engine.is_named_by(word, profile));
            mine && !words.any(|word| word.starts_with("--type=") || word == "-contentproc")
        })
        .collect()
}

/// These processes and all that they began, and those began.
pub(super) fn with_children(mut family: Vec<u32>) -> Vec<u32> {
    let stats: Vec<(u32, u32)> = pids().filter_map(|pid| Some((pid, parent(pid)?))).collect();
    let mut at = 0;
    while let Some(parent) = family.get(at).copied() {
        at += 1;
        family.extend(stats.iter().filter(|(_, of)| *of == parent).map(|(pid, _)| *pid));
    }
    family
}

fn pids() -> impl Iterator<Item = u32> {
    let all = std::fs::read_dir("/proc").into_iter().flatten().filter_map(Result::ok);
    all.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

/// State and parent stand behind the name, which is in brackets and may hold anything.
fn stat(pid: u32) -> Option<(char, u32)> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let mut words = stat.rsplit_once(')')?.1.split_whitespace();
    Some((words.next()?.chars().next()?, words.next()?.parse().ok()?))
}

fn parent(pid: u32) -> Option<u32> {
    stat(pid).map(|(_, parent)| parent)
}

/// A zombie that nobody has buried yet does nothing any more.
pub(super) fn lives(pid: u32) -> bool {
    stat(pid).is_some_and(|(state, _)| !matches!(state, 'Z' | 'X'))
}

/// Ends them all with one SIGKILL.
pub(super) fn end(pids: &[u32]) {
    if pids.is_empty() {
        return;
    }
    // Some may have ended by themselves meanwhile.
    let names = pids.iter().map(u32::to_string);
    std::process::Command::new("kill")
        .arg("-9")
        .args(names)
        .stderr(std::process::Stdio::null())
        .status()
        .map(drop)
        .unwrap_or_default();
}
