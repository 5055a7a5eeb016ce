//! The version of wasm-bindgen that Cargo.lock names.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

/// Refuses a lock file whose wasm-bindgen is not the pinned one.
pub(crate) fn check(lock: &Path, pinned: &str) -> Result<()> {
    let text = std::fs::read_to_string(lock).with_context(|| format!("{} cannot be read", lock.display()))?;
    match version(&text, "wasm-bindgen") {
        Some(found) if found == pinned => Ok(()),
        Some(found) => bail!(
            "Cargo.lock has wasm-bindgen {found}, the tools are pinned to {pinned}, and the two must be equal: \
             type `cargo update -p wasm-bindgen --precise {pinned}`, or change the pin in crates/xtask/src/tools"
        ),
        None => bail!("Cargo.lock names no wasm-bindgen: is this the whole checkout?"),
    }
}

/// The locked version of `package`.
fn version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::version;

    const LOCK: &str = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";

    #[test]
    fn the_locked_version_is_found_by_whole_name() {
        assert_eq!(version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version(LOCK, "wasm"), None);
    }
}
