//! Small values of the journal, read without a JSON reader: the first page waits for them.
//!
//! Only for objects that this app wrote itself, whose strings need no escapes.

/// The text of a member: what stands between the quotes of a string, or a bare word.
#[must_use]
pub fn member<'a>(object: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = object.split_once(&format!("\"{name}\":"))?;
    let after = after.trim_start();
    match after.strip_prefix('"') {
        Some(text) => text.split_once('"').map(|(text, _)| text),
        None => after.split([',', '}']).next().map(str::trim).filter(|word| *word != "null"),
    }
}

#[cfg(test)]
mod tests {
    use super::member;

    #[test]
    fn members_are_found_by_whole_name() {
        let object = r#"{"id":"a-b","welcomed":true, "country" : null,"n": 7}"#;
        assert_eq!(member(object, "id"), Some("a-b"));
        assert_eq!(member(object, "welcomed"), Some("true"));
        assert_eq!(member(object, "n"), Some("7"));
        assert_eq!(member(r#"{"country":null}"#, "country"), None);
        for nothing in ["", "{", "null", r#"{"id""#, r#"{"id":"#, r#"{"id":"a"#, r#"{"xid":"a"}"#] {
            assert_eq!(member(nothing, "id").filter(|text| !text.is_empty()), None, "{nothing}");
        }
    }
}
