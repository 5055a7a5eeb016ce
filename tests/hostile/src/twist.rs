//! Hostile texts made of good ones: values of another kind, of a hostile size, depth or script.

use interlude_testkit::Chance;

/// Values that belong nowhere: numbers at every edge, texts of every script, trees of every shape.
#[rustfmt::skip]
const VALUES: &[&str] = &[
    "null", "true", "0", "-0", "-1", "1e400", "-1e-400", "0.1e+0000000001", "9223372036854775807",
    "-9223372036854775809", "340282366920938463463374607431768211456", "2147483648", "1.0000000000000000000001",
    "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud83d\\ude42\"", "\"\\ufeff\"", "\"\u{202e}abc\"", "\"e\u{301}\"",
    "\"\u{10ffff}\"", "\"ﷺ\"", "\"../../etc/passwd\"", "\"'; DROP TABLE version; --\"", "\"<script>\"",
    "\"2026-02-30\"", "\"9999-12-31T23:59:59.999+14:00\"", "\"0000-00-00T00:00:00Z\"", "\"2026-03-12T24:00:00Z\"",
    "\"Patient/pat-1\"", "\"W/\\\"EPOCH000-1\\\"\"", "\"urn:uuid:00000000-0000-0000-0000-000000000000\"",
    "{}", "[]", "[[]]", "{\"a\":{}}", "[null]", "{\"\":\"\"}", "{\"a\":1,\"a\":2}", "{\"resourceType\":\"Bundle\"}",
    "\"\\ud83d\"", "\"\\x\"", "01", "1.", "+1", ".5", "NaN", "tru", "'a'", "", "}", "]", ",", ":", "\"",
];

/// Those, and some of a hostile size or depth.
fn values() -> Vec<String> {
    let mut values: Vec<String> = VALUES.iter().map(|value| (*value).to_owned()).collect();
    values.push(format!("{}1", "[".repeat(100_000)));
    values.push(format!("{}1{}", "[".repeat(60), "]".repeat(60)));
    values.push(format!("{}1{}", "{\"item\":".repeat(200), "}".repeat(200)));
    values.push(format!("\"{}\"", "x".repeat(100_000)));
    values.push(format!("\"{}\"", "🙂".repeat(20_000)));
    values.push("9".repeat(50_000));
    values.push(format!("0.{}", "0".repeat(50_000)));
    values.push(format!("[{}]", vec!["{}"; 5_000].join(",")));
    values
}

/// Makes one text after another of good ones.
pub struct Twister {
    chance: Chance,
    values: Vec<String>,
}

impl Twister {
    /// The same texts for the same seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { chance: Chance::new(seed), values: values() }
    }

    /// One good text with one to three of its places changed.
    pub fn twist(&mut self, good: &str) -> String {
        let mut text = good.to_owned();
        for _ in 0..=self.chance.below(3) {
            text = self.once(&text);
        }
        text
    }

    fn once(&mut self, text: &str) -> String {
        let Some((from, to)) = self.place(text) else { return text.to_owned() };
        let (before, inside, after) =
            (text.get(..from).unwrap_or(""), text.get(from..to).unwrap_or(""), text.get(to..).unwrap_or(""));
        match self.chance.below(10) {
            // Said twice, cut off there, left out.
            0 => format!("{before}{inside},{inside}{after}"),
            1 => before.to_owned(),
            2 => format!("{before}{after}"),
            _ => {
                let value = self.chance.pick(&self.values).cloned().unwrap_or_default();
                format!("{before}{value}{after}")
            }
        }
    }

    /// One string, number or word of the text.
    fn place(&mut self, text: &str) -> Option<(usize, usize)> {
        let starts: Vec<usize> = text
            .char_indices()
            .zip(std::iter::once(' ').chain(text.chars()))
            .filter(|((_, c), before)| starts(*c) && !inside(*before))
            .map(|((at, _), _)| at)
            .collect();
        let from = *self.chance.pick(&starts)?;
        let rest = text.get(from..)?;
        let long = match rest.strip_prefix('"') {
            Some(string) => string.find('"').map_or(rest.len(), |end| end + 2),
            None => rest.find(|c: char| !inside(c)).unwrap_or(rest.len()),
        };
        Some((from, from + long))
    }
}

const fn starts(c: char) -> bool {
    c == '"' || inside(c)
}

const fn inside(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '%')
}
