//! Items, one by one.

use interlude_diary::questionnaire::{Choice, Condition, Hint, Item, Kind, Test, Unit, Value, Why};

use super::support::{flag, kind, named};
use super::{FormError, Reader, ext};
use crate::json::Node;
use crate::wire::read_value;

impl Reader<'_, '_> {
    /// The items below a form or an item. What cannot be asked is filed by name.
    pub(super) fn items(&mut self, parent: &Node<'_>) -> Result<Vec<Item>, FormError> {
        let mut items = Vec::new();
        for item in parent.list("item") {
            if companion(parent, item).is_some() {
                continue; // words for the question above, which reads them itself
            }
            if let Some(why) = self.obstacle(item) {
                let entry = named(item, self.words.of(item, "text"), why);
                let list = if self.dispensable(item) { &mut self.left_out } else { &mut self.refused };
                list.push(entry);
                continue;
            }
            if self.prefilled(item) {
                self.left_out.push(named(item, self.words.of(item, "text"), Why::NotPrefilled));
            }
            items.push(self.item(item)?);
        }
        Ok(items)
    }

    fn item(&mut self, node: &Node<'_>) -> Result<Item, FormError> {
        let link = node.str("linkId").unwrap_or_default();
        let damaged = |what| FormError::Damaged { link: link.to_owned(), what };
        let kind = node.str("type").and_then(kind).ok_or_else(|| damaged("it has no type"))?;
        let mut options = self.options(node, &damaged)?;
        let initial = initial(node, &damaged)?;
        let hidden = ext::flag(node, "hidden");
        let read_only = flag(node, "readOnly");
        if options.is_empty() && kind == Kind::Choice && (hidden || read_only) {
            options.extend(initial.iter().map(only));
        }
        let bound = |name| match ext::one(node, name).map(|e| read_value(e, "value")) {
            None => Ok(None),
            Some(Ok(value)) => Ok(value),
            Some(Err(_malformed)) => Err(damaged("a least or greatest value is malformed")),
        };
        let (min, max) = (bound("minValue")?, bound("maxValue")?);
        let max_length = node.get("maxLength").and_then(crate::wire::integer);
        let step = ext::one(node, "sliderStepValue").and_then(|e| e.get("valueInteger"));
        let past_text = ext::one(node, "past-text").and_then(|e| self.words.of(e, "valueString"));
        let items = self.items(node)?;
        let question = !matches!(kind, Kind::Group | Kind::Display);
        let text = self.words.of(node, "text").or_else(|| {
            let code = node.list("code").first().and_then(|code| code.str("display"));
            question.then(|| code.unwrap_or(link).to_owned())
        });
        Ok(Item {
            link: link.to_owned(),
            prefix: self.words.of(node, "prefix"),
            text: text.unwrap_or_default(),
            help: self.help(node),
            kind,
            required: flag(node, "required"),
            repeats: flag(node, "repeats"),
            read_only,
            hidden,
            max_length: max_length.and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0),
            min,
            max,
            step: step.and_then(crate::wire::integer).filter(|step| *step > 0),
            ends: self.ends(node),
            units: self.units(node),
            options,
            initial,
            conditions: node.list("enableWhen").iter().filter_map(condition).collect(),
            any: node.str("enableBehavior") == Some("any"),
            hint: hint(node),
            short: ext::flag(node, "short-form"),
            past_text,
            only_today: ext::flag(node, "only-today"),
            items,
        })
    }

    /// Words of the children that are companions of this kind.
    fn companions(&self, node: &Node<'_>, role: Role) -> Option<String> {
        let children = node.list("item").iter().filter(|child| companion(node, child) == Some(role));
        let words: Vec<String> = children.filter_map(|child| self.words.of(child, "text")).collect();
        (!words.is_empty()).then(|| words.join("\n"))
    }

    fn help(&self, node: &Node<'_>) -> Option<String> {
        let own = ext::one(node, "instruction").and_then(|e| self.words.of(e, "valueString"));
        match (own, self.companions(node, Role::Help)) {
            (Some(own), Some(child)) => Some(format!("{own}\n{child}")),
            (own, child) => own.or(child),
        }
    }

    fn ends(&self, node: &Node<'_>) -> Option<(String, String)> {
        let (lower, upper) = (self.companions(node, Role::Lower), self.companions(node, Role::Upper));
        (lower.is_some() || upper.is_some()).then(|| (lower.unwrap_or_default(), upper.unwrap_or_default()))
    }

    fn units(&self, node: &Node<'_>) -> Vec<Unit> {
        let extensions = ext::all(node, "unitOption").chain(ext::all(node, "unit"));
        let codings = extensions.filter_map(|e| e.get("valueCoding"));
        let mut units: Vec<Unit> = codings
            .filter_map(|coding| {
                let code = coding.str("code").map(str::to_owned);
                let display = self.words.of(coding, "display").or_else(|| code.clone())?;
                Some(Unit { display, system: coding.str("system").map(str::to_owned), code })
            })
            .collect();
        if units.is_empty() {
            let words = self.companions(node, Role::Unit);
            units.extend(words.map(|display| Unit { display, system: None, code: None }));
        }
        units
    }
}

