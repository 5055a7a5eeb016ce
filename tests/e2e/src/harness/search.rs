//! What a folder holds, as somebody finds it who copied the folder and searches it for words.
//!
//! Files are read as they lie, free pages and all. A browser keeps a word in one of the forms of
//! [`forms`]; what it keeps compressed or sealed is not found, by this or by who copied it.

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use memchr::memmem::Finder;

/// A word, and the file in which it stands.
#[derive(Clone, PartialEq, Eq)]
pub struct Found {
    /// The file.
    pub file: PathBuf,
    /// The word.
    pub word: String,
}

impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {}", self.word, self.file.display())
    }
}

/// Which of these words stand in the files below a folder.
///
/// # Errors
/// When a folder cannot be read, or there is no file at all: such a search says nothing.
pub fn holding(folder: &Path, words: &[&str]) -> Result<Vec<Found>> {
    let wanted = needles(words);
    let (mut found, mut folders, mut files) = (Vec::new(), vec![folder.to_owned()], 0);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                // One that a browser takes away meanwhile holds nothing.
                let Ok(bytes) = std::fs::read(entry.path()) else { continue };
                files += 1;
                found.extend(within(&bytes, &entry.path(), &wanted));
            }
        }
    }
    ensure!(files > 0, "there is no file below {}", folder.display());
    Ok(found)
}

/// Which of these words stand in one file; none where there is no such file.
#[must_use]
pub fn in_file(file: &Path, words: &[&str]) -> Vec<Found> {
    let bytes = std::fs::read(file).unwrap_or_default();
    within(&bytes, file, &needles(words))
}

/// Each word with the bytes to look for.
fn needles<'a>(words: &[&'a str]) -> Vec<(&'a str, Vec<Finder<'static>>)> {
    words
        .iter()
        .map(|word| (*word, forms(word).into_iter().map(|form| Finder::new(&form).into_owned()).collect()))
        .collect()
}

fn within(bytes: &[u8], file: &Path, wanted: &[(&str, Vec<Finder<'static>>)]) -> Vec<Found> {
    let here = |forms: &[Finder<'_>]| forms.iter().any(|form| form.find(bytes).is_some());
    wanted
        .iter()
        .filter(|(_, forms)| here(forms))
        .map(|(word, _)| Found { file: file.to_owned(), word: (*word).to_owned() })
        .collect()
}

/// The bytes a word can stand as: UTF-8, UTF-16 of either order, one byte a letter where all its letters
/// have one (so engines keep such strings), and as an address writes it.
fn forms(word: &str) -> Vec<Vec<u8>> {
    let utf8 = word.as_bytes().to_vec();
    let wide = |bytes: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(bytes).collect();
    let latin: Option<Vec<u8>> = word.chars().map(|letter| u8::try_from(letter).ok()).collect();
    let mut forms = vec![utf8, wide(u16::to_le_bytes), wide(u16::to_be_bytes), percent(word).into_bytes()];
    forms.extend(latin);
    forms.sort();
    forms.dedup();
    forms
}

fn percent(word: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    word.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "zwölf Dachse";

    fn lies(bytes: &[u8]) -> bool {
        let folder = tempfile::TempDir::new().unwrap();
        let below = folder.path().join("one/two");
        std::fs::create_dir_all(&below).unwrap();
        let file = below.join("file");
        std::fs::write(&file, [b"before\0", bytes, b"\0after"].concat()).unwrap();
        let found = holding(folder.path(), &["nowhere", WORDS]).unwrap();
        assert!(found.iter().all(|one| one.word == WORDS && one.file == file), "{found:?}");
        assert_eq!(found, in_file(&file, &[WORDS]));
        !found.is_empty()
    }

    #[test]
    fn a_word_is_found_in_every_form_and_no_other_word_is() {
        assert!(lies(WORDS.as_bytes()));
        assert!(lies(&WORDS.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()));
        assert!(lies(&WORDS.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>()));
        assert!(lies(b"zw\xf6lf Dachse"));
        assert!(lies(b"/?q=zw%C3%B6lf%20Dachse&"));
        assert!(!lies("zwolf Dachse".as_bytes()));
        assert!(!lies(&WORDS.as_bytes()[1..]));
    }

    #[test]
    fn a_folder_without_files_is_no_answer() {
        let folder = tempfile::TempDir::new().unwrap();
        assert!(holding(folder.path(), &[WORDS]).is_err());
        assert!(in_file(&folder.path().join("none"), &[WORDS]).is_empty());
    }
}
