//! The writer: text out, commas where they belong.

use std::fmt::{Display, Write as _};

use super::plain;

/// Writes JSON piece by piece. What is opened must be closed by the caller.
#[derive(Debug, Default)]
pub struct Writer {
    out: String,
    /// Whether a value stands before what comes next, so that a comma is due.
    after: bool,
}

impl Writer {
    /// An empty text.
    #[must_use]
    pub const fn new() -> Self {
        Self { out: String::new(), after: false }
    }

    /// An empty text with room for so many bytes.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self { out: String::with_capacity(bytes), after: false }
    }

    /// The text.
    #[must_use]
    pub fn finish(self) -> String {
        self.out
    }

    /// Bytes so far.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether nothing was written.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    fn before(&mut self) {
        if self.after {
            self.out.push(',');
        }
        self.after = true;
    }

    /// Opens an object or array: `{` or `[`.
    pub fn open(&mut self, bracket: char) -> &mut Self {
        self.before();
        self.out.push(bracket);
        self.after = false;
        self
    }

    /// Closes it: `}` or `]`.
    pub fn close(&mut self, bracket: char) -> &mut Self {
        self.out.push(bracket);
        self.after = true;
        self
    }

    /// A member's name; its value comes next. Names are ours and need no escapes.
    pub fn name(&mut self, name: &str) -> &mut Self {
        self.before();
        self.out.push('"');
        self.out.push_str(name);
        self.out.push_str("\":");
        self.after = false;
        self
    }

    /// A string.
    pub fn string(&mut self, text: &str) -> &mut Self {
        self.before();
        quote_into(&mut self.out, text);
        self
    }

    /// A string as a value of ours prints itself: an id, a time, an address. Needs no escapes.
    pub fn shown(&mut self, value: impl Display) -> &mut Self {
        self.before();
        // A String takes everything, so writing cannot fail.
        write!(self.out, "\"{value}\"").unwrap_or_default();
        self
    }

    /// A value that is JSON already: a number, `true`, or a whole resource.
    pub fn raw(&mut self, json: &str) -> &mut Self {
        self.before();
        self.out.push_str(json);
        self
    }

    /// A member that is a string.
    pub fn text(&mut self, name: &str, text: &str) -> &mut Self {
        self.name(name).string(text)
    }

    /// A member that is a string, if there is one and it says something: FHIR has no empty strings.
    pub fn text_if(&mut self, name: &str, text: Option<&str>) -> &mut Self {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.text(name, text);
        }
        self
    }
}

/// Appends `text` as a JSON string: quote, backslash and control characters escaped, in one way
/// only; everything else as it is. The content digest relies on it.
pub fn quote_into(out: &mut String, text: &str) {
    out.reserve(text.len() + 2);
    out.push('"');
    let mut rest = text;
    loop {
        // All that is escaped is one byte long, so this is between two characters.
        let (plain, marked) = rest.split_at(plain(rest.as_bytes()));
        out.push_str(plain);
        let mut marked = marked.chars();
        let Some(c) = marked.next() else { break };
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ => {
                out.push_str("\\u00");
                out.push(if c < '\u{10}' { '0' } else { '1' });
                out.extend(char::from_digit(u32::from(c) % 16, 16));
            }
        }
        rest = marked.as_str();
    }
    out.push('"');
}
