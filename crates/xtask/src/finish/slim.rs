//! Makes wasm-bindgen's output smaller where no tool does.
//!
//! The names of imports are long and end in a digest that packs badly; they only tie the module to
//! its glue, so both get short ones. And leptos links the stream adapters of its server functions
//! as exported classes; nobody makes one here, and with the exports gone wasm-opt drops their code.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ImportSection, Module};
use wasmparser::{Parser, Payload};

/// The module of the glue, as wasm-bindgen names it in the imports.
const GLUE: &str = "./interlude_bg.js";
/// The module of the parts, in the imports and in the glue's object of them: only the address that
/// it is fetched from is to change with the build.
const LINK: &str = "./__wasm_split.js";
const PARTS: &str = "parts";
/// In the names of exports that nobody calls.
const UNUSED: &str = "intounderlying";

/// How the names of their classes begin.
const CLASSES: &str = "IntoUnderlying";

/// The glue and the module, smaller.
pub(super) fn slim(glue: &str, wasm: &[u8]) -> Result<(String, Vec<u8>)> {
    let names = names(wasm)?;
    let short: BTreeMap<&str, String> = names.iter().enumerate().map(|(n, name)| (*name, nth(n))).collect();
    let glue =
        renamed(&without_unused(glue), &short).replace(&format!("\"{LINK}\":"), &format!("\"{PARTS}\":"));
    Ok((glue, rewritten(wasm, &short)?))
}

/// The glue without the classes that are exported for nobody, as wasm-bindgen lays them out: a block that ends
/// with a brace at the margin, a line about disposing, a constant whose further lines are set in.
fn without_unused(glue: &str) -> String {
    let mut kept = String::with_capacity(glue.len());
    let (mut within, mut constant) = (false, false);
    for line in glue.split_inclusive('\n') {
        constant = constant && line.starts_with(' ');
        let starts = |words: &str| line.strip_prefix(words).is_some_and(|rest| rest.starts_with(CLASSES));
        within |= starts("export class ");
        constant |= starts("const ");
        if !within && !constant && !starts("if (Symbol.dispose) ") {
            kept.push_str(line);
        }
        within = within && line.trim_end() != "}";
    }
    kept
}

/// Names of imported functions that end in a digest: those are unique in any text.
fn names(wasm: &[u8]) -> Result<Vec<&str>> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                let import = import?;
                if import.module == GLUE && has_digest(import.name) {
                    names.push(import.name);
                }
            }
        }
    }
    ensure!(!names.is_empty(), "no import of {GLUE} has a name that can be made shorter");
    Ok(names)
}

fn has_digest(name: &str) -> bool {
    let end = name.rsplit('_').next().unwrap_or_default();
    name.starts_with("__wb") && end.len() == 16 && end.bytes().all(|b| b.is_ascii_hexdigit())
}

/// The nth of short names that stand nowhere else: `$a`, `$b`, … `$10`.
fn nth(n: usize) -> String {
    const DIGITS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let mut name = String::from("$");
    let mut n = n;
    loop {
        name.extend(DIGITS.get(n % DIGITS.len()).map(|digit| char::from(*digit)));
        n /= DIGITS.len();
        if n == 0 {
            return name;
        }
    }
}

/// The text with whole names replaced.
fn renamed(text: &str, short: &BTreeMap<&str, String>) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_word) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|c| !is_word(c)).unwrap_or(from.len()));
        out.push_str(before);
        out.push_str(short.get(word).map_or(word, String::as_str));
        rest = after;
    }
    out.push_str(rest);
    out
}

struct Rewriter<'n>(&'n BTreeMap<&'n str, String>);

impl Reencode for Rewriter<'_> {
    type Error = std::convert::Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: wasmparser::ImportSectionReader<'_>,
    ) -> Result<(), wasm_encoder::reencode::Error<Self::Error>> {
        for import in section.into_imports() {
            let import = import?;
            let name = self.0.get(import.name).map_or(import.name, String::as_str);
            let kind = self.entity_type(import.ty)?;
            let module = if import.module == LINK { PARTS } else { import.module };
            imports.import(module, name, kind);
        }
        Ok(())
    }

    fn parse_export(
        &mut self,
        exports: &mut wasm_encoder::ExportSection,
        export: wasmparser::Export<'_>,
    ) -> Result<(), wasm_encoder::reencode::Error<Self::Error>> {
        if !export.name.contains(UNUSED) {
            RoundtripReencoder.parse_export(exports, export)?;
        }
        Ok(())
    }
}

fn rewritten(wasm: &[u8], short: &BTreeMap<&str, String>) -> Result<Vec<u8>> {
    let mut module = Module::new();
    Rewriter(short)
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .context("the module cannot be rewritten")?;
    Ok(module.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection, TypeSection,
    };

    /// One import of the glue, one of another module; two functions exported.
    fn module() -> Vec<u8> {
        let (mut types, mut imports, mut functions) =
            (TypeSection::new(), ImportSection::new(), FunctionSection::new());
        types.ty().function([], []);
        imports.import(GLUE, "__wbg_then_0123456789abcdef", EntityType::Function(0));
        imports.import(LINK, "kept", EntityType::Function(0));
        functions.function(0).function(0);
        let mut exports = ExportSection::new();
        exports.export("main", ExportKind::Func, 2).export(
            "__wbg_intounderlyingsink_free",
            ExportKind::Func,
            3,
        );
        let mut code = CodeSection::new();
        for _ in 0..2 {
            let mut function = Function::new([]);
            function.instructions().end();
            code.function(&function);
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&exports).section(&code);
        module.finish()
    }

    #[test]
    fn module_and_glue_get_the_same_short_names_and_unused_exports_go() {
        let glue = "import * as i from \"./__wasm_split.js\"; x = { __wbg_then_0123456789abcdef: f, \
            __wbg_then_0123456789abcdef1: 1 }; y = { \"./__wasm_split.js\": i }";
        let (glue, wasm) = slim(glue, &module()).unwrap();
        assert_eq!(
            glue,
            "import * as i from \"./__wasm_split.js\"; x = { $a: f, \
            __wbg_then_0123456789abcdef1: 1 }; y = { \"parts\": i }"
        );
        let (mut imports, mut exports) = (Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(&wasm) {
            let payload = payload.unwrap();
            if let Payload::ImportSection(all) = payload {
                let named = all.into_imports().map(Result::unwrap);
                imports.extend(named.map(|import| format!("{} {}", import.module, import.name)));
            } else if let Payload::ExportSection(all) = payload {
                exports.extend(all.into_iter().map(|export| export.unwrap().name.to_owned()));
            }
        }
        assert_eq!(imports, ["./interlude_bg.js $a", "parts kept"]);
        assert_eq!(exports, ["main"]);
    }

    #[test]
    fn classes_for_nobody_go_from_the_glue() {
        let glue = "export class IntoUnderlyingSink {\n    free() {\n    }\n}\n\
            if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = IntoUnderlyingSink.prototype.free;\n\
            export function start() {\n}\nconst IntoUnderlyingSinkFinalization = (a)\n    ? b\n    : c;\nlet d = 1;\n";
        assert_eq!(without_unused(glue), "export function start() {\n}\nlet d = 1;\n");
    }

    #[test]
    fn short_names_are_never_twice_the_same() {
        let all: std::collections::BTreeSet<String> = (0..5000).map(nth).collect();
        assert_eq!(all.len(), 5000);
        assert!(slim("", b"no module").is_err());
    }
}
