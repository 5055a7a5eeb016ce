//! Choices: listed at the item, or in a value set that the form carries with it.

use interlude_diary::questionnaire::{Choice, Coding, Decimal, Value};

use super::{FormError, Reader, ext};
use crate::json::Node;
use crate::wire::read_value;

/// Most choices in one form, each counted for every item that offers it.
pub(super) const MAX_CHOICES: usize = 50_000;

/// Whether the form gives the item a first value itself.
pub(super) fn starts_with_something(item: &Node<'_>) -> bool {
    let selected = |option: &Node<'_>| option.get("initialSelected").and_then(Node::boolean) == Some(true);
    !item.list("initial").is_empty() || item.list("answerOption").iter().any(selected)
}

impl<'n, 'a> Reader<'n, 'a> {
    pub(super) fn has_options(&self, item: &Node<'_>) -> bool {
        !item.list("answerOption").is_empty() || self.carried(item).is_some()
    }

    /// The item's choices in order.
    pub(super) fn options(
        &mut self,
        item: &Node<'_>,
        damaged: &impl Fn(&'static str) -> FormError,
    ) -> Result<Vec<Choice>, FormError> {
        let mut all = Vec::new();
        for option in item.list("answerOption") {
            let value = read_value(option, "value").ok().flatten();
            all.push(self.choice(option, value.ok_or_else(|| damaged("a choice without a usable value"))?));
        }
        if all.is_empty() {
            all = self.value_set(item);
        }
        // One long value set for very many items would fill a phone's memory.
        self.choices += all.len();
        if self.choices > MAX_CHOICES { Err(damaged("the form has too many choices")) } else { Ok(all) }
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

    /// The value set that the form carries for an item, if it is spelled out in full.
    fn carried(&self, item: &Node<'_>) -> Option<&'n Node<'a>> {
        let url = item.str("answerValueSet")?;
        let bare = url.split('|').next().unwrap_or(url);
        let mut sets = self.contained.iter().filter(|c| c.str("resourceType") == Some("ValueSet"));
        let set = sets.find(|set| match url.strip_prefix('#') {
            Some(id) => set.str("id") == Some(id),
            None => set.str("url") == Some(bare),
        })?;
        if let Some(expansion) = set.get("expansion") {
            return Some(set).filter(|_| !expansion.list("contains").is_empty());
        }
        let compose = set.get("compose")?;
        let include = compose.list("include");
        // Else it names a whole code system, a filter, or another value set.
        let listed = include.iter().all(|include| !include.list("concept").is_empty());
        (listed && !include.is_empty() && compose.list("exclude").is_empty()).then_some(set)
    }

    fn value_set(&self, item: &Node<'_>) -> Vec<Choice> {
        let mut choices = Vec::new();
        let Some(set) = self.carried(item) else {
            return choices;
        };
        if let Some(expansion) = set.get("expansion") {
            self.expanded(expansion, &mut choices);
            return choices;
        }
        for include in set.get("compose").map_or(&[][..], |compose| compose.list("include")) {
            let concepts = include.list("concept").iter();
            choices.extend(concepts.filter_map(|concept| self.concept(concept, include.str("system"))));
        }
        choices
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
