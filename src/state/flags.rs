//! Red-flag cards that are open: shown at once, kept until closed, over a reload too.

use interlude_diary::flags::RULES;
use interlude_diary::journal::MetaKey;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::late;
use super::outside::Outside;
use crate::platform::document;

/// The cards of the running app, by the names of their rules.
#[derive(Clone, Copy)]
pub struct Flags {
    open: RwSignal<Vec<&'static str>>,
}

impl Flags {
    /// Puts itself into the context with the cards that were open. Call once, in the composition
    /// root.
    pub fn provide(kept: Option<&str>) {
        provide_context(Self { open: RwSignal::new(read(kept)) });
    }

    /// The cards of the running app.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Rules whose card is open.
    #[must_use]
    pub fn open(self) -> Signal<Vec<&'static str>> {
        self.open.into()
    }

    /// Whether a card is open.
    #[must_use]
    pub fn any(self) -> Signal<bool> {
        let any = Memo::new(move |_| !self.open.read().is_empty());
        any.into()
    }

    /// Opens cards: on screen now, on disk as soon as it can be.
    pub fn raise(self, rules: &[&'static str]) {
        self.open.update(|open| {
            for rule in rules {
                if !open.contains(rule) {
                    open.push(rule);
                }
            }
        });
        self.keep();
    }

    /// The person has read them.
    pub fn close(self) {
        self.open.set(Vec::new());
        self.keep();
    }

    /// Puts the focus on the card's heading, so that it is read out.
    pub fn focus(self) {
        document::focus_heading();
    }

    fn keep(self) {
        let text = written(&self.open.read_untracked());
        let ports = Outside::get();
        spawn_local(async move {
            // The card is on screen already; not kept, it is only lost with the page.
            drop(late::keep(ports.journal.clone(), MetaKey::Flags, text).await);
        });
    }
}

/// The cards that were open; a rule that this version does not know has no words to show.
fn read(kept: Option<&str>) -> Vec<&'static str> {
    let kept = kept.unwrap_or_default();
    RULES.iter().map(|rule| rule.name).filter(|name| kept.contains(&format!("\"{name}\""))).collect()
}

/// A list in JSON; names of rules need no escapes.
fn written(open: &[&str]) -> String {
    let names: Vec<String> = open.iter().map(|name| format!("\"{name}\"")).collect();
    format!("[{}]", names.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_open_is_open_again_and_nothing_else() {
        assert!(read(None).is_empty());
        assert!(read(Some("not json")).is_empty());
        assert!(read(Some(r#"["a rule of another version"]"#)).is_empty());
        let name = RULES.first().unwrap().name;
        assert_eq!(read(Some(&format!("[\"{name}\"]"))), [name]);
        let all: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
        assert_eq!(written(&all), serde_json::to_string(&all).unwrap());
        assert_eq!(read(Some(&written(&all))), all);
    }
}
