//! The list of files the service worker keeps, with their digests.
//!
//! Made between building and publishing. Every file of the app is in the list: a file
//! left out would be missing offline, and a blank page is how that shows. The build's name is a
//! digest of the list and of the worker itself, so that any changed byte makes another build.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::json;
use sha2::{Digest as _, Sha256};

const WORKER: &str = "sw.js";
const LIST: &str = "precache.json";
const PAGE: &str = "/index.html";
/// How the worker's two lines to fill in begin.
const LINES: [&str; 2] = ["const BUILD = ", "const FILES = "];

/// Called on Trunk's staging folder before it becomes `dist/`.
pub(crate) fn run(staging: &Path) -> Result<()> {
    let files = digests(staging)?;
    ensure!(files.contains_key(PAGE), "{} has no index.html", staging.display());
    let bytes: u64 = files.values().map(|file| file.bytes).sum();

    let path = staging.join(WORKER);
    let worker = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let list: Vec<_> = files.iter().map(|(path, file)| json!([path, file.sha256])).collect();
    let list = serde_json::to_string(&list)?;
    // Of the worker as it was written, so that filling in twice is the same build.
    let worker = stamped(&worker, "unbuilt", "[]")?;
    let build = hex(&Sha256::digest(format!("{worker}{list}")));
    let build = build.get(..16).unwrap_or(&build);
    fs::write(&path, stamped(&worker, build, &list)?)?;

    let entries: Vec<_> = files
        .iter()
        .map(|(path, file)| json!({"path": path, "sha256": file.sha256, "bytes": file.bytes}))
        .collect();
    fs::write(staging.join(LIST), json!({"build": build, "files": entries}).to_string())?;
    println!("build {build}: {} files, {bytes} bytes, for use without a network", files.len());
    Ok(())
}

struct File {
    sha256: String,
    bytes: u64,
}

/// The worker with its two lines filled in.
fn stamped(worker: &str, build: &str, list: &str) -> Result<String> {
    let mut stamped = worker.to_owned();
    for (begins, value) in LINES.into_iter().zip([format!("\"{build}\""), list.to_owned()]) {
        let lines: Vec<&str> = worker.lines().filter(|line| line.starts_with(begins)).collect();
        let [line] = lines.as_slice() else { bail!("{WORKER} must have one line `{begins}…`") };
        stamped = stamped.replace(line, &format!("{begins}{value};"));
    }
    Ok(stamped)
}

/// Every file below `staging` but the worker, the list and compressed copies, by its path on the
/// server.
fn digests(staging: &Path) -> Result<BTreeMap<String, File>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![(staging.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))? {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_str().with_context(|| format!("{} is no name for a file", name.display()))?;
            let path = format!("{prefix}/{name}");
            if entry.file_type()?.is_dir() {
                folders.push((entry.path(), path));
            } else if kept(&path, &entry.path()) {
                ensure!(is_plain(&path), "{path} would be another address in a browser: rename it");
                let bytes = fs::read(entry.path())?;
                let sha256 = hex(&Sha256::digest(&bytes));
                found.insert(path, File { sha256, bytes: u64::try_from(bytes.len())? });
            }
        }
    }
    Ok(found)
}

/// A compressed copy is one only beside its original.
fn kept(path: &str, file: &Path) -> bool {
    let copy = matches!(file.extension().and_then(|end| end.to_str()), Some("br" | "gz"));
    let beside = copy && file.with_extension("").is_file();
    !beside && path != format!("/{WORKER}") && path != format!("/{LIST}")
}

/// Whether a browser writes this path as it stands.
fn is_plain(path: &str) -> bool {
    path.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_'))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A staging folder of its own, gone when the test is.
    struct Staging(std::path::PathBuf);

    impl Staging {
        fn new(test: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("interlude-{test}-{}", std::process::id()));
            fs::create_dir_all(folder.join("icons")).unwrap();
            let worker = include_str!("../../../public/sw.js");
            for (name, text) in [
                ("index.html", "<p>page</p>"),
                ("index.html.br", "small"),
                ("app-0123456789abcdef.js", "let a = 1;"),
                ("icons/icon.svg", "<svg/>"),
                ("alone.gz", "no copy of anything"),
                ("sw.js", worker),
            ] {
                fs::write(folder.join(name), text).unwrap();
            }
            Self(folder)
        }

        fn read(&self, name: &str) -> String {
            fs::read_to_string(self.0.join(name)).unwrap()
        }

        fn build(&self) -> String {
            fs::write(self.0.join("sw.js"), include_str!("../../../public/sw.js")).unwrap();
            run(&self.0).unwrap();
            let list: serde_json::Value = serde_json::from_str(&self.read("precache.json")).unwrap();
            list["build"].as_str().unwrap().to_owned()
        }
    }

    impl Drop for Staging {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn every_file_is_in_the_worker_with_its_digest() {
        let staging = Staging::new("every");
        let build = staging.build();
        let worker = staging.read("sw.js");
        assert!(worker.contains(&format!("const BUILD = \"{build}\";")));
        let digest = hex(&Sha256::digest("let a = 1;"));
        assert!(worker.contains(&format!("[\"/app-0123456789abcdef.js\",\"{digest}\"]")), "{worker}");
        for listed in ["/index.html", "/icons/icon.svg", "/alone.gz"] {
            assert!(worker.contains(&format!("[\"{listed}\",")), "{listed}");
        }
        for left_out in ["/index.html.br", "/sw.js", "/precache.json"] {
            assert!(!worker.contains(&format!("[\"{left_out}\",")), "{left_out}");
        }
    }

    #[test]
    fn the_same_files_are_the_same_build_and_a_changed_byte_another() {
        let staging = Staging::new("same");
        let first = staging.build();
        assert_eq!(staging.build(), first);
        let worker = staging.read("sw.js");
        run(&staging.0).unwrap();
        assert_eq!(staging.read("sw.js"), worker, "filled in twice");
        fs::write(staging.0.join("icons/icon.svg"), "<svg />").unwrap();
        assert_ne!(staging.build(), first);
    }

    #[test]
    fn a_worker_without_its_lines_or_an_odd_name_stops_the_build() {
        let staging = Staging::new("odd");
        fs::write(staging.0.join("sw.js"), "// no lines").unwrap();
        assert!(run(&staging.0).is_err());
        fs::write(staging.0.join("sw.js"), include_str!("../../../public/sw.js")).unwrap();
        fs::write(staging.0.join("a b.txt"), "").unwrap();
        assert!(run(&staging.0).is_err());
    }
}
