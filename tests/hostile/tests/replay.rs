//! The corpus, played on every run: what fuzzing found once is never found again.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "tests: what is not as expected is a failure, and says of which input"
)]

use std::path::{Path, PathBuf};

use interlude_hostile::TARGETS;
use interlude_hostile::twist::Twister;

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Files of a folder, in order of name.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    files
}

/// Good texts that stand elsewhere in the repository.
fn good(name: &str) -> Vec<PathBuf> {
    match name {
        "questionnaire" => files(&here("../../public/questionnaires")),
        "response" => {
            let golden = files(&here("../../crates/fhir/tests/it/golden"));
            golden.into_iter().filter(|file| file.extension().is_some_and(|end| end == "json")).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn nothing_in_the_corpus_breaks_a_promise() {
    for (name, target) in TARGETS {
        let inputs = [files(&here(&format!("corpus/{name}"))), good(name)].concat();
        assert!(inputs.len() >= 10, "the corpus of {name} is too small to mean anything");
        for file in &inputs {
            // The name of what breaks is the last line before the panic's.
            println!("{}", file.display());
            target(&std::fs::read(file).expect("an input"));
        }
        println!("{name}: {} inputs", inputs.len());
    }
}

#[test]
fn every_target_is_searched_by_a_program_of_that_name_and_has_a_corpus() {
    let stems = |folder: &str| -> Vec<String> {
        let stem = |file: &PathBuf| file.file_stem().expect("a name").to_string_lossy().into_owned();
        files(&here(folder)).iter().map(stem).collect()
    };
    let mut names: Vec<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    names.sort();
    assert_eq!(stems("../../fuzz/fuzz_targets"), names);
    assert_eq!(stems("corpus"), names);
    let manifest = std::fs::read_to_string(here("../../fuzz/Cargo.toml")).expect("a manifest");
    for name in names {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
}

/// Hostile sizes, depths, scripts and numbers, in place of good ones.
#[test]
fn good_texts_made_hostile_break_no_promise() {
    for (name, target) in TARGETS {
        let inputs = [files(&here(&format!("corpus/{name}"))), good(name)].concat();
        let texts: Vec<String> = inputs
            .iter()
            .filter_map(|file| String::from_utf8(std::fs::read(file).expect("an input")).ok())
            .filter(|text| text.len() < 20_000)
            .collect();
        for round in 0..4 {
            for (text, n) in texts.iter().zip(0..) {
                let seed = round * 1_000_000 + n;
                println!("{name}, seed {seed}");
                target(Twister::new(seed).twist(text).as_bytes());
            }
        }
    }
}
