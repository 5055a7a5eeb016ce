//! The writer: text out, commas where they belong.

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
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' => {
                out.push_str("\\u00");
                out.push(if c < '\u{10}' { '0' } else { '1' });
                out.extend(char::from_digit(u32::from(c) % 16, 16));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}
