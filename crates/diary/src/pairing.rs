//! The code that pairs a phone, as it comes from outside: in a clinic's link, or typed.
//!
//! Whether a code is good is the clinic's to say. Here only what cannot be one is kept away.

/// Characters of a code.
pub const LENGTH: usize = 8;
/// Characters that are kept of what says it is a code, so that a person can see what was wrong with it.
pub const LONGEST: usize = 12;

/// The code in what stands behind `#` in a clinic's link; none where it is no such link.
#[must_use]
pub fn linked(fragment: &str) -> Option<String> {
    fragment.strip_prefix("pair=").map(|code| plain(code).take(LONGEST).collect())
}

/// The code that a person typed, with hyphens and spaces or without; none where it cannot be one.
#[must_use]
pub fn typed(text: &str) -> Option<String> {
    let code: String = plain(text).take(LENGTH + 1).collect();
    (code.len() == LENGTH).then_some(code)
}

fn plain(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(char::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_holds_a_code_and_nothing_else() {
        assert_eq!(linked("pair=01ABCDEF").as_deref(), Some("01ABCDEF"));
        assert_eq!(linked("pair=01AB-CDEF").as_deref(), Some("01ABCDEF"));
        assert_eq!(linked("pair=<img src=x>\u{0}../../é").as_deref(), Some("imgsrcx"));
        assert_eq!(linked(&format!("pair={}", "A".repeat(100_000))).map(|code| code.len()), Some(LONGEST));
        assert_eq!(linked("pair=").as_deref(), Some(""));
        for other in ["", "pair", "Pair=01ABCDEF", "#pair=01ABCDEF", "main", "x&pair=01ABCDEF"] {
            assert_eq!(linked(other), None, "{other}");
        }
    }

    #[test]
    fn a_typed_code_has_eight_characters() {
        for text in ["01abcdef", " 01ab - cdef ", "0.1.a.b.c.d.e.f"] {
            assert_eq!(typed(text).as_deref(), Some("01abcdef"), "{text}");
        }
        for text in ["", "01abcde", "01abcdefg", "éééééééé"] {
            assert_eq!(typed(text), None, "{text}");
        }
    }
}
