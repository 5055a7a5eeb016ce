//! A FHIR R4 Questionnaire as a form of the diary.
//!
//! What the form asks for and cannot be asked here is named. Where that is optional it is left
//! out and listed; where the form needs it, because it is required or another item's rule looks
//! at it, the whole form is refused before its first question.

mod ext;
mod items;
mod options;
mod support;
mod words;

use std::collections::BTreeSet;

use interlude_diary::questionnaire::{Form, Item, Kind, LeftOut};
use sha2::{Digest as _, Sha256};

use crate::json::{JsonError, Node, parse};
use words::Words;

/// Why a text is no form that can be asked here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// Not JSON that can be used.
    #[error(transparent)]
    NotJson(#[from] JsonError),
    /// JSON, but another thing.
    #[error("not a Questionnaire")]
    NotAQuestionnaire,
    /// More text than a form needs.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// An item is not as FHIR says.
    #[error("item {link:?}: {what}")]
    Damaged {
        /// The item's linkId; where it has none, its words or its place (`item 3`).
        link: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// It has no url, and no name was to be made.
    #[error("it has no url")]
    NoUrl,
    /// Nothing in it can be answered, and nothing was left out.
    #[error("there is no question in it")]
    Empty,
    /// Items that the form needs and that cannot be asked here, by name.
    #[error("needs what cannot be asked here: {}", names(.0))]
    Unsupported(Vec<LeftOut>),
}

fn names(items: &[LeftOut]) -> String {
    items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join(", ")
}

/// Largest Questionnaire read, in bytes.
pub const MAX_BYTES: usize = 4 << 20;

/// How deep items may stand in each other: a response of that depth is still well within what a
/// reader of JSON takes.
pub const MAX_ITEM_DEPTH: usize = 16;

/// Reads a Questionnaire into a form, with the words of `language` where it has them. One without
/// a url is named by its own text.
///
/// # Errors
/// [`FormError`] says what is wrong, by name where it is an item.
pub fn form(text: &str, language: &str) -> Result<Form, FormError> {
    read(text, language, Some(digest))
}

/// The same for a form that has a url: nothing of it needs SHA-256.
///
/// # Errors
/// As [`form`], and [`FormError::NoUrl`].
pub fn form_with_url(text: &str, language: &str) -> Result<Form, FormError> {
    read(text, language, None)
}

fn read(text: &str, language: &str, name: Option<fn(&str) -> String>) -> Result<Form, FormError> {
    if text.len() > MAX_BYTES {
        return Err(FormError::TooLarge { limit: MAX_BYTES });
    }
    let root = parse(text)?;
    if root.str("resourceType") != Some("Questionnaire") {
        return Err(FormError::NotAQuestionnaire);
    }
    let canonical = match (canonical(&root), name) {
        (Some(canonical), _) => canonical,
        (None, Some(name)) => name(text),
        (None, None) => return Err(FormError::NoUrl),
    };
    let mut reader = Reader {
        words: Words::new(language),
        contained: root.list("contained"),
        branching: BTreeSet::new(),
        seen: BTreeSet::new(),
        choices: 0,
        left_out: Vec::new(),
        refused: Vec::new(),
    };
    reader.survey(&root, 0)?;
    if !support::root_is_understood(&root) {
        let text = reader.words.of(&root, "title").unwrap_or_default();
        let why = interlude_diary::questionnaire::Why::RuleNotEvaluated;
        return Err(FormError::Unsupported(vec![LeftOut { link: String::new(), text, why }]));
    }
    let items = reader.items(&root)?;
    if !reader.refused.is_empty() {
        return Err(FormError::Unsupported(reader.refused));
    }
    if !asks(&items) {
        let out = reader.left_out;
        return Err(if out.is_empty() { FormError::Empty } else { FormError::Unsupported(out) });
    }
    let title = reader.words.of(&root, "title").or_else(|| reader.words.of(&root, "name"));
    let copyright = reader.words.of(&root, "copyright");
    let language = if reader.words.translated() { Some(language) } else { root.str("language") };
    Ok(Form {
        canonical,
        title: title.unwrap_or_default(),
        language: language.map(str::to_owned),
        copyright,
        items,
        left_out: reader.left_out,
    })
}

/// What is known while a form is read.
struct Reader<'n, 'a> {
    words: Words<'n>,
    contained: &'n [Node<'a>],
    /// Items that a rule looks at.
    branching: BTreeSet<&'n str>,
    /// Every linkId.
    seen: BTreeSet<&'n str>,
    /// How many choices there were so far.
    choices: usize,
    left_out: Vec<LeftOut>,
    refused: Vec<LeftOut>,
}

impl<'n, 'a> Reader<'n, 'a> {
    /// First look at every item: linkIds, depth, and what the rules look at.
    fn survey(&mut self, parent: &'n Node<'a>, depth: usize) -> Result<(), FormError> {
        let Some(list) = parent.get("item") else {
            return Ok(());
        };
        let above = parent.str("linkId").unwrap_or("form").to_owned();
        if !list.is_array() {
            return Err(FormError::Damaged { link: above, what: "its items are no list" });
        }
        if depth > MAX_ITEM_DEPTH && !list.elements().is_empty() {
            return Err(FormError::Damaged { link: above, what: "items stand too deep in each other" });
        }
        for (n, item) in list.elements().iter().enumerate() {
            let Some(link) = item.str("linkId").filter(|link| !link.is_empty()) else {
                let place = format!("item {} of {above}", n + 1);
                let link = item.str("text").map_or(place, str::to_owned);
                return Err(FormError::Damaged { link, what: "it has no linkId" });
            };
            if !self.seen.insert(link) {
                return Err(FormError::Damaged { link: link.to_owned(), what: "its linkId stands twice" });
            }
            self.branching.extend(item.list("enableWhen").iter().filter_map(|rule| rule.str("question")));
            self.survey(item, depth + 1)?;
        }
        Ok(())
    }
}

/// Whether there is anything to answer.
fn asks(items: &[Item]) -> bool {
    items.iter().any(|item| {
        let question = !matches!(item.kind, Kind::Group | Kind::Display);
        (question && !item.hidden) || asks(&item.items)
    })
}

/// `url|version`, where there is a url.
fn canonical(root: &Node<'_>) -> Option<String> {
    let part = |name: &str| root.str(name).filter(|part| !part.is_empty());
    let url = part("url")?;
    match part("version") {
        Some(version) if !url.contains('|') => Some(format!("{url}|{version}")),
        Some(_) | None => Some(url.to_owned()),
    }
}

/// A name made of the text itself.
fn digest(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    let digest = interlude_diary::entry::Digest::new(Sha256::digest(text).into());
    format!("urn:sha256:{digest}")
}
