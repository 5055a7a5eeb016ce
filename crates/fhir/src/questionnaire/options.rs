//! Choices: listed at the item, or in a value set that the form carries with it.

use interlude_diary::questionnaire::{Choice, Coding, Decimal, Value};

use super::{FormError, Reader, ext};
use crate::json::Node;
use crate::wire::read_value;

/// Whether the form gives the item a first value itself.
pub(super) fn starts_with_something(item: &Node<'_>) -> bool {
    let selected = |option: &Node<'_>| option.get("initialSelected").and_then(Node::boolean) == Some(true);
    !item.list("initial").is_empty() || item.list("answerOption").iter().any(selected)
}

impl Reader<'_, '_> {
    pub(super) fn has_options(&self, item: &Node<'_>) -> bool {
        !item.list("answerOption").is_empty() || !self.value_set(item).unwrap_or_default().is_empty()
    }

    /// The item's choices in order.
    pub(super) fn options(
        &self,
        item: &Node<'_>,
        damaged: &impl Fn(&'static str) -> FormError,
    ) -> Result<Vec<Choice>, FormError> {
        let mut all = Vec::new();
        for option in item.list("answerOption") {
            let value = read_value(option, "value").ok().flatten();
            all.push(self.choice(option, value.ok_or_else(|| damaged("a choice without a usable value"))?));
        }
        if all.is_empty() {
            all = self.value_set(item).unwrap_or_default();
        }
        Ok(all)
    }

    fn choice(&self, option: &Node<'_>, mut value: Value) -> Choice {
        let inner = option.members().iter().find(|(name, _)| name.starts_with("value")).map(|(_, node)| node);
        let label = match &mut value {
            Value::Coding(coding) => {
                let display = inner.and_then(|node| self.words.of(node, "display"));
                if display.is_some() {
                    coding.display.clone_from(&display);
                }
                display.or_else(|| coding.code.clone()).unwrap_or_default()
            }
            Value::Text(text) => self.words.of(option, "valueString").unwrap_or_else(|| text.clone()),
            Value::Boolean(yes) => yes.to_string(),
            Value::Integer(n) => n.to_string(),
            Value::Decimal(n) => n.to_string(),
            Value::Quantity(q) => {
                format!("{} {}", q.value, q.unit.as_deref().unwrap_or_default()).trim_end().to_owned()
            }
            Value::Date(text) | Value::DateTime(text) | Value::Time(text) | Value::Uri(text) => text.clone(),
        };
        let weight = weight(option).or_else(|| inner.and_then(weight));
        let exclusive = ext::flag(option, "optionExclusive") || ext::flag(option, "exclusive");
        Choice { value, label, ordinal: weight, exclusive }
    }

    /// The choices of a value set that the form carries; `None` when it is elsewhere, or is not
    /// spelled out in full.
    fn value_set(&self, item: &Node<'_>) -> Option<Vec<Choice>> {
        let url = item.str("answerValueSet")?;
        let bare = url.split('|').next().unwrap_or(url);
        let set = self.contained.iter().filter(|c| c.str("resourceType") == Some("ValueSet")).find(
            |set| match url.strip_prefix('#') {
                Some(id) => set.str("id") == Some(id),
                None => set.str("url") == Some(bare),
            },
        )?;
        let mut choices = Vec::new();
        if let Some(expansion) = set.get("expansion") {
            self.expanded(expansion, &mut choices);
            return Some(choices);
        }
        let compose = set.get("compose")?;
        if !compose.list("exclude").is_empty() {
            return None;
        }
        for include in compose.list("include") {
            if include.list("concept").is_empty() {
                return None; // a whole code system, a filter, or another value set
            }
            for concept in include.list("concept") {
                choices.extend(self.concept(concept, include.str("system")));
            }
        }
        Some(choices)
    }

    fn expanded(&self, parent: &Node<'_>, to: &mut Vec<Choice>) {
        for concept in parent.list("contains") {
            if concept.get("abstract").and_then(Node::boolean) != Some(true) {
                to.extend(self.concept(concept, concept.str("system")));
            }
            self.expanded(concept, to);
        }
    }

    fn concept(&self, concept: &Node<'_>, system: Option<&str>) -> Option<Choice> {
        let code = concept.str("code")?;
        let display = self.words.of_concept(concept);
        let label = display.clone().unwrap_or_else(|| code.to_owned());
        let coding = Coding { system: system.map(str::to_owned), code: Some(code.to_owned()), display };
        let exclusive = ext::flag(concept, "optionExclusive") || ext::flag(concept, "exclusive");
        Some(Choice { value: Value::Coding(coding), label, ordinal: weight(concept), exclusive })
    }
}

/// `ordinalValue`, or `itemWeight` as newer forms call it.
fn weight(element: &Node<'_>) -> Option<Decimal> {
    let extension = ext::one(element, "ordinalValue").or_else(|| ext::one(element, "itemWeight"))?;
    extension.get("valueDecimal")?.number()?.parse().ok()
}
