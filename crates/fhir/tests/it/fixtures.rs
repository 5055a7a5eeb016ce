//! Real forms: fifty-five of other people, and our own.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use interlude_diary::entry::{Body, Entry};
use interlude_diary::questionnaire::{Asked, Form, Why, problems, respond};
use interlude_fhir::digest::digest;
use interlude_fhir::questionnaire::form;
use interlude_fhir::wire::{read, write_entry};

use crate::filler::{WAYS, fill};
use crate::rules::broken;
use crate::sample::{PATIENT, entry};
use crate::schema::{shared, valid};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ext| ext == "json"));
    files.sort();
    files
}

/// Fills the form in in every way; what is sent is valid by the schema, by the form's own rules,
/// and reads back.
pub(crate) fn complete(text: &str, form: &Form) {
    let raw: serde_json::Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
    let left_out = form.left_out.iter().filter(|out| out.why != Why::NotPrefilled);
    let left_out: BTreeSet<String> = left_out.map(|out| out.link.clone()).collect();
    for way in WAYS {
        let answers = fill(form, way);
        assert_eq!(problems(form, &answers, &Asked::default()), [], "{way:?}");
        let body = Body::Response(respond(form, &answers, &Asked::default()));
        let filled = Entry { body, ..entry() };
        let sent = write_entry(&filled, PATIENT);
        valid(&sent).unwrap_or_else(|faults| panic!("{way:?}: {faults}"));
        let wrong = broken(&raw, &serde_json::from_str(&sent).unwrap(), &left_out);
        assert_eq!(wrong, Vec::<String>::new(), "{way:?} {sent}");
        let back = read(&sent).unwrap();
        assert_eq!((back.digest, &back.entry.id), (digest(&filled), &filled.id), "{way:?}");
    }
}

/// What was left out, and what was asked without the first value that a rule would give.
fn named(form: &Form) -> String {
    let list = |label: &str, prefilled: bool| {
        let mine = form.left_out.iter().filter(|out| (out.why == Why::NotPrefilled) == prefilled);
        let words: Vec<&str> = mine.map(|out| out.text.as_str()).collect();
        if words.is_empty() { String::new() } else { format!("; {label} {}", words.join(", ")) }
    };
    list("without", false) + &list("not prefilled:", true)
}

#[test]
fn other_peoples_forms_are_completed_or_refused_by_name() {
    let Some(folder) = shared("the reading of other people's forms") else {
        return;
    };
    let (mut completed, mut refused) = (Vec::new(), Vec::new());
    for path in files(&folder.join("questionnaires")) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        match form(&text, "en") {
            Ok(form) => {
                let run = std::panic::catch_unwind(|| complete(&text, &form));
                run.unwrap_or_else(|_| panic!("{name} was not completed"));
                completed.push(format!("completed {name}{}\n", named(&form)));
            }
            Err(why) => refused.push(format!("refused   {name}: {why}\n")),
        }
    }
    // Past the capture of the test harness: the list is part of what this test is for.
    let list = completed.concat() + &refused.concat();
    std::io::stdout().write_all(list.as_bytes()).unwrap();
    assert_eq!(completed.len() + refused.len(), 55);
    assert!(completed.len() >= 45, "only {} were completed", completed.len());
}

#[test]
fn our_own_forms_are_whole() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../public/questionnaires");
    let mut names = Vec::new();
    for path in files(&folder) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        valid(&text).unwrap_or_else(|faults| panic!("{name}: {faults}"));
        for language in ["en", "es"] {
            let form = form(&text, language).unwrap_or_else(|why| panic!("{name}: {why}"));
            assert_eq!(form.left_out, [], "{name}");
            assert!(
                form.canonical.starts_with(&format!("https://interlude.health/fhir/Questionnaire/{name}|"))
            );
            complete(&text, &form);
        }
        names.push(name);
    }
    let ours = ["daily-checkin", "gad-7", "infusion-session", "peg", "pgic", "side-effects", "sleep-times"];
    assert_eq!(names, ours);
}
