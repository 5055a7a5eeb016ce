//! Copies of the built app: with other forms in it, or as a newer version.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;

use super::place;

/// A copy of the built app; gone when dropped.
pub struct Site {
    folder: TempDir,
}

impl Site {
    /// A copy as it is.
    ///
    /// # Errors
    /// When the app is not built, or cannot be copied.
    pub fn copy() -> Result<Self> {
        let folder = TempDir::new()?;
        place::copy(&place::app()?, folder.path())?;
        Ok(Self { folder })
    }

    /// The release that is kept, as it was built then.
    ///
    /// # Errors
    /// When it is not there, or cannot be laid out.
    pub fn kept_release() -> Result<Self> {
        let folder = TempDir::new()?;
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let laid = place::xtask().arg("lay-release").arg(folder.path()).current_dir(root).status()?;
        ensure!(laid.success() && folder.path().join("sw.js").is_file(), "the kept release is not there");
        Ok(Self { folder })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Adds a questionnaire, to be opened at `/fill/{name}`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add_form(&self, name: &str, form: &Path) -> Result<()> {
        let place = self.folder.path().join("questionnaires").join(format!("{name}.json"));
        fs::copy(form, &place).with_context(|| format!("{} cannot be copied", form.display()))?;
        Ok(())
    }

    /// Makes it a newer version: the page says so, and the list of files is made again.
    ///
    /// # Errors
    /// When the list cannot be made.
    pub fn become_newer(&self) -> Result<()> {
        self.head("<meta name=\"newer\" content=\"yes\">")?;
        self.list()
    }

    /// Makes it the build of this number: its page and two of its files say so. A page of one build
    /// with a file of another is then seen.
    ///
    /// # Errors
    /// When a file or the list cannot be made.
    pub fn become_build(&self, number: u32) -> Result<()> {
        self.head(&format!("<meta name=\"build\" content=\"{number}\">"))?;
        for name in ["build-first.txt", "build-last.txt"] {
            fs::write(self.folder.path().join(name), number.to_string())?;
        }
        self.list()
    }

    /// A file as it is served.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn head(&self, words: &str) -> Result<()> {
        let page = self.folder.path().join("index.html");
        let newer = fs::read_to_string(&page)?.replace("<head>", &format!("<head>{words}"));
        ensure!(newer.contains(words), "index.html has no head");
        Ok(fs::write(&page, newer)?)
    }

    fn list(&self) -> Result<()> {
        for old in compressed(self.folder.path())? {
            fs::remove_file(old)?;
        }
        let made = place::xtask()
            .arg("precache")
            .env("TRUNK_STAGING_DIR", self.folder.path())
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
            .stdout(std::process::Stdio::null())
            .status()?;
        ensure!(made.success(), "the list of files was not made");
        Ok(())
    }
}

/// Files beside others that hold them compressed: they would be served instead.
fn compressed(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(compressed(&path)?);
        } else if path.extension().is_some_and(|end| end == "br" || end == "gz") {
            found.push(path);
        }
    }
    Ok(found)
}
