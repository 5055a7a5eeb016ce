//! What can be asked here, and what is named instead.

use interlude_diary::questionnaire::{Kind, LeftOut, Why};

use super::{Reader, ext, options};
use crate::json::Node;

/// The kind of an item by its type code.
pub(super) fn kind(code: &str) -> Option<Kind> {
    Some(match code {
        "group" => Kind::Group,
        "display" => Kind::Display,
        "boolean" => Kind::Boolean,
        "integer" => Kind::Integer,
        "decimal" => Kind::Decimal,
        "date" => Kind::Date,
        "dateTime" => Kind::DateTime,
        "time" => Kind::Time,
        "string" => Kind::String,
        "text" => Kind::Text,
        "url" => Kind::Url,
        "choice" => Kind::Choice,
        "open-choice" => Kind::OpenChoice,
        "quantity" => Kind::Quantity,
        _ => return None,
    })
}

/// A modifier changes what a form means; one that is not known here must not be passed over.
pub(super) fn root_is_understood(root: &Node<'_>) -> bool {
    root.list("modifierExtension").is_empty()
}

/// The item by name, with why.
pub(super) fn named(item: &Node<'_>, text: Option<String>, why: Why) -> LeftOut {
    let link = item.str("linkId").unwrap_or_default();
    LeftOut { link: link.to_owned(), text: text.unwrap_or_else(|| link.to_owned()), why }
}

impl Reader<'_, '_> {
    /// Why an item cannot be asked here; `None` when it can.
    pub(super) fn obstacle(&self, item: &Node<'_>) -> Option<Why> {
        let code = item.str("type").unwrap_or_default();
        let Some(kind) = kind(code) else {
            return Some(Why::Type(code.to_owned()));
        };
        let ruled = ext::has(item, "enableWhenExpression") || !item.list("modifierExtension").is_empty();
        if ruled || item.list("enableWhen").iter().any(|rule| super::items::condition(rule).is_none()) {
            return Some(Why::RuleNotEvaluated);
        }
        if matches!(kind, Kind::Group | Kind::Display) {
            return None;
        }
        let given = options::starts_with_something(item);
        let untouchable = flag(item, "readOnly") || ext::flag(item, "hidden");
        if ext::has(item, "calculatedExpression") || (untouchable && !given && self.prefilled(item)) {
            return Some(Why::NotCalculated);
        }
        if untouchable && !given && flag(item, "required") {
            // Nobody here can ever fill it in.
            return Some(Why::NotCalculated);
        }
        if item.list("answerOption").iter().any(|option| option.get("valueReference").is_some()) {
            return Some(Why::Type("reference".to_owned()));
        }
        // An open choice without a list is still open; a hidden one needs no list.
        if kind != Kind::Choice || (untouchable && given) || self.has_options(item) {
            return None;
        }
        Some(match item.str("answerValueSet") {
            Some(url) => Why::ChoicesElsewhere(url.to_owned()),
            None if ext::has(item, "answerExpression") => Why::RuleNotEvaluated,
            None => Why::ChoicesElsewhere(item.str("definition").unwrap_or_default().to_owned()),
        })
    }

    /// Whether a rule would fill in its first value.
    pub(super) fn prefilled(&self, item: &Node<'_>) -> bool {
        ext::has(item, "initialExpression") || ext::has(item, "cqf-expression")
    }

    /// Whether the form can do without this item and all below it.
    pub(super) fn dispensable(&self, item: &Node<'_>) -> bool {
        let looked_at = item.str("linkId").is_some_and(|link| self.branching.contains(link));
        !flag(item, "required") && !looked_at && item.list("item").iter().all(|below| self.dispensable(below))
    }
}

/// Whether a plain boolean member is true.
pub(super) fn flag(item: &Node<'_>, name: &str) -> bool {
    item.get(name).and_then(Node::boolean) == Some(true)
}
