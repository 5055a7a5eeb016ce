//! A data folder of its own, and commands run on it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A folder that is gone when the test is over.
pub(crate) struct Place(TempDir);

/// What a command said, and whether it was content.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// The data folder; the first command makes it.
    pub(crate) fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    /// A file beside it.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.data().join("clinic.sqlite")
    }

    /// Runs a command, whatever comes of it.
    pub(crate) fn run(&self, words: &[&str]) -> Said {
        let output = program(&self.data()).args(words).output().unwrap();
        said(&output)
    }

    /// Runs a command that must do what it was asked; what it printed.
    pub(crate) fn good(&self, words: &[&str]) -> String {
        let said = self.run(words);
        assert_eq!(said.code, Some(0), "{words:?}: {}", said.err);
        said.out
    }

    /// Runs a command that must refuse; what it said about it.
    pub(crate) fn bad(&self, words: &[&str]) -> String {
        let said = self.run(words);
        assert!(said.code.is_some_and(|code| code != 0), "{words:?}: {said:?}");
        assert!(!said.err.contains("panicked"), "{words:?}: {}", said.err);
        said.err
    }

    /// Adds a patient; its id.
    pub(crate) fn patient(&self, initials: &str) -> String {
        let said = self.good(&["patient", "add", initials]);
        let (id, shown) = said.trim().split_once(' ').unwrap();
        assert_eq!(shown, initials);
        id.to_owned()
    }

    /// A pairing code as it is read aloud.
    pub(crate) fn code(&self, patient: &str) -> String {
        let said = self.good(&["invite", patient]);
        let code = said.split(' ').next().unwrap().to_owned();
        assert_eq!((code.len(), code.as_bytes()[4]), (9, b'-'), "{said}");
        code
    }
}

/// The program on a data folder.
pub(crate) fn program(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_interlude-clinic"));
    command.arg("--data").arg(data).stdin(Stdio::null()).env_remove("INTERLUDE_DATA").env_remove("RUST_LOG");
    command
}

fn said(output: &Output) -> Said {
    Said {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
