//! One release that is kept, for the tests to come from: all of `dist/`, as one small file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

use crate::shell::command;
use crate::{dist, place};

/// No larger: each one that is kept stays in the history of the repository.
const MOST: u64 = 1_000_000;

/// As small as it gets. Node is at hand, and brings brotli.
const PACK: &str = "const fs = require('fs'), zlib = require('zlib'), bytes = fs.readFileSync(0);
const { BROTLI_PARAM_LGWIN: window, BROTLI_PARAM_SIZE_HINT: size } = zlib.constants;
const params = { [window]: 24, [size]: bytes.length };
fs.writeFileSync(process.argv[1], zlib.brotliCompressSync(bytes, { params }));";

const UNPACK: &str = "const fs = require('fs'), zlib = require('zlib');
fs.writeSync(1, zlib.brotliDecompressSync(fs.readFileSync(process.argv[1])));";

/// Where it is kept.
fn kept() -> PathBuf {
    place::root().join("tests/e2e/releases/kept.tar.br")
}

/// Builds the app and keeps it as the release that tests come from, in the place of the one before.
pub(crate) fn keep() -> Result<()> {
    dist::build()?;
    let file = kept();
    pack(&place::dist(), &file)?;
    let bytes = fs::metadata(&file)?.len();
    ensure!(bytes <= MOST, "{} is {bytes} bytes, and {MOST} are the most", file.display());
    println!("{}: {bytes} bytes", file.display());
    Ok(())
}

/// Lays the kept release out in a folder.
pub(crate) fn lay(folder: &Path) -> Result<()> {
    unpack(&kept(), folder)
}

/// The same bytes for the same files. Compressed copies are left out: they are made of the others.
fn pack(folder: &Path, file: &Path) -> Result<()> {
    let mut tar = command("tar", &["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner"]);
    tar.args(["--exclude=*.br", "--create", "--file=-", "--directory"]).arg(folder).arg(".");
    both(&mut tar, command("node", &["-e", PACK]).arg(file))
}

fn unpack(file: &Path, folder: &Path) -> Result<()> {
    ensure!(file.is_file(), "{} is not there: `cargo xtask keep-release` makes it", file.display());
    let mut tar = command("tar", &["--extract", "--file=-", "--directory"]);
    both(command("node", &["-e", UNPACK]).arg(file), tar.arg(folder))
}

/// The second reads what the first writes.
fn both(first: &mut Command, second: &mut Command) -> Result<()> {
    let mut one = started(first.stdout(Stdio::piped()))?;
    let out = one.stdout.take().context("it writes nothing")?;
    let mut two = started(second.stdin(out))?;
    let (one, two) = (one.wait()?, two.wait()?);
    if one.success() && two.success() { Ok(()) } else { bail!("packing failed: {one}, {two}") }
}

fn started(command: &mut Command) -> Result<Child> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.spawn().with_context(|| format!("`{program}` could not be started"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_as_it_was_without_compressed_copies() {
        let folder = std::env::temp_dir().join(format!("interlude-release-{}", std::process::id()));
        let (from, to) = (folder.join("from"), folder.join("to"));
        fs::create_dir_all(from.join("below")).unwrap();
        fs::create_dir_all(&to).unwrap();
        // Longer than a pipe holds.
        let long = vec![7_u8; 1_000_000];
        fs::write(from.join("below/app.wasm"), &long).unwrap();
        fs::write(from.join("below/app.wasm.br"), b"small").unwrap();
        let packed = folder.join("packed");
        pack(&from, &packed).unwrap();
        unpack(&packed, &to).unwrap();
        assert_eq!(fs::read(to.join("below/app.wasm")).unwrap(), long);
        assert!(!to.join("below/app.wasm.br").exists());
        let before = fs::read(&packed).unwrap();
        pack(&to, &packed).unwrap();
        assert_eq!(fs::read(&packed).unwrap(), before, "the same files make other bytes");
        assert!(unpack(&folder.join("none"), &to).is_err());
        fs::write(&packed, b"no brotli").unwrap();
        assert!(unpack(&packed, &to).is_err());
        fs::remove_dir_all(folder).unwrap();
    }
}
