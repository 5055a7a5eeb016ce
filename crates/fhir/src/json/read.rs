//! The reader: strict JSON (RFC 8259), by hand, because nothing at hand keeps the text of each value.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{JsonError, MAX_DEPTH, Node, Shape, plain};

/// Reads a text as JSON. A byte order mark before it is passed over.
///
/// # Errors
/// [`JsonError`] with the byte where reading stopped.
pub fn parse(text: &str) -> Result<Node<'_>, JsonError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let bytes = text.as_bytes();
    let mut reader = Reader { text, bytes, at: 0, depth: 0, elements: Vec::new(), members: Vec::new() };
    reader.space();
    let node = reader.value()?;
    reader.space();
    if reader.at == text.len() { Ok(node) } else { Err(reader.wrong()) }
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    /// Elements and members of all that is open, innermost last: what is closed takes its own from
    /// the end, as one piece of the right size.
    elements: Vec<Node<'a>>,
    members: Vec<(Cow<'a, str>, Node<'a>)>,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    const fn wrong(&self) -> JsonError {
        JsonError::Syntax(self.at)
    }

    fn cut(&self, from: usize) -> &'a str {
        self.text.get(from..self.at).unwrap_or_default()
    }

    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let there = self.peek() == byte;
        self.at += usize::from(there);
        there
    }

    fn word(&mut self, word: &str, shape: Shape<'a>) -> Result<Shape<'a>, JsonError> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(shape)
        } else {
            Err(self.wrong())
        }
    }

    fn value(&mut self) -> Result<Node<'a>, JsonError> {
        let from = self.at;
        let shape = match self.peek() {
            b'{' => self.object()?,
            b'[' => self.array()?,
            b'"' => Shape::String(self.string()?),
            b't' => self.word("true", Shape::Boolean(true))?,
            b'f' => self.word("false", Shape::Boolean(false))?,
            b'n' => self.word("null", Shape::Null)?,
            b'-' | b'0'..=b'9' => self.number()?,
            _ => return Err(self.wrong()),
        };
        Ok(Node { raw: self.cut(from), shape })
    }

    fn enter(&mut self) -> Result<(), JsonError> {
        self.at += 1;
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(JsonError::TooDeep(self.at)) } else { Ok(()) }
    }

    fn array(&mut self) -> Result<Shape<'a>, JsonError> {
        self.enter()?;
        let outer = self.elements.len();
        self.space();
        if !self.eat(b']') {
            loop {
                self.space();
                let element = self.value()?;
                self.elements.push(element);
                self.space();
                if self.eat(b']') {
                    break;
                }
                if !self.eat(b',') {
                    return Err(self.wrong());
                }
            }
        }
        self.depth -= 1;
        Ok(Shape::Array(self.elements.split_off(outer)))
    }

    fn object(&mut self) -> Result<Shape<'a>, JsonError> {
        self.enter()?;
        let outer = self.members.len();
        self.space();
        if !self.eat(b'}') {
            loop {
                self.space();
                if self.peek() != b'"' {
                    return Err(self.wrong());
                }
                let name = self.string()?;
                self.space();
                if !self.eat(b':') {
                    return Err(self.wrong());
                }
                self.space();
                let value = self.value()?;
                self.members.push((name, value));
                self.space();
                if self.eat(b'}') {
                    break;
                }
                if !self.eat(b',') {
                    return Err(self.wrong());
                }
            }
        }
        self.depth -= 1;
        let members = self.members.split_off(outer);
        if name_twice(&members) { Err(JsonError::Twice(self.at)) } else { Ok(Shape::Object(members)) }
    }

    fn number(&mut self) -> Result<Shape<'a>, JsonError> {
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            if !self.eat(b'+') {
                self.eat(b'-');
            }
            self.digits()?;
        }
        Ok(Shape::Number)
    }

    fn digits(&mut self) -> Result<(), JsonError> {
        let from = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == from { Err(self.wrong()) } else { Ok(()) }
    }

    /// At the opening quote. Borrows unless there is an escape.
    fn string(&mut self) -> Result<Cow<'a, str>, JsonError> {
        self.at += 1;
        let tail = self.plain();
        if self.eat(b'"') {
            return Ok(Cow::Borrowed(tail));
        }
        let mut owned = tail.to_owned();
        loop {
            if !self.eat(b'\\') {
                return Err(self.wrong()); // a control character, or the end
            }
            owned.push(self.escape()?);
            owned.push_str(self.plain());
            if self.eat(b'"') {
                return Ok(Cow::Owned(owned));
            }
        }
    }

    /// What stands in a string as it is, up to an escape or the end.
    fn plain(&mut self) -> &'a str {
        let from = self.at;
        self.at += plain(self.bytes.get(from..).unwrap_or_default());
        self.cut(from)
    }

    fn escape(&mut self) -> Result<char, JsonError> {
        let byte = self.peek();
        self.at += 1;
        Ok(match byte {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let mut unit = self.hex()?;
                if (0xd800..0xdc00).contains(&unit) && self.eat(b'\\') && self.eat(b'u') {
                    let low = self.hex()?;
                    if !(0xdc00..0xe000).contains(&low) {
                        return Err(self.wrong());
                    }
                    unit = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                }
                char::from_u32(unit).ok_or(self.wrong())? // half a pair is no character
            }
            _ => return Err(self.wrong()),
        })
    }

    fn hex(&mut self) -> Result<u32, JsonError> {
        let from = self.at;
        let mut unit = 0;
        while self.at < from + 4 {
            let digit = char::from(self.peek()).to_digit(16).ok_or(self.wrong())?;
            unit = unit * 16 + digit;
            self.at += 1;
        }
        Ok(unit)
    }
}

/// Small objects are compared pair by pair; a large one goes through a set, so that a text made to
/// be slow is not.
fn name_twice(members: &[(Cow<'_, str>, Node<'_>)]) -> bool {
    if members.len() <= 24 {
        let mut rest = members;
        while let Some(((name, _), later)) = rest.split_first() {
            if later.iter().any(|(other, _)| other == name) {
                return true;
            }
            rest = later;
        }
        return false;
    }
    let mut names: BTreeSet<&str> = BTreeSet::new();
    members.iter().any(|(name, _)| !names.insert(name.as_ref()))
}
