//! The page: which files it asks for.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use sha2::{Digest as _, Sha256};

use super::Named;

/// Makes the page start the app from its named files and take one style sheet; what Trunk had put
/// in their place goes. `small` writes a style smaller.
pub(super) fn rewrite(
    staging: &Path,
    named: &Named,
    small: impl FnOnce(&str) -> Result<Vec<u8>>,
) -> Result<()> {
    let file = staging.join("index.html");
    let page = fs::read_to_string(&file).context("index.html is not there")?;
    let (page, scripts) = without(&page, "<script type=\"module\"", "</script>");
    ensure!(scripts.len() == 1, "the page must have one script, Trunk's: it has {}", scripts.len());
    let (page, preloads) = without(&page, "<link rel=\"modulepreload\"", ">");
    let (page, more) = without(&page, "<link rel=\"preload\" href=\"/interlude", ">");
    let (page, sheets) = without(&page, "<link rel=\"stylesheet\"", ">");
    for old in preloads.iter().chain(&more) {
        fs::remove_file(staging.join(target(old)?)).context("a file that Trunk named is not there")?;
    }
    let mut style = String::new();
    for sheet in &sheets {
        let sheet = staging.join(target(sheet)?);
        style.push_str(&fs::read_to_string(&sheet)?);
        fs::remove_file(sheet)?;
    }
    let style = small(&style)?;
    let digest: String = Sha256::digest(&style).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let style_name = format!("style-{digest}.css");
    fs::write(staging.join(&style_name), style)?;

    let Named { glue, link, main, .. } = named;
    // What starts the app is asked for at once, side by side: each is a round trip. The module is compiled
    // while the script that starts it is read; a browser that can't compile it from the network is left to that
    // script. The styles come last, since a script waits for those before it.
    let head = format!(
        "<link rel=\"preload\" href=\"/{main}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\
         <script>{STORE}window.compiled=fetch('/{main}').then(r=>WebAssembly.compileStreaming(r)).catch(()=>fetch('/{main}'));\
         {WARM}</script>\
         <link rel=\"modulepreload\" href=\"/{glue}\"><link rel=\"modulepreload\" href=\"/{link}\">\
         <script type=\"module\">import init from '/{glue}';init({{module_or_path:window.compiled}})</script>\
         <link rel=\"stylesheet\" href=\"/{style_name}\"></head>"
    );
    ensure!(page.contains("</head>"), "the page has no head");
    fs::write(file, page.replacen("</head>", &head, 1))?;
    Ok(())
}

/// While the app is on its way: the store's connection, for `src/journal/early.rs`. A store that is not there is
/// not made here, and nobody who wants to change or delete it waits for this page.
const STORE: &str = "try{const q=window.early=indexedDB.open('interlude');\
                     q.onupgradeneeded=()=>q.transaction.abort();\
                     q.addEventListener('error',e=>e.preventDefault());\
                     q.addEventListener('success',()=>q.result.onversionchange=()=>q.result.close())}catch{}";

/// While the module is on its way the browser starts what it would else start only then. Asks nothing of
/// anybody and keeps nothing; where a browser lacks one of these, it starts later.
const WARM: &str =
    "window.crypto?.subtle?.digest('SHA-256',new Uint8Array(1)).catch(()=>{});navigator.locks?.query()";

/// The page without the pieces from `begin` to `end`, and these pieces.
fn without(page: &str, begin: &str, end: &str) -> (String, Vec<String>) {
    let (mut rest, mut kept, mut pieces) = (page, String::new(), Vec::new());
    while let Some((before, after)) = rest.split_once(begin) {
        let Some((inside, after)) = after.split_once(end) else { break };
        kept.push_str(before.trim_end());
        pieces.push(format!("{begin}{inside}{end}"));
        rest = after;
    }
    kept.push_str(rest);
    (kept, pieces)
}

/// The file that a link names.
fn target(link: &str) -> Result<&str> {
    let (_, after) = link.split_once("href=\"/").context("a link without an address")?;
    after.split_once('"').map(|(path, _)| path).context("a link without an end")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_taken_out_and_what_they_name_is_found() {
        let page = "<a>\n  <link rel=\"stylesheet\" href=\"/b-1.css\" integrity=\"x\"/>\n<link rel=\"stylesheet\" href=\"/a.css\"><b>";
        let (rest, pieces) = without(page, "<link rel=\"stylesheet\"", ">");
        assert_eq!(rest, "<a><b>");
        let files: Vec<&str> = pieces.iter().map(|piece| target(piece).unwrap()).collect();
        assert_eq!(files, ["b-1.css", "a.css"]);
        assert!(target("<link>").is_err());
    }
}