/// What a display child says about the item above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Help,
    Lower,
    Upper,
    Unit,
}

/// The role of a display item that belongs to the question above; one with a rule of its own, or
/// one in a group, is shown by itself.
fn companion(parent: &Node<'_>, item: &Node<'_>) -> Option<Role> {
    let question =
        parent.str("type").and_then(kind).is_some_and(|k| !matches!(k, Kind::Group | Kind::Display));
    let display = item.str("type") == Some("display");
    if !question || !display || !item.list("enableWhen").is_empty() || ext::has(item, "enableWhenExpression")
    {
        return None;
    }
    let is = |codes: &[&str]| ext::control(item, codes);
    if is(&["help", "instructions", "flyover", "prompt"]) {
        Some(Role::Help)
    } else if is(&["lower"]) {
        Some(Role::Lower)
    } else if is(&["upper"]) {
        Some(Role::Upper)
    } else if is(&["unit"]) {
        Some(Role::Unit)
    } else {
        None
    }
}

/// The one choice of an item whose value nobody changes.
fn only(value: &Value) -> Choice {
    let words = match value {
        Value::Coding(coding) => coding.display.clone().or_else(|| coding.code.clone()),
        Value::Text(text) => Some(text.clone()),
        Value::Boolean(_)
        | Value::Integer(_)
        | Value::Decimal(_)
        | Value::Date(_)
        | Value::DateTime(_)
        | Value::Time(_)
        | Value::Uri(_)
        | Value::Quantity(_) => None,
    };
    Choice { value: value.clone(), label: words.unwrap_or_default(), ordinal: None, exclusive: false }
}

fn initial(node: &Node<'_>, damaged: &impl Fn(&'static str) -> FormError) -> Result<Vec<Value>, FormError> {
    let selected = |option: &&Node<'_>| option.get("initialSelected").and_then(Node::boolean) == Some(true);
    let all = node.list("initial").iter().chain(node.list("answerOption").iter().filter(selected));
    let mut values = Vec::new();
    for one in all {
        match read_value(one, "value") {
            Ok(value) => values.extend(value),
            Err(_malformed) => return Err(damaged("its first value is malformed")),
        }
    }
    if !flag(node, "repeats") {
        values.truncate(1);
    }
    Ok(values)
}

/// One rule; `None` when it cannot be understood.
pub(super) fn condition(rule: &Node<'_>) -> Option<Condition> {
    let question = rule.str("question")?.to_owned();
    let value = read_value(rule, "answer").ok()??;
    let test = match rule.str("operator")? {
        "exists" => Test::Exists(rule.get("answerBoolean").and_then(Node::boolean)?),
        _ if rule.get("answerReference").is_some() => return None,
        "=" => Test::Equal(value),
        "!=" => Test::NotEqual(value),
        ">" => Test::Greater(value),
        "<" => Test::Less(value),
        ">=" => Test::AtLeast(value),
        "<=" => Test::AtMost(value),
        _ => return None,
    };
    Some(Condition { question, test })
}

fn hint(item: &Node<'_>) -> Hint {
    let is = |codes: &[&str]| ext::control(item, codes);
    if is(&["gtable", "table", "htable", "atable"]) {
        Hint::Table
    } else if is(&["slider"]) {
        Hint::Slider
    } else if is(&["drop-down", "autocomplete", "lookup"]) {
        Hint::DropDown
    } else if is(&["radio-button"]) {
        Hint::Radio
    } else if is(&["check-box"]) {
        Hint::CheckBox
    } else {
        Hint::None
    }
}
