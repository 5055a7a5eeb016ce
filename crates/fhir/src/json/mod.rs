//! JSON as written: a tree whose values know the text they stand in.
//!
//! Content is passed on exactly as received, so a reader must be able to cut a resource out of a
//! Bundle, or a decimal out of an answer, without printing it anew. Two names alike in one object
//! are refused: which of them counts would depend on who reads it.

mod read;
mod write;

use std::borrow::Cow;

pub use read::parse;
pub use write::{Writer, quote_into};

/// Why a text is not JSON that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// Not JSON, from this byte on.
    #[error("not JSON at byte {0}")]
    Syntax(usize),
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("nested too deep at byte {0}")]
    TooDeep(usize),
    /// A name stands twice in the object that ends at this byte.
    #[error("the same name twice in one object, before byte {0}")]
    Twice(usize),
}

/// How deep arrays and objects may stand in each other.
pub const MAX_DEPTH: usize = 128;

/// How many bytes at the start of `bytes` stand in a JSON string as they are: up to a quote, a
/// backslash, a control character or the end.
///
/// Eight at a time, by arithmetic: most of what is read and written is strings. A borrow can only
/// mark bytes behind one that is rightly marked, and the first is what is asked for.
fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 255;
    let below = |word: u64, n: u64| word.wrapping_sub(ONES * n) & !word & (ONES << 7);
    let is = |word: u64, byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    let (words, rest) = bytes.as_chunks::<8>();
    for (n, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let marked = below(word, 0x20) | is(word, b'"') | is(word, b'\\');
        if marked != 0 {
            return n * 8 + marked.trailing_zeros() as usize / 8;
        }
    }
    let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
    words.len() * 8 + end.unwrap_or(rest.len())
}

/// One value and the text it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'a> {
    raw: &'a str,
    shape: Shape<'a>,
}

/// What a value is. A number is its text: [`Node::number`].
#[derive(Debug, Clone, PartialEq)]
enum Shape<'a> {
    Null,
    Boolean(bool),
    Number,
    String(Cow<'a, str>),
    Array(Vec<Node<'a>>),
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// The value exactly as it stands in the text.
    #[must_use]
    pub const fn raw(&self) -> &'a str {
        self.raw
    }

    /// The member of an object, by name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.members().iter().find_map(|(key, node)| (key == name).then_some(node))
    }

    /// The text of a member that is a string.
    #[must_use]
    pub fn str(&self, name: &str) -> Option<&str> {
        self.get(name)?.string()
    }

    /// The elements of a member that is an array; none when it is anything else.
    #[must_use]
    pub fn list(&self, name: &str) -> &[Self] {
        self.get(name).map_or(&[], Node::elements)
    }

    /// The members of an object in order; none when it is anything else.
    #[must_use]
    pub fn members(&self) -> &[(Cow<'a, str>, Self)] {
        if let Shape::Object(members) = &self.shape { members } else { &[] }
    }

    /// Takes a member out of an object.
    pub fn take_member(&mut self, name: &str) -> Option<Self> {
        let Shape::Object(members) = &mut self.shape else {
            return None;
        };
        let at = members.iter().position(|(key, _)| key == name)?;
        Some(members.swap_remove(at).1)
    }

    /// The elements of an array, owned; none when it is anything else.
    #[must_use]
    pub fn into_elements(self) -> Vec<Self> {
        if let Shape::Array(elements) = self.shape { elements } else { Vec::new() }
    }

    /// The elements of an array; none when it is anything else.
    #[must_use]
    pub fn elements(&self) -> &[Self] {
        if let Shape::Array(elements) = &self.shape { elements } else { &[] }
    }

    /// The text of a string.
    #[must_use]
    pub fn string(&self) -> Option<&str> {
        if let Shape::String(text) = &self.shape { Some(text) } else { None }
    }

    /// A string's text, borrowed from the source where it holds no escapes.
    #[must_use]
    pub fn cow(&self) -> Option<Cow<'a, str>> {
        if let Shape::String(text) = &self.shape { Some(text.clone()) } else { None }
    }

    /// The text of a number, as written.
    #[must_use]
    pub fn number(&self) -> Option<&'a str> {
        matches!(self.shape, Shape::Number).then_some(self.raw)
    }

    /// True or false.
    #[must_use]
    pub const fn boolean(&self) -> Option<bool> {
        if let Shape::Boolean(yes) = self.shape { Some(yes) } else { None }
    }

    /// Whether it is an object.
    #[must_use]
    pub const fn is_object(&self) -> bool {
        matches!(self.shape, Shape::Object(_))
    }

    /// Whether it is an array.
    #[must_use]
    pub const fn is_array(&self) -> bool {
        matches!(self.shape, Shape::Array(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_ends_where_byte_by_byte_it_ends() {
        let slow = |bytes: &[u8]| {
            let end = bytes.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
            end.unwrap_or(bytes.len())
        };
        for byte in 0..=u8::MAX {
            for other in [0, 0x1f, b' ', b'!', b'"', b'#', b'[', b'\\', b']', 0x7f, 0x80, 0xff] {
                for at in 0..20 {
                    let mut bytes = [b'a'; 20];
                    bytes[at] = byte;
                    bytes[(at + 1) % 20] = other;
                    assert_eq!(plain(&bytes), slow(&bytes), "{bytes:?}");
                }
            }
        }
    }
}
