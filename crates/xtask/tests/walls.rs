//! The walls between the rooms, as ARCHITECTURE.md draws them, and what no file may hold.

#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "these are tests, from the first line to the last"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn said(program: &str, args: &[&str]) -> String {
    let out = Command::new(program).args(args).current_dir(root()).output().unwrap();
    assert!(out.status.success(), "{program} {args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

/// Tracked files, and those that would be tracked.
fn files(pattern: &str) -> Vec<PathBuf> {
    let listed =
        said("git", &["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", pattern]);
    listed
        .split('\0')
        .filter(|name| !name.is_empty())
        .map(PathBuf::from)
        .filter(|p| root().join(p).is_file())
        .collect()
}

/// If this list grows, the review is about the list.
#[test]
fn the_diary_links_nothing_but_its_list() {
    let tree = said(
        env!("CARGO"),
        &[
            "tree",
            "--offline",
            "-p",
            "interlude-diary",
            "-e",
            "normal,build",
            "--target",
            "all",
            "--prefix",
            "none",
        ],
    );
    let linked: BTreeSet<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    let listed = fs::read_to_string(root().join("crates/xtask/tests/diary-dependencies.txt")).unwrap();
    let listed: BTreeSet<&str> = listed.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(linked, listed, "left: linked, right: crates/xtask/tests/diary-dependencies.txt");
}

/// Room, and the names its code never says (`::` after or a `use` before).
const WALLS: &[(&str, &[&str])] = &[
    (
        "crates/diary/src",
        &["leptos", "web_sys", "js_sys", "interlude_fhir", "tokio", "futures", "SystemTime", "Instant"],
    ),
    ("crates/fhir/src", &["leptos", "web_sys", "js_sys", "axum", "sqlx", "tokio"]),
    ("crates/clinic/src", &["leptos", "web_sys", "js_sys"]),
    (
        "src/components",
        &[
            "web_sys",
            "js_sys",
            "crate::journal",
            "crate::sync",
            "crate::platform",
            "crate::state",
            "use_context",
            "expect_context",
            "interlude_fhir",
            "interlude_diary::journal::Journal",
        ],
    ),
    (
        "src/pages",
        &["web_sys", "js_sys", "idb", "crate::journal", "crate::sync", "crate::platform", "interlude_fhir"],
    ),
    ("src/files", &["leptos", "web_sys", "js_sys", "crate::journal", "crate::state", "crate::pages"]),
    ("src/state", &["web_sys", "js_sys", "idb", "interlude_fhir"]),
    ("src/journal", &["leptos", "crate::sync", "crate::state", "crate::pages", "interlude_fhir"]),
    ("src/sync", &["leptos", "crate::pages", "crate::components", "crate::journal"]),
    (
        "src/platform",
        &["leptos", "crate::pages", "crate::state", "crate::sync", "crate::journal", "interlude_fhir"],
    ),
    ("src/text", &["web_sys", "js_sys", "crate::pages", "crate::state", "crate::sync", "crate::journal"]),
];

#[test]
fn rooms_use_only_what_the_table_allows() {
    let mut breaches = Vec::new();
    for (room, never) in WALLS {
        // A room's tests may look over its wall.
        let code = files(&format!("{room}/*.rs")).into_iter().filter(|file| !file.ends_with("tests.rs"));
        for file in code {
            let text = fs::read_to_string(root().join(&file)).unwrap();
            for (line, code) in code_lines(&text) {
                // An address is a value: components print it, so the route's file is no state.
                let code = code.replace("crate::state::route", "");
                let named = never.iter().filter(|name| says(&code, name));
                breaches.extend(named.map(|name| format!("{}:{line} says {name}", file.display())));
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches:#?}");
}

/// Lines with code, numbered, without comments; tests of a room may look over its wall.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines =
        code.lines().enumerate().map(|(at, line)| (at + 1, line.split("//").next().unwrap_or_default()));
    lines.filter(|(_at, line)| !line.trim().is_empty())
}

/// Whether a path in this line has `name` as whole segments.
fn says(code: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name).any(|(at, _)| {
        let (before, after) = (&code[..at], &code[at + name.len()..]);
        let whole = !before.ends_with(is_word) && !after.starts_with(is_word);
        let path = after.starts_with("::")
            || after.starts_with('(')
            || after.starts_with(';')
            || before.ends_with("::");
        whole && (path || before.trim_start().starts_with("use "))
    })
}

#[test]
fn a_wall_is_seen_when_it_is_breached() {
    assert!(says("use web_sys::Window;", "web_sys"));
    assert!(says("let w = leptos::web_sys::window();", "web_sys"));
    assert!(says("use crate::journal::{self, Store};", "crate::journal"));
    assert!(!says("use crate::journal_words;", "crate::journal"));
    assert!(!says("let instant = moment.instant;", "Instant"));
    let code: Vec<_> =
        code_lines("//! web_sys::x\nuse a; // web_sys::y\n#[cfg(test)]\nmod tests { use web_sys; }")
            .collect();
    assert_eq!(code, [(2, "use a; ")]);
}

#[test]
fn every_crate_obeys_the_workspace_lints() {
    let manifests: Vec<_> = files("*Cargo.toml");
    assert!(manifests.len() > 5, "{manifests:?}");
    for manifest in manifests {
        let text = fs::read_to_string(root().join(&manifest)).unwrap();
        assert!(
            text.contains("[lints]\nworkspace = true"),
            "{} has no [lints] workspace = true",
            manifest.display()
        );
    }
}

#[test]
fn no_file_names_a_registry() {
    let hosts = [["index.crat", "es.io"], ["registry.n", "pmjs"], ["py", "pi.org"], ["deb.debi", "an"]]
        .map(|h| h.concat());
    for file in files("*") {
        let text = String::from_utf8_lossy(&fs::read(root().join(&file)).unwrap()).into_owned();
        let named = hosts.iter().find(|host| text.contains(host.as_str()));
        assert!(named.is_none(), "{} names {named:?}", file.display());
    }
}

#[test]
fn no_source_file_is_longer_than_400_lines() {
    let long: Vec<_> = ["*.rs", "*.js", "*.css"]
        .into_iter()
        .flat_map(files)
        .map(|file| (fs::read_to_string(root().join(&file)).unwrap().lines().count(), file))
        .filter(|(lines, _file)| *lines > 400)
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn no_test_is_ignored_and_nothing_sleeps() {
    let words =
        [["#[ign", "ore"], ["thread::sl", "eep"], ["sleep(Dur", "ation"], ["to", "do!("]].map(|w| w.concat());
    for file in files("*.rs") {
        let text = fs::read_to_string(root().join(&file)).unwrap();
        let found = words.iter().find(|word| text.contains(word.as_str()));
        assert!(found.is_none(), "{} says {found:?}", file.display());
    }
}
