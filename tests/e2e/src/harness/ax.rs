//! What a screen reader is given: the tree of roles, names and states that Chromium hands to assistive
//! technology, as lines of text.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::Browser;

/// States that are said; others are the browser's own business.
const STATES: [&str; 12] = [
    "checked",
    "disabled",
    "expanded",
    "focused",
    "invalid",
    "level",
    "live",
    "modal",
    "multiline",
    "pressed",
    "required",
    "selected",
];
/// Words of a date, which differ from day to day: their first letters, in the languages of the screens.
const DATES: [&str; 38] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
];

/// How the greeting at the end of a form begins: it goes on with the part of the day.
const GREETING: &str = "Saved. That is all for ";

impl Browser {
    /// The tree of the page that is open: a line a node, its depth by two spaces, `role "name" state=value`.
    /// What is ignored, and text within what has it as its name, is left out. Days and times of the clock
    /// are written as `{date}` and `{time}`.
    ///
    /// # Errors
    /// When the browser has no tree.
    pub async fn heard(&self) -> Result<String> {
        self.cdp("Accessibility.enable", json!({})).await?;
        let said = self.cdp("Accessibility.getFullAXTree", json!({})).await?;
        let nodes = said.get("nodes").and_then(Value::as_array).context("no tree")?;
        let by_id: BTreeMap<&str, &Value> = nodes.iter().filter_map(|one| Some((id(one)?, one))).collect();
        let root = nodes.first().context("an empty tree")?;
        let mut lines = Vec::new();
        write(root, &by_id, 0, "", &mut lines);
        Ok(lines.join("\n") + "\n")
    }
}

fn id(node: &Value) -> Option<&str> {
    node.get("nodeId").and_then(Value::as_str)
}

fn word<'a>(node: &'a Value, of: &str) -> &'a str {
    node.pointer(&format!("/{of}/value")).and_then(Value::as_str).unwrap_or_default()
}

/// Roles whose name is the text within them: that text is not said twice.
const NAMED_BY_TEXT: [&str; 7] =
    ["button", "link", "heading", "DisclosureTriangle", "option", "rowheader", "columnheader"];

fn write(node: &Value, all: &BTreeMap<&str, &Value>, depth: usize, within: &str, to: &mut Vec<String>) {
    let (role, name) = (word(node, "role"), word(node, "name"));
    let is_label = |line: &String| {
        let line = line.trim_start();
        ["radio", "checkbox", "switch"]
            .iter()
            .any(|role| line.starts_with(&format!("{role} \"{}\"", undated(name))))
    };
    let said = node.get("ignored") == Some(&Value::Bool(false))
        && !matches!(
            role,
            "none" | "generic" | "InlineTextBox" | "LineBreak" | "ListMarker" | "LabelText" | "Legend"
        )
        && !(role == "StaticText"
            && (name.trim().is_empty() || within.contains(name) || to.last().is_some_and(is_label)));
    if said {
        to.push(format!("{}{}", "  ".repeat(depth), line(node, role, name)));
    }
    let within = if said && NAMED_BY_TEXT.contains(&role) { name } else { within };
    let children = node.get("childIds").and_then(Value::as_array).into_iter().flatten();
    for child in children.filter_map(|one| all.get(one.as_str()?)) {
        write(child, all, depth + usize::from(said), within, to);
    }
}

fn line(node: &Value, role: &str, name: &str) -> String {
    let mut line = role.to_owned();
    if !name.is_empty() {
        line.push_str(&format!(" \"{}\"", undated(name)));
    }
    for property in node.get("properties").and_then(Value::as_array).into_iter().flatten() {
        let of = property.get("name").and_then(Value::as_str).unwrap_or_default();
        let value = property.pointer("/value/value").cloned().unwrap_or_default();
        let plain = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if STATES.contains(&of) && plain != "false" {
            line.push_str(&format!(" {of}={plain}"));
        }
    }
    let described = word(node, "description");
    if !described.is_empty() {
        line.push_str(&format!(" described=\"{}\"", undated(described)));
    }
    line
}

/// The same words on any day.
fn undated(text: &str) -> String {
    if text.starts_with(GREETING) {
        return format!("{GREETING}{{part of the day}}.");
    }
    let mut words: Vec<String> = Vec::new();
    let clean = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    for word in text.split_whitespace() {
        let bare = clean(word);
        let is_time =
            bare.len() >= 4 && bare.contains(':') && bare.chars().all(|c| c.is_ascii_digit() || c == ':');
        // In English a day or month has a capital letter, and “may” is none.
        let is_date = DATES.iter().any(|name| *name == bare || *name == bare.to_lowercase());
        if is_time {
            words.push(word.replace(&bare, "{time}"));
        } else if is_date {
            words.push(word.replace(&bare, "{date}"));
        } else {
            words.push(word.to_owned());
        }
    }
    // The number of a day stands beside its month.
    for at in 0..words.len() {
        let beside =
            |n: Option<usize>| n.and_then(|n| words.get(n)).is_some_and(|one| one.contains("{date}"));
        let of = |n: usize| words.get(n).is_some_and(|one| one == "de");
        let near = beside(at.checked_sub(1)) || beside(Some(at + 1)) || (of(at + 1) && beside(Some(at + 2)));
        if near && let Some(word) = words.get_mut(at) {
            let bare = clean(word);
            if !bare.is_empty() && bare.len() <= 4 && bare.chars().all(|c| c.is_ascii_digit()) {
                *word = word.replace(&bare, "{date}");
            }
        }
    }
    words.dedup_by(|b, a| {
        a.contains("{date}") && b.trim_end_matches(',') == "{date}" && a.trim_end_matches(',') == "{date}"
    });
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::undated;

    #[test]
    fn days_and_times_are_the_same_on_any_day() {
        for (one, other) in [
            ("Saved Monday 3 March, 07:42.", "Saved Friday 14 November, 23:01."),
            ("Sunday, November 29", "Tuesday, March 1"),
            ("domingo, 29 de noviembre", "martes, 1 de marzo"),
        ] {
            assert_eq!(undated(one), undated(other));
        }
        assert_eq!(undated("Question 3 of 7"), "Question 3 of 7");
        assert_eq!(undated("What may be sent"), "What may be sent");
        assert_eq!(undated("Domingo, 29 de noviembre"), undated("Martes, 1 de marzo"));
        assert_eq!(undated("10: Worst pain you can imagine"), "10: Worst pain you can imagine");
    }
}
