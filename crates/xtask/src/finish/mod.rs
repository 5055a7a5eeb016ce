//! What is done to the built app after Trunk: cutting it into parts, and making it small.
//!
//! Trunk builds one module, and has no step in which it could be cut (trunk-rs/trunk#1022), so its
//! `post_build` hook does it: the linked module, with its relocations, is cut at the split points
//! of `src/later.rs` by `wasm-split-cli`, the main part goes through wasm-bindgen, each through
//! wasm-opt, and scripts and styles through esbuild. One digest over all of them is part of every
//! name, so that parts of two builds never meet.

mod page;
mod places;
mod slim;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use sha2::{Digest as _, Sha256};

use crate::shell::{command, must};
use crate::{place, tools};

/// How far wasm-opt may go: what makes fewer functions, as long as it makes no more bytes to fetch. rustc emits
/// all of these features.
const OPTIMISE: [&str; 9] = [
    "-O3",
    "--shrink-level=1",
    "--always-inline-max-function-size=6",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];
/// Names that the tools give.
const GLUE: &str = "interlude.js";
const MAIN: &str = "interlude_bg.wasm";
const LINK: &str = "__wasm_split.js";

/// Called on Trunk's staging folder before it becomes `dist/`.
pub(crate) fn run(staging: &Path) -> Result<()> {
    let tools = tools::for_finishing()?;
    let folder = place::target().join("finish");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let made = cut(&tools, &folder)?;
    let named = name(&made)?;
    for (name, bytes) in &named.files {
        fs::write(staging.join(name), bytes).with_context(|| format!("{name} cannot be written"))?;
    }
    page::rewrite(staging, &named, |style| small(&tools, &folder.join("style.css"), style))
}

/// The files of the app, under the names the tools gave.
fn cut(tools: &tools::Finishing, folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let whole = place::target().join("wasm32-unknown-unknown/release/interlude.wasm");
    let (parts, glued) = (folder.join("parts"), folder.join("glued"));
    fs::create_dir_all(&glued)?;
    let mut split = command(&tools.split, &[]);
    must(split.arg(&whole).arg(&parts).args(["--out-name", "interlude"]))
        .context("the app could not be cut into parts")?;
    let main = parts.join("interlude.wasm");
    let mut bindgen = command(&tools.bindgen, &["--target", "web", "--no-typescript", "--keep-lld-exports"]);
    must(bindgen.arg("--out-dir").arg(&glued).args(["--out-name", "interlude"]).arg(&main))?;
    fs::remove_file(&main)?;

    let glue = fs::read_to_string(glued.join(GLUE))?;
    let (glue, wasm) = slim::slim(&glue, &fs::read(glued.join(MAIN))?)?;
    fs::write(glued.join(MAIN), places::blank(wasm)?)?;
    let mut made = BTreeMap::new();
    made.insert(GLUE.to_owned(), small(tools, &glued.join(GLUE), &glue)?);
    let link = fs::read_to_string(parts.join(LINK))?;
    made.insert(LINK.to_owned(), small(tools, &glued.join(LINK), &link)?);
    let mut modules: Vec<PathBuf> = wasm_files(&parts)?;
    modules.push(glued.join(MAIN));
    for module in modules {
        let name = module.file_name().and_then(|name| name.to_str()).context("a module without a name")?;
        let out = folder.join(name);
        must(command(&tools.optimise, &OPTIMISE).arg(&module).arg("-o").arg(&out))?;
        made.insert(name.to_owned(), fs::read(&out)?);
    }
    ensure!(made.len() > 3, "the app was not cut: is the feature `split` on?");
    Ok(made)
}

fn wasm_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let files = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let mut modules: Vec<_> =
        files.into_iter().filter(|f| f.extension().is_some_and(|e| e == "wasm")).collect();
    modules.sort();
    Ok(modules)
}

/// A script or style, written smaller by esbuild. `file` says which by its ending.
fn small(tools: &tools::Finishing, file: &Path, text: &str) -> Result<Vec<u8>> {
    fs::write(file, text)?;
    let out = file.with_extension("small");
    let out_file = format!("--outfile={}", out.display());
    must(command(&tools.esbuild, &["--minify", "--log-level=error", &out_file]).arg(file))?;
    Ok(fs::read(&out)?)
}

/// The app's files under names that carry their digest.
struct Named {
    files: BTreeMap<String, Vec<u8>>,
    glue: String,
    link: String,
    main: String,
}

/// One digest of all files, put into each name and into what refers to it.
fn name(made: &BTreeMap<String, Vec<u8>>) -> Result<Named> {
    let mut sum = Sha256::new();
    for (name, bytes) in made {
        sum.update(name);
        sum.update(bytes);
    }
    let digest: String = sum.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let with_digest = |name: &str| match name.rsplit_once('.') {
        Some((LINK_STEM, ending)) => format!("parts-{digest}.{ending}"),
        Some((stem, ending)) => format!("{stem}-{digest}.{ending}"),
        None => format!("{name}-{digest}"),
    };
    let mut files = BTreeMap::new();
    for (name, bytes) in made {
        let bytes = if name.ends_with(".js") {
            let mut text = String::from_utf8(bytes.clone())?;
            for other in made.keys() {
                // As whole names: one may be the end of another.
                for quote in ['"', '/'] {
                    text =
                        text.replace(&format!("{quote}{other}"), &format!("{quote}{}", with_digest(other)));
                }
            }
            text.into_bytes()
        } else {
            bytes.clone()
        };
        files.insert(with_digest(name), bytes);
    }
    Ok(Named { files, glue: with_digest(GLUE), link: with_digest(LINK), main: with_digest(MAIN) })
}

const LINK_STEM: &str = "__wasm_split";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_digest_is_in_every_name_and_in_what_refers_to_it() {
        let glue = r#"import*as a from"./__wasm_split.js";new URL("interlude_bg.wasm",import.meta.url)"#;
        let link =
            r#"import{initSync}from"./interlude.js";fetch(new URL("./split_rest.wasm",import.meta.url))"#;
        let files = [(GLUE, glue), (LINK, link), (MAIN, "main"), ("split_rest.wasm", "rest")];
        let made: BTreeMap<_, _> =
            files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        let named = name(&made).unwrap();
        let text = |name: &str| String::from_utf8(named.files[name].clone()).unwrap();
        assert!(text(&named.glue).contains(&format!("\"./{}\"", named.link)));
        assert!(text(&named.glue).contains(&format!("\"{}\"", named.main)));
        assert!(text(&named.link).contains(&format!("\"./{}\"", named.glue)));
        let digest = named.main.trim_start_matches("interlude_bg-").trim_end_matches(".wasm");
        assert_eq!(digest.len(), 16);
        assert!(text(&named.link).contains(&format!("\"./split_rest-{digest}.wasm\"")));

        let mut other = made;
        other.insert("split_rest.wasm".to_owned(), b"rest of another build".to_vec());
        assert_ne!(name(&other).unwrap().glue, named.glue, "every name changes with any part");
    }
}
