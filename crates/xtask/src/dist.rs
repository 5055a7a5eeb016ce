//! The built app, `dist/`, made by Trunk and made again only when something it is made of changed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use crate::shell::{cargo, command, must, step, text};
use crate::{place, tools};

/// What the app is made of, beside the tools.
const INPUTS: [&str; 12] = [
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "src",
    "style",
    "public",
    "crates/diary",
    "crates/fhir",
    "crates/xtask/src/finish",
    "crates/xtask/src/precache.rs",
    "crates/xtask/src/dist.rs",
];

/// Lays a brotli copy beside each file that gets smaller by it; the clinic serves the copy to
/// browsers that take it. Node is at hand and brings brotli.
const PRESS: &str = "const fs = require('fs'), path = require('path'), zlib = require('zlib');
const press = (folder) => fs.readdirSync(folder, { withFileTypes: true }).forEach((one) => {
    const file = path.join(folder, one.name);
    if (one.isDirectory()) return press(file);
    if (!/[.](html|js|css|json|svg|wasm|webmanifest)$/.test(one.name)) return;
    const bytes = fs.readFileSync(file), params = { [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const small = zlib.brotliCompressSync(bytes, { params });
    if (small.length < bytes.length) fs.writeFileSync(file + '.br', small);
});
press(process.argv[1]);";

/// Builds `dist/` if it is not the one these inputs make. Answers whether it had to.
pub(crate) fn build() -> Result<bool> {
    let stamp = place::artefacts().join("dist.stamp");
    let inputs = digest_of_inputs()?;
    let fresh = |inputs: &str| digest_of_dist().map(|built| format!("{inputs} {built}\n"));
    if let (Ok(old), Ok(now)) = (fs::read_to_string(&stamp), fresh(&inputs))
        && old == now
    {
        return Ok(false);
    }
    let tools = tools::for_building()?;
    step("crates of the app", "a minute the first time", || {
        must(&mut cargo(&["fetch", "--target", "wasm32-unknown-unknown"]))
    })?;
    step("the app, release, into dist/", "4 minutes the first time, 1 to 2 after a change", || {
        must(tools.trunk(&["build", "--release", "--offline"])?.env_remove("NO_COLOR"))
    })?;
    // After Trunk's hook: the list of files for the service worker names them unpacked.
    must(command("node", &["-e", PRESS]).arg(place::dist()))?;
    fs::create_dir_all(place::artefacts())?;
    fs::write(&stamp, fresh(&inputs)?).with_context(|| format!("{} cannot be written", stamp.display()))?;
    Ok(true)
}

fn digest_of_inputs() -> Result<String> {
    let root = place::root();
    let mut sum = Sha256::new();
    for version in tools::Building::versions() {
        sum.update(version);
    }
    sum.update(text(&mut command("rustc", &["--version"]))?);
    for input in INPUTS {
        add(&mut sum, &root, &root.join(input))?;
    }
    Ok(hex(&sum.finalize()))
}

/// The page names every hashed file, so its digest stands for them all.
fn digest_of_dist() -> Result<String> {
    let page = fs::read(place::dist().join("index.html"))?;
    Ok(hex(&Sha256::digest(page)))
}

/// Adds a file, or a folder's files in order of name.
fn add(sum: &mut Sha256, root: &Path, path: &Path) -> Result<()> {
    if path.is_dir() {
        let mut inside: Vec<PathBuf> =
            fs::read_dir(path)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
        inside.sort();
        return inside.iter().try_for_each(|entry| add(sum, root, entry));
    }
    if !path.exists() {
        return Ok(());
    }
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    sum.update(path.strip_prefix(root).unwrap_or(path).to_string_lossy().as_bytes());
    sum.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
    sum.update(&bytes);
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
